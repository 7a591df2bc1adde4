import { readAddresses } from './addresses.js';
import { limits } from './limits.js';
import { header, headerValues, type MimeHeader } from './mime/headers.js';
import { decodeWords } from './mime/words.js';
import type { MailAddress } from './types.js';

/** The first From that names an address; else whoever asks to be answered or sent it. */
export function readFrom(headers: MimeHeader[]): MailAddress | null {
  const named = addressesOf(headers, 'from');
  const withAt = named.find(({ address }) => address.includes('@'));
  if (withAt) return withAt;
  const other = ['reply-to', 'sender', 'return-path'].flatMap((key) => addressesOf(headers, key));
  return named.find(hasAddress) ?? other.find(hasAddress) ?? named[0] ?? null;
}

export function hasAddress({ address }: MailAddress): boolean {
  return address !== '';
}

export function addressesOf(headers: MimeHeader[], key: string): MailAddress[] {
  return headerValues(headers, key).flatMap(readAddresses).slice(0, limits.addresses);
}

export function readSubject(headers: MimeHeader[]): string {
  return decodeWords(header(headers, 'subject') ?? '')
    .replace(/\s+/g, ' ')
    .trim();
}
