import { type HeaderKind, headerLabels } from './wording.js';

/** The copied header of another mail, as Outlook and others put it above the text: From, Sent, To, Subject. */
export interface HeaderBlock {
  fields: Map<HeaderKind, string>;
  /** The line after the block. */
  end: number;
}

const mostLines = 25;

/** Reads a header block that begins at this line; null if there is none. */
export function readHeaderBlock(lines: string[], start: number): HeaderBlock | null {
  if (!/[:：]/.test((lines[start] ?? '').slice(0, 100))) return null;
  const fields = new Map<HeaderKind, string>();
  let last: HeaderKind | null = null;
  let at = start;
  for (; at < lines.length && at < start + mostLines; at++) {
    const line = unmarked(lines[at] ?? '');
    if (line === '') {
      if (!labelFollows(lines, at + 1, fields)) break;
      continue;
    }
    const labelled = readLabel(line);
    if (labelled && !fields.has(labelled.kind)) {
      last = labelled.kind;
      fields.set(last, labelled.value);
    } else if (last && continuesList(last, line, fields)) {
      fields.set(last, `${fields.get(last)} ${line}`.slice(0, 20_000));
    } else if (!isStrangeField(line, fields) && !labelFollows(lines, at + 1, fields)) {
      break;
    } else if (last && !anyLabel.test(line)) {
      fields.set(last, `${fields.get(last)} ${line}`.slice(0, 20_000));
    }
  }
  return isMailHeader(fields) ? { fields, end: at } : null;
}

/** Journeys have a From, a To and a date too; mails have a subject or an address. */
function isMailHeader(fields: Map<HeaderKind, string>): boolean {
  const others = [...fields.keys()].filter((kind) => kind !== 'from' && kind !== 'other').length;
  const isMail = fields.has('subject') || [...fields.values()].some((value) => value.includes('@'));
  return others >= 2 && isMail && /\S/.test(fields.get('from') ?? '');
}

/** A label we have no word for, as some programs give where to answer to. */
function isStrangeField(line: string, fields: Map<HeaderKind, string>): boolean {
  return fields.size > 1 && line.length < 300 && strangeField.test(line);
}

const anyLabel = /^\*{0,2}\p{L}[^:：\n]{1,25}[:：]/u;
const strangeField =
  /^\*{0,2}\p{L}[^:：\n]{1,25}[:：]\*{0,2}\s([^\s<>@]{1,40} ){0,5}<?[^\s<>@]{1,80}@[^\s<>@]{1,80}>?$/u;

/** Blank lines between the lines of a header come from HTML; two in a row end it. */
function labelFollows(lines: string[], at: number, fields: Map<HeaderKind, string>): boolean {
  const next = readLabel(unmarked(lines[at] ?? ''));
  return next !== null && fields.size > 0 && !fields.has(next.kind);
}

function readLabel(line: string): { kind: HeaderKind; value: string } | null {
  const match = /^\*{0,2}([^\s:：*][^:：*\n]{0,28}?)\s{0,2}\*{0,2}\s?[:：]\*{0,2}\s{0,10}(.{0,20000})$/u.exec(line);
  const kind = match && kinds.get((match[1] ?? '').toLowerCase().normalize('NFC').replace(/\s+/g, ' '));
  return kind ? { kind, value: (match[2] ?? '').replace(/\*{1,2}$/, '').trim() } : null;
}

const kinds = new Map(
  Object.entries(headerLabels).flatMap(([kind, labels]) => (isKind(kind) ? pairs(kind, labels) : [])),
);

function pairs(kind: HeaderKind, labels: ReadonlySet<string>): [string, HeaderKind][] {
  return [...labels].map((label) => [label, kind]);
}

function isKind(kind: string): kind is HeaderKind {
  return kind in headerLabels;
}

/** Long lists of recipients go on in the next lines, and so do broken subjects above other labels. */
function continuesList(kind: HeaderKind, line: string, fields: Map<HeaderKind, string>): boolean {
  if (kind === 'to' || kind === 'cc')
    return /[;,]\s*$/.test(fields.get(kind) ?? '') || /^\S{1,100}@\S{1,100}[>;,]/.test(line);
  return kind === 'from' && /^[<[(]?\S{1,100}@\S{1,100}[>\])]?$/.test(line);
}

/** A line without quote marks and what direction marks and byte order marks add. */
export function unmarked(line: string): string {
  return line
    .slice(0, 21_000)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/^[>\s]{1,50}/, '')
    .trim();
}
