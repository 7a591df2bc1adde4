import { findAttachedForward } from './attached-forward.js';
import { readAttachment, readSegments, sortParts } from './body.js';
import { sanitise } from './html/sanitise.js';
import { limits } from './limits.js';
import { readBounce } from './machine/bounce.js';
import { classify } from './machine/classify.js';
import { readComplaint } from './machine/complaint.js';
import { groupNames } from './machine/group.js';
import { readReport } from './machine/report.js';
import { readInvite } from './mime/calendar/read-invite.js';
import { expandUuencoded } from './mime/expand-uuencoded.js';
import { header, headerValues, type MimeHeader } from './mime/headers.js';
import { parseMime } from './mime/parse-mime.js';
import { openSigned } from './mime/sealed/open-signed.js';
import { readProtection } from './mime/sealed/protection.js';
import { expandTnef } from './mime/tnef/expand-tnef.js';
import { addressesOf, hasAddress, readFrom, readSubject } from './people.js';
import { findForward } from './text/forward.js';
import { visibleText } from './text/visible.js';
import type { ReadMail } from './types.js';

/** Reads one raw mail. Pure; whatever the bytes are it gives a mail, unless a limit is passed (MailLimitError). */
export async function readMail(raw: Uint8Array): Promise<ReadMail> {
  const parsed = await parseMime(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const root = expandUuencoded(expandTnef(await openSigned(parsed)));
  const { headers } = root;
  const { segments, attachments } = sortParts(root);
  const body = readSegments(segments);
  const report = await readReport(root);
  const from = readFrom(headers);
  const subject = readSubject(headers);
  const autoSubmitted = /^[\w-]+/.exec(header(headers, 'auto-submitted') ?? '')?.[0].toLowerCase() ?? null;
  const returnPathEmpty = /^<?\s*>?$/.test(header(headers, 'return-path') ?? 'none');
  const mailClass = classify({
    headers,
    type: root.type,
    reportType: root.parameters.get('report-type')?.toLowerCase() ?? '',
    report,
    from,
    subject,
    text: body.text,
    returnPathEmpty,
    autoSubmitted,
  });
  const group = mailClass === 'list' ? groupNames(headers) : [];
  const isByPerson = mailClass === 'human' || group.length > 0;
  const inText = isByPerson ? findForward(subject, body.text, from?.address ?? '') : null;
  const visible = inText ? body.text : visibleText(body);
  const forward = inText ?? (isByPerson ? await findAttachedForward(subject, attachments, visible) : null);
  const foldQuotes = visible !== body.text && /^[^>\s]/m.test(body.fresh);
  return {
    class: mailClass,
    subject,
    from,
    to: addressesOf(headers, 'to'),
    cc: addressesOf(headers, 'cc'),
    replyTo: addressesOf(headers, 'reply-to').find(hasAddress) ?? null,
    originalFrom: addressesOf(headers, 'x-original-from').find(hasAddress) ?? null,
    group,
    messageId: idsOf(headers, 'message-id')[0] ?? null,
    inReplyTo: idsOf(headers, 'in-reply-to'),
    references: idsOf(headers, 'references'),
    threadIndex: readThreadIndex(header(headers, 'thread-index')),
    date: readDate(header(headers, 'date')),
    deliveredTo: deliveredTo(headers),
    returnPathEmpty,
    autoSubmitted,
    authenticationResults: headerValues(headers, 'authentication-results').slice(0, 10),
    loopMarks: headerValues(headers, 'x-helpline-loop').slice(0, 10),
    text: body.text,
    visible,
    html: body.html === null ? null : sanitise(body.html, { foldQuotes }),
    truncated: body.truncated,
    attachments: attachments.map((part) => readAttachment(part, body.html)),
    bounce: mailClass === 'bounce' ? readBounce({ headers, report, text: body.text }) : null,
    complaint: mailClass === 'feedback_report' ? readComplaint(report) : null,
    forward,
    invite: readInvite(root),
    protection: readProtection(root),
  };
}

function idsOf(headers: MimeHeader[], key: string): string[] {
  const value = headerValues(headers, key).join(' ').slice(0, limits.headerBytes);
  const bracketed = value.match(/<[^<>\s]{1,500}>/g) ?? [];
  const bare = bracketed.length > 0 ? [] : value.split(/[\s,]+/).filter((id) => id.length > 0 && id.length < 500);
  return [...new Set([...bracketed, ...bare.map((id) => `<${id}>`)])].slice(-limits.ids);
}

/** 22 bytes for the first mail and 5 for each that answered it, in Base64. */
function readThreadIndex(value: string | null): string | null {
  const bytes = Buffer.from((value ?? '').slice(0, 1_000), 'base64');
  return bytes.length >= 22 && (bytes.length - 22) % 5 === 0 ? bytes.toString('base64') : null;
}

function readDate(value: string | null): string | null {
  const date = new Date((value ?? '').replace(/\(.{0,100}\)/, '').slice(0, 100));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const recipientHeaders = ['to', 'cc', 'delivered-to', 'x-original-to', 'envelope-to', 'x-forwarded-to'];

function deliveredTo(headers: MimeHeader[]): string[] {
  const all = recipientHeaders.flatMap((key) => addressesOf(headers, key));
  return [...new Set(all.map(({ address }) => address.toLowerCase()).filter((address) => address.includes('@')))];
}
