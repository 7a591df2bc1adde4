import type { Priority } from '@helpline/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Draft, Entry } from '../journal/entry.js';
import { foldAll } from '../journal/fold.js';
import { ana, ben, say } from '../journal/test-journal.js';

const priorities: Priority[] = ['urgent', 'high', 'normal', 'low'];

interface Came {
  at: number;
  priority: Priority;
  dueAt: number | null;
}

const came: fc.Arbitrary<Came> = fc.record({
  at: fc.nat(5).map((minutes) => minutes * 60_000),
  priority: fc.constantFrom(...priorities),
  dueAt: fc.constantFrom(null, 0, 90_000, 3_600_000, 9_000_000_000_000),
});

/** The state of a conversation that came then, and was triaged later. */
function waits({ at, priority, dueAt }: Came, conversationId: string) {
  const opened = say(ana, 'Hello')(null);
  const due = dueAt === null ? null : new Date(dueAt).toISOString();
  const triaged: Draft = { type: 'triaged', audience: 'internal', actor: ben, payload: { priority, dueAt: due } };
  const entries = [opened, triaged].map((draft, i): Entry => {
    const ids = { _id: `${conversationId}-${i}`, clientId: `${i}`, workspaceId: 'shop', conversationId };
    return { ...draft, ...ids, seq: i + 1, pub: 1, hash: null, v: 1, at: new Date(at + i) };
  });
  return { id: conversationId, priority, at, dueAt, turn: foldAll(null, entries)?.turn ?? '' };
}

type Waiting = ReturnType<typeof waits>;

/** What is due at all comes before what is not. */
const inTurn = (a: Waiting, b: Waiting): number =>
  priorities.indexOf(a.priority) - priorities.indexOf(b.priority) ||
  sooner(a.dueAt, b.dueAt) ||
  a.at - b.at ||
  (a.id < b.id ? -1 : 1);

const sooner = (a: number | null, b: number | null): number => (a === b ? 0 : a === null ? 1 : b === null ? -1 : a - b);

test('what is more urgent comes first; of this what is due sooner, and then who waits longer', () => {
  fc.assert(
    fc.property(fc.array(came, { maxLength: 12 }), (some) => {
      const waiting = some.map((one, i) => waits(one, `conversation-${i}`));
      const byTurn = waiting.toSorted((a, b) => (a.turn < b.turn ? -1 : 1));
      expect(byTurn.map(({ id }) => id)).toEqual(waiting.toSorted(inTurn).map(({ id }) => id));
    }),
    { numRuns: 500 },
  );
});
