import { isCustomer, type Journal, type MessageEntry } from '../../../journal/index.js';

const page = 200;

/** The newest mail of a customer before `before`: by a person, if any did. */
export async function lastMailOf(
  journal: Journal,
  conversationId: string,
  before: number,
): Promise<MessageEntry | null> {
  let last: MessageEntry | null = null;
  const isBetter = (mail: MessageEntry) => !mail.payload.automatic || !last || last.payload.automatic;
  for (let after = 0; ; ) {
    const { entries, more } = await journal.sync(conversationId, 'everything', after, page);
    for (const entry of entries)
      if (entry.type === 'message' && isCustomersMail(entry) && entry.seq < before && isBetter(entry)) last = entry;
    after = entries.at(-1)?.seq ?? after;
    if (!more || after >= before) return last;
  }
}

const isCustomersMail = ({ actor, payload }: MessageEntry): boolean => payload.mail !== undefined && isCustomer(actor);
