import type { Contacts } from '../../contacts/index.js';
import { isSigned, sign } from '../../platform/signatures.js';

interface Options {
  contacts: Contacts;
  hmacKey: Buffer;
  /** Without a slash at the end; empty where nobody knows how the outside reaches us. */
  publicUrl: string;
}

/** How whoever gets one of many alike mails says that he wants no more: by a link that holds for ever, and is his alone. */
export class Unsubscribing {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Null where there is no way to reach us. */
  link(workspaceId: string, address: string): string | null {
    const { publicUrl, hmacKey } = this.#options;
    const who = Buffer.from(JSON.stringify([workspaceId, address])).toString('base64url');
    return publicUrl ? `${publicUrl}/unsubscribe/${who}.${sign(hmacKey, 'unsubscribe', who)}` : null;
  }

  /** Whom a link is about; null for one that is not ours. */
  addressOf(token: string): string | null {
    return this.#open(token)?.address ?? null;
  }

  /** From now on nothing is sent to him. Gives his address. */
  async confirm(token: string): Promise<string | null> {
    const who = this.#open(token);
    if (!who) return null;
    const { contacts } = this.#options;
    const contact = await contacts.meetByMail(who.workspaceId, who.address, '');
    await contacts.setDoNotContact(contact._id, true);
    return who.address;
  }

  #open(token: string): { workspaceId: string; address: string } | null {
    const [who = '', signature = ''] = token.split('.');
    if (!isSigned(this.#options.hmacKey, 'unsubscribe', who, signature)) return null;
    const [workspaceId, address] = JSON.parse(Buffer.from(who, 'base64url').toString()) as [string, string]; // as we signed it
    return { workspaceId, address };
  }
}
