import type { Conversation, Input } from '@helpline/protocol';

export type View = Input<'conversation.list'>['view'];
export const views = ['mine', 'queue', 'open', 'resolved'] as const satisfies readonly View[];

const isDone = (conversation: Conversation): boolean =>
  conversation.status === 'resolved' || conversation.status === 'closed';

/** Which conversations a view has, as the server's lists have them. */
const belongs: Record<View, (conversation: Conversation, myId: string) => boolean> = {
  mine: (one, myId) => one.assigneeId === myId && one.handler === 'agent',
  queue: (one) => one.handler === 'queue',
  open: (one) => !isDone(one),
  resolved: (one) => isDone(one),
};

const waitedSince = (conversation: Conversation): string => conversation.waitingSince ?? conversation.startedAt;
const newestFirst = (a: Conversation, b: Conversation): number => b.lastAt.localeCompare(a.lastAt);
const longestWaitingFirst = (a: Conversation, b: Conversation): number => waitedSince(a).localeCompare(waitedSince(b));

/** What a view shows of the conversations that are known here. */
export function inView(view: View, known: Iterable<Conversation>, myId: string): Conversation[] {
  const order = view === 'queue' ? longestWaitingFirst : newestFirst;
  return [...known].filter((one) => belongs[view](one, myId)).sort(order);
}

/** Whether a change moves a conversation into or out of any view. */
export function moves(before: Conversation | undefined, after: Conversation, myId: string): boolean {
  return !before || views.some((view) => belongs[view](before, myId) !== belongs[view](after, myId));
}
