import type { Delivery, LedgerLine } from '@helpline/server/dist/channels/email/store.js';
import type { Seen } from '@helpline/server/dist/conversations/store.js';
import type { ConversationState, Entry } from '@helpline/server/dist/journal/index.js';
import type { StaffMember } from '@helpline/server/dist/staff/store.js';
import { ImapFlow } from 'imapflow';
import type { FaultSpan, FinalState, MailboxMail } from '../checks/final-state.js';
import type { Cluster } from '../cluster/cluster.js';
import { keyIn } from '../history.js';
import type { SmtpSink } from '../mail/sink.js';
import type { Participant } from '../workload/participant.js';
import type { Changes } from './changes.js';
import type { Ground } from './ground.js';

export interface Scene {
  cluster: Cluster;
  ground: Ground;
  changes: Changes;
  sink: SmtpSink;
  participants: readonly Participant[];
  epoch: number;
}

export type Stored = Pick<FinalState, 'entries' | 'conversations' | 'agents' | 'seen' | 'deliveries' | 'ledger'>;

/** What the database has of this run, read with majority. */
export async function readStored({ cluster, ground }: Pick<Scene, 'cluster' | 'ground'>): Promise<Stored> {
  const { db } = cluster.mongo;
  const isNewOne = { $nin: [...ground.conversations] };
  const [entries, conversations, members, seen, deliveries, ledger] = await Promise.all([
    db.collection<Entry>('entries').find({ conversationId: isNewOne }).sort({ conversationId: 1, seq: 1 }).toArray(),
    db.collection<ConversationState>('conversations').find({ _id: isNewOne }).toArray(),
    db.collection<StaffMember>('agents').find().toArray(),
    db.collection<Seen>('seen').find().toArray(),
    db.collection<Delivery>('deliveries').find({ conversationId: isNewOne }).toArray(),
    db.collection<LedgerLine>('mail_ledger').find().toArray(),
  ]);
  return {
    entries,
    conversations,
    agents: members.map(({ passwordHash, email, name, ...agent }) => agent),
    seen: seen.filter(({ _id }) => !ground.conversations.has(_id.slice(0, _id.indexOf(':')))),
    deliveries,
    ledger: ledger.filter(({ _id }) => !ground.ledger.has(_id)),
  };
}

/** All that is there, once everything has come to rest. */
export async function readFinal(scene: Scene, faults: FaultSpan[]): Promise<Omit<FinalState, 'resources'>> {
  const { sink, participants, changes, cluster, epoch } = scene;
  const views = (await Promise.all(participants.map((participant) => participant.views()))).flat();
  const agentOf = participants.flatMap(({ name, agentId }) => (agentId ? [[name, agentId]] : []));
  return {
    ...(await readStored(scene)),
    faults,
    changes: changes.all,
    mailbox: (await readMailbox(cluster)).filter(({ key }) => isOf(epoch, key)),
    sink: sink.mails.filter(({ key }) => isOf(epoch, key)),
    views,
    agentOf: Object.fromEntries(agentOf),
    readAt: performance.now(),
    readAtWall: new Date(),
  };
}

const isOf = (epoch: number, key: string | null): boolean => key?.includes(`-e${epoch}-`) ?? false;

async function readMailbox({ mail }: Cluster): Promise<MailboxMail[]> {
  const auth = { user: mail.support.address, pass: mail.support.password };
  const client = new ImapFlow({ host: '127.0.0.1', port: mail.ports.imap, auth, secure: false, logger: false });
  client.on('error', () => {});
  await client.connect();
  try {
    const { exists, uidValidity } = await client.mailboxOpen('INBOX');
    if (exists === 0) return [];
    const mails = await client.fetchAll('1:*', { uid: true, envelope: true });
    return mails.map(({ uid, envelope }) => ({
      key: keyIn(envelope?.subject ?? '') ?? null,
      uidValidity: String(uidValidity),
      uid,
    }));
  } finally {
    client.close();
  }
}
