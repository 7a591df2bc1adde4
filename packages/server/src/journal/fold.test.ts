import type { Actor, Payloads } from '@helpline/protocol';
import { describe, expect, it } from 'vitest';
import type { Draft, Entry } from './entry.js';
import { type ConversationState, fold, foldAll } from './fold.js';
import { ana, assignmentTo, ben, cleo, noteOf, say } from './test-journal.js';

const minute = 60_000;
const noon = Date.parse('2026-03-01T12:00:00Z');
const after = (minutes: number) => new Date(noon + minutes * minute);

/** The entries these drafts become, a minute apart. */
function journalOf(...drafts: (Draft | ReturnType<typeof say>)[]): Entry[] {
  let state: ConversationState | null = null;
  return drafts.map((draft, i) => {
    const { workspaceId = 'shop', ...content } = typeof draft === 'function' ? draft(state) : draft;
    const entry = {
      _id: `entry-${i + 1}`,
      workspaceId,
      conversationId: 'c',
      seq: i + 1,
      pub: (state?.pub ?? 0) + (content.audience === 'public' ? 1 : 0),
      clientId: `client-${i + 1}`,
      hash: null,
      v: 1,
      at: after(i),
      ...content,
    };
    state = fold(state, entry);
    return entry;
  });
}

const status = (to: Payloads['status']['to'], actor: Actor = ben): Draft => ({
  type: 'status',
  audience: 'public',
  actor,
  payload: { to },
});
const mail = (actor: Actor, more: Partial<Payloads['message']> = {}) =>
  say(actor, 'By mail', { channel: 'email', ...more });
const stateOf = (...drafts: Parameters<typeof journalOf>) => foldAll(null, journalOf(...drafts));

describe('a conversation', () => {
  it('begins open, in the queue, where it came in', () => {
    expect(stateOf(say(ana, 'Hello'))).toMatchObject({
      _id: 'c',
      workspaceId: 'shop',
      inboxId: 'shoes-chat',
      contactId: 'ana',
      status: 'open',
      handler: 'queue',
      assigneeId: null,
      waitingSince: after(0),
      startedAt: after(0),
      firstMessageId: 'entry-1',
      seq: 1,
      pub: 1,
    });
  });

  it('begins with nothing but a message that says where it came in', () => {
    expect(() => stateOf(noteOf(ben, 'Psst'))).toThrow('does not begin');
  });

  it('is counted for both audiences', () => {
    expect(stateOf(say(ana, 'Hello'), noteOf(ben, 'Psst'), say(ben, 'Hi'), noteOf(ben, 'Psst'))).toMatchObject({
      seq: 4,
      pub: 2,
      lastAt: after(3),
    });
  });

  it('keeps who wrote publicly last, and when each did', () => {
    const state = stateOf(say(ana, 'Hello'), say(ben, 'Hi'), noteOf(cleo, 'Psst'), say(ben, 'What is it?'));
    expect(state?.writers).toEqual({ ana: 1, ben: 4 });
    expect(state?.lastMessage).toEqual({ id: 'entry-4', seq: 4, by: 'agent', channel: 'chat' });
    expect(state?.lastCustomerMessage).toEqual({ seq: 1, channel: 'chat' });
  });

  it('knows the channel the customer used last, and whether it ever was the chat', () => {
    const opened = mail(ana)(null);
    expect(stateOf(opened)).toMatchObject({ everInChat: false, lastCustomerMessage: { channel: 'email' } });
    expect(stateOf(opened, say(ana, 'Now here'), mail(ana))).toMatchObject({
      everInChat: true,
      lastCustomerMessage: { seq: 3, channel: 'email' },
    });
  });

  it('takes over the contact that the customer turned out to be', () => {
    const identified: Draft = {
      type: 'identified',
      audience: 'internal',
      actor: { kind: 'system', id: 'helpline' },
      payload: { contactId: 'ana-at-home', proof: 'code' },
    };
    expect(stateOf(say(ana, 'Hello'), identified)?.contactId).toBe('ana-at-home');
  });
});

describe('an assignment', () => {
  it('names its agent and the entry that made it', () => {
    expect(stateOf(say(ana, 'Hello'), assignmentTo('ben'), noteOf(ben, 'Mine'))).toMatchObject({
      handler: 'agent',
      assigneeId: 'ben',
      assignedSeq: 2,
      assignedAs: 'client-2',
      waitingSince: null,
    });
  });

  it('to nobody puts it back into the queue, waiting from then on', () => {
    expect(stateOf(say(ana, 'Hello'), assignmentTo('ben'), assignmentTo(null))).toMatchObject({
      handler: 'queue',
      assigneeId: null,
      assignedSeq: 0,
      assignedAs: null,
      waitingSince: after(2),
    });
  });
});

