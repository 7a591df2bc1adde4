import { expect, test } from 'vitest';
import { c7Assignment } from './c7-assignment.js';
import { c8MailIn } from './c8-mail-in.js';
import { c9MailOut } from './c9-mail-out.js';
import { c13Resources } from './c13-resources.js';
import type { Change, FinalState, SinkMail } from './final-state.js';
import type { Check } from './finding.js';
import { agent, ana, assigned, at, busy, done, entryOf, goodStory, type Story, slot } from './testing.js';

const wrote = (id: string, second: number): Change => ({ kind: 'entry', id, wall: at(second) });
const became = (state: ReturnType<typeof agent>): Change => ({ kind: 'agent', agent: state, wall: at(50) });

/** Vera waits, then Ana takes a slot for her, then the conversation is hers. */
const inOrder: Change[] = [became(agent()), wrote('one-e1', 1), became(busy('one')), wrote('one-e2', 3)];

type Line = FinalState['ledger'][number];
const line = (more: Partial<Line>): Line => ({
  _id: 'box:1:1',
  mailboxId: 'box',
  folder: 'INBOX',
  uidValidity: '1',
  uid: 1,
  at: at(1),
  state: 'received',
  reason: null,
  rawFileId: 'raw',
  headOf: null,
  tries: 0,
  nextTryAt: at(1),
  ...more,
});

type Delivery = FinalState['deliveries'][number];
const delivery = (more: Partial<Delivery> = {}): Delivery => ({
  _id: 'd1',
  entryId: 'mail-e2',
  workspaceId: 'demo',
  conversationId: 'mail',
  seq: 2,
  pub: 2,
  writtenAt: at(2),
  recipients: ['carla@mail.example'],
  unlessSeen: false,
  state: 'sent',
  dueAt: at(2),
  lease: null,
  claim: null,
  tries: 0,
  messageId: '<c.1>',
  mailboxId: 'box',
  detail: null,
  recorded: true,
  ...more,
});

const copy = (more: Partial<SinkMail> = {}): SinkMail => ({
  at: 1,
  messageId: '<c.1>',
  to: ['carla@mail.example'],
  key: 'm-ana-9',
  accepted: true,
  ...more,
});

/** Carla wrote a mail, Ana answered, the answer went out. */
function byMail(): Story {
  const { final } = goodStory();
  final.agents = [agent({ availability: 'offline' })];
  final.entries = [
    entryOf('mail', 1, 1, {}),
    entryOf('mail', 2, 2, { actor: ana, type: 'message', payload: { channel: 'email', text: 'm-ana-9' } }),
    entryOf('mail', 3, 2, {
      audience: 'internal',
      type: 'delivery',
      payload: { of: 2, state: 'sent', to: ['carla@mail.example'], messageId: '<c.1>' },
    }),
  ];
  final.ledger = [line({ entryId: 'mail-e1' })];
  final.mailbox = [{ key: 'm-vera-1', uidValidity: '1', uid: 1 }];
  final.deliveries = [delivery()];
  final.sink = [copy()];
  return { history: done('op-1', 10, 20, { proc: 'carla', f: 'mailIn', key: 'm-vera-1' }), final };
}

test('nothing is wrong with a mail that came and was answered', () => {
  const { history, final } = byMail();
  expect([...c8MailIn(history, final), ...c9MailOut(history, final)]).toEqual([]);
});

test('nothing is wrong when each waits for his turn', () => {
  const { history, final } = goodStory();
  final.changes = inOrder;
  expect(c7Assignment(history, final)).toEqual([]);
});

