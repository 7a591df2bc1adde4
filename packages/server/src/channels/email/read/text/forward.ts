import { readAddresses } from '../addresses.js';
import type { Forward, MailAddress } from '../types.js';
import { type HeaderBlock, readHeaderBlock, unmarked } from './header-block.js';
import { quoteHeaderLines } from './quote-header.js';
import { isCutLine, isRuler, readSeparator, splitGlued } from './separator.js';
import { forwardPrefix } from './wording.js';

/** Finds the mail that was passed on in this one. The subject must say so: people also quote forwards in replies. */
export function findForward(subject: string, text: string, sender: string): Forward | null {
  const lines = text.replace(/\r\n?/g, '\n').replaceAll('\ufeff', '').split('\n').flatMap(splitGlued);
  const found = forwardPrefix.test(subject) ? findMarked(lines, subject) : findSeparated(lines, subject);
  const isOwn = found?.from.address.toLowerCase() === sender.toLowerCase();
  return isOwn ? null : found;
}

/** The subject has a forward's prefix: the first copied header, however it is set off, is the mail meant. */
function findMarked(lines: string[], subject: string): Forward | null {
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const isSeparator = readSeparator(line) !== null || isRuler(line) || isCutLine(unmarked(line));
    const block = readHeaderBlock(lines, isSeparator ? firstWritten(lines, at + 1) : at);
    if (block) return fromBlock(lines, at, block, subject);
    const header = quoteHeaderLines(lines, at);
    if (header > 0) return fromQuoteHeader(lines, at, header, subject);
  }
  return null;
}

/** A prefix we don't know: the subject ends with the subject of the mail below a separator. */
function findSeparated(lines: string[], subject: string): Forward | null {
  const at = lines.findIndex((line) => readSeparator(line) === 'forwarded');
  const block = at < 0 ? null : readHeaderBlock(lines, firstWritten(lines, at + 1));
  const inner = block?.fields.get('subject') ?? '';
  const prefix = subject.slice(0, -inner.length || undefined).trim();
  const names = inner !== '' && subject.endsWith(inner) && /^\S.{0,20}[:：]$/u.test(prefix) && !/^re:$/i.test(prefix);
  return block && names ? fromBlock(lines, at, block, subject) : null;
}

function firstWritten(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && at < from + 4 && (lines[at] ?? '').replace(/^[>\s]+/, '') === '') at++;
  return at;
}

function fromBlock(lines: string[], start: number, block: HeaderBlock, subject: string): Forward {
  const list = (kind: 'to' | 'cc') =>
    readAddresses(plainAddresses(block.fields.get(kind) ?? '')).filter(({ address }) => address.includes('@'));
  const first = firstWritten(lines, block.end);
  const bodyStart = readSeparator(lines[first] ?? '') === 'forwarded' ? first + 1 : block.end;
  return {
    from: oneAddress(plainAddresses(block.fields.get('from') ?? '')),
    to: list('to'),
    cc: list('cc'),
    subject: block.fields.get('subject') ?? withoutPrefix(subject),
    body: unquoted(lines.slice(bodyStart)),
    note: note(lines.slice(0, start)),
  };
}

function fromQuoteHeader(lines: string[], at: number, count: number, subject: string): Forward {
  return {
    from: senderOf(lines.slice(at, at + count).join(' ')),
    to: [],
    cc: [],
    subject: withoutPrefix(subject),
    body: unquoted(lines.slice(at + count)),
    note: note(lines.slice(0, at)),
  };
}

/** There is one sender, whatever commas his name has. */
function oneAddress(value: string): MailAddress {
  const parts = readAddresses(value);
  const address = parts.find((part) => part.address.includes('@'));
  if (parts.length < 2 || !address) return parts[0] ?? { address: '', name: '' };
  return {
    address: address.address,
    name: value
      .slice(0, Math.max(0, value.indexOf('<')))
      .replace(/"/g, '')
      .trim(),
  };
}

/** "On 28/10/2021 12:46, Ana Fox <ana@example.com> wrote:" names the sender after the last date or comma. */
function senderOf(header: string): MailAddress {
  const address = /<?([^\s<>"'(:]{1,80}@[^\s<>"'):]{1,80})>?/.exec(header);
  if (!address) return { address: '', name: '' };
  const before = header.slice(0, address.index).replace(/"/g, '');
  const name = /(?:^|[,\d]\s{0,3})([^,\d]{0,100})$/.exec(before)?.[1] ?? '';
  return { address: address[1] ?? '', name: name.trim() };
}

/** Text copies of addresses write links beside them: `ana@example.com<mailto:ana@example.com>`, `[mailto:…]`. */
function plainAddresses(value: string): string {
  const unlinked = value.replace(/<mailto:[^<>]{0,200}>/gi, '').replace(/\[mailto:([^\]]{0,200})\]/gi, '<$1>');
  return unlinked.includes('<') ? unlinked : unlinked.replace(/\(([^\s()@]{1,80}@[^\s()@]{1,80})\)/g, '<$1>');
}

function withoutPrefix(subject: string): string {
  return subject.replace(forwardPrefix, '').trim();
}

function unquoted(lines: string[]): string {
  const quoted = lines.filter((line) => line.trimStart().startsWith('>')).length;
  const written = lines.filter((line) => line.trim() !== '').length;
  const plain = quoted * 2 > written ? lines.map((line) => line.replace(/^\s{0,3}> ?/, '')) : lines;
  return withoutLastSeparator(plain);
}

function note(lines: string[]): string {
  return withoutLastSeparator(lines);
}

/** "Forwarded message" above the head of a quote, "End of forwarded message" below the last line. */
function withoutLastSeparator(lines: string[]): string {
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const end = readSeparator(lines[last] ?? '') === 'forwarded' ? last : lines.length;
  return lines.slice(0, end).join('\n').trim();
}
