import { readHeaderBlock } from './header-block.js';
import { quoteHeaderLines } from './quote-header.js';
import { isRuler, readSeparator } from './separator.js';
import { signatureStart } from './signature.js';

/** What the sender newly wrote: without quotes, copied headers and signature. If nothing remains, all of it. */
export function visibleText(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n').replaceAll('\ufeff', '').split('\n');
  const fresh = withoutBlankEnd(withoutQuotes(lines));
  const body = fresh.slice(0, signatureStart(fresh));
  return tidy(body) || tidy(fresh) || tidy(lines);
}

function withoutBlankEnd(lines: string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
}

function withoutQuotes(lines: string[]): string[] {
  const fresh: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (readSeparator(line) === 'forwarded') return [...fresh, ...lines.slice(at)];
    if (startsCopiedMail(lines, at)) break;
    const header = quoteHeaderLines(lines, at);
    if (header > 0) {
      if (!isQuoted(nextWritten(lines, at + header))) break;
      at += header - 1;
    } else if (!isQuoted(line)) {
      fresh.push(line);
    }
  }
  return fresh;
}

/** From here on stands another mail, not marked line by line. */
function startsCopiedMail(lines: string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (readSeparator(line) === 'original') return true;
  if (readHeaderBlock(lines, at)) return true;
  return isRuler(line) && readHeaderBlock(lines, nextWrittenAt(lines, at + 1)) !== null;
}

function nextWrittenAt(lines: string[], from: number): number {
  let at = from;
  while (at < lines.length && at < from + 5 && (lines[at] ?? '').trim() === '') at++;
  return at;
}

function nextWritten(lines: string[], from: number): string {
  return lines[nextWrittenAt(lines, from)] ?? '';
}

function isQuoted(line: string): boolean {
  return /^\s{0,3}>/.test(line);
}

function tidy(lines: string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}
