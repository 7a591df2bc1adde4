import { describe, expect, it } from 'vitest';
import { explore, findsNothing, isLong, type Model, type Step } from '../testing/explore.js';
import type { Entry } from './entry.js';
import { type ConversationState, foldAll } from './fold.js';
import { ana, assignmentTo, say } from './test-journal.js';

/*
 * One conversation, two nodes (append.ts, batcher.ts), two clients who resend what was not answered. An insert may
 * arrive long after whoever sent it gave it up, what the primary has is lost with it until a majority has it, and
 * a node may end at any moment.
 */

/** What a unique index sees of an entry. Keys with a `t` take the conversation, which only one may; others are messages. */
interface Doc {
  key: string;
  seq: number;
  /** A majority has it. */
  safe: boolean;
}

interface Sent {
  key: string;
  seq: number;
  node: number;
}

/** What a node is doing with the first of its lane. */
type Doing =
  | { is: 'deciding' }
  | { is: 'refused' }
  | { is: 'looked'; head: number }
  | { is: 'writing' | 'waiting' | 'written' | 'duplicate'; seq: number };

interface Node {
  /** How far its state of the conversation is; null if it has none. */
  head: number | null;
  lane: string[];
  doing: Doing;
}

interface Client {
  keys: string[];
  awaits: boolean;
}

interface World {
  docs: Doc[];
  flying: Sent[];
  nodes: Node[];
  clients: Client[];
  answers: { key: string; seq: number | null }[];
  luck: { crashes: number; losses: number; failovers: number };
}

const rules = {
  /** Whether an index refuses the insert. */
  clash: (there: Doc, sent: Sent) => there.key === sent.key || there.seq === sent.seq,
  /** What is read of the database. */
  readable: (doc: Doc) => doc.safe,
  acknowledged: (doc: Doc | undefined) => doc?.safe === true,
  /** What is done when nothing is known of an insert. */
  afterLoss: 'writing' as 'writing' | 'acknowledge' | 'deciding',
  looksForItself: true,
  duplicateIsWritten: false,
  /** A client sends on only when what it sent before is answered. */
  waits: true,
};
type Rules = typeof rules;

interface Scope {
  clients: string[][];
  luck: World['luck'];
}

const short: Scope = { clients: [['a1', 'at'], ['b1']], luck: { crashes: 0, losses: 1, failovers: 1 } };
const crashing: Scope = { ...short, luck: { crashes: 1, losses: 0, failovers: 0 } };
const long: Scope = {
  clients: [
    ['a1', 'at'],
    ['b1', 'bt'],
  ],
  luck: { crashes: 1, losses: 1, failovers: 1 },
};

function appendRace(changed: Partial<Rules> = {}, { clients, luck } = short): Model<World> {
  const rule = { ...rules, ...changed };
  const start: World = {
    docs: [],
    flying: [],
    nodes: [idle(), idle()],
    clients: clients.map((keys) => ({ keys, awaits: false })),
    answers: [],
    luck,
  };
  return {
    start,
    steps: (world) => [
      ...world.clients.flatMap((client, c) => sends(rule, world, client, c)),
      ...world.nodes.flatMap((node, n) => [...works(rule, world, node, n), ...ends(world, node, n)]),
      ...world.flying.map((sent) => arrives(rule, world, sent)),
      ...replicates(world),
    ],
    wrong: (world) => wrong(world, clients),
    settled: ({ clients, nodes, flying, docs }) =>
      clients.every(({ keys, awaits }) => keys.length === 0 && !awaits) &&
      nodes.every(({ lane }) => lane.length === 0) &&
      flying.length === 0 &&
      docs.every(({ safe }) => safe),
  };
}

const idle = (): Node => ({ head: null, lane: [], doing: { is: 'deciding' } });

function sends(rule: Rules, world: World, { keys, awaits }: Client, c: number): Step<World>[] {
  const key = keys[0];
  if (key === undefined || (awaits && world.luck.losses === 0)) return [];
  const steps = world.nodes.flatMap((node, n): Step<World>[] => {
    if (node.lane.includes(key)) return [];
    const to = withNode(world, n, { ...node, lane: [...node.lane, key] });
    const client = rule.waits ? { keys, awaits: true } : { keys: keys.slice(1), awaits: false };
    const luck = awaits ? { ...world.luck, losses: world.luck.losses - 1 } : world.luck;
    const what = `${key} is sent${awaits ? ' again' : ''} to node ${n}`;
    return [{ what, to: { ...to, luck, clients: world.clients.with(c, client) }, ...(awaits && { maybe: true }) }];
  });
  return steps;
}

