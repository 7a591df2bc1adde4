import type { Actor, Payloads } from '@helpline/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.js';
import type { Append } from './append.js';
import type { Draft, Entry } from './entry.js';
import { foldAll } from './fold.js';
import { ana, append, ben, cleo, numbers, openJournal, say, stored } from './test-journal.js';

let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  test = await openJournal('snapshot');
});
afterAll(() => test.close());

const contact: Actor = { kind: 'contact', id: 'ana-by-mail' };
const actor = fc.constantFrom(ana, contact, ben, cleo);
const audience = fc.constantFrom('public', 'internal');

const drafts: { [T in keyof Omit<Payloads, 'message'>]: fc.Arbitrary<Payloads[T]> } = {
  note: fc.record({ text: fc.string() }),
  assigned: fc.record({ agentId: fc.constantFrom('ben', 'cleo', null), reason: fc.constant(null) }),
  status: fc.record({ to: fc.constantFrom('open', 'pending', 'snoozed', 'resolved', 'closed') }),
  delivery: fc.record({
    of: fc.nat(20),
    state: fc.constantFrom('sent', 'failed', 'unknown', 'bounced', 'not_needed'),
    to: fc.constant(['ana@example.com']),
    messageId: fc.string(),
  }),
  forwarded: fc.record({
    of: fc.nat(20),
    text: fc.string(),
    envelope: fc.constant({ to: [{ address: 'carl@example.com', name: '' }], cc: [], bcc: [] }),
  }),
  identified: fc.record({ contactId: fc.constantFrom('ana', 'ana-at-home'), proof: fc.constantFrom('jwt', 'code') }),
  split_off: fc.record({ of: fc.nat(20), into: fc.constant('another') }),
  triaged: fc.record(
    {
      priority: fc.constantFrom('low', 'normal', 'high', 'urgent'),
      dueAt: fc.constantFrom('2026-03-02T10:00:00.000Z', null),
      skills: fc.constant([{ skill: 'tulips', level: 3 }]),
    },
    { requiredKeys: [] },
  ),
  transferred: fc.record({
    teamId: fc.constantFrom('garden', 'billing', null),
    why: fc.constantFrom('transfer', 'escalation', 'overflow', 'closed'),
  }),
  offered: fc.record({
    agentId: fc.constantFrom('ben', 'cleo'),
    until: fc.constant('2026-03-02T10:00:00.000Z'),
    reason: fc.constant({ policy: 'balanced/1', candidates: [] }),
  }),
  offer_ended: fc.record({
    agentId: fc.constantFrom('ben', 'cleo'),
    how: fc.constantFrom('declined', 'missed', 'withdrawn'),
  }),
  follow_up: fc.record({
    id: fc.constant('call-ana'),
    state: fc.constantFrom('promised', 'kept', 'cancelled', 'escalated'),
    ownerId: fc.constantFrom('ben', 'cleo'),
    dueAt: fc.constant('2026-03-02T10:00:00.000Z'),
    text: fc.string(),
  }),
  redacted: fc.record({ of: fc.nat(20), ofPub: fc.option(fc.nat(20)) }),
};
const message = fc.record({
  channel: fc.constantFrom('chat', 'email'),
  text: fc.string(),
  automatic: fc.option(fc.boolean(), { nil: undefined }),
});

/** An entry of any type, for any audience, by anybody. */
const anything: fc.Arbitrary<Append['rule']> = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(actor, message).map(([by, { text, ...more }]) => say(by, text, more)) },
  ...Object.entries(drafts).map(([type, payload]) =>
    fc.record({ type: fc.constant(type), audience, actor, payload }).map((draft) => () => draft as Draft),
  ),
);
const sequence = fc.array(anything, { minLength: 1, maxLength: 25 });

describe('a snapshot and the entries after it', () => {
  it('make the fresh state, after any entries, from anywhere, on any node, and also after redaction', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, fc.array(fc.nat(24), { maxLength: 8 }), async (rules, toRedact) => {
        const id = newId();
        const results = [await append(test.journal, id, say(ana, 'Hello'))];
        for (const rule of rules) results.push(await append(test.journal, id, rule));
        const appended = results.map(({ entry }) => entry);
        for (const at of toRedact) {
          const target = appended[at % appended.length];
          if (target?.type !== 'message' && target?.type !== 'note') continue;
          results.push(await test.journal.redact(id, target.seq, ben));
        }
        const fresh = foldAll(null, await stored(test.db, id));
        for (const { state } of results) {
          const { entries } = await test.journal.sync(id, 'everything', state.seq, 100);
          expect(foldAll(state, entries)).toEqual(fresh);
        }
        expect(await test.anotherNode().state(id)).toEqual(fresh);
      }),
      { numRuns: 25 },
    );
  });

  it('make the same conversation for a visitor, by his own numbers alone', async () => {
    await fc.assert(
      fc.asyncProperty(sequence, fc.nat(26), fc.integer({ min: 1, max: 9 }), async (rules, cut, limit) => {
        const id = newId();
        await append(test.journal, id, say(ana, 'Hello'));
        for (const rule of rules.slice(0, cut)) await append(test.journal, id, rule);
        const held = (await test.journal.sync(id, 'public', 0, 100)).entries;
        for (const rule of rules.slice(cut)) await append(test.journal, id, rule);
        for (let more = true; more; ) {
          const page = await test.journal.sync(id, 'public', held.length, limit);
          held.push(...page.entries);
          more = page.more;
        }
        const everything = await stored(test.db, id);
        const isPublic = (entry: Entry) => entry.audience === 'public';
        expect(numbers(held)).toEqual(numbers(everything.filter(isPublic)));
        expect(held.map(({ pub }) => pub)).toEqual(held.map((_, i) => i + 1));
      }),
      { numRuns: 25 },
    );
  });
});
