import type { Actor } from '@helpline/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Draft, type Entry, isCustomer } from './entry.js';
import { type ConversationState, fold, foldAll } from './fold.js';
import { lineOf, turnOf } from './queue.js';
import { ana, assignmentTo, ben, cleo, noteOf, say } from './test-journal.js';

const contact: Actor = { kind: 'contact', id: 'ana-by-mail' };
const status = (to: 'open' | 'pending' | 'snoozed' | 'resolved' | 'closed'): Draft => ({
  type: 'status',
  audience: 'public',
  actor: ben,
  payload: { to },
});
const identified = (contactId: string): Draft => ({
  type: 'identified',
  audience: 'internal',
  actor: { kind: 'system', id: 'helpline' },
  payload: { contactId, proof: 'code' },
});
const triaged: fc.Arbitrary<Draft> = fc
  .record(
    {
      priority: fc.constantFrom('normal', 'urgent'),
      dueAt: fc.constantFrom('2026-03-02T09:00:00.000Z', null),
      skills: fc.array(fc.record({ skill: fc.constant('french'), level: fc.constantFrom(1, 2) }), { maxLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .map((payload) => ({ type: 'triaged', audience: 'internal', actor: ben, payload }));
const transferred: fc.Arbitrary<Draft> = fc
  .record(
    {
      teamId: fc.constantFrom('returns', null),
      brandId: fc.constantFrom('shoes', 'hats'),
      why: fc.constantFrom('transfer', 'overflow', 'closed'),
    },
    { requiredKeys: ['teamId', 'why'] },
  )
  .map((payload) => ({ type: 'transferred', audience: 'internal', actor: ben, payload }));

type Do = (state: ConversationState | null) => Draft | null;

/** What people do; null where a rule of `conversations` refuses it. */
const deed: fc.Arbitrary<Do> = fc.oneof(
  fc
    .tuple(fc.constantFrom(ana, contact, ben, cleo), fc.constantFrom('chat', 'email'), fc.boolean())
    .map(([by, channel, automatic]): Do => say(by, 'words', { channel, ...(automatic && { automatic }) })),
  fc.constantFrom(noteOf(ben, 'between us'), identified('ana-at-home')).map(
    (draft): Do =>
      () =>
        draft,
  ),
  fc.oneof(triaged, transferred).map(
    (draft): Do =>
      () =>
        draft,
  ),
  fc.constantFrom('ben', 'cleo', null).map(
    (id): Do =>
      (state) =>
        state?.handler === 'none' || state?.assigneeId === id ? null : assignmentTo(id),
  ),
  fc.constantFrom('open', 'pending', 'snoozed', 'resolved', 'closed').map(
    (to): Do =>
      (state) =>
        state?.status === to ? null : status(to),
  ),
);

/** A journal as the rules allow it. */
const journal = fc.array(deed, { maxLength: 30 }).map((deeds) => {
  const entries: Entry[] = [];
  let state: ConversationState | null = null;
  for (const act of [say(ana, 'Hello'), ...deeds]) {
    const draft = act(state);
    if (!draft) continue;
    const entry = numbered(draft, state);
    entries.push(entry);
    state = fold(state, entry);
  }
  return entries;
});

function numbered(draft: Draft, state: ConversationState | null): Entry {
  const seq = (state?.seq ?? 0) + 1;
  const pub = (state?.pub ?? 0) + (draft.audience === 'public' ? 1 : 0);
  const ids = { _id: `entry-${seq}`, clientId: `client-${seq}`, workspaceId: 'shop', conversationId: 'c' };
  return { ...draft, ...ids, seq, pub, hash: null, v: 1, at: new Date(seq * 1000) };
}

test('after whatever the rules allow, a state makes sense', () => {
  fc.assert(
    fc.property(journal, (entries) => {
      for (let n = 1; n <= entries.length; n++) {
        const state = foldAll(null, entries.slice(0, n));
        if (!state) throw new Error('There is no state.');
        const isOver = state.status === 'resolved' || state.status === 'closed';
        const sleepsUnassigned = state.status !== 'open' && state.assigneeId === null;
        expect(state.handler === 'none').toBe(isOver || sleepsUnassigned);
        expect(state.waitingSince !== null).toBe(state.handler === 'queue');
        expect([state.turn, state.line]).toEqual([turnOf(state), lineOf(state)]);
        if (state.handler === 'queue')
          expect([state.assigneeId, state.assignedAs, state.assignedSeq]).toEqual([null, null, 0]);
        if (state.handler === 'agent')
          expect(entries[state.assignedSeq - 1]).toMatchObject({
            clientId: state.assignedAs,
            payload: { agentId: state.assigneeId },
          });
        const past = entries.slice(0, n);
        const messages = past.filter(({ type }) => type === 'message');
        expect([state.seq, state.pub]).toEqual([n, past.filter(({ audience }) => audience === 'public').length]);
        expect(state.lastMessage.id).toBe(messages.at(-1)?._id);
        expect(state.everInChat).toBe(
          messages.some((one) => isCustomer(one.actor) && one.type === 'message' && one.payload.channel === 'chat'),
        );
        for (const [id, seq] of Object.entries(state.writers))
          expect(messages.findLast(({ actor }) => actor.id === id)?.seq).toBe(seq);
      }
    }),
    { numRuns: 200 },
  );
});

test('folded on from any state in between, the end is the same', () => {
  fc.assert(
    fc.property(journal, fc.array(fc.nat(30)), (entries, cuts) => {
      const places = [...cuts.filter((cut) => cut < entries.length).sort((a, b) => a - b), entries.length];
      let state: ConversationState | null = null;
      places.forEach((to, i) => {
        state = foldAll(state, entries.slice(places[i - 1] ?? 0, to));
      });
      expect(state).toEqual(foldAll(null, entries));
    }),
    { numRuns: 200 },
  );
});

test('a note, a delivery or a redaction changes nothing but the numbers', () => {
  fc.assert(
    fc.property(journal, (entries) => {
      const state = foldAll(null, entries);
      if (!state) throw new Error('There is no state.');
      const entry = numbered(noteOf(cleo, 'by the way'), state);
      expect(fold(state, entry)).toEqual({ ...state, seq: entry.seq, pub: entry.pub, lastAt: entry.at });
    }),
    { numRuns: 100 },
  );
});