const broken: [what: string, check: Check, spoil: (story: Story) => void][] = [
  [
    'routing gave away what was not waiting',
    c7Assignment,
    ({ final }) => void final.entries.push(assigned('one', 5, 3, 'ben')),
  ],
  [
    'routing chose somebody whom it saw at his capacity',
    c7Assignment,
    ({ final }) => {
      const [, entry] = final.entries;
      if (entry?.type !== 'assigned') throw new Error('The second entry is the assignment.');
      const full = { agentId: 'ana', chosen: true, why: 'least_loaded', open: 4, capacity: 4 } as const;
      entry.payload.reason = { policy: 'p', candidates: [full] };
    },
  ],
  [
    'an agent does not use what his slots say',
    c7Assignment,
    ({ final }) => {
      final.agents = [{ ...busy('one'), used: { chat: 2, email: 0 } }];
    },
  ],
  [
    'a slot is held for an assignment that does not stand',
    c7Assignment,
    ({ final }) => {
      final.agents = [busy('one', 'two')];
    },
  ],
  [
    'an assignment stands and takes no slot',
    c7Assignment,
    ({ final }) => {
      final.agents = [agent()];
    },
  ],
  [
    'somebody waits beside a free agent',
    c7Assignment,
    ({ final }) => {
      final.entries.push(entryOf('two', 1, 1, {}));
    },
  ],
  [
    'routing assigned without having taken a slot',
    c7Assignment,
    ({ final }) => {
      final.changes = [became(agent()), wrote('one-e1', 1), wrote('one-e2', 2)];
    },
  ],
  [
    'routing gave an agent more than he can take',
    c7Assignment,
    ({ final }) => {
      const capacity = { chat: 1, email: 0 };
      final.changes = [became({ ...busy('two'), capacity }), became({ ...busy('two', 'one'), capacity })];
    },
  ],
  [
    'somebody who waited for longer was passed over',
    c7Assignment,
    ({ final }) => {
      final.entries.push(entryOf('two', 1, 1, { at: at(30) }));
      final.changes = [became(agent()), wrote('one-e1', 1), wrote('two-e1', 30), became(busy('two'))];
    },
  ],
  [
    'a mail is neither a message nor accounted for',
    c8MailIn,
    ({ final }) => {
      final.entries = [];
      final.ledger = [];
    },
  ],
  [
    'a mail is neither a message nor accounted for',
    c8MailIn,
    ({ final }) => {
      final.entries = [];
      final.ledger = [line({ state: 'ignored', reason: 'A copy of a mail that was taken in before.' })];
    },
  ],
  [
    'a mail was fetched and not taken in',
    c8MailIn,
    ({ final }) => {
      final.ledger = [line({ state: 'fetched' })];
    },
  ],
  [
    'two mails became one message',
    c8MailIn,
    ({ final }) => void final.ledger.push(line({ _id: 'box:1:2', uid: 2, entryId: 'mail-e1' })),
  ],
  ['an answer that counts as sent did not go out once', c9MailOut, ({ final }) => void final.sink.pop()],
  ['an answer that counts as sent did not go out once', c9MailOut, ({ final }) => void final.sink.push(copy())],
  [
    'an answer went out that counts as not sent',
    c9MailOut,
    ({ final }) => {
      final.deliveries = [delivery({ state: 'failed' })];
    },
  ],
  [
    'an answer was never brought to an end',
    c9MailOut,
    ({ final }) => {
      final.deliveries = [delivery({ state: 'claimed', lease: at(3) })];
    },
  ],
  [
    'an answer went out more than once',
    c9MailOut,
    ({ final }) => {
      final.deliveries = [delivery({ state: 'queued', dueAt: at(10_000) })];
      final.sink.push(copy());
    },
  ],
  [
    'a mail went out under another Message-ID than was kept',
    c9MailOut,
    ({ final }) => void final.sink.push(copy({ messageId: '<c.2>', accepted: false })),
  ],
  [
    'one answer went out under several Message-IDs',
    c9MailOut,
    ({ final }) => void final.sink.push(copy({ messageId: '<c.2>' })),
  ],
  ['nobody cares for an answer that goes by mail', c9MailOut, ({ final }) => void final.deliveries.pop()],
  ['the outcome of an answer is not to be seen', c9MailOut, ({ final }) => void final.entries.pop()],
  [
    'a process does not give back its sockets',
    c13Resources,
    ({ final }) => {
      const before = { node: 'n1', rssMb: 120, sockets: 12, fileDescriptors: 40, cursors: 2 };
      final.resources = { before: [before], after: [{ ...before, sockets: 190 }] };
    },
  ],
  [
    'a process does not give back its memory',
    c13Resources,
    ({ final }) => {
      const before = { node: 'n1', rssMb: 120, sockets: 12, fileDescriptors: 40, cursors: 2 };
      final.resources = { before: [before], after: [{ ...before, rssMb: 800 }] };
    },
  ],
];

test.each(broken)('%s', (what, checkOne, spoil) => {
  const story = checkOne === c8MailIn || checkOne === c9MailOut ? byMail() : goodStory();
  spoil(story);
  expect(checkOne(story.history, story.final).map((finding) => finding.what)).toContain(what);
});

test('an answer of unknown outcome may have gone out, under one Message-ID', () => {
  const { history, final } = byMail();
  final.deliveries = [delivery({ state: 'unknown' })];
  const outcome = final.entries.at(-1);
  if (outcome?.type === 'delivery') outcome.payload.state = 'unknown';
  expect(c9MailOut(history, final)).toEqual([]);
  final.sink = [];
  expect(c9MailOut(history, final)).toEqual([]);
});

test('whoever waits for an ended slot of this very agent is not passed over', () => {
  const { history, final } = goodStory();
  final.entries.push(entryOf('two', 1, 1, { at: at(30) }));
  final.changes = [
    became({ ...agent(), slots: [slot('one')], used: { chat: 1, email: 0 } }),
    wrote('one-e1', 1),
    wrote('two-e1', 30),
    became(busy('one', 'two')),
  ];
  const passedOver = c7Assignment(history, final).filter(({ what }) => what.includes('passed over'));
  expect(passedOver).toEqual([]);
});
