import { type View, views } from './views.js';

/** Where in the console one is, as the address says it. */
export type Route =
  | { page: 'list'; view: View }
  | { page: 'conversation'; conversationId: string }
  | { page: 'mailboxes' }
  | { page: 'suspended' };

export const toView = (view: View): string => `#/views/${view}`;
export const toConversation = (id: string): string => `#/conversations/${id}`;
export const toMailboxes = '#/mailboxes';
export const toSuspended = '#/suspended';

export function parseRoute(hash: string): Route {
  const [page, rest] = hash.replace(/^#\//, '').split('/');
  if (page === 'conversations' && rest) return { page: 'conversation', conversationId: rest };
  if (page === 'mailboxes' || page === 'suspended') return { page };
  return { page: 'list', view: views.find((view) => view === rest) ?? 'mine' };
}
