import { decodeText } from './charset.js';
import { hexPair } from './transfer.js';
import { decodeWords } from './words.js';

/** A header such as `text/plain; charset=utf-8`. */
export interface Structured {
  value: string;
  parameters: Map<string, string>;
}

const parameter = /;\s*([^\s=;"]{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))/gs;

/** Reads value and parameters, joining RFC 2231 continuations. */
export function readStructured(raw: string): Structured {
  const text = raw.slice(0, 10_000);
  const value = (text.split(/[;\s(]/, 1)[0] ?? '').replaceAll('"', '').toLowerCase();
  const plain = new Map<string, string>();
  const sections = new Map<string, { order: number; encoded: boolean; text: string }[]>();
  for (const [, name = '', quoted, bare] of text.matchAll(parameter)) {
    const key = name.toLowerCase();
    const content = quoted === undefined ? (bare ?? '').trim() : quoted.replace(/\\(["\\])/g, '$1');
    const extended = /^([^*]+)\*(\d{0,4})(\*?)$/.exec(key);
    if (!extended) {
      if (!plain.has(key)) plain.set(key, decodeWords(content));
      continue;
    }
    const [, base = '', order = '', star = ''] = extended;
    const list = sections.get(base) ?? [];
    list.push({ order: Number(order || 0), encoded: star === '*' || order === '', text: content });
    sections.set(base, list);
  }
  for (const [key, list] of sections) plain.set(key, joinSections(list));
  return { value, parameters: plain };
}

function joinSections(sections: { order: number; encoded: boolean; text: string }[]): string {
  sections.sort((a, b) => a.order - b.order);
  let charset: string | undefined;
  const chunks = sections.map(({ encoded, text }, index) => {
    if (!encoded) return Buffer.from(text, 'utf8');
    const tagged = index === 0 ? /^([^']{0,60})'[^']{0,60}'/.exec(text) : null;
    if (tagged) charset = tagged[1];
    return percentBytes(tagged ? text.slice(tagged[0].length) : text);
  });
  return decodeText(Buffer.concat(chunks), charset);
}

function percentBytes(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    const value = bytes[i] === 0x25 ? hexPair(bytes, i + 1) : -1;
    out.push(value < 0 ? (bytes[i] ?? 0) : value);
    if (value >= 0) i += 2;
  }
  return Buffer.from(out);
}