describe('a status', () => {
  it('of resolved or closed ends the handling', () => {
    for (const to of ['resolved', 'closed'] as const)
      expect(stateOf(say(ana, 'Hello'), assignmentTo('ben'), status(to))).toMatchObject({
        status: to,
        handler: 'none',
        waitingSince: null,
      });
  });

  it('of pending or snoozed leaves it with its agent, and the customer wakes it', () => {
    for (const to of ['pending', 'snoozed'] as const) {
      const paused = [say(ana, 'Hello'), assignmentTo('ben'), status(to)];
      expect(stateOf(...paused)).toMatchObject({ status: to, handler: 'agent', assigneeId: 'ben' });
      expect(stateOf(...paused, say(ana, 'Well?'))).toMatchObject({
        status: 'open',
        handler: 'agent',
        assigneeId: 'ben',
      });
    }
  });
});

describe('what sleeps', () => {
  const snoozed = (until: string): Draft => ({
    type: 'status',
    audience: 'internal',
    actor: ben,
    payload: { to: 'snoozed', until },
  });

  it('in the queue is nobody’s until it wakes, and waits from then on', () => {
    const asleep = [say(ana, 'Hello'), status('pending')];
    expect(stateOf(...asleep)).toMatchObject({ status: 'pending', handler: 'none', waitingSince: null });
    expect(stateOf(...asleep, status('open'))).toMatchObject({ handler: 'queue', waitingSince: expect.any(Date) });
  });

  it('goes on sleeping when its agent gives it back, and waits when it wakes', () => {
    const givenBack = [say(ana, 'Hello'), assignmentTo('ben'), status('pending'), assignmentTo(null)];
    expect(stateOf(...givenBack)).toMatchObject({ status: 'pending', handler: 'none', assigneeId: null });
    expect(stateOf(...givenBack, say(ana, 'Well?'))).toMatchObject({ status: 'open', handler: 'queue' });
  });

  it('knows until when, and by which entry, until it wakes', () => {
    const asleep = [say(ana, 'Hello'), assignmentTo('ben'), snoozed('2026-04-01T08:00:00.000Z')];
    expect(stateOf(...asleep)?.snooze).toEqual({ until: new Date('2026-04-01T08:00:00.000Z'), seq: 3 });
    expect(stateOf(...asleep, status('open'))?.snooze).toBeNull();
  });
});

describe('what was promised', () => {
  const followUp = (id: string, state: 'promised' | 'kept' | 'cancelled' | 'escalated'): Draft => ({
    type: 'follow_up',
    audience: 'internal',
    actor: ben,
    payload: { id, state, ownerId: 'ben', dueAt: '2026-04-01T08:00:00.000Z', text: '' },
  });

  it('stays open, also when it was forgotten, until it is kept or called off', () => {
    const both = [say(ana, 'Hello'), followUp('call', 'promised'), followUp('parcel', 'promised')];
    expect(stateOf(...both)?.followUps).toMatchObject([
      { id: 'call', seq: 2, ownerId: 'ben', isForgotten: false },
      { id: 'parcel', seq: 3 },
    ]);
    expect(stateOf(...both, followUp('call', 'escalated'))?.followUps).toMatchObject([
      { id: 'call', isForgotten: true },
      { id: 'parcel', isForgotten: false },
    ]);
    for (const end of ['kept', 'cancelled'] as const)
      expect(stateOf(...both, followUp('call', end))?.followUps).toMatchObject([{ id: 'parcel' }]);
  });
});

describe('after it was resolved', () => {
  const resolved = [say(ana, 'Hello'), assignmentTo('ben'), status('resolved')];

  it('the customer reopens it by writing, into the queue', () => {
    for (const words of [say(ana, 'Again'), mail({ kind: 'contact', id: 'ana' })])
      expect(stateOf(...resolved, words)).toMatchObject({
        status: 'open',
        handler: 'queue',
        assigneeId: null,
        waitingSince: after(3),
      });
  });

  it('an automatic mail reopens nothing and is nobody’s newest word', () => {
    expect(stateOf(...resolved, mail(ana, { automatic: true }))).toMatchObject({
      status: 'resolved',
      handler: 'none',
      lastCustomerMessage: { seq: 1 },
    });
  });

  it('an agent who writes, or a note, reopens nothing', () => {
    expect(stateOf(...resolved, say(ben, 'Bye'), noteOf(cleo, 'Done'))).toMatchObject({ status: 'resolved' });
  });

  it('an agent reopens it by its status', () => {
    expect(stateOf(...resolved, status('open'))).toMatchObject({ status: 'open', handler: 'queue', assigneeId: null });
  });
});

