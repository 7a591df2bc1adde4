import { createHash, randomBytes, randomUUID } from 'node:crypto';

export const newId = (): string => randomUUID();

let made = 0;

/**
 * A new id that sorts by `at`, and (where 4096 are enough) within a millisecond by the order in which this process made
 * them: RFC 9562, version 7. An index of such ids grows at its end.
 */
export function timedId(at: Date, count: number = made++): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  const counter = (count & 0xfff).toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${randomUUID().slice(19)}`; // variant and 62 random bits
}

/** 256 random bits, to be handed to one person only. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** How a secret is kept: whoever reads the database can't use it. */
export const hashOf = (value: string): string => createHash('sha256').update(value).digest('base64url');

/** Always the same id for the same parts (RFC 9562, version 5), so that a retry meets what its first try made. */
export function derivedId(...parts: string[]): string {
  const namespace = '6f1d2c1e5b0f4c0f9d0e7a4f1b8c3d2a';
  const hash = createHash('sha1').update(Buffer.from(namespace, 'hex')).update(JSON.stringify(parts)).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex').slice(0, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
