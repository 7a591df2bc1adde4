import type { Contacts } from '../../../contacts/index.js';
import type { MessageEntry } from '../../../journal/index.js';
import { isDuplicateKey } from '../../../platform/database.js';
import type { MailStore } from '../store.js';
import { answerAddress, reasonForSilence, type Silence } from './may-answer.js';

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Every automatic answer asks here first. Null if it may go out, and then no other may to that address for a day;
 * asked again about the same message it says the same.
 */
export async function beginAutomaticAnswer(
  { store, contacts }: { store: MailStore; contacts: Contacts },
  { _id: entryId, workspaceId, payload }: MessageEntry,
): Promise<Silence | null> {
  const address = answerAddress(payload);
  const [own, trouble] = await Promise.all([store.ownAddresses(workspaceId), contacts.troubleOf(workspaceId, address)]);
  const silence = reasonForSilence(payload, { own, inTrouble: trouble !== null, answeredLately: false });
  return silence ?? ((await claim(store, `${workspaceId}:${address}`, entryId)) ? null : 'answered');
}

/** One a day: where two machines answer each other, whatever their mails look like, this is the end of it. */
async function claim(store: MailStore, _id: string, entryId: string): Promise<boolean> {
  const at = new Date();
  const free = { _id, $or: [{ at: { $lt: new Date(at.getTime() - dayMs) } }, { entryId }] };
  try {
    await store.automaticAnswers.updateOne(free, { $set: { entryId }, $max: { at } }, { upsert: true });
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}
