import type { Inbox as InboxView, Team as TeamView } from '@helpline/protocol';
import { DeskError } from '../platform/errors.js';
import type { Brand, Inbox, Team } from './store.js';

export const teamView = ({ _id, name, escalatesTo }: Team): TeamView => ({
  id: _id,
  name,
  escalatesTo: escalatesTo ?? null,
});

export const inboxView = (
  { _id, name, channel, brandId, teamId, publicKey }: Inbox,
  brands: readonly Brand[],
): InboxView => ({
  id: _id,
  name,
  channel,
  brand: { id: brandId, name: brands.find((brand) => brand._id === brandId)?.name ?? '' },
  teamId,
  publicKey: publicKey ?? null,
});

/** Whether a page of this origin may use the chat inbox. This server's own pages may; nobody without an origin does, unless any may. */
export function mayEmbed(inbox: Pick<Inbox, 'allowedOrigins'>, origin: string | null, sameOrigin: boolean): boolean {
  if (sameOrigin || inbox.allowedOrigins.includes('*')) return true;
  return origin !== null && inbox.allowedOrigins.includes(origin);
}

/** The teams above a team, nearest first. Ends where it would come by a team once more. */
export function teamsAbove(teams: readonly Team[], teamId: string): Team[] {
  const above: Team[] = [];
  const passed = new Set([teamId]);
  for (let one = next(teams, teamId); one && !passed.has(one._id); one = next(teams, one._id)) {
    above.push(one);
    passed.add(one._id);
  }
  return above;
}

/** What goes up must not come down again. Throws `unprocessable`. */
export function checkLeadsUp(teams: readonly Team[], teamId: string, to: string): void {
  const comesBack = to === teamId || teamsAbove(teams, to).some(({ _id }) => _id === teamId);
  if (comesBack) throw new DeskError('unprocessable', { detail: 'This path of escalation would be a circle.' });
}

function next(teams: readonly Team[], teamId: string): Team | undefined {
  const to = teams.find(({ _id }) => _id === teamId)?.escalatesTo;
  return teams.find(({ _id }) => _id === to);
}
