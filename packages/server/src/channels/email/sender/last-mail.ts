import type { Journal, MessageEntry } from '../../../journal/index.js';

const page = 200;

/** The newest message before `before` that came in as a mail. */
export async function lastMailOf(
  journal: Journal,
  conversationId: string,
  before: number,
): Promise<MessageEntry | null> {
  let last: MessageEntry | null = null;
  for (let after = 0; ; ) {
    const { entries, more } = await journal.sync(conversationId, 'everything', after, page);
    for (const entry of entries) if (entry.type === 'message' && entry.payload.mail && entry.seq < before) last = entry;
    after = entries.at(-1)?.seq ?? after;
    if (!more || after >= before) return last;
  }
}
