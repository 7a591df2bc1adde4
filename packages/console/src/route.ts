import type { Input } from '@helpline/protocol';
import { parseSetupRoute, type SetupRoute } from './setup/route.js';
import { type View, views } from './views.js';

export type WhoseFollowUps = Input<'followUp.list'>['whose'];

/** Where in the console one is, as the address says it. */
export type Route =
  | { page: 'list'; view: View }
  | { page: 'conversation'; conversationId: string }
  | { page: 'mailboxes' }
  | { page: 'mailbox'; mailboxId: string }
  | { page: 'signed_in'; answer: string }
  | { page: 'suspended' }
  | SetupRoute
  | { page: 'follow_ups'; whose: WhoseFollowUps };

export const toView = (view: View): string => `#/views/${view}`;
export const toConversation = (id: string): string => `#/conversations/${id}`;
export const toMailboxes = '#/mailboxes';
export const toMailbox = (id: string): string => `#/mailboxes/${id}`;
export const toSuspended = '#/suspended';

export const toFollowUps = (whose: WhoseFollowUps): string => `#/follow-ups/${whose}`;

export function parseRoute(hash: string): Route {
  const [page, rest, last] = hash.replace(/^#\//, '').split('/');
  const setup = parseSetupRoute(page, rest, last);
  if (setup) return setup;
  if (page === 'conversations' && rest) return { page: 'conversation', conversationId: rest };
  if (page === 'mailboxes' && rest === 'signed-in' && last) return { page: 'signed_in', answer: decoded(last) };
  if (page === 'mailboxes' && rest) return { page: 'mailbox', mailboxId: rest };
  if (page === 'mailboxes' || page === 'suspended') return { page };
  if (page === 'follow-ups') return { page: 'follow_ups', whose: rest === 'forgotten' ? rest : 'mine' };
  return { page: 'list', view: views.find((view) => view === rest) ?? 'mine' };
}

/** Pages beside which there is no list of conversations. */
export const isWide = ({ page }: Route): boolean => page !== 'list' && page !== 'conversation';

/** Also where it is none; `decodeURIComponent` would throw. */
const decoded = (part: string): string => new URLSearchParams(`part=${part}`).get('part') ?? '';