function works(rule: Rules, world: World, node: Node, n: number): Step<World>[] {
  const [key] = node.lane;
  if (key === undefined) return [];
  const newest = world.docs.filter(rule.readable).length;
  const goOn = (what: string, doing: Doing, head = node.head): Step<World> => ({
    what: `node ${n}: ${key} ${what}`,
    to: withNode(world, n, { ...node, doing, head }),
  });
  const answer = (what: string, seq: number | null, head = node.head): Step<World> => ({
    what: `node ${n}: ${key} ${what}`,
    to: answered(withNode(world, n, { head, lane: node.lane.slice(1), doing: { is: 'deciding' } }), key, seq),
  });
  const own = world.docs.find((doc) => doc.key === key && rule.readable(doc));
  const { doing } = node;
  switch (doing.is) {
    case 'deciding': {
      const head = node.head ?? newest;
      const isRefused = key.includes('t') && stateAfter(world.docs, head)?.assigneeId !== null;
      return [
        isRefused
          ? goOn('is refused', { is: 'refused' }, head)
          : goOn('is numbered', { is: 'writing', seq: head + 1 }, head),
      ];
    }
    case 'refused':
      if (own && rule.looksForItself) return [answer('had been written', own.seq, newest)];
      return [goOn('was not written', { is: 'looked', head: node.head ?? 0 })];
    case 'looked':
      if (newest === doing.head) return [answer('stays refused', null, newest)];
      return [goOn('was refused for a state of the past', { is: 'deciding' }, newest)];
    case 'writing':
      return [
        {
          what: `node ${n}: ${key} is inserted as ${doing.seq}`,
          to: {
            ...withNode(world, n, { ...node, doing: { is: 'waiting', seq: doing.seq } }),
            flying: [...world.flying, { key, seq: doing.seq, node: n }],
          },
        },
      ];
    case 'waiting':
      return loses(rule, world, node, n);
    case 'written': {
      const doc = world.docs.find((one) => one.key === key && one.seq === doing.seq);
      const lost = loses(rule, world, node, n);
      if (!doc) return [goOn('was rolled back', { is: 'writing', seq: doing.seq }), ...lost];
      return rule.acknowledged(doc) ? [answer('is acknowledged', doing.seq, doing.seq), ...lost] : lost;
    }
    case 'duplicate': {
      if (rule.duplicateIsWritten) return [answer('is taken for written', doing.seq, doing.seq)];
      if (own) return [answer('had been written', own.seq, newest)];
      const holder = world.docs.find((doc) => doc.seq === doing.seq && rule.readable(doc));
      return [
        holder
          ? goOn('lost its number', { is: 'deciding' }, newest)
          : goOn('is not known to clash', { is: 'writing', seq: doing.seq }),
      ];
    }
  }
}

/** The connection breaks: whether the insert came, comes or never will, nobody knows. */
function loses(rule: Rules, world: World, node: Node, n: number): Step<World>[] {
  const { doing, lane } = node;
  if (world.luck.losses === 0 || !('seq' in doing)) return [];
  const [key = ''] = lane;
  const luck = { ...world.luck, losses: world.luck.losses - 1 };
  const what = `node ${n}: the answer to ${key} is lost`;
  if (rule.afterLoss === 'acknowledge') {
    const to = withNode(world, n, { head: doing.seq, lane: lane.slice(1), doing: { is: 'deciding' } });
    return [{ what, to: { ...answered(to, key, doing.seq), luck }, maybe: true }];
  }
  const next: Doing = rule.afterLoss === 'deciding' ? { is: 'deciding' } : { is: 'writing', seq: doing.seq };
  return [{ what, to: { ...withNode(world, n, { ...node, doing: next }), luck }, maybe: true }];
}

function ends(world: World, { lane, head }: Node, n: number): Step<World>[] {
  if (world.luck.crashes === 0 || (lane.length === 0 && head === null)) return [];
  const luck = { ...world.luck, crashes: world.luck.crashes - 1 };
  const clients = world.clients.map((client) =>
    client.keys[0] !== undefined && lane.includes(client.keys[0]) ? { ...client, awaits: false } : client,
  );
  return [
    { what: `node ${n} ends and starts anew`, to: { ...withNode(world, n, idle()), clients, luck }, maybe: true },
  ];
}

function arrives(rule: Rules, world: World, sent: Sent): Step<World> {
  const { key, seq } = sent;
  const isClash = world.docs.some((there) => rule.clash(there, sent));
  const node = world.nodes[sent.node] ?? idle();
  const isAwaited = node.lane[0] === key && node.doing.is === 'waiting' && node.doing.seq === seq;
  const doing: Doing = { is: isClash ? 'duplicate' : 'written', seq };
  return {
    what: `the insert of ${key} as ${seq} arrives${isClash ? ', and clashes' : ''}`,
    to: {
      ...(isAwaited ? withNode(world, sent.node, { ...node, doing }) : world),
      flying: world.flying.filter((one) => one !== sent),
      docs: isClash ? world.docs : [...world.docs, { key, seq, safe: false }],
    },
  };
}

