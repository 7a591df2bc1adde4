import { normalAddress } from '../../../contacts/index.js';
import type { MailAddress, ReadMail } from '../read/types.js';
import type { Chosen, Held, LedgerLine, Mailbox, MailStore } from '../store.js';
import { type Cap, horizonOf, passedCap } from './caps.js';
import { hasOwnMark } from './loop-header.js';

export interface HoldParts {
  store: MailStore;
  hmacKey: Buffer;
  /** How many mails of one sender, and in one conversation, are believed in. */
  caps: readonly Cap[];
}

const longest = 250;

/** Holds a mail of ours back that returned under another Message-ID; whoever wants it can release it. */
export async function holdLoop(
  { store, hmacKey }: HoldParts,
  mailbox: Mailbox,
  line: LedgerLine,
  mail: ReadMail,
): Promise<boolean> {
  if (line.admitted || !hasOwnMark(hmacKey, mailbox.workspaceId, mail.loopMarks)) return false;
  await suspend(store, line, mail, 'loop', null);
  return true;
}

/** Holds a mail back whose sender, or whose conversation, has more mails than people write. Decided once. */
export async function holdFlood(
  { store, caps }: HoldParts,
  line: LedgerLine,
  mail: ReadMail,
  sender: MailAddress | null,
  { conversationId, opens }: Pick<Chosen, 'conversationId' | 'opens'>,
): Promise<boolean> {
  if (line.admitted || line.history) return false;
  const at = line.receivedAt ?? line.at;
  const counted = { sender: normalAddress(sender?.address ?? ''), receivedAt: at };
  const alike = { sender: { sender: counted.sender }, conversation: { 'chosen.conversationId': conversationId } };
  const [ofSender, ofConversation] = await Promise.all([
    timesOf(store, line, alike.sender, at, caps),
    opens ? [] : timesOf(store, line, alike.conversation, at, caps),
  ]);
  const [forSender, forConversation] = [passedCap(caps, ofSender, at), passedCap(caps, ofConversation, at)];
  const cap = forSender ?? forConversation;
  if (cap) await suspend(store, line, mail, forSender ? 'sender_rate' : 'conversation_rate', cap, counted);
  else await store.ledger.updateOne({ _id: line._id }, { $set: { ...counted, admitted: true } });
  return cap !== null;
}

/** When the mails like it came, as far as that matters. */
async function timesOf(
  store: MailStore,
  { _id, mailboxId }: LedgerLine,
  alike: object,
  at: Date,
  caps: readonly Cap[],
): Promise<Date[]> {
  const { withinMs, most } = horizonOf(caps);
  const since = new Date(at.getTime() - withinMs);
  const lines = await store.ledger
    .find(
      { mailboxId, ...alike, receivedAt: { $gt: since, $lte: at }, _id: { $ne: _id } },
      { projection: { _id: 0, receivedAt: 1 }, sort: { receivedAt: -1 }, limit: most },
    )
    .toArray();
  return lines.flatMap(({ receivedAt }) => receivedAt ?? []);
}

async function suspend(
  store: MailStore,
  line: LedgerLine,
  { from, subject }: ReadMail,
  why: Held['why'],
  cap: Cap | null,
  counted: Partial<LedgerLine> = {},
): Promise<void> {
  const short = (value: string): string => value.slice(0, longest);
  const shown = { address: short(from?.address ?? ''), name: short(from?.name ?? '') };
  const held: Held = { why, cap, from: shown, subject: short(subject) };
  const reason = 'Held back until somebody releases it.';
  await store.ledger.updateOne({ _id: line._id }, { $set: { ...counted, state: 'suspended', reason, held } });
}
