import type { Envelope, MailAddress } from '@helpline/protocol';
import { addressForAnswers, type Contacts, normalAddress } from '../../../contacts/index.js';
import {
  type Consumer,
  type Entry,
  type EntryRef,
  isCustomer,
  type Journal,
  type MessageEntry,
} from '../../../journal/index.js';
import { areDuplicateKeys } from '../../../platform/database.js';
import { derivedId } from '../../../platform/ids.js';
import { isOwnAddress } from '../own-address.js';
import type { Recipients } from '../recipients.js';
import type { Delivery, MailStore } from '../store.js';
import { usualRecipients } from './usual-recipients.js';

export interface PlanParts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
  /** How long a chat visitor has to see an answer before it also goes by mail. */
  leftAfterMs: number;
  /** How long whoever wrote a mail has to call it back. */
  undoMs: number;
  /** Told when there is something to send. */
  planned: () => void;
}

/** What goes, or may have to go, by mail. */
export type Sendable = MessageEntry | (Entry & { type: 'forwarded' });

/** Follows the journal and queues every answer that goes, or may have to go, by mail. */
export const mailSender = (parts: PlanParts): Consumer => ({
  name: 'mail-sender',
  wants: isOurs,
  async handle(refs) {
    const entries = await parts.journal.entriesById(refs.map(({ _id }) => _id));
    await planAll(parts, entries.filter(isSendable));
    parts.planned();
  },
});

const isOurs = ({ type, audience, actor }: EntryRef): boolean =>
  type === 'forwarded' || (type === 'message' && audience === 'public' && !isCustomer(actor));

export const isSendable = (entry: Entry): entry is Sendable => entry.type === 'message' || entry.type === 'forwarded';

/** Once for each entry, however often the journal tells of it. */
export async function planAll(parts: PlanParts, entries: Sendable[]): Promise<void> {
  const { deliveries } = parts.store;
  const entryId = { $in: entries.map(({ _id }) => _id) };
  const planned = new Set(await deliveries.distinct('entryId', { entryId }));
  const wanted = await Promise.all(
    entries.filter(({ _id }) => !planned.has(_id)).map((entry) => deliveryFor(parts, entry)),
  );
  const fresh = wanted.filter((delivery) => delivery !== null);
  if (fresh.length === 0) return;
  await deliveries.insertMany(fresh, { ordered: false }).catch((error: unknown) => {
    if (!areDuplicateKeys(error)) throw error;
  });
}

/** Null where nobody needs a mail. */
async function deliveryFor(parts: PlanParts, entry: Sendable): Promise<Delivery | null> {
  const inChat = entry.type === 'message' && entry.payload.channel === 'chat';
  const { to, cc, bcc } = await recipientsFor(parts, entry, inChat);
  const recipients = [...to, ...cc, ...bcc].map(({ address }) => address);
  // He finds it in the chat, and nowhere else; or the agent's mail program has sent it already.
  if ((inChat || isOwnMail(entry)) && recipients.length === 0) return null;
  const waits = entry.actor.kind === 'agent' ? parts.undoMs : 0;
  const earliest = entry.at.getTime() + (inChat ? parts.leftAfterMs : waits);
  return {
    _id: derivedId('delivery', entry._id),
    entryId: entry._id,
    workspaceId: entry.workspaceId,
    conversationId: entry.conversationId,
    seq: entry.seq,
    pub: entry.pub,
    writtenAt: entry.at,
    recipients,
    head: { to, cc },
    unlessSeen: inChat,
    state: 'queued',
    dueAt: new Date(Math.max(earliest, Date.parse(entry.payload.envelope?.sendAt ?? '') || 0)),
    lease: null,
    claim: null,
    tries: 0,
    messageId: null,
    mailboxId: null,
    detail: null,
    recorded: true,
  };
}

type Addressed = Pick<Envelope, 'to' | 'cc' | 'bcc'>;

async function recipientsFor(parts: PlanParts, entry: Sendable, inChat: boolean): Promise<Addressed> {
  if (inChat) return { to: await whoeverLeft(parts, entry), cc: [], bcc: [] };
  const { envelope } = entry.payload;
  const usual = await usualRecipients(parts, entry, entry.seq);
  if (!envelope) return addressed(reachedBy(entry), { ...usual, bcc: [] });
  const to = envelope.to.length > 0 ? envelope.to : usual.to;
  return addressed(await parts.store.ownAddresses(entry.workspaceId), withNames({ ...envelope, to }, usual));
}

/** An agent wrote it in his own mail program. */
const isOwnMail = (entry: Sendable): entry is MessageEntry =>
  entry.type === 'message' && entry.payload.mail !== undefined;

/** Pure. Whoever got it from there needs no second one. */
function reachedBy(entry: Sendable): Set<string> {
  const mail = isOwnMail(entry) ? entry.payload.mail : undefined;
  return new Set([...(mail?.to ?? []), ...(mail?.cc ?? [])].map(({ address }) => normalAddress(address)));
}

async function whoeverLeft({ journal, contacts }: PlanParts, answer: Sendable): Promise<MailAddress[]> {
  const state = await journal.state(answer.conversationId);
  const contact = state && (await contacts.get(state.contactId));
  const address = contact && addressForAnswers(contact);
  return address ? [{ address, name: '' }] : [];
}

/** Pure. Nobody twice, and never ourselves. */
export function addressed(own: ReadonlySet<string>, { to, cc, bcc }: Addressed): Addressed {
  const seen = new Set<string>();
  const fresh = ({ address }: MailAddress): boolean => {
    const normal = normalAddress(address);
    if (seen.has(normal) || isOwnAddress(own, normal)) return false;
    seen.add(normal);
    return true;
  };
  return { to: to.filter(fresh), cc: cc.filter(fresh), bcc: bcc.filter(fresh) };
}

/** Pure. Somebody who was named in the answered mail keeps his name. */
function withNames({ to, cc, bcc }: Addressed, usual: Recipients): Addressed {
  const names = new Map([...usual.to, ...usual.cc].map(({ address, name }) => [normalAddress(address), name]));
  const named = ({ address, name }: MailAddress) => ({
    address,
    name: name || names.get(normalAddress(address)) || '',
  });
  return { to: to.map(named), cc: cc.map(named), bcc };
}
