import type { ConversationState } from '../journal/index.js';
import { DeskError } from '../platform/errors.js';

/** What is settled is given to nobody. */
export function checkNotOver({ status }: ConversationState): void {
  if (status === 'resolved' || status === 'closed')
    throw new DeskError('unprocessable', { detail: 'The conversation is resolved: reopen it first.' });
}
