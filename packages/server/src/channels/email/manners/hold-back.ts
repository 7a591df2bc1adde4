import { normalAddress } from '../../../contacts/index.js';
import type { MailAddress, ReadMail } from '../read/types.js';
import type { Chosen, Held, LedgerLine, Mailbox, MailStore } from '../store.js';
import type { Alike } from '../together.js';
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
  await store.change(line, suspended(mail, 'loop', null));
  return true;
}

/**
 * Whether a mail is admitted, or held back since its sender, or its conversation, has more mails than people write: what
 * its line says of that, which is decided once. Null where it has been, or nobody asks.
 */
export async function judgeFlood(
  { store, caps }: HoldParts,
  line: LedgerLine,
  mail: ReadMail,
  sender: MailAddress | null,
  { conversationId, opens }: Pick<Chosen, 'conversationId' | 'opens'>,
): Promise<Partial<LedgerLine> | null> {
  if (line.admitted || line.history) return null;
  const at = line.receivedAt ?? line.at;
  const counted = { sender: normalAddress(sender?.address ?? ''), receivedAt: at };
  const { withinMs, most } = horizonOf(caps);
  const timesOf = (by: Alike['by'], value: string) =>
    store.timesOf({ mailboxId: line.mailboxId, by, value, after: new Date(at.getTime() - withinMs), upTo: at, most });
  const [ofSender, ofConversation] = await Promise.all([
    timesOf('sender', counted.sender),
    opens ? [] : timesOf('chosen.conversationId', conversationId),
  ]);
  const [forSender, forConversation] = [passedCap(caps, ofSender, at), passedCap(caps, ofConversation, at)];
  const cap = forSender ?? forConversation;
  if (!cap) return { ...counted, admitted: true };
  return { ...counted, ...suspended(mail, forSender ? 'sender_rate' : 'conversation_rate', cap) };
}

function suspended({ from, subject }: ReadMail, why: Held['why'], cap: Cap | null): Partial<LedgerLine> {
  const short = (value: string): string => value.slice(0, longest);
  const shown = { address: short(from?.address ?? ''), name: short(from?.name ?? '') };
  const held: Held = { why, cap, from: shown, subject: short(subject) };
  return { state: 'suspended', reason: 'Held back until somebody releases it.', held };
}
