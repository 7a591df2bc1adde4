import { readSegments, sortParts } from './body.js';
import { MailLimitError } from './limits.js';
import { type MimePart, parseMime } from './mime/parse-mime.js';
import { addressesOf, readFrom, readSubject } from './people.js';
import { forwardPrefix } from './text/wording.js';
import type { Forward } from './types.js';

/** The mail that hangs in a forward as a file; the text around it is the note. */
export async function findAttachedForward(
  subject: string,
  attachments: MimePart[],
  note: string,
): Promise<Forward | null> {
  const [mail, second] = attachments.filter((part) => part.type === 'message/rfc822');
  if (!mail || second || !forwardPrefix.test(subject)) return null;
  const root = await parseWithinLimits(mail.body);
  const from = root && readFrom(root.headers);
  if (!from) return null;
  return {
    from,
    to: addressesOf(root.headers, 'to'),
    cc: addressesOf(root.headers, 'cc'),
    subject: readSubject(root.headers),
    body: readSegments(sortParts(root).segments).text,
    note,
  };
}

/** What is too much to be read stays a file. */
async function parseWithinLimits(raw: Buffer): Promise<MimePart | null> {
  try {
    return await parseMime(raw);
  } catch (error) {
    if (error instanceof MailLimitError) return null;
    throw error;
  }
}
