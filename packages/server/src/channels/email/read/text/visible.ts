import { readHeaderBlock } from './header-block.js';
import { introducesQuote, quoteHeaderLines } from './quote-header.js';
import { isCutLine, isRuler, readSeparator } from './separator.js';
import { signatureStart } from './signature.js';

/** The text of a mail as it is searched for what is new in it. */
export interface WrittenText {
  text: string;
  /** The text with a line of `>` in place of what HTML marks as quoted. */
  fresh: string;
  html: string | null;
  /** The version in plain text beside the HTML. */
  plain: string | null;
}

/** What the sender newly wrote: without quotes, copied headers and signature. If nothing remains, all of it. */
export function visibleText({ text, fresh, html, plain }: WrittenText): string {
  const isPlain = html === null;
  const chosen = isPlain ? text : chooseMarked(text, fresh, plain);
  const written = newlyWritten(chosen, isPlain) || (chosen === text ? '' : newlyWritten(text, isPlain));
  return written || tidy(linesOf(text));
}

/**
 * Which version tells best what is new. A mail that is passed on is no quote, whatever the HTML says;
 * and the HTML of rare programs marks nothing where their plain text has plain quotes.
 */
function chooseMarked(text: string, fresh: string, plain: string | null): string {
  const lines = linesOf(text);
  const passedOn = lines.findIndex((line) => readSeparator(line) === 'forwarded');
  if (passedOn >= 0 && !hasQuote(lines.slice(0, passedOn).join('\n'))) return text;
  if (plain === null || /^>/m.test(fresh)) return fresh;
  return hasQuote(plain) && !hasQuote(fresh) ? plain : fresh;
}

function hasQuote(text: string): boolean {
  const lines = linesOf(text);
  const written = (some: string[]) => some.filter((line) => line.trim() !== '').length;
  return written(withoutQuotes(lines).flat()) < written(lines);
}

function newlyWritten(text: string, isPlain: boolean): string {
  const stretches = withoutQuotes(linesOf(text));
  return tidy(stretches.flatMap((stretch) => withoutSignature(stretch, isPlain))) || tidy(stretches.flat());
}

function linesOf(text: string): string[] {
  return text.replace(/\r\n?/g, '\n').replaceAll('\ufeff', '').split('\n');
}

function withoutSignature(stretch: string[], isPlain: boolean): string[] {
  const written = stretch.slice(0, stretch.findLastIndex((line) => line.trim() !== '') + 1);
  const start = signatureStart(written, isPlain);
  const postscript = written.findIndex((line, at) => at > start && /^p\.?\s?s\.?\s?[:.,\s]/i.test(line));
  return [...written.slice(0, start), ...(postscript < 0 ? [] : ['', ...written.slice(postscript)])];
}

/** The stretches of new text between the quotes: who answers line by line may sign above the first and go on below. */
function withoutQuotes(lines: string[]): string[][] {
  const stretches: string[][] = [[]];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      stretches.at(-1)?.push(line);
      continue;
    }
    const separator = readSeparator(line);
    if (separator === 'forwarded') {
      stretches.push(lines.slice(at));
      break;
    }
    if (separator === 'original' || startsCopiedMail(lines, at)) break;
    const header = quoteHeaderLines(lines, at);
    if (header > 0) {
      if (!isQuoted(nextWritten(lines, at + header))) break;
      at += header - 1;
    } else if (isQuoted(line)) {
      if (stretches.at(-1)?.length !== 0) stretches.push([]);
    } else if (!introducesQuote(line) || !isQuoted(nextWritten(lines, at + 1))) {
      stretches.at(-1)?.push(line);
    }
  }
  return stretches;
}

/** From here on stands another mail, not marked line by line. */
function startsCopiedMail(lines: string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (isCutLine(line) || readHeaderBlock(lines, at)) return true;
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
  return quoteMark.test(line);
}

/** Some programs put the initials of who wrote it before the mark. */
const quoteMark = /^\s{0,3}(>|\p{Lu}{2,3}> )/u;

function tidy(lines: string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+/, '')
    .trimEnd();
}
