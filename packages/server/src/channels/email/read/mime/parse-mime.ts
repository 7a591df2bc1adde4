import { limits, MailLimitError } from '../limits.js';
import { header, type MimeHeader, readHeaders } from './headers.js';
import { readStructured } from './parameters.js';
import { decodeTransfer } from './transfer.js';

/** One node of a mail. Bodies are views of the raw mail, decoded only when asked for. */
export interface MimePart {
  headers: MimeHeader[];
  type: string;
  parameters: Map<string, string>;
  disposition: string;
  /** As the sender named it: not yet safe as a file name. */
  filename: string | null;
  contentId: string | null;
  encoding: string;
  body: Buffer;
  children: MimePart[];
}

/**
 * Reads the tree of a raw mail. Throws only MailLimitError. It is our own because the libraries give no part limit before
 * they have built everything, lose the bytes of raw 8-bit headers and rewrite attachments.
 */
export function parseMime(raw: Buffer): MimePart {
  if (raw.length > limits.mailBytes) throw new MailLimitError('too_large', `the mail has ${raw.length} bytes`);
  let start = 0;
  while (raw[start] === 0x0a || raw[start] === 0x0d) start++;
  return readPart(raw.subarray(start), 'text/plain', 0, { left: limits.parts });
}

export function partBytes(part: MimePart): Buffer {
  return decodeTransfer(part.body, part.encoding);
}

/** Every node, parents before children, in the order of the mail. */
export function* walkParts(part: MimePart): Generator<MimePart> {
  yield part;
  for (const child of part.children) yield* walkParts(child);
}

interface Budget {
  left: number;
}

function readPart(bytes: Buffer, defaultType: string, depth: number, budget: Budget): MimePart {
  if (budget.left-- <= 0) throw new MailLimitError('too_many_parts', `the mail has more than ${limits.parts} parts`);
  const { headers, body } = readHeaders(bytes);
  const type = readStructured(header(headers, 'content-type') ?? defaultType);
  const disposition = readStructured(header(headers, 'content-disposition') ?? '');
  const part: MimePart = {
    headers,
    type: type.value.includes('/') ? type.value : defaultType,
    parameters: type.parameters,
    disposition: disposition.value,
    filename: disposition.parameters.get('filename') || type.parameters.get('name') || null,
    contentId: header(headers, 'content-id')?.replace(/^<|>$/g, '') || null,
    encoding: /[\w-]+/.exec(header(headers, 'content-transfer-encoding') ?? '')?.[0].toLowerCase() ?? '',
    body,
    children: [],
  };
  if (part.type.startsWith('multipart/') && depth < limits.depth) readChildren(part, depth, budget);
  return part;
}

function readChildren(part: MimePart, depth: number, budget: Budget): void {
  const { body } = part;
  const declared = part.parameters.get('boundary');
  let lines = declared ? boundaryLines(body, declared, budget.left) : [];
  if (lines.length === 0) lines = boundaryLines(body, guessBoundary(body), budget.left);
  const childType = part.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  lines.forEach((line, index) => {
    const next = lines[index + 1];
    const slice = body.subarray(line.end, next ? beforeLineBreak(body, next.start, line.end) : body.length);
    if (!line.closing) part.children.push(readPart(slice, childType, depth + 1, budget));
  });
}

interface BoundaryLine {
  start: number;
  end: number;
  closing: boolean;
}

/** The lines that part the body. At most one more than parts are allowed are looked for. */
function boundaryLines(body: Buffer, boundary: string, most: number): BoundaryLine[] {
  const lines: BoundaryLine[] = [];
  if (boundary === '') return lines;
  const mark = Buffer.from(`--${boundary}`, 'utf8');
  for (let at = body.indexOf(mark); at >= 0 && lines.length < most + 2; at = body.indexOf(mark, at + 1)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    const feed = body.indexOf(0x0a, at);
    const end = feed < 0 ? body.length : feed + 1;
    const rest = body.toString('latin1', at + mark.length, Math.min(end, at + mark.length + 80)).trim();
    if (rest === '' || rest === '--') lines.push({ start: at, end, closing: rest === '--' });
  }
  return lines;
}

/** Of a multipart whose boundary is missing or wrong: the first line that looks like one. */
function guessBoundary(body: Buffer): string {
  const start = body.toString('latin1', 0, 4000);
  return /^--([^\s-][^\r\n]{5,80})\r?\n(?=content-)/im.exec(start)?.[1]?.trim() ?? '';
}

function beforeLineBreak(body: Buffer, at: number, atLeast: number): number {
  let end = at;
  if (end > atLeast && body[end - 1] === 0x0a) end--;
  if (end > atLeast && body[end - 1] === 0x0d) end--;
  return end;
}
