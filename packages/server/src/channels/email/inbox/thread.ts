import type { Authenticity, Follows } from '@helpline/protocol';
import { type Contacts, normalAddress } from '../../../contacts/index.js';
import type { ConversationState, Journal } from '../../../journal/index.js';
import { derivedId } from '../../../platform/ids.js';
import { readMessageId } from '../message-id.js';
import type { ReadMail } from '../read/types.js';
import { readReplyAddress } from '../reply-address.js';
import type { KnownMail, Mailbox, MailStore } from '../store.js';
import { whyApart } from './may-join.js';
import { steadyId } from './steady-id.js';

export interface ThreadParts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
  hmacKey: Buffer;
}

type MailIds = Pick<ReadMail, 'inReplyTo' | 'references'>;

/** A mail that looks for its conversation. */
export interface Seeking {
  mail: MailIds & Pick<ReadMail, 'deliveredTo' | 'class'>;
  /** Its author's address; empty if nobody is named. */
  sender: string;
  authenticity: Authenticity;
  /** The same for every copy of the mail. */
  key: string;
}

export interface Thread {
  conversationId: string;
  opens: boolean;
  follows?: Follows;
}

interface Named {
  conversationId: string;
  isSigned: boolean;
}

const looked = 32;
const followUpsAtMost = 50;

/** The mails that a mail says it answers, the likeliest first. */
export const answeredIds = ({ inReplyTo, references }: MailIds): string[] =>
  [...new Set([...inReplyTo, ...references.toReversed()])].slice(0, looked);

/**
 * The conversation a mail belongs to: one that it names, by our own signature or by a mail we know, if its sender takes
 * part in it; else a new one, which tells where it comes from. Whoever only names a mail of others gets no way in.
 */
export async function findThread(parts: ThreadParts, mailbox: Mailbox, seeking: Seeking): Promise<Thread> {
  let apart: Follows | null = null;
  for await (const { conversationId, isSigned } of namedConversations(parts, mailbox, seeking.mail)) {
    const state = await parts.journal.state(conversationId);
    if (!state || !isBehindSameWalls(state, mailbox)) continue;
    const why = whyApart({
      takesPart: await takesPart(parts, state, seeking.sender),
      authenticity: seeking.authenticity,
      isSigned,
      isByPerson: seeking.mail.class === 'human',
      status: state.status,
    });
    if (why === null) return { conversationId, opens: false };
    apart ??= { conversationId, why };
    if (why === 'closed') break;
  }
  return apart ? followUp(parts, mailbox, seeking, apart) : anew(mailbox, seeking);
}

/** What only we can have written comes first, then the mails it answers. */
async function* namedConversations(
  { store, hmacKey }: ThreadParts,
  mailbox: Mailbox,
  mail: Seeking['mail'],
): AsyncGenerator<Named> {
  const seen = new Set<string>();
  const ids = answeredIds(mail);
  for (const conversationId of signedIn(hmacKey, mail))
    if (!seen.has(conversationId)) {
      seen.add(conversationId);
      yield { conversationId, isSigned: true };
    }
  for (const { conversationId } of await knownByAll(store, mailbox, ids))
    if (!seen.has(conversationId)) {
      seen.add(conversationId);
      yield { conversationId, isSigned: false };
    }
}

/** The conversations that a mail names by what only we can make: the address it was sent to, or an id of ours. */
export const signedIn = (hmacKey: Buffer, mail: Seeking['mail']): string[] => [
  ...mail.deliveredTo.flatMap((address) => readReplyAddress(hmacKey, address) ?? []),
  ...answeredIds(mail).flatMap((id) => readMessageId(hmacKey, id)?.conversationId ?? []),
];

/** One for each who may not go on in the old conversation, so that what he writes next is found there. */
async function followUp(parts: ThreadParts, mailbox: Mailbox, seeking: Seeking, apart: Follows): Promise<Thread> {
  if (seeking.sender === '' || seeking.authenticity === 'failed') return { ...anew(mailbox, seeking), follows: apart };
  let after = apart.conversationId;
  for (let nth = 0; nth < followUpsAtMost; nth++) {
    const conversationId = derivedId('mail-follow-up', after, seeking.sender);
    const state = await parts.journal.state(conversationId);
    if (!state) return { conversationId, opens: true, follows: { ...apart, conversationId: after } };
    if (state.status !== 'closed' || seeking.mail.class !== 'human') return { conversationId, opens: false };
    after = conversationId;
  }
  return { ...anew(mailbox, seeking), follows: apart };
}

const anew = (mailbox: Mailbox, { key }: Seeking): Thread => ({
  conversationId: derivedId('mail', mailbox._id, key),
  opens: true,
});

/** The mail of ours that this one answers or reports on, whoever sent it. */
export async function findOwnMail(parts: ThreadParts, mailbox: Mailbox, ids: string[]): Promise<KnownMail | null> {
  const known = await knownByAll(parts.store, mailbox, ids.slice(0, looked));
  return known.find(({ direction }) => direction === 'out') ?? null;
}

/** The mails of these Message-IDs, in their order. */
async function knownByAll(store: MailStore, mailbox: Mailbox, ids: string[]): Promise<KnownMail[]> {
  return (await Promise.all(ids.map((id) => knownBy(store, mailbox, id)))).flat();
}

/** The same mail may have reached several mailboxes; this one's own copy comes first. */
async function knownBy(store: MailStore, { _id, workspaceId }: Mailbox, messageId: string): Promise<KnownMail[]> {
  const known = await store.knownBy(workspaceId, steadyId(messageId));
  return [...known.filter(({ mailboxId }) => mailboxId === _id), ...known.filter(({ mailboxId }) => mailboxId !== _id)];
}

const isBehindSameWalls = (state: ConversationState, { workspaceId, brandId }: Mailbox): boolean =>
  state.workspaceId === workspaceId && state.brandId === brandId;

async function takesPart({ store, contacts }: ThreadParts, state: ConversationState, sender: string): Promise<boolean> {
  if (sender === '') return false;
  if (await store.isKnownIn(state._id, sender)) return true;
  const contact = await contacts.get(state.contactId);
  return contact?.identities.some(({ kind, value }) => kind === 'email' && value === normalAddress(sender)) ?? false;
}
