import { isCustomer, type Journal, type MessageEntry } from '../../../journal/index.js';

const page = 200;

/** What a conversation began with, and what an answer in it answers. */
export interface Correspondence {
  /** Null where it began otherwise. */
  first: MessageEntry | null;
  /** The newest mail of a customer: by a person, if any did. */
  lastMail: MessageEntry | null;
}

/** As it was before number `before`. */
export async function correspondenceOf(
  journal: Journal,
  conversationId: string,
  before: number,
): Promise<Correspondence> {
  const found: Correspondence = { first: null, lastMail: null };
  const isBetter = ({ payload }: MessageEntry) =>
    !payload.automatic || !found.lastMail || found.lastMail.payload.automatic === true;
  for (let after = 0; ; ) {
    const { entries, more } = await journal.sync(conversationId, 'everything', after, page);
    for (const entry of entries) {
      if (entry.type !== 'message') continue;
      if (entry.seq === 1) found.first = entry;
      if (entry.seq < before && isCustomersMail(entry) && isBetter(entry)) found.lastMail = entry;
    }
    after = entries.at(-1)?.seq ?? after;
    if (!more || after >= before) return found;
  }
}

const isCustomersMail = ({ actor, payload }: MessageEntry): boolean => payload.mail !== undefined && isCustomer(actor);
