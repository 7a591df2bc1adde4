import { decodeText } from '../charset.js';
import type { ByteReader } from './byte-reader.js';

/** The properties of a message or a file that are worth reading, by their MAPI numbers. */
export const property = {
  text: 0x1000,
  html: 0x1013,
  displayName: 0x3001,
  data: 0x3701,
  shortName: 0x3704,
  longName: 0x3707,
  mimeType: 0x370e,
  contentId: 0x3712,
  codePage: 0x3fde,
} as const;

export type Properties = Map<number, Buffer | string | number>;

const mostProperties = 2000;
const mostValues = 10_000;

/** Reads a block of MAPI properties. What follows damage is left out. */
export function readProperties(reader: ByteReader, charset: string): Properties {
  const properties: Properties = new Map();
  try {
    const count = Math.min(reader.number(4), mostProperties);
    for (let n = 0; n < count; n++) {
      const type = reader.number(2);
      const id = reader.number(2);
      if (id >= 0x8000) skipName(reader);
      const [value] = readValues(reader, type, charset);
      if (value !== undefined && !properties.has(id)) properties.set(id, value);
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return properties;
}

/** Properties of no fixed number carry their name along. */
function skipName(reader: ByteReader): void {
  reader.bytes(16);
  const isText = reader.number(4) === 1;
  if (isText) padded(reader, reader.number(4));
  else reader.bytes(4);
}

const severalFlag = 0x1000;
const string8 = 0x1e;
const unicode = 0x1f;
const variable = new Set([0x0d, string8, unicode, 0x102]);
const widths = new Map([
  [5, 8],
  [6, 8],
  [7, 8],
  [0x14, 8],
  [0x40, 8],
  [0x48, 16],
]);

function readValues(reader: ByteReader, declared: number, charset: string): (Buffer | string | number)[] {
  const type = declared & ~severalFlag;
  const isSeveral = (declared & severalFlag) !== 0;
  const count = isSeveral || variable.has(type) ? reader.number(4) : 1;
  if (count > mostValues) throw new RangeError('too many values');
  return Array.from({ length: count }, () => readValue(reader, type, charset));
}

function readValue(reader: ByteReader, type: number, charset: string): Buffer | string | number {
  if (!variable.has(type)) {
    const bytes = reader.bytes(widths.get(type) ?? 4);
    return bytes.readUInt32LE(0);
  }
  const bytes = padded(reader, reader.number(4));
  if (type === string8) return decodeText(bytes, charset);
  return type === unicode ? decodeText(bytes, 'utf-16le') : bytes;
}

/** Values fill up to four bytes. */
function padded(reader: ByteReader, length: number): Buffer {
  const bytes = reader.bytes(length);
  reader.bytes(Math.min((4 - (length % 4)) % 4, reader.left));
  return bytes;
}
