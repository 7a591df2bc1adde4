import { readAddresses } from '../addresses.js';
import type { Forward, MailAddress } from '../types.js';
import { type HeaderBlock, readHeaderBlock } from './header-block.js';
import { quoteHeaderLines } from './quote-header.js';
import { isRuler, readSeparator } from './separator.js';
import { forwardPrefix } from './wording.js';

/** Finds the mail that was passed on in this one. Needs a forwarder's own mark: a separator line or the subject. */
export function findForward(subject: string, text: string): Forward | null {
  const lines = text.replace(/\r\n?/g, '\n').replaceAll('\ufeff', '').split('\n');
  const marked = forwardPrefix.test(subject);
  for (let at = 0; at < lines.length; at++) {
    const separator = readSeparator(lines[at] ?? '') ?? (isRuler(lines[at] ?? '') ? 'ruler' : null);
    if (separator === 'forwarded' || (marked && separator !== null)) {
      const block = readHeaderBlock(lines, firstWritten(lines, at + 1));
      if (block) return fromBlock(lines, at, block, subject);
    }
    if (!marked) continue;
    const block = readHeaderBlock(lines, at);
    if (block) return fromBlock(lines, at, block, subject);
    const header = quoteHeaderLines(lines, at);
    if (header > 0) return fromQuoteHeader(lines, at, header, subject);
  }
  return null;
}

function firstWritten(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && at < from + 4 && (lines[at] ?? '').replace(/^[>\s]+/, '') === '') at++;
  return at;
}

function fromBlock(lines: string[], start: number, block: HeaderBlock, subject: string): Forward {
  const list = (kind: 'to' | 'cc') => readAddresses(plainAddresses(block.fields.get(kind) ?? ''));
  return {
    from: readAddresses(plainAddresses(block.fields.get('from') ?? ''))[0] ?? { address: '', name: '' },
    to: list('to'),
    cc: list('cc'),
    subject: block.fields.get('subject') ?? withoutPrefix(subject),
    body: unquoted(lines.slice(block.end)),
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
  return value.replace(/<mailto:[^<>]{0,200}>/gi, '').replace(/\[mailto:([^\]]{0,200})\]/gi, '<$1>');
}

function withoutPrefix(subject: string): string {
  return subject.replace(forwardPrefix, '').trim();
}

function unquoted(lines: string[]): string {
  const quoted = lines.filter((line) => line.trimStart().startsWith('>')).length;
  const written = lines.filter((line) => line.trim() !== '').length;
  const plain = quoted * 2 > written ? lines.map((line) => line.replace(/^\s{0,3}> ?/, '')) : lines;
  return plain.join('\n').trim();
}

function note(lines: string[]): string {
  return lines.join('\n').trim();
}
