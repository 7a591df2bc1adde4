import type { Attachment, MailHead, Payloads } from '@helpline/protocol';
import type { Blobs } from '../../../platform/blobs.js';
import { derivedId } from '../../../platform/ids.js';
import type { Invite, MailAddress, ReadMail } from '../read/types.js';
import { placeImages } from '../show/place-images.js';
import type { LedgerLine, Mailbox } from '../store.js';

/** What of a mail fits into a journal entry (256 kB); the raw mail holds the rest. */
const most = { textBytes: 60_000, addresses: 50, ids: 30, files: 100, lineBytes: 250 };

export interface Written {
  mail: ReadMail;
  raw: Buffer;
  /** Why the mail could not be read, if it could not: then `mail` is only its head. */
  unread: string | null;
}

/** What is known of a mail that does not stand in it. */
type Told = Pick<MailHead, 'authenticity' | 'forwardedBy' | 'newSubject'>;

/** The message a mail becomes. Its files are stored first, under ids that are the same for every try. */
export async function writeMessage(
  blobs: Blobs,
  mailbox: Mailbox,
  line: LedgerLine,
  { mail, raw, unread }: Written,
  told: Told,
): Promise<Omit<Payloads['message'], 'opening'>> {
  const text = unread === null ? mail.visible : unread;
  const isCut =
    mail.truncated || Buffer.byteLength(mail.text) > most.textBytes || Buffer.byteLength(text) > most.textBytes;
  const writing: Promise<unknown>[] = [];
  const put = (name: string, content: Uint8Array, filename: string, mimeType: string): string => {
    const fileId = fileIdOf(line, name);
    const info = { workspaceId: mailbox.workspaceId, filename, mimeType, expiresAt: null };
    writing.push(blobs.put(content, info, fileId));
    return fileId;
  };
  const attachments: Attachment[] = mail.attachments
    .slice(0, most.files)
    .map(({ content, filename, mimeType, size, inline }, index) => {
      const name = short(filename);
      const fileId = put(String(index), content, name, mimeType);
      return { fileId, filename: name, mimeType: short(mimeType), size, inline };
    });
  if (unread !== null || isCut || mail.attachments.length > most.files) {
    const fileId = put('raw', raw, 'mail.eml', 'message/rfc822');
    attachments.push({ fileId, filename: 'mail.eml', mimeType: 'message/rfc822', size: raw.length, inline: false });
  }
  const { html, placed } = placeImages(mail.html ?? '', (contentId) => fileOf(mail, attachments, contentId));
  const htmlFileId = html === '' ? undefined : put('html', Buffer.from(html), 'mail.html', 'text/html');
  await Promise.all(writing);
  return {
    channel: 'email',
    text: fitting(text, most.textBytes),
    ...(attachments.length > 0
      ? { attachments: attachments.map((file) => ({ ...file, inline: placed.has(file.fileId) })) }
      : {}),
    mail: {
      ...head(mail),
      ...told,
      ...(told.forwardedBy ? { forwardedBy: shortAddress(told.forwardedBy) } : {}),
      ...(mail.threadIndex ? { threadIndex: mail.threadIndex } : {}),
      ...(mail.returnPathEmpty ? { returnPathEmpty: true as const } : {}),
      ...(line.history ? { history: true as const } : {}),
      ...(mail.text === mail.visible ? {} : { fullText: fitting(mail.text, most.textBytes) }),
      htmlFileId,
      ...(mail.invite ? { invite: shortInvite(mail.invite) } : {}),
      ...(mail.protection ? { protection: mail.protection } : {}),
    },
    ...(mail.class === 'human' ? {} : { automatic: true }),
  };
}

/** Every id that a file of this mail may have. */
export const fileIdsOf = (line: LedgerLine): string[] =>
  ['raw', 'html', ...Array(most.files).keys()].map((name) => fileIdOf(line, String(name)));

const fileIdOf = ({ _id }: LedgerLine, name: string): string => derivedId('mail-file', _id, name);

function head({ messageId, subject, from, to, cc, replyTo, date, class: mailClass, inReplyTo, references }: ReadMail) {
  return {
    messageId: messageId ?? '',
    subject: short(subject),
    from: shortAddress(from ?? { address: '', name: '' }),
    to: to.slice(0, most.addresses).map(shortAddress),
    cc: cc.slice(0, most.addresses).map(shortAddress),
    replyTo: replyTo && shortAddress(replyTo),
    date,
    mailClass,
    references: [...new Set([...references, ...inReplyTo])].slice(-most.ids),
  };
}

/** The attachments stand in the order of the mail's. */
function fileOf(mail: ReadMail, attachments: Attachment[], contentId: string): string | null {
  const at = mail.attachments.findIndex((file) => file.contentId === contentId);
  return attachments[at]?.fileId ?? null;
}

/** As many bytes of a text as fit, never half a character. */
function fitting(text: string, bytesAtMost: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= bytesAtMost) return text;
  return `${new TextDecoder().decode(bytes.subarray(0, bytesAtMost), { stream: true })}…`;
}

const short = (value: string): string => fitting(value, most.lineBytes);
const shortAddress = ({ address, name }: MailAddress): MailAddress => ({ address: short(address), name: short(name) });

function shortInvite(invite: Invite): Invite {
  const { summary, location, organizer } = invite;
  return {
    ...invite,
    summary: short(summary),
    location: short(location),
    organizer: organizer && shortAddress(organizer),
  };
}
