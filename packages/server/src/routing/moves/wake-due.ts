import { type ConversationStore, wake } from '../../conversations/index.js';
import type { Journal } from '../../journal/index.js';
import { DeskError } from '../../platform/errors.js';

interface Parts {
  journal: Journal;
  conversations: ConversationStore;
}

const atOnce = 100;

/** Opens again what slept long enough. */
export async function wakeDue({ journal, conversations }: Parts, now = new Date()): Promise<void> {
  const due = { status: 'snoozed', 'snooze.until': { $lte: now } } as const;
  for (const { _id, snooze } of await conversations.page(due, { 'snooze.until': 1 }, atOnce))
    if (snooze) await wake(journal, _id, snooze.seq).catch(unlessAwake);
}

/** The list of those that sleep lags behind the journal; and what only a newer version may decide keeps nobody else asleep. */
function unlessAwake(error: unknown): void {
  const isLeft = error instanceof DeskError && (error.code === 'already_done' || error.code === 'unprocessable');
  if (!isLeft) throw error;
}
