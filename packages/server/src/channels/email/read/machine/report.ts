import { decodeText } from '../mime/charset.js';
import { type MimeHeader, readHeaders } from '../mime/headers.js';
import { type MimePart, parseMime, walkParts } from '../mime/parse-mime.js';

/** The parts of a mail about another mail. */
export interface Report {
  /** The groups of fields of message/delivery-status: one about the mail, then one per recipient. */
  status: MimeHeader[][];
  isFeedback: boolean;
  /** The headers of the mail it is about, if they came along. */
  original: MimeHeader[] | null;
}

const statusTypes = new Set(['message/delivery-status', 'message/global-delivery-status', 'message/xdelivery-status']);
const originalTypes = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'text/rfc822',
]);

export async function readReport(root: MimePart): Promise<Report> {
  const report: Report = { status: [], isFeedback: false, original: null };
  for (const part of walkParts(root)) {
    if (isStatus(part)) report.status.push(...fieldGroups(part.body));
    if (part.type === 'message/feedback-report') report.isFeedback = true;
    if (originalTypes.has(part.type) && !report.original) report.original = readHeaders(part.body);
  }
  if (report.status.length === 0) report.status.push(...(await statusOfEnclosed(root)));
  report.isFeedback ||= root.parameters.get('report-type')?.toLowerCase() === 'feedback-report';
  return report;
}

/** Some gateways enclose the whole report once more. */
async function statusOfEnclosed(root: MimePart): Promise<MimeHeader[][]> {
  const enclosed = [...walkParts(root)].find((part) => part.type === 'message/rfc822');
  const bytes = enclosed?.body;
  if (!bytes?.includes('message/delivery-status')) return [];
  return [...walkParts(await parseMime(bytes))].filter(isStatus).flatMap((part) => fieldGroups(part.body));
}

function isStatus(part: MimePart): boolean {
  return statusTypes.has(part.type);
}

const mostGroups = 500;

/** Groups of fields are parted by blank lines. */
function fieldGroups(bytes: Buffer): MimeHeader[][] {
  return decodeText(bytes.subarray(0, 1_000_000))
    .split(/\r?\n[ \t]*\r?\n/, mostGroups)
    .map((group) => readHeaders(Buffer.from(group.trimStart(), 'utf8')))
    .filter((fields) => fields.length > 0);
}
