import { expect, test } from 'vitest';
import { c1Lost } from './c1-lost.js';
import { c2Doubled } from './c2-doubled.js';
import { c3Unexpected } from './c3-unexpected.js';
import { c5Order } from './c5-order.js';
import { c6Convergence } from './c6-convergence.js';
import { c10Walls } from './c10-walls.js';
import { c11Unread } from './c11-unread.js';
import { c12Ends } from './c12-ends.js';
import type { Check } from './finding.js';
import { check } from './index.js';
import { ana, answer, at, done, entryOf, goodStory, received, type Story, shown, statesOf, viewOf } from './testing.js';

test('nothing is wrong where nothing went wrong', () => {
  const { history, final } = goodStory();
  const { findings, figures } = check(history, final);
  expect(findings).toEqual([]);
  expect(figures).toEqual({
    invoked: 3,
    acknowledged: 3,
    lost: 0,
    doubled: 0,
    disordered: 0,
    unknown: 0,
    recovered: 0,
  });
});

test('an outcome nobody heard of is no fault, and is counted', () => {
  const { history, final } = goodStory();
  const asUnknown = history.map((record) =>
    record.op === 'op-3' && record.type === 'ok' ? { ...record, type: 'info' as const } : record,
  );
  const { findings, figures } = check(asUnknown, final);
  expect(findings).toEqual([]);
  expect(figures).toMatchObject({ acknowledged: 2, unknown: 1, recovered: 1 });
});

