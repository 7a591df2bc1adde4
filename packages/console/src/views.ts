import { type Conversation, type Input, priorities } from '@helpline/protocol';

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

const newestFirst = (a: Conversation, b: Conversation): number => b.lastAt.localeCompare(a.lastAt);

/** As they will be given out: the more urgent first, then what is due sooner, then who has waited longer. */
const inTurn = (a: Conversation, b: Conversation): number =>
  priorities.indexOf(b.priority) - priorities.indexOf(a.priority) ||
  (a.dueAt ?? never).localeCompare(b.dueAt ?? never) ||
  waitedSince(a).localeCompare(waitedSince(b));

const never = '9999';
const waitedSince = (conversation: Conversation): string => conversation.waitingSince ?? conversation.startedAt;

/** What a view shows of the conversations that are known here. */
export function inView(view: View, known: Iterable<Conversation>, myId: string): Conversation[] {
  const order = view === 'queue' ? inTurn : newestFirst;
  return [...known].filter((one) => belongs[view](one, myId)).sort(order);
}

/** Whether a change moves a conversation into or out of any view. */
export function moves(before: Conversation | undefined, after: Conversation, myId: string): boolean {
  return !before || views.some((view) => belongs[view](before, myId) !== belongs[view](after, myId));
}
