import { isOwnAddress } from '../own-address.js';
import { asListId } from '../read/machine/group.js';
import type { MailAddress, ReadMail } from '../read/types.js';

/**
 * Where the address that customers write to is a group, each mail comes by a list of our own: it is the mail of whoever
 * wrote it, like any other. A group may also have put itself into From and Reply-To; then it says elsewhere who wrote.
 */
export function fromOwnGroup(mail: ReadMail, own: ReadonlySet<string>): ReadMail {
  if (mail.class !== 'list' || !isOwnGroup(mail.group, own)) return mail;
  const { from, replyTo, originalFrom } = mail;
  const isOwn = (one: MailAddress) => isOwnAddress(own, one.address);
  const author = from && isOwn(from) ? originalFrom : null;
  return { ...mail, class: 'human', replyTo: replyTo && !isOwn(replyTo) ? replyTo : author };
}

const isOwnGroup = (names: string[], own: ReadonlySet<string>): boolean =>
  names.length > 0 && [...own].some((address) => names.includes(asListId(address)));
