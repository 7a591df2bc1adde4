import type { Consumer, Entry, Journal } from '../../journal/index.js';
import type { Blobs } from '../../platform/blobs.js';
import { fileIdsOf } from './inbox/message.js';
import type { MailStore } from './store.js';

interface Parts {
  store: MailStore;
  journal: Journal;
  blobs: Blobs;
}

/** A text that is taken out takes along what it came with: the raw mail, also where it came twice, its page and its files. */
export const dropRedacted = (parts: Parts): Consumer => ({
  name: 'mail-redacted',
  wants: ({ type }) => type === 'redacted',
  async handle(refs) {
    for (const entry of await parts.journal.entriesById(refs.map(({ _id }) => _id)))
      if (entry.type === 'redacted') await dropMailOf(parts, entry);
  },
});

async function dropMailOf(
  { store, journal, blobs }: Parts,
  { conversationId, payload: { of } }: Extract<Entry, { type: 'redacted' }>,
): Promise<void> {
  const [message] = (await journal.sync(conversationId, 'everything', of - 1, 1)).entries;
  if (message?.seq !== of) return;
  const { lines, copies } = await store.linesOf(message._id);
  const raw = [...lines, ...copies].map(({ rawFileId }) => rawFileId);
  for (const id of [...raw, ...lines.flatMap(fileIdsOf)]) await blobs.delete(id);
  await store.forgetSubject(message);
}
