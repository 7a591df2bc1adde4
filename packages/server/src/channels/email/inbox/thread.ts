import { type Contacts, normalAddress } from '../../../contacts/index.js';
import type { Journal } from '../../../journal/index.js';
import { derivedId } from '../../../platform/ids.js';
import { readMessageId } from '../message-id.js';
import type { ReadMail } from '../read/types.js';
import type { KnownMail, Mailbox, MailStore } from '../store.js';

export interface ThreadParts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
  hmacKey: Buffer;
}

export type MailIds = Pick<ReadMail, 'inReplyTo' | 'references'>;

const looked = 32;

/** The mails that a mail says it answers, the likeliest first. */
export const answeredIds = ({ inReplyTo, references }: MailIds): string[] =>
  [...new Set([...inReplyTo, ...references.toReversed()])].slice(0, looked);

/**
 * The conversation a mail belongs to: that of a mail it answers, by our own signature or by a Message-ID we know, if its
 * sender takes part in it; else a new one. Whoever only names a mail of others gets no way in.
 */
export async function findThread(
  parts: ThreadParts,
  mailbox: Mailbox,
  mail: MailIds,
  sender: string,
  key: string,
): Promise<{ conversationId: string; opens: boolean }> {
  const ids = answeredIds(mail);
  const signed = ids.flatMap((id) => readMessageId(parts.hmacKey, id)?.conversationId ?? []);
  for (const conversationId of new Set(signed))
    if (await mayJoin(parts, mailbox, conversationId, sender)) return { conversationId, opens: false };
  for (const id of ids)
    for (const { conversationId } of await knownBy(parts.store, mailbox, id))
      if (await mayJoin(parts, mailbox, conversationId, sender)) return { conversationId, opens: false };
  return { conversationId: derivedId('mail', mailbox._id, key), opens: true };
}

/** The mail of ours that this one answers or reports on, whoever sent it. */
export async function findOwnMail(parts: ThreadParts, mailbox: Mailbox, ids: string[]): Promise<KnownMail | null> {
  for (const id of ids.slice(0, looked)) {
    const known = await knownBy(parts.store, mailbox, id);
    const sent = known.find(({ direction }) => direction === 'out');
    if (sent) return sent;
  }
  return null;
}

/** The same mail may have reached several mailboxes; this one's own copy comes first. */
async function knownBy(store: MailStore, { _id, workspaceId }: Mailbox, messageId: string): Promise<KnownMail[]> {
  const known = await store.known.find({ workspaceId, messageId }).limit(10).toArray();
  return [...known.filter(({ mailboxId }) => mailboxId === _id), ...known.filter(({ mailboxId }) => mailboxId !== _id)];
}

async function mayJoin(
  { store, journal, contacts }: ThreadParts,
  { workspaceId, brandId }: Mailbox,
  conversationId: string,
  sender: string,
): Promise<boolean> {
  if (sender === '') return false;
  const state = await journal.state(conversationId);
  if (!state || state.workspaceId !== workspaceId || state.brandId !== brandId) return false;
  if (await store.isKnownIn(conversationId, sender)) return true;
  const contact = await contacts.get(state.contactId);
  return contact?.identities.some(({ kind, value }) => kind === 'email' && value === normalAddress(sender)) ?? false;
}
