import { normalAddress } from '../../../contacts/index.js';
import { isOwnAddress } from '../own-address.js';
import type { MailAddress, ReadMail } from '../read/types.js';

type Named = Pick<ReadMail, 'from' | 'replyTo' | 'originalFrom'>;

/**
 * Who wrote a mail: From, and Reply-To only where From is not the author's own. A form on the company's site sends from
 * an address of ours; a group puts its own address there and keeps the author's in X-Original-From. Null if nobody is
 * named, or only ourselves.
 */
export function authorOf({ from, replyTo, originalFrom }: Named, own: ReadonlySet<string>): MailAddress | null {
  const isGroup = replyTo !== null && originalFrom !== null && isSame(replyTo, originalFrom);
  const author = from && (isGroup || isOwnAddress(own, from.address)) ? replyTo : from;
  return author && isAddress(author.address) && !isOwnAddress(own, author.address) ? author : null;
}

export const isSame = (one: MailAddress, other: MailAddress): boolean =>
  normalAddress(one.address) === normalAddress(other.address);

export const isAddress = (address: string): boolean => address.includes('@') && address.length <= 320;
