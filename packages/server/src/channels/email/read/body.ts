import { createHash } from 'node:crypto';
import { boundHtml } from './html/bound-html.js';
import { readHtml } from './html/html-text.js';
import { limits } from './limits.js';
import { decodeText } from './mime/charset.js';
import { unfoldFlowed } from './mime/flowed.js';
import type { MimePart } from './mime/parse-mime.js';
import type { MailAttachment } from './types.js';

/** A stretch of the body: the same words as plain text, as HTML, or as both. */
export interface Segment {
  plain: string | null;
  html: string | null;
}

export interface Body {
  segments: Segment[];
  attachments: MimePart[];
}

interface Sorting {
  root: MimePart;
  /** A thousand texts may not be more work than one. */
  textBytesLeft: number;
}

/** Sorts the leaves of a mail into what is read and what is attached, in the order of the mail. */
export function sortParts(root: MimePart): Body {
  const body: Body = { segments: [], attachments: [] };
  collect(root, body, { root, textBytesLeft: mostTextBytes });
  return body;
}

function collect(part: MimePart, body: Body, sorting: Sorting): void {
  if (part.children.length === 0) {
    if (part.type.startsWith('multipart/') || isText(part, part === sorting.root))
      body.segments.push(segment(part, sorting));
    else body.attachments.push(part);
  } else if (part.type === 'multipart/alternative') {
    collectAlternative(part, body, sorting);
  } else if (part.type === 'multipart/related') {
    const [first, ...resources] = part.children;
    if (first) collect(first, body, sorting);
    body.attachments.push(...resources.flatMap(leaves));
  } else {
    for (const child of part.children) collect(child, body, sorting);
  }
}

/** The versions of one text are one segment; what else hangs in an alternative (invitations) is attached. */
function collectAlternative(part: MimePart, body: Body, sorting: Sorting): void {
  const inner: Body = { segments: [], attachments: [] };
  for (const child of part.children) collect(child, inner, sorting);
  const pick = (kind: 'plain' | 'html') => {
    const versions = inner.segments.map((version) => version[kind]).filter((version) => version !== null);
    return versions.length > 0 ? versions.join('\n') : null;
  };
  body.segments.push({ plain: pick('plain'), html: pick('html') });
  body.attachments.push(...inner.attachments);
}

function isText(part: MimePart, isRoot: boolean): boolean {
  if (part.type !== 'text/plain' && part.type !== 'text/html' && !(isRoot && part.type.startsWith('text/')))
    return false;
  return part.disposition !== 'attachment' && (part.filename === null || (isRoot && part.disposition === ''));
}

function leaves(part: MimePart): MimePart[] {
  return part.children.length > 0 ? part.children.flatMap(leaves) : [part];
}

/** More than is ever shown of a part: what lies beyond is not even decoded. */
const mostTextBytes = 4 * limits.shownHtml;
const mostPlain = 2 * limits.shownText;

function segment(part: MimePart, sorting: Sorting): Segment {
  const bytes = part.body.subarray(0, sorting.textBytesLeft);
  sorting.textBytesLeft -= bytes.length;
  const isHtml = part.type === 'text/html';
  const declared = part.parameters.get('charset') ?? (isHtml ? metaCharset(bytes) : undefined);
  const text = decodeText(bytes, declared);
  if (isHtml) return { plain: null, html: text };
  const shown = text.slice(0, mostPlain);
  const flowed = part.parameters.get('format')?.toLowerCase() === 'flowed';
  const unfolded = flowed ? unfoldFlowed(shown, part.parameters.get('delsp')?.toLowerCase() === 'yes') : shown;
  return { plain: unfolded, html: null };
}

