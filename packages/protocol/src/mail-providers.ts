interface Place {
  host: string;
  port: number;
  /** TLS from the first byte. */
  secure: boolean;
}

export interface MailProvider {
  id: 'gmail' | 'microsoft' | 'yahoo' | 'icloud' | 'fastmail' | 'zoho';
  name: string;
  /** Whose addresses end so; a company's own domain may be there too. */
  domains: readonly string[];
  imap: Place;
  smtp: Place;
  /** How it names itself in Authentication-Results, where that is known to be so in every mail. */
  authservId?: string;
}

const imaps = (host: string): Place => ({ host, port: 993, secure: true });
const smtps = (host: string): Place => ({ host, port: 465, secure: true });
const submission = (host: string): Place => ({ host, port: 587, secure: false });

/** Where the mail servers of great providers stand. What is special about their passwords is in the texts (`mailserver.hint.*`). */
export const mailProviders: readonly MailProvider[] = [
  {
    id: 'gmail',
    name: 'Gmail, Google Workspace',
    domains: ['gmail.com', 'googlemail.com'],
    imap: imaps('imap.gmail.com'),
    smtp: smtps('smtp.gmail.com'),
    authservId: 'mx.google.com',
  },
  {
    id: 'microsoft',
    name: 'Outlook, Microsoft 365',
    domains: ['outlook.com', 'outlook.de', 'hotmail.com', 'live.com', 'msn.com'],
    imap: imaps('outlook.office365.com'),
    smtp: submission('smtp.office365.com'),
  },
  {
    id: 'yahoo',
    name: 'Yahoo',
    domains: ['yahoo.com', 'yahoo.de', 'yahoo.co.uk', 'yahoo.fr', 'ymail.com', 'rocketmail.com'],
    imap: imaps('imap.mail.yahoo.com'),
    smtp: smtps('smtp.mail.yahoo.com'),
  },
  {
    id: 'icloud',
    name: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    imap: imaps('imap.mail.me.com'),
    smtp: submission('smtp.mail.me.com'),
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    domains: ['fastmail.com', 'fastmail.fm'],
    imap: imaps('imap.fastmail.com'),
    smtp: smtps('smtp.fastmail.com'),
  },
  {
    id: 'zoho',
    name: 'Zoho',
    domains: ['zoho.com', 'zohomail.com'],
    imap: imaps('imap.zoho.com'),
    smtp: smtps('smtp.zoho.com'),
  },
];

/** The provider an address most likely is at; none for a company's own domain. */
export function providerOfAddress(address: string): MailProvider | undefined {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  return mailProviders.find(({ domains }) => domains.includes(domain));
}

/** The provider a server belongs to: `imap.gmail.com`, and `imap.zoho.eu` too. */
export function providerOfHost(host: string): MailProvider | undefined {
  const name = host.toLowerCase();
  const isAlike = (known: string): boolean => name === known || organisation(name) === organisation(known);
  return mailProviders.find(({ imap, smtp }) => isAlike(imap.host) || isAlike(smtp.host));
}

/** `imap.zoho.eu`: zoho. */
const organisation = (host: string): string => host.split('.').at(-2) ?? host;