describe('an entry of a newer version', () => {
  const [opening, next] = journalOf(say(ana, 'Hello'), say(ben, 'Hi'));

  it.each([
    ['version', { v: 2 }],
    ['type', { type: 'levitated' }],
    ['type that every object has', { type: 'constructor' }],
  ])('is numbered but changes nothing else: an unknown %s', (_, strange) => {
    const before = foldAll(null, opening ? [opening] : []);
    const state = fold(before, Object.assign({}, next, strange));
    expect(state).toEqual({ ...before, seq: 2, pub: 2, lastAt: after(1), beyond: true });
  });

  it('may open a conversation', () => {
    expect(fold(null, Object.assign({}, opening, { v: 2 }))).toMatchObject({ seq: 1, beyond: true });
  });
});

describe('fold', () => {
  it('changes neither the state nor the entry it is given', () => {
    const entries = journalOf(
      say(ana, 'Hello'),
      say(ben, 'Hi'),
      assignmentTo('ben'),
      status('resolved'),
      say(ana, 'No'),
    );
    const frozen = (value: ConversationState) => {
      Object.freeze(value.writers);
      return Object.freeze(value);
    };
    const states: ConversationState[] = [];
    for (const entry of entries) states.push(frozen(fold(states.at(-1) ?? null, Object.freeze(entry))));
    expect(states.at(-1)).toEqual(foldAll(null, entries));
  });
});

describe('what waits', () => {
  const triaged = (payload: Payloads['triaged']): Draft => ({
    type: 'triaged',
    audience: 'internal',
    actor: ben,
    payload,
  });
  const moved = (teamId: string, why: Payloads['transferred']['why']): Draft => ({
    type: 'transferred',
    audience: 'internal',
    actor: ben,
    payload: { teamId, why },
  });
  const ended = (agentId: string, how: Payloads['offer_ended']['how']): Draft => ({
    type: 'offer_ended',
    audience: 'internal',
    actor: ben,
    payload: { agentId, how },
  });
  const turnOf = (...drafts: Parameters<typeof journalOf>) => stateOf(say(ana, 'Hello'), ...drafts)?.turn ?? 'none';

  it('has its turn by how urgent it is, then by when it is due, then by how long it waits', () => {
    const turns = [
      turnOf(triaged({ priority: 'urgent', dueAt: after(10).toISOString() })),
      turnOf(triaged({ priority: 'urgent' })),
      turnOf(triaged({ priority: 'high' })),
      turnOf(triaged({ dueAt: after(10).toISOString() })),
      turnOf(triaged({ dueAt: after(90).toISOString() })),
      turnOf(),
      turnOf(assignmentTo('ben'), assignmentTo(null)),
      turnOf(triaged({ priority: 'low', dueAt: after(10).toISOString() })),
    ];
    expect(turns.toSorted()).toEqual(turns);
    expect(turnOf(assignmentTo('ben'))).toBe('none');
  });

  it('is not given again to whoever put it back, until somebody had it', () => {
    const putBack = [say(ana, 'Hello'), assignmentTo('ben'), assignmentTo(null)];
    expect(stateOf(...putBack)).toMatchObject({ handler: 'queue', passedBy: ['ben'], passedAt: after(2) });
    expect(stateOf(...putBack, assignmentTo('cleo'))).toMatchObject({ passedBy: [], passedAt: null });
    const takenAway = [say(ana, 'Hello'), assignmentTo('cleo'), assignmentTo(null)]; // by Ben
    expect(stateOf(...takenAway)).toMatchObject({ passedBy: [] });
  });

  it('keeps its home where routing moves it on, and has another one where a person does', () => {
    const hello = say(ana, 'Hello');
    expect(stateOf(hello, moved('sales', 'overflow'), moved('night', 'closed'))).toMatchObject({
      teamId: 'night',
      waitingSince: after(0),
      rerouted: { homeTeamId: null, steps: 1, asClosed: true },
    });
    const atHome = { homeTeamId: 'repairs', steps: 0, asClosed: false };
    expect(stateOf(hello, moved('sales', 'overflow'), moved('repairs', 'escalation'))?.rerouted).toEqual(atHome);
    expect(stateOf(hello, moved('repairs', 'overflow'), assignmentTo('ben'))?.rerouted).toEqual(atHome);
  });

  it('remembers who passed it by, once each and only while it waits this time', () => {
    const passed = [say(ana, 'Hello'), ended('ben', 'missed'), ended('cleo', 'withdrawn'), ended('ben', 'declined')];
    expect(stateOf(...passed)).toMatchObject({ passedBy: ['ben'], passedAt: after(3), offer: null });
    expect(stateOf(...passed, assignmentTo('cleo'))).toMatchObject({ passedBy: [], passedAt: null });
  });
});
