import type { Payloads } from '@helpline/protocol';
import { normalAddress, type Trouble } from '../../../contacts/index.js';
import { recordDelivery } from '../../../conversations/index.js';
import { answeredIds, findOwnMail, type ThreadParts } from '../inbox/thread.js';
import type { ReadMail } from '../read/types.js';
import type { KnownMail, LedgerLine, Mailbox } from '../store.js';

/** What a report says became of a mail. */
interface Finding {
  state: 'bounced' | 'complained';
  to: string[];
  detail?: string;
  /** Who is marked; nobody where the address may be fine tomorrow, or it is not said whose it is. */
  marked: string[];
}

/**
 * Puts a delivery report, or a complaint, to the answer it is about, and marks whom it is about. False if it is about
 * none of ours: whoever names no mail that we really sent marks nobody.
 */
export async function attachReport(
  parts: ThreadParts,
  mailbox: Mailbox,
  line: LedgerLine,
  mail: ReadMail,
  key: string,
): Promise<boolean> {
  const original = (mail.bounce ?? mail.complaint)?.originalMessageId;
  if (original === undefined) return false;
  const sent = await findOwnMail(parts, mailbox, original ? [original] : answeredIds(mail));
  if (!sent) return false;
  const finding = findingOf(mail, sent);
  if (!finding) {
    await parts.store.settle(line, { state: 'ignored', reason: 'An answer of ours is late, and still on its way.' });
    return true;
  }
  const { state, to, detail, marked } = finding;
  const payload: Payloads['delivery'] = { of: sent.seq, state, to, messageId: sent.messageId };
  const attempt = `${sent.entryId}:${state}:${key}`;
  const told = { ...payload, ...(detail ? { detail } : {}) };
  const { entry } = await recordDelivery(parts.journal, sent.conversationId, attempt, told);
  const trouble: Trouble = { kind: state === 'bounced' ? 'undeliverable' : 'complained', at: entry.at };
  for (const address of marked) await parts.contacts.markTrouble(mailbox.workspaceId, address, trouble);
  await parts.store.settle(line, { state: 'received', reason: 'A delivery report.', entryId: entry._id });
  return true;
}

function findingOf({ bounce, complaint }: ReadMail, { people }: KnownMail): Finding | null {
  const whoGotIt = (named: string[]) => named.map(normalAddress).filter((address) => people.includes(address));
  if (complaint) {
    const named = people.length === 1 ? people : whoGotIt(complaint.recipients);
    return { state: 'complained', to: named.length > 0 ? named : people, marked: named };
  }
  const lost = bounce?.recipients.filter(({ action }) => action === null || action === 'failed') ?? [];
  if (!bounce?.hard && lost.length === 0) return null;
  const status = lost.flatMap((one) => one.status ?? [])[0];
  const to = lost.length > 0 ? lost.map(({ address }) => address) : people;
  const marked = bounce?.hard && (lost.length > 0 || people.length === 1) ? whoGotIt(to) : [];
  return { state: 'bounced', to, ...(status ? { detail: status } : {}), marked };
}
