import type { RoutingOf } from '@helpline/protocol';

/** Where one is among the pages on which a workspace is set up, and one's own. */
export type SetupRoute =
  | { page: 'presence' }
  | { page: 'people' }
  | { page: 'person'; personId: string }
  | { page: 'teams' }
  | { page: 'routing' }
  | { page: 'routing_settings'; of: RoutingOf }
  | { page: 'password' };

export const toPresence = '#/presence';
export const toPeople = '#/people';
export const toPerson = (id: string): string => `#/people/${id}`;
export const toTeams = '#/teams';
export const toRoutings = '#/routing';
export const toRouting = (of: RoutingOf): string =>
  of.kind === 'workspace' ? '#/routing/workspace' : `#/routing/${of.kind}/${of.id}`;
export const toPassword = '#/password';

/** Null for any other page. */
export function parseSetupRoute(page?: string, rest?: string, last?: string): SetupRoute | null {
  if (page === 'people') return rest ? { page: 'person', personId: rest } : { page };
  if (page === 'teams' || page === 'password' || page === 'presence') return { page };
  if (page !== 'routing') return null;
  if (rest === 'workspace') return { page: 'routing_settings', of: { kind: rest } };
  if ((rest === 'inbox' || rest === 'team') && last) return { page: 'routing_settings', of: { kind: rest, id: last } };
  return { page };
}
