import { createHash } from 'node:crypto';
import { readHtml } from './html/html-text.js';
import { limits } from './limits.js';
import { decodeText } from './mime/charset.js';
import { unfoldFlowed } from './mime/flowed.js';
import { type MimePart, partBytes } from './mime/parse-mime.js';
import { decodeWords } from './mime/words.js';
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

/** Sorts the leaves of a mail into what is read and what is attached, in the order of the mail. */
export function sortParts(root: MimePart): Body {
  const body: Body = { segments: [], attachments: [] };
  collect(root, body, root);
  return body;
}

function collect(part: MimePart, body: Body, root: MimePart): void {
  if (part.children.length === 0) {
    if (part.type.startsWith('multipart/') || isText(part, part === root)) body.segments.push(segment(part));
    else body.attachments.push(part);
  } else if (part.type === 'multipart/alternative') {
    collectAlternative(part, body, root);
  } else if (part.type === 'multipart/related') {
    const [first, ...resources] = part.children;
    if (first) collect(first, body, root);
    body.attachments.push(...resources.flatMap(leaves));
  } else {
    for (const child of part.children) collect(child, body, root);
  }
}

/** The versions of one text are one segment; what else hangs in an alternative (invitations) is attached. */
function collectAlternative(part: MimePart, body: Body, root: MimePart): void {
  const inner: Body = { segments: [], attachments: [] };
  for (const child of part.children) collect(child, inner, root);
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

function segment(part: MimePart): Segment {
  const bytes = partBytes(part);
  const isHtml = part.type === 'text/html';
  const declared = part.parameters.get('charset') ?? (isHtml ? metaCharset(bytes) : undefined);
  const text = decodeText(bytes, declared);
  if (isHtml) return { plain: null, html: text };
  const flowed = part.parameters.get('format')?.toLowerCase() === 'flowed';
  const unfolded = flowed ? unfoldFlowed(text, part.parameters.get('delsp')?.toLowerCase() === 'yes') : text;
  return { plain: unfolded, html: null };
}

function metaCharset(bytes: Buffer): string | undefined {
  return /<meta[^>]{0,200}charset\s?=\s?["']?([\w-]{2,40})/i.exec(bytes.toString('latin1', 0, 2000))?.[1];
}

export interface BodyText {
  text: string;
  /** The text outside of quotes that HTML marks as such. */
  fresh: string;
  html: string | null;
  truncated: boolean;
}

/** Puts the segments together: as text, as text without marked quotes, and as HTML. */
export function readSegments(segments: Segment[]): BodyText {
  const texts: string[] = [];
  const fresh: string[] = [];
  let truncated = false;
  for (const { plain, html } of segments) {
    const source = html === null ? null : readHtml(html.slice(0, limits.shownHtml));
    truncated ||= (html?.length ?? 0) > limits.shownHtml;
    const useHtml = source !== null && source.text !== '';
    texts.push(useHtml ? source.text : (plain ?? ''));
    fresh.push(useHtml ? source.fresh : (plain ?? ''));
  }
  const text = texts.join('\n').replace(/\r\n?/g, '\n');
  truncated ||= text.length > limits.shownText;
  return {
    text: text.slice(0, limits.shownText).trim(),
    fresh: fresh.join('\n').slice(0, limits.shownText),
    html: joinHtml(segments)?.slice(0, limits.shownHtml) ?? null,
    truncated,
  };
}

function joinHtml(segments: Segment[]): string | null {
  if (!segments.some((part) => part.html !== null)) return null;
  return segments.map(({ html, plain }) => html ?? `<pre>${escapeHtml(plain ?? '')}</pre>`).join('\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

export function readAttachment(part: MimePart, html: string | null): MailAttachment {
  const content = partBytes(part);
  const { contentId } = part;
  return {
    filename: safeName(part),
    mimeType: part.type,
    size: content.length,
    md5: createHash('md5').update(content).digest('hex'),
    inline: contentId !== null && html !== null && html.includes(`cid:${contentId}`),
    contentId,
    content,
  };
}

/** The last part of the name without what a file system or a header could take amiss. */
function safeName(part: MimePart): string {
  const named =
    decodeWords(part.filename ?? '')
      .split(/[/\\]/)
      .at(-1) ?? '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = named
    .replace(/[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]/g, '')
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
