import { wroteStarts, wroteWords } from './wording.js';

const longest = 400;
const mostLines = 6;
const address = /[^\s<>"'(]{1,80}@[^\s<>"')]{1,80}/;
const dateOrTime =
  /\b(19|20)\d\d\b|\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}[./-]\d{1,2}[./-]|[\u0660-\u0669\u06f0-\u06f9]{1,2}[:.][\u0660-\u0669\u06f0-\u06f9]{2}/;

/** Is this line one that introduces a quote: "On Monday, Ana wrote:", in any of the languages? */
export function isQuoteHeader(line: string): boolean {
  const text = bare(line);
  if (text.length > longest || /https?:\/\/\S{1,300}:$/.test(text) || firstPerson.test(text)) return false;
  const dated = dateOrTime.test(text);
  if (!/[:：]$/.test(text)) return dated && address.test(text) && endsWithoutColon(line, text);
  if (wroteWords.test(text)) return dated || (address.test(text) && text.length < 200);
  if (cited.test(text)) return address.test(text) && text.length < 200;
  if (addressLast.test(text)) return dated && /^(\d|\p{L}{2,12}[.,]?\s)/u.test(text);
  return timed(text) && bracketed.test(text) && text.length < 200;
}

const addressLast = /<\s?[^<>\s]{1,80}@[^<>\s]{1,80}\s?>\s?[:：]$/;
const bracketed = /<\s?[^<>\s]{1,80}@[^<>\s]{1,80}\s?>/;

/** Whoever has neither our words nor our letters still tells the day and the time. */
function timed(text: string): boolean {
  return day.test(text) && time.test(text);
}

const day = /(19|20)\d\d|\d{1,2}[./-]\s?\d{1,2}[./-]|[\u0660-\u0669\u06f0-\u06f9]{4}/;
const time =
  /(?<!\d)\d{1,2}[:.h]\d{2}(?!\d|[./-]\d)|[\u0660-\u0669\u06f0-\u06f9]{1,2}[:.][\u0660-\u0669\u06f0-\u06f9]{2}/;

/** A line that says little alone, but stands right above a quote: "Ben Hill writes:", "2026/3/2 Ben <ben@…>" */
export function introducesQuote(line: string): boolean {
  const text = bare(line);
  if (text.length > 200 || firstPerson.test(text)) return false;
  if (!/[:：]$/.test(text)) return text.endsWith('>') && day.test(text) && bracketed.test(text);
  return (
    wroteWords.test(text) || timed(text) || addressLast.test(text) || (address.test(text) && dateOrTime.test(text))
  );
}

/** Programs write about others; who quotes himself means what he says. */
const firstPerson = spoken(
  '(i|we|ich|wir|ik|wij|jeg|jag|vi) ((have|had|already|just|also) )?(wrote|schrieb(en)?|schre(ef|ven)|skrev)',
  'schrieb(en)? (ich|wir)|(schreef|schreven|skrev) (ik|wij|we|jeg|jag|vi)',
  "j['’]ai écrit|nous avons écrit|(he|hemos) escrito|ho scritto|abbiamo scritto",
  '(я|мы) (на)?писала?и?|(я|ми) (на)?пис(ав|ала|али)|(jsem|jsme|som|sme|sam|smo) (na)?p[ií]?sal[aiy]?',
);

function spoken(...wordings: string[]): RegExp {
  return new RegExp(`(^|\\s)(${wordings.join('|')})(?!\\p{L})`, 'iu');
}

/** "Quoting Ana <…>:" */
const cited = /^(quoting|zitat von|zitiere|citando|citation de|citat (von|af|från|fra)|citerar|cituję|citace)\s/iu;

/** Some mail programs leave the colon out, and some draw dashes instead. */
function endsWithoutColon(line: string, text: string): boolean {
  if (wroteStarts.test(text) && wroteLast.test(text)) return true;
  return /^[>\s]{0,20}-{2,}.{1,400}-{2,}\s{0,5}$/.test(line.slice(0, longest + 100)) && wroteWords.test(text);
}

const wroteLast = /\s(wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|написал)$/iu;

/** How many lines from this one on make up a quote header; 0 if none. Mail programs break long ones. */
export function quoteHeaderLines(lines: string[], at: number): number {
  if (!/[\d@:：,\u0660-\u0669\u06f0-\u06f9]/.test((lines[at] ?? '').slice(0, longest))) return 0;
  let joined = '';
  for (let count = 1; count <= mostLines; count++) {
    const line = lines[at + count - 1];
    if (line === undefined) return 0;
    const text = bare(line);
    if (text === '' || joined.length + text.length > longest) return 0;
    joined = joined === '' ? line.slice(0, longest + 100) : `${joined} ${text}`;
    if (count === 1 && !isQuoteHeader(joined) && !opensQuoteHeader(text)) return 0;
    if (isQuoteHeader(joined)) return count;
  }
  return 0;
}

function opensQuoteHeader(line: string): boolean {
  return wroteStarts.test(line)
    ? /\d|,$|@/.test(line)
    : dateOrTime.test(line) || (line.includes('<') && /^\S.{0,80}<\S{1,80}@\S{1,80}>/.test(line));
}

/** Without quote marks, asterisks of bold text and marks of direction. */
function bare(line: string): string {
  const text = line
    .slice(0, longest + 100)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/^[>\s*]{1,50}(-{2,20}\s)?/, '')
    .replace(/^-{2,20}\s/, '');
  // Most lines end in a letter or a full stop, and need no search from every place of theirs.
  return /[\s*-]/.test(text.slice(-1)) ? text.replace(/(\s-{2,20})?[\s*]{0,50}$/, '') : text;
}
