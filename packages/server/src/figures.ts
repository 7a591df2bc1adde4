import { MailStore } from './channels/email/store.js';
import { ConversationStore } from './conversations/index.js';
import type { Database } from './platform/database.js';
import type { Health } from './platform/health.js';
import type { Metrics, Sample } from './platform/metrics.js';

const countUpTo = { limit: 10_000, maxTimeMS: 2_000 };
const mailStates = ['queued', 'claimed', 'data', 'unknown', 'failed'] as const;
const ledgerStates = ['fetched', 'failed'] as const;

export function watchHealth(metrics: Metrics, health: Health): void {
  const heard = 'Whether the other nodes are heard, and through what.';
  const look = () => [{ of: health.adapter.name, value: health.adapter.connected ? 1 : 0 }];
  metrics.watch('adapter_connected', heard, look, 'adapter');
}

/** What the database must be asked for, at each scrape: every node tells the same, so take the highest. */
export function watchDatabase(metrics: Metrics, db: Database): void {
  const { conversations } = new ConversationStore(db);
  const mail = new MailStore(db);
  const waiting = { handler: 'queue', status: 'open' } as const;
  const inWorkspaces = async <T>(look: (workspaceId: string) => Promise<T>): Promise<T[]> => {
    const workspaces = await db.collection<{ _id: string }>('workspaces').find().toArray();
    return Promise.all(workspaces.map(({ _id }) => look(_id)));
  };

  metrics.watch('queue_length', 'Conversations that wait for an agent.', async () => {
    const counts = await inWorkspaces((workspaceId) =>
      conversations.countDocuments({ workspaceId, ...waiting }, countUpTo),
    );
    return [{ value: sum(counts) }];
  });

  metrics.watch('queue_oldest_seconds', 'How long the first in the queue waits.', async () => {
    const first = await inWorkspaces((workspaceId) =>
      conversations.findOne({ workspaceId, ...waiting }, { sort: { waitingSince: 1 } }),
    );
    const since = first.map((state) => state?.waitingSince?.getTime() ?? Date.now());
    return [{ value: Math.max(0, ...since.map((time) => (Date.now() - time) / 1000)) }];
  });

  const outgoing = 'Answers by mail that wait, are being sent, or did not surely arrive.';
  metrics.watch(
    'deliveries',
    outgoing,
    () => counted(mailStates, (state) => mail.deliveries.countDocuments({ state }, countUpTo)),
    'state',
  );

  const incoming = 'Mails that were fetched and not taken in: yet, or after many tries.';
  const inLedger = async (state: (typeof ledgerStates)[number]) => {
    const mailboxes = await mail.mailboxes.find({}, { projection: { _id: 1 } }).toArray();
    const counts = mailboxes.map(({ _id }) => mail.ledger.countDocuments({ mailboxId: _id, state }, countUpTo));
    return sum(await Promise.all(counts));
  };
  metrics.watch('mails_waiting', incoming, () => counted(ledgerStates, inLedger), 'state');

  const boxes = ['connecting', 'connected', 'failing'] as const;
  metrics.watch(
    'mailboxes',
    'Connected mailboxes, by how they are.',
    () => counted(boxes, (state) => mail.mailboxes.countDocuments({ state })),
    'state',
  );
}

const counted = <S extends string>(states: readonly S[], count: (state: S) => Promise<number>): Promise<Sample[]> =>
  Promise.all(states.map(async (state) => ({ of: state, value: await count(state) })));

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
