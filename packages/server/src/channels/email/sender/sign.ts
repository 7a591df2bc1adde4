import { createPrivateKey } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';

export interface DkimKey {
  domain: string;
  selector: string;
  privateKey: string;
}

/** Whether it is a private key that mails can be signed with. */
export function checkDkimKey(privateKey: string): boolean {
  try {
    return createPrivateKey(privateKey).asymmetricKeyType === 'rsa';
  } catch {
    return false;
  }
}

/** What the signature covers: a link to unsubscribe and a Feedback-ID count only if it does. */
const headerFieldNames = [
  'From:Sender:Reply-To:To:Cc:Subject:Date:Message-ID:In-Reply-To:References:MIME-Version:Content-Type',
  'Content-Transfer-Encoding:List-Unsubscribe:List-Unsubscribe-Post:Feedback-ID',
].join(':');

/** The mail with our signature on top: whoever gets it can see that it comes from the domain as it was written. */
export const sign = (raw: Buffer, { domain, selector, privateKey }: DkimKey): Promise<Buffer> =>
  buffer(new DKIM({ domainName: domain, keySelector: selector, privateKey, headerFieldNames }).sign(raw));
