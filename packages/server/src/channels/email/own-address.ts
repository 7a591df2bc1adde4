import { normalAddress } from '../../contacts/index.js';

/** Whether mail to this address comes to one of our mailboxes, also with a tag: `support+tag@…`. */
export function isOwnAddress(own: ReadonlySet<string>, address: string): boolean {
  const normal = normalAddress(address);
  return own.has(normal) || own.has(normal.replace(/\+[^@]*(?=@)/, ''));
}
