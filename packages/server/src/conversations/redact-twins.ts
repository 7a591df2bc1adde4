import type { Consumer, Entry, Journal } from '../journal/index.js';
import { copiedId, copyOf } from './split.js';

/** A message that was split off stands twice. What is taken out of one is taken out of the other, whatever happened between. */
export const redactTwins = (journal: Journal): Consumer => ({
  name: 'split-redacted',
  wants: ({ type }) => type === 'redacted' || type === 'split_off',
  async handle(refs) {
    for (const entry of await journal.entriesById(refs.map(({ _id }) => _id)))
      if (entry.type === 'redacted' || entry.type === 'split_off') await redactTwin(journal, entry);
  },
});

/** Also where nobody knew of the copy when the message was redacted: both were done at once. */
async function redactTwin(
  journal: Journal,
  { conversationId, actor, payload: { of } }: Extract<Entry, { type: 'redacted' | 'split_off' }>,
): Promise<void> {
  const [message] = (await journal.sync(conversationId, 'everything', of - 1, 1)).entries;
  if (message?.hash !== null) return;
  const copy = copyOf(message);
  const original = copiedId(message);
  const twins = [
    await journal.entryByClientId(copy.conversationId, copy.clientId),
    ...(original ? await journal.entriesById([original]) : []),
  ];
  // Repeated it changes nothing, and finishes what a crash interrupted.
  for (const twin of twins) if (twin) await journal.redact(twin.conversationId, twin.seq, actor);
}
