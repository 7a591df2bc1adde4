import type { OpenConversation } from '../client.js';
import type { Later } from './choices.js';
import type { Destination } from './destinations.js';

/** Moves the conversation. Says whether it is still to be seen by whoever did. */
export async function moveTo(open: OpenConversation, to: Destination, word: string): Promise<boolean> {
  const text = word ? { text: word } : {};
  switch (to.kind) {
    case 'escalate':
      return open.escalate(word);
    case 'team':
      return open.transfer({ teamId: to.id, ...text });
    case 'brand':
      return open.transfer({ teamId: null, brandId: to.id, ...text });
    default:
      await open.assign(to.kind === 'agent' ? to.id : null, word);
      return true;
  }
}

export function doLater(open: OpenConversation, later: Later): Promise<void> {
  if (later.choice === 'pend') return open.pend();
  if (later.choice === 'snooze') return open.snooze(later.at);
  return open.promise({ dueAt: later.at, ownerId: later.ownerId, text: later.text });
}
