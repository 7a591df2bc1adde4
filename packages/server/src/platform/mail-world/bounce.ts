import { randomUUID } from 'node:crypto';

interface Bounce {
  sender: string;
  lost: string;
  raw: Buffer;
}

/** A delivery status notification (RFC 3464) about a recipient nobody knows, with the headers of the mail. */
export function composeBounce({ sender, lost, raw }: Bounce): string {
  const id = randomUUID();
  const boundary = `=_${id}`;
  const text = raw.toString('latin1');
  const headers = text.slice(0, /\r?\n\r?\n/.exec(text)?.index ?? text.length);
  return [
    'From: Mail Delivery System <mailer-daemon@localhost>',
    `To: <${sender}>`,
    'Subject: Undelivered Mail Returned to Sender',
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${id}@localhost>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system of this machine.',
    '',
    'Your message could not be delivered to:',
    `<${lost}>: the domain is not known here`,
    '',
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; localhost',
    '',
    `Final-Recipient: rfc822; ${lost}`,
    'Action: failed',
    'Status: 5.1.2',
    'Diagnostic-Code: x-helpline; the domain is not known here',
    '',
    `--${boundary}`,
    'Content-Type: text/rfc822-headers',
    '',
    headers,
    '',
    `--${boundary}--`,
    '',
  ].join('\r\n');
}