function metaCharset(bytes: Buffer): string | undefined {
  return /<meta[^>]{0,200}charset\s?=\s?["']?([\w-]{2,40})/i.exec(bytes.toString('latin1', 0, 2000))?.[1];
}

export interface BodyText {
  text: string;
  /** The text with a line of `>` in place of what HTML marks as quoted. */
  fresh: string;
  /** The version in plain text, where HTML is read instead. */
  plain: string | null;
  html: string | null;
  truncated: boolean;
}

/** Puts the segments together: as text, as text without marked quotes, and as HTML. */
export function readSegments(segments: Segment[]): BodyText {
  const { shown, cut } = withinLimits(segments);
  const read = shown.map(readSegment);
  const text = read
    .map((part) => part.text)
    .join('\n')
    .replace(/\r\n?/g, '\n');
  const html = read.map((part) => part.html).join('\n');
  return {
    text: text.slice(0, limits.shownText).trim(),
    fresh: read
      .map((part) => part.fresh)
      .join('\n')
      .slice(0, limits.shownText),
    plain: plainBeside(segments),
    html: segments.some((part) => part.html !== null) ? html.slice(0, limits.shownHtml) : null,
    truncated: cut || read.some((part) => part.cut) || text.length > limits.shownText || html.length > limits.shownHtml,
  };
}

/** What lies beyond the limit of all texts together is left out. */
function withinLimits(segments: Segment[]): { shown: Segment[]; cut: boolean } {
  const left = { plain: mostPlain, html: limits.shownHtml };
  const take = (kind: 'plain' | 'html', text: string | null): string | null => {
    const taken = text?.slice(0, left[kind]) ?? null;
    left[kind] -= taken?.length ?? 0;
    return taken;
  };
  const shown = segments.map(({ plain, html }) => ({ plain: take('plain', plain), html: take('html', html) }));
  const length = (all: Segment[]) =>
    all.reduce((sum, { plain, html }) => sum + (plain ?? '').length + (html ?? '').length, 0);
  return { shown, cut: length(shown) < length(segments) };
}

function plainBeside(segments: Segment[]): string | null {
  const plain = segments.filter((part) => part.html !== null).map((part) => part.plain ?? '');
  const text = plain.join('\n').slice(0, limits.shownText);
  return text.trim() === '' ? null : text;
}

/** HTML says more than the plain text beside it, unless it shows nothing. */
function readSegment({ plain, html }: Segment): { text: string; fresh: string; html: string; cut: boolean } {
  const written = plain ?? '';
  if (html === null) return { text: written, fresh: written, html: `<pre>${escapeHtml(written)}</pre>`, cut: false };
  const bound = boundHtml(html);
  const { text, fresh } = readHtml(bound.html);
  return { ...(text === '' ? { text: written, fresh: written } : { text, fresh }), ...bound };
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function readAttachment(part: MimePart, html: string | null): MailAttachment {
  const content = fileBytes(part);
  const { contentId } = part;
  return {
    filename: safeName(part),
    mimeType: part.type,
    size: content.length,
    md5: createHash('md5').update(content).digest('hex'),
    inline: contentId !== null && (html?.includes(`cid:${contentId}`) ?? false),
    contentId,
    content,
  };
}

/** Text that travelled unencoded has the line ends of the wire, not those of the file. */
function fileBytes(part: MimePart): Uint8Array {
  const onWire = /^(text|message)\//.test(part.type) && ['', '7bit', '8bit'].includes(part.encoding);
  const bytes = new Uint8Array(part.body);
  if (!onWire) return bytes;
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== 0x0d || bytes[at + 1] !== 0x0a) bytes[length++] = byte;
  }
  return bytes.slice(0, length);
}

/** The last part of the name without what a file system or a header could take amiss. */
function safeName(part: MimePart): string {
  const named = (part.filename ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = named
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
    .slice(0, 200);
  return clean || `attachment.${extensions.get(part.type) ?? extensionOf(part.type)}`;
}

const extensions = new Map([
  ['message/rfc822', 'eml'],
  ['message/delivery-status', 'txt'],
  ['text/rfc822-headers', 'txt'],
  ['text/plain', 'txt'],
  ['text/calendar', 'ics'],
  ['image/jpeg', 'jpg'],
  ['image/svg+xml', 'svg'],
]);

function extensionOf(type: string): string {
  return /\/(?:x-)?([a-z0-9]{2,5})$/.exec(type)?.[1] ?? 'bin';
}
