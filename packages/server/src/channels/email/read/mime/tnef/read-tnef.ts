import { decodeText } from '../charset.js';
import type { FoundFile } from '../made-part.js';
import { ByteReader } from './byte-reader.js';
import { type Properties, property, readProperties } from './mapi.js';

/** What Outlook packed into a winmail.dat. */
export interface Tnef {
  text: string;
  html: string;
  files: FoundFile[];
}

const signature = 0x223e9f78;
const mostFiles = 200;
const mostEnclosed = 5;

const attribute = {
  body: 0x800c,
  fileData: 0x800f,
  fileTitle: 0x8010,
  newFile: 0x9002,
  messageProperties: 0x9003,
  fileProperties: 0x9005,
  codePage: 0x9007,
} as const;

/** Reads TNEF, as far as it is undamaged. Null if it is none. A message enclosed in it gives its files too. */
export function readTnef(bytes: Buffer, depth = 0): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== signature) return null;
  const tnef: Tnef = { text: '', html: '', files: [] };
  let charset = 'windows-1252';
  for (const { id, data } of attributes(bytes)) {
    if (id === attribute.codePage && data.length >= 4) charset = charsetOf(data.readUInt32LE(0)) ?? charset;
    else if (id === attribute.body) tnef.text ||= decodeText(data, charset);
    else if (id === attribute.messageProperties)
      readMessage(tnef, readProperties(new ByteReader(data), charset), charset);
    else if (id === attribute.newFile) {
      if (tnef.files.length >= mostFiles) break;
      tnef.files.push({ name: '', mimeType: '', contentId: null, content: Buffer.alloc(0) });
    } else readFile(tnef, id, data, { charset, depth });
  }
  return { ...tnef, files: tnef.files.filter(({ name, content }) => name !== '' || content.length > 0) };
}

/** Number, length, bytes and a checksum, one after the other. Damage ends it. */
function* attributes(bytes: Buffer): Generator<{ id: number; data: Buffer }> {
  const reader = new ByteReader(bytes.subarray(6));
  try {
    while (reader.left > 9) {
      reader.number(1);
      const id = reader.number(4) & 0xffff;
      const data = reader.bytes(reader.number(4));
      yield { id, data };
      reader.number(2);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function readMessage(tnef: Tnef, properties: Properties, charset: string): void {
  const text = properties.get(property.text);
  const html = properties.get(property.html);
  const page = properties.get(property.codePage);
  const ownCharset = typeof page === 'number' ? (charsetOf(page) ?? charset) : charset;
  if (typeof text === 'string') tnef.text ||= text;
  if (typeof html === 'string') tnef.html ||= html;
  else if (Buffer.isBuffer(html)) tnef.html ||= decodeText(html, ownCharset);
}

interface Around {
  charset: string;
  depth: number;
}

function readFile(tnef: Tnef, id: number, data: Buffer, { charset, depth }: Around): void {
  const file = tnef.files.at(-1);
  if (!file) return;
  if (id === attribute.fileTitle) file.name ||= tidy(decodeText(data, charset));
  else if (id === attribute.fileData) file.content = data;
  else if (id === attribute.fileProperties) {
    const properties = readProperties(new ByteReader(data), charset);
    describe(file, properties);
    const enclosed = properties.get(property.data);
    if (file.content.length === 0 && Buffer.isBuffer(enclosed)) takeEnclosed(tnef, file, enclosed, depth);
  }
}

function describe(file: FoundFile, properties: Properties): void {
  const text = (id: number): string => {
    const value = properties.get(id);
    return typeof value === 'string' ? tidy(value) : '';
  };
  file.name = text(property.longName) || file.name || text(property.shortName) || text(property.displayName);
  file.mimeType = text(property.mimeType).toLowerCase();
  file.contentId = text(property.contentId).replace(/^<|>$/g, '') || null;
}

/** An object begins with the id of its interface: an enclosed message is TNEF again, anything else stays bytes. */
function takeEnclosed(tnef: Tnef, file: FoundFile, bytes: Buffer, depth: number): void {
  const inner = depth < mostEnclosed ? readTnef(bytes.subarray(16), depth + 1) : null;
  if (!inner) {
    file.content = bytes;
    return;
  }
  const isHtml = inner.text === '';
  file.name = `${file.name || 'message'}.${isHtml ? 'html' : 'txt'}`;
  file.mimeType = isHtml ? 'text/html' : 'text/plain';
  file.content = Buffer.from(isHtml ? inner.html : inner.text);
  tnef.files.push(...inner.files.slice(0, mostFiles - tnef.files.length));
}

const tidy = (name: string): string => name.replace(/\s+/g, ' ').trim();

function charsetOf(codePage: number): string | null {
  if (codePage === 65001) return 'utf-8';
  if (codePage === 1200) return 'utf-16le';
  if (codePage === 932) return 'shift_jis';
  if (codePage === 936) return 'gb18030';
  if (codePage === 949) return 'euc-kr';
  if (codePage === 950) return 'big5';
  return codePage >= 437 && codePage <= 1258 ? `cp${codePage}` : null;
}
