import { foldAll } from '@helpline/server/dist/journal/fold.js';
import type { Entry } from '@helpline/server/dist/journal/index.js';
import type { ClientView, HistoryRecord, ViewedEntry } from '../history.js';
import { type AgentState, emptyFinalState, type FinalState } from './final-state.js';

/** A small house in which all went well: Vera asked twice, Ana took it and answered. */
export interface Story {
  history: HistoryRecord[];
  final: FinalState;
}

const start = Date.parse('2026-03-01T10:00:00Z');
export const at = (second: number): Date => new Date(start + second * 1000);

const opening = {
  workspaceId: 'demo',
  brandId: 'tulip-garden',
  inboxId: 'tulip-chat',
  teamId: null,
  contactId: 'contact-vera',
  channel: 'chat',
} as const;

const vera = { kind: 'visitor', id: 'contact-vera' } as const;
export const ana = { kind: 'agent', id: 'ana', name: 'Ana Alvarez' } as const;
const routing = { kind: 'system', id: 'routing' } as const;

export function entryOf(conv: string, seq: number, pub: number, more: Partial<Entry>): Entry {
  const isNew = seq === 1 ? { opening } : {};
  return {
    _id: `${conv}-e${seq}`,
    workspaceId: 'demo',
    conversationId: conv,
    seq,
    pub,
    audience: 'public',
    clientId: `${conv}-c${seq}`,
    hash: 'h',
    v: 1,
    at: at(seq),
    actor: vera,
    type: 'message',
    payload: { channel: 'chat', text: `m-vera-${seq}`, ...isNew },
    ...more,
  } as Entry;
}

export const assigned = (conv: string, seq: number, pub: number, agentId: string | null): Entry =>
  entryOf(conv, seq, pub, {
    audience: 'internal',
    actor: routing,
    clientId: `system:routing:${conv}`,
    type: 'assigned',
    payload: { agentId, reason: null },
  });

export const answer = (conv: string, seq: number, pub: number, key: string): Entry =>
  entryOf(conv, seq, pub, { actor: ana, type: 'message', payload: { channel: 'chat', text: key } });

export const agent = (more: Partial<AgentState> = {}): AgentState => ({
  _id: 'ana',
  workspaceId: 'demo',
  role: 'agent',
  brandIds: 'all',
  teamIds: [],
  availability: 'available',
  capacity: { chat: 4, email: 8 },
  used: { chat: 0, email: 0 },
  slots: [],
  atOnce: null,
  isTrainee: false,
  skills: [],
  lastAssignedAt: at(0),
  ...more,
});

export const slot = (conv: string, seq = 2): AgentState['slots'][number] => ({
  conversationId: conv,
  seq,
  clientId: `system:routing:${conv}`,
  channel: 'chat',
  inboxId: 'tulips',
  teamId: null,
  units: 1,
  takenAt: at(seq),
});

export const busy = (...convs: string[]): AgentState =>
  agent({ used: { chat: convs.length, email: 0 }, slots: convs.map((conv) => slot(conv)) });

/** An operation that was acknowledged. */
export function done(op: string, from: number, until: number, about: Partial<HistoryRecord>): HistoryRecord[] {
  const record = { proc: 'vera', f: 'send', op, conv: 'one', ...about } as const;
  return [
    { ...record, at: from, type: 'invoke' },
    { ...record, at: until, type: 'ok' },
  ];
}

export const received = (when: number, about: Partial<HistoryRecord>): HistoryRecord => ({
  at: when,
  proc: 'vera',
  type: 'ok',
  f: 'recv',
  conv: 'one',
  ...about,
});

export const viewOf = (entries: ViewedEntry[], more: Partial<ClientView> = {}): ClientView => ({
  proc: 'vera',
  source: 'sdk',
  who: { kind: 'visitor' },
  conv: 'one',
  entries,
  pending: 0,
  ...more,
});

export const shown = (n: number | null, text: string, type = 'message'): ViewedEntry => ({ n, type, text });

export const statesOf = (entries: Entry[]) => {
  const state = foldAll(null, entries);
  return state ? [state] : [];
};

export function goodStory(): Story {
  const entries = [
    entryOf('one', 1, 1, {}),
    assigned('one', 2, 1, 'ana'),
    answer('one', 3, 2, 'm-ana-1'),
    entryOf('one', 4, 3, {}),
  ];
  const history = [
    ...done('op-1', 100, 120, { f: 'start', key: 'm-vera-1', pub: 1 }),
    received(121, { pub: 1, key: 'm-vera-1', raw: '{"n":1,"from":{"kind":"you","name":""},"text":"m-vera-1"}' }),
    ...done('op-2', 200, 220, { proc: 'ana', f: 'reply', key: 'm-ana-1', seq: 3 }),
    received(225, { pub: 2, key: 'm-ana-1' }),
    ...done('op-3', 300, 320, { key: 'm-vera-4', pub: 3 }),
    received(321, { pub: 3, key: 'm-vera-4' }),
    received(330, { proc: 'page', f: 'dom', keys: ['m-vera-1', 'm-ana-1', 'm-vera-4'] }),
  ];
  const list = [shown(1, 'm-vera-1'), shown(2, 'm-ana-1'), shown(3, 'm-vera-4')];
  const page = ['m-vera-1', 'm-ana-1', 'm-vera-4'].map((key) => shown(null, key));
  return {
    history,
    final: {
      ...emptyFinalState(),
      entries,
      conversations: statesOf(entries),
      agents: [busy('one')],
      agentOf: { ana: 'ana' },
      views: [viewOf(list), viewOf(page, { proc: 'page', source: 'dom' })],
      readAt: 1000,
      readAtWall: at(1000),
    },
  };
}