/** What is wrong, how the good story is spoiled, and who must notice. */
const broken: [what: string, check: Check, spoil: (story: Story) => void][] = [
  ['an acknowledged message is gone', c1Lost, ({ final }) => void final.entries.pop()],
  [
    'an acknowledged decision is gone',
    c1Lost,
    ({ history }) => void history.push(...done('op-9', 400, 410, { proc: 'ana', f: 'resolve', seq: 9 })),
  ],
  [
    'somebody was shown an entry that is not there',
    c1Lost,
    ({ history }) => void history.push(received(500, { proc: 'ana', seq: 5, key: 'm-vera-5' })),
  ],
  [
    'somebody was shown another entry under this number',
    c1Lost,
    ({ history }) => void history.push(received(500, { proc: 'ana', seq: 4, key: 'm-vera-5' })),
  ],
  [
    'a message is stored twice',
    c2Doubled,
    ({ final }) =>
      void final.entries.push(
        entryOf('one', 5, 4, { payload: { channel: 'chat', text: 'm-vera-4' }, type: 'message' }),
      ),
  ],
  [
    'two entries have one clientId',
    c2Doubled,
    ({ final }) => void final.entries.push(entryOf('one', 5, 4, { clientId: 'one-c4' })),
  ],
  [
    'two entries have one number',
    c2Doubled,
    ({ final }) => void final.entries.push(entryOf('one', 4, 3, { clientId: 'one-c5' })),
  ],
  [
    "a client's list has a message twice",
    c2Doubled,
    ({ final }) => void final.views[0]?.entries.push(shown(4, 'm-vera-4')),
  ],
  ['a page shows a message twice', c2Doubled, ({ final }) => void final.views[1]?.entries.push(shown(null, 'm-ana-1'))],
  [
    'a page showed a message twice',
    c2Doubled,
    ({ history }) => void history.push(received(600, { f: 'dom', keys: ['m-ana-1', 'm-vera-4', 'm-ana-1'] })),
  ],
  ['nobody wrote this entry', c3Unexpected, ({ final }) => void final.entries.push(entryOf('one', 5, 4, {}))],
  [
    'nobody wrote what is shown',
    c3Unexpected,
    ({ final }) => void final.views[1]?.entries.push(shown(null, 'm-nobody-7')),
  ],
  [
    'nobody wrote this mail',
    c3Unexpected,
    ({ final }) => void final.sink.push({ at: 1, messageId: '<1>', to: [], key: 'm-nobody-8', accepted: true }),
  ],
  [
    'a refused message is there all the same',
    c3Unexpected,
    ({ history }) => {
      for (const record of history) if (record.op === 'op-3' && record.type === 'ok') record.type = 'fail';
    },
  ],
  ['the numbers of a conversation have a gap', c5Order, ({ final }) => void final.entries.splice(2, 1)],
  [
    "the visitor's numbers do not count the public entries",
    c5Order,
    ({ final }) => void final.entries.push(entryOf('one', 5, 5, {})),
  ],
  [
    'an entry is older than the one before it',
    c5Order,
    ({ final }) => void final.entries.push(entryOf('one', 5, 4, { at: at(1) })),
  ],
  [
    'a client received entries out of order',
    c5Order,
    ({ history }) => void history.push(received(500, { pub: 2, key: 'm-ana-1' })),
  ],
  [
    'a page showed messages out of order',
    c5Order,
    ({ history }) => void history.push(received(500, { f: 'dom', keys: ['m-vera-1', 'm-vera-4', 'm-ana-1'] })),
  ],
  [
    'a message stands before one that was acknowledged before it was written',
    c5Order,
    ({ history }) => {
      for (const record of history) if (record.op === 'op-2') record.at += 1000;
      history.sort((a, b) => a.at - b.at);
    },
  ],
  [
    "a writer's messages changed places",
    c5Order,
    ({ history }) => {
      const [first, ...others] = history;
      history.splice(0, history.length, ...others, { ...received(0, {}), ...first });
      for (const record of history) if (record.type === 'ok' && record.f !== 'recv') record.type = 'info';
    },
  ],
  ['a client does not show what the journal has', c6Convergence, ({ final }) => void final.views[0]?.entries.pop()],
  ['a client does not show what the journal has', c6Convergence, ({ final }) => void final.views[1]?.entries.shift()],
  [
    'a client does not show what the journal has',
    c6Convergence,
    ({ final }) => void final.views.push(viewOf([shown(1, 'm-vera-1')], { fresh: true })),
  ],
  [
    'a stored state is not what its entries make',
    c6Convergence,
    ({ final }) => {
      final.conversations = statesOf(final.entries.slice(0, 3));
    },
  ],
  ['a conversation has entries and no state', c6Convergence, ({ final }) => void final.conversations.pop()],
  ['a state has no entries', c6Convergence, ({ final }) => void final.entries.splice(0)],
  ['a journal can not be folded', c6Convergence, ({ final }) => void final.entries.shift()],
  [
    'a visitor got an internal note',
    c10Walls,
    ({ history }) => {
      history.push(...done('op-8', 350, 360, { proc: 'ana', f: 'note', key: 'm-ana-8' }));
      history.push(received(370, { pub: 4, raw: '{"n":4,"text":"m-ana-8"}' }));
    },
  ],
  [
    'a visitor is shown an internal note',
    c10Walls,
    ({ history, final }) => {
      history.push(...done('op-8', 350, 360, { proc: 'ana', f: 'note', key: 'm-ana-8' }));
      final.views[1]?.entries.push(shown(null, 'm-ana-8'));
    },
  ],
  [
    'a visitor got an internal field',
    c10Walls,
    ({ history }) => void history.push(received(370, { pub: 4, raw: '{"n":4,"seq":5}' })),
  ],
  [
    'a visitor got an internal field',
    c10Walls,
    ({ history }) => void history.push(received(370, { pub: 4, raw: '{"n":4,"from":{"kind":"agent","id":"ana"}}' })),
  ],
  [
    'an agent got what he may not see',
    c10Walls,
    ({ history, final }) => {
      final.agents = final.agents.map((one) => ({ ...one, workspaceId: 'other' }));
      history.push(received(400, { proc: 'ana', f: 'list', conv: undefined, convs: ['one'] }));
    },
  ],
  [
    'a visitor is told another number',
    c11Unread,
    ({ final }) => {
      final.views.push(viewOf(final.views[0]?.entries ?? [], { fresh: true, unread: 0 }));
    },
  ],
  [
    'somebody has seen what is not there',
    c11Unread,
    ({ final }) => void final.seen.push({ _id: 'one:customer', position: 9, seq: 9, at: at(1) }),
  ],
  [
    'an operation never ended',
    c12Ends,
    ({ history, final }) => {
      history.push({ at: 900, proc: 'vera', type: 'invoke', f: 'send', op: 'op-9' });
      final.readAt = 40_000;
    },
  ],
  ['an operation took too long', c12Ends, ({ history }) => void history.push(...done('op-9', 900, 35_000, {}))],
  [
    'a client still holds what it could not send',
    c12Ends,
    ({ final }) => {
      final.views[0] = viewOf([], { pending: 1 });
    },
  ],
];

test.each(broken)('%s', (what, checkOne, spoil) => {
  const story = goodStory();
  spoil(story);
  expect(checkOne(story.history, story.final).map((finding) => finding.what)).toContain(what);
});

test('what is slow while the world is broken is not late', () => {
  const { history, final } = goodStory();
  history.push(...done('op-9', 900, 45_000, {}));
  final.faults.push({ fault: 'F13', from: 1_000, until: 20_000 });
  expect(c12Ends(history, final)).toEqual([]);
});

test('a visitor who has not looked yet has the answer unread', () => {
  const { history, final } = goodStory();
  final.views.push(viewOf(final.views[0]?.entries ?? [], { fresh: true, unread: 1 }));
  expect(c11Unread(history, final)).toEqual([]);
  final.entries.push(answer('one', 5, 4, 'm-ana-2'));
  expect(final.entries.at(-1)?.actor).toEqual(ana);
  expect(c11Unread(history, final)).toHaveLength(1);
});
