import { domainOf } from './authenticity.js';

/** What speaks for it that our mail server checks senders, and names itself so. */
export interface Learned {
  server: string;
  since: Date;
  mails: number;
  /** The first domains that these mails came from. */
  domains: string[];
}

const enough = { mails: 20, domains: 10, days: 3 };
const dayMs = 86_400_000;

/**
 * Whatever a sender writes into his mail stands below what our server adds, so a server that adds its results to every
 * mail is known by the name on top. One mail without it, and nothing is known: what was there a stranger may have written.
 */
export function learn(
  before: Learned | null,
  mail: { top: string | null; from: string; mailbox: string; at: Date },
): Learned | null {
  const domain = domainOf(mail.from);
  // Colleagues' mail often comes without passing the check.
  if (mail.top === null) return domain === domainOf(mail.mailbox) ? before : null;
  if (before?.server !== mail.top) return { server: mail.top, since: mail.at, mails: 1, domains: [domain] };
  if (isEnough(before)) return before;
  const isNew = before.domains.length < enough.domains && !before.domains.includes(domain);
  return {
    ...before,
    mails: Math.min(before.mails + 1, enough.mails),
    domains: isNew ? [...before.domains, domain] : before.domains,
  };
}

const isEnough = ({ mails, domains }: Learned): boolean => mails >= enough.mails && domains.length >= enough.domains;

/** Nobody alone can fill a mailbox for days without a mail of anybody else between. */
export const isTrusted = (learned: Learned, at: Date): boolean =>
  isEnough(learned) && at.getTime() - learned.since.getTime() >= enough.days * dayMs;
