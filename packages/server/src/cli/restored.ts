import { mailSender } from '../channels/email/sender/plan.js';
import { MailStore } from '../channels/email/store.js';
import { say } from '../channels/email/texts.js';
import { Contacts } from '../contacts/index.js';
import { Journal } from '../journal/index.js';
import { JournalStore } from '../journal/store.js';
import type { Database } from '../platform/database.js';
import { createLogger } from '../platform/logger.js';

/** Older answers are never sent, whatever happens. */
const oldestMs = 48 * 60 * 60 * 1000;

/**
 * After a restore nobody can know which answers went out by mail since the backup. Each that would still be sent becomes
 * "unknown" instead, which its agent sees. Call it before the first node starts; throws while one runs. Gives how many.
 */
export async function settleMails(db: Database): Promise<number> {
  await checkNobodyLeads(db);
  await db.collection('positions').updateMany({}, { $unset: { token: '', time: '' } }); // places in another database's stream
  await planAnswers(db);
  const detail = say('delivery.restored');
  const settled = await new MailStore(db).deliveries.updateMany(
    { state: { $in: ['queued', 'claimed', 'data'] }, 'recipients.0': { $exists: true } },
    { $set: { state: 'unknown', claim: null, lease: null, recorded: false, detail } },
  );
  return settled.modifiedCount;
}

async function checkNobodyLeads(db: Database): Promise<void> {
  const held = await db.collection('leases').findOne({ $expr: { $gt: ['$until', '$$NOW'] } });
  if (held)
    throw new Error('A node is running on this database. After a restore, call this before the first one starts.');
}

/** What was answered just before the backup may not have been planned yet; a node would do it, and send. */
async function planAnswers(db: Database): Promise<void> {
  const journal = new Journal(db, createLogger('warn'));
  const waits = { leftAfterMs: 0, undoMs: 0, planned: () => {} };
  const parts = { store: new MailStore(db), journal, contacts: new Contacts(db), ...waits };
  const sender = mailSender(parts);
  const fields = { _id: 1, workspaceId: 1, conversationId: 1, seq: 1, type: 1, audience: 1, actor: 1, at: 1 } as const;
  for await (const ref of new JournalStore(db).since(new Date(Date.now() - oldestMs), fields))
    if (sender.wants(ref)) await sender.handle([ref]);
}
