import type { MailAddress, MailHead } from '@helpline/protocol';
import { normalAddress } from '../../contacts/index.js';
import { isOwnAddress } from './own-address.js';

export interface Recipients {
  to: MailAddress[];
  cc: MailAddress[];
}

type Answered = Pick<MailHead, 'from' | 'to' | 'cc' | 'replyTo' | 'authenticity' | 'forwardedBy'>;

const most = 40;

/**
 * Whom an answer to this mail goes to: its sender, at the address he wants answers at, and everybody else who got it.
 * Nobody but the sender where he told nobody that we got it (Bcc). `own` are the addresses of our mailboxes.
 */
export function recipientsOf(mail: Answered, own: ReadonlySet<string>): Recipients {
  const sender = senderOf(mail, own);
  const told = [...mail.to, ...mail.cc].some(({ address }) => isOwnAddress(own, address));
  if (!told && !mail.forwardedBy) return { to: sender, cc: [] };
  const seen = new Set(sender.map(({ address }) => normalAddress(address)));
  // Whoever passed the mail on reads the answers here; the author is there already, by the address he prefers.
  for (const { address } of [mail.from, ...(mail.forwardedBy ? [mail.forwardedBy] : [])])
    seen.add(normalAddress(address));
  const others = (list: MailAddress[]) => list.filter((one) => isNew(one, seen, own));
  const to = [...sender, ...others(mail.to)].slice(0, most);
  return { to, cc: others(mail.cc).slice(0, most - to.length) };
}

/** Reply-To of somebody who is not who he says would lead our answer to a thief. */
function senderOf({ replyTo, from, authenticity }: Answered, own: ReadonlySet<string>): MailAddress[] {
  const wanted = replyTo && authenticity !== 'failed' ? [replyTo, from] : [from];
  return wanted.filter((one) => isReachable(one, own)).slice(0, 1);
}

function isNew(one: MailAddress, seen: Set<string>, own: ReadonlySet<string>): boolean {
  const address = normalAddress(one.address);
  if (seen.has(address) || !isReachable(one, own)) return false;
  seen.add(address);
  return true;
}

const isReachable = ({ address }: MailAddress, own: ReadonlySet<string>): boolean =>
  /^[^\s@]+@[^\s@]+$/.test(address) && !isOwnAddress(own, address);
