import { type Contacts, normalAddress, provenAddress } from '../../../contacts/index.js';
import type { Consumer, Entry, EntryRef, Journal, MessageEntry } from '../../../journal/index.js';
import { isDuplicateKey } from '../../../platform/database.js';
import { derivedId } from '../../../platform/ids.js';
import type { Delivery, MailStore } from '../store.js';
import { lastMailOf } from './last-mail.js';

export interface PlanParts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
  /** How long a chat visitor has to see an answer before it also goes by mail. */
  leftAfterMs: number;
  /** Told when there is something to send. */
  planned: () => void;
}

/** Follows the journal and queues every answer that goes, or may have to go, by mail. */
export const mailSender = (parts: PlanParts): Consumer => ({
  name: 'mail-sender',
  wants: ({ type, audience, actor }: EntryRef) => type === 'message' && audience === 'public' && actor.kind === 'agent',
  async handle(refs) {
    for (const entry of await parts.journal.entriesById(refs.map(({ _id }) => _id)))
      if (isMessage(entry)) await plan(parts, entry);
    parts.planned();
  },
});

const isMessage = (entry: Entry): entry is MessageEntry => entry.type === 'message';

/** Once for each answer, however often the journal tells of it. */
async function plan({ store, journal, contacts, leftAfterMs }: PlanParts, answer: MessageEntry): Promise<void> {
  if (await store.deliveries.findOne({ entryId: answer._id }, { projection: { _id: 1 } })) return;
  const inChat = answer.payload.channel === 'chat';
  const recipients = inChat
    ? await provenRecipient(journal, contacts, answer)
    : await recipientOfMail(journal, store, answer);
  if (inChat && recipients.length === 0) return; // he finds it in the chat, and nowhere else
  const delivery: Delivery = {
    _id: derivedId('delivery', answer._id, ...recipients),
    entryId: answer._id,
    workspaceId: answer.workspaceId,
    conversationId: answer.conversationId,
    seq: answer.seq,
    pub: answer.pub,
    writtenAt: answer.at,
    recipients,
    unlessSeen: inChat,
    state: 'queued',
    dueAt: new Date(answer.at.getTime() + (inChat ? leftAfterMs : 0)),
    lease: null,
    claim: null,
    tries: 0,
    messageId: null,
    mailboxId: null,
    detail: null,
    recorded: true,
  };
  try {
    await store.deliveries.insertOne(delivery);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}

async function provenRecipient(journal: Journal, contacts: Contacts, answer: MessageEntry): Promise<string[]> {
  const state = await journal.state(answer.conversationId);
  const contact = state && (await contacts.get(state.contactId));
  const address = contact && provenAddress(contact);
  return address ? [address] : [];
}

/** Whoever wrote the last mail, at the address he wants answers at. */
async function recipientOfMail(journal: Journal, store: MailStore, answer: MessageEntry): Promise<string[]> {
  const own = await store.ownAddresses(answer.workspaceId);
  const mail = (await lastMailOf(journal, answer.conversationId, answer.seq))?.payload.mail;
  const addresses = [mail?.replyTo?.address ?? '', mail?.from.address ?? ''];
  return addresses.filter((address) => address.includes('@') && !own.has(normalAddress(address))).slice(0, 1);
}