function replicates(world: World): Step<World>[] {
  const first = world.docs.findIndex(({ safe }) => !safe);
  const doc = world.docs[first];
  if (!doc) return [];
  const luck = { ...world.luck, failovers: world.luck.failovers - 1 };
  const rolledBack = { ...world, docs: world.docs.filter(({ safe }) => safe), luck };
  return [
    { what: `a majority has ${doc.key}`, to: { ...world, docs: world.docs.with(first, { ...doc, safe: true }) } },
    ...(world.luck.failovers > 0 ? [{ what: 'the primary is lost', to: rolledBack, maybe: true } as const] : []),
  ];
}

const withNode = (world: World, n: number, node: Node): World => ({ ...world, nodes: world.nodes.with(n, node) });

function answered(world: World, key: string, seq: number | null): World {
  const clients = world.clients.map((client) =>
    client.keys[0] === key ? { keys: client.keys.slice(1), awaits: false } : client,
  );
  const isNew = !world.answers.some((one) => one.key === key && one.seq === seq);
  const answers = isNew ? [...world.answers, { key, seq }].sort((a, b) => (a.key < b.key ? -1 : 1)) : world.answers;
  return { ...world, clients, answers };
}

function wrong({ docs, answers }: World, clients: string[][]): string | null {
  const safe = docs.filter((doc) => doc.safe);
  const seqOf = (key: string) => safe.find((doc) => doc.key === key)?.seq;
  if (safe.some((doc, i) => doc.seq !== i + 1)) return 'there is a gap, or a number twice';
  if (new Set(safe.map(({ key }) => key)).size < safe.length) return 'something is there twice';
  if (safe.filter(({ key }) => key.includes('t')).length > 1) return 'two have taken it';
  for (const { key, seq } of answers) {
    if (seq === null && seqOf(key) !== undefined) return `${key} was refused and is there`;
    if (seq !== null && seqOf(key) !== seq) return `${key} was acknowledged as ${seq} and is not there`;
  }
  for (const keys of clients) {
    const seqs = keys.flatMap((key) => seqOf(key) ?? []);
    if (seqs.some((seq, i) => seq < (seqs[i - 1] ?? 0))) return `what a client sent is out of order: ${keys}`;
  }
  return null;
}

const states = new Map<string, ConversationState | null>();

/** By the real fold, of the first so many entries. */
function stateAfter(docs: Doc[], head: number): ConversationState | null {
  const keys = docs.filter(({ seq }) => seq <= head).map(({ key }) => key);
  const known = states.get(keys.join());
  if (known !== undefined) return known;
  const state = keys.reduce<ConversationState | null>((before, key) => foldAll(before, [entryOf(key, before)]), null);
  states.set(keys.join(), state);
  return state;
}

function entryOf(key: string, before: ConversationState | null): Entry {
  const draft = key.includes('t') ? assignmentTo(key) : say(ana, key)(before);
  const seq = (before?.seq ?? 0) + 1;
  const at = new Date(0);
  return {
    ...draft,
    _id: key,
    workspaceId: 'shop',
    conversationId: 'c',
    seq,
    pub: seq,
    clientId: key,
    hash: null,
    v: 1,
    at,
  };
}

describe('two nodes that append to one conversation', () => {
  it.each(Object.entries(isLong ? { long } : { short, crashing }))(
    'leave no gap, double and lose nothing and keep the order: %s',
    async (name, scope) => {
      expect(await findsNothing(`append race, ${name}`, appendRace({}, scope))).toBeNull();
    },
    900_000,
  );

  it.each<[string, Partial<Rules>, string]>([
    ['numbers were not unique', { clash: (there, sent) => there.key === sent.key }, 'a number twice'],
    ['ids of messages were not unique', { clash: (there, sent) => there.seq === sent.seq }, 'there twice'],
    ['one copy were enough for an acknowledgement', { acknowledged: (doc) => doc !== undefined }, 'is not there'],
    ['what a majority does not have yet were read', { readable: () => true }, 'is not there'],
    ['a duplicate were taken for written', { duplicateIsWritten: true }, 'is not there'],
    ['a lost answer were taken for a good one', { afterLoss: 'acknowledge' }, 'is not there'],
    ['a refusal did not look for an earlier try of its own', { looksForItself: false }, 'was refused and is there'],
    ['clients did not wait for an answer', { waits: false }, 'out of order'],
  ])('would not if %s', async (_, change, finding) => {
    const { counterexample } = await explore(appendRace(change));
    expect(counterexample).toContain(finding);
  });
});
