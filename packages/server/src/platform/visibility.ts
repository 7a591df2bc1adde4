import { DeskError, notFound } from './errors.js';

/** What of a workspace somebody of the staff may see. `all` is a right, never a default. */
export interface Visibility {
  workspaceId: string;
  brandIds: 'all' | string[];
  teamIds: 'all' | string[];
}

/** What decides who sees a thing. Without a team it is everybody's who has the brand. */
export interface ConversationScope {
  workspaceId: string;
  brandId: string;
  teamId: string | null;
}

/** The one rule of visibility, for a single thing… */
export function canSee({ workspaceId, brandIds, teamIds }: Visibility, scope: ConversationScope): boolean {
  const ofBrand = brandIds === 'all' || brandIds.includes(scope.brandId);
  const ofTeam = teamIds === 'all' || scope.teamId === null || teamIds.includes(scope.teamId);
  return workspaceId === scope.workspaceId && ofBrand && ofTeam;
}

/** …for a brand that somebody names: throws `not_found` where it is not his… */
export function checkSeesBrand(visibility: Visibility, brandId: string): void {
  if (!canSee(visibility, { workspaceId: visibility.workspaceId, brandId, teamId: null })) throw notFound();
}

/** …for what is about several brands, or about all: throws `forbidden` where he has not each of them… */
export function checkReaches({ brandIds: own }: Visibility, brandIds: 'all' | string[]): void {
  if (own === 'all' || (brandIds !== 'all' && brandIds.every((id) => own.includes(id)))) return;
  throw new DeskError('forbidden', { detail: 'This is about brands that are not yours.' });
}

/** …as a database filter for lists and counts… */
export function visibleFilter({ workspaceId, brandIds, teamIds }: Visibility) {
  return {
    workspaceId,
    ...(brandIds === 'all' ? {} : { brandId: { $in: brandIds } }),
    ...(teamIds === 'all' ? {} : { teamId: { $in: [null, ...teamIds] } }),
  };
}

/** …as the rooms of live lists that somebody joins… */
export function visibleRooms({ workspaceId, brandIds, teamIds }: Visibility): string[] {
  const brands = brandIds === 'all' ? ['*'] : brandIds;
  const teams = teamIds === 'all' ? ['*'] : ['-', ...teamIds];
  return brands.flatMap((brand) => teams.map((team) => room(workspaceId, brand, team)));
}

/** …and as the rooms in which a thing is announced. */
export function roomsOf({ workspaceId, brandId, teamId }: ConversationScope): string[] {
  return [brandId, '*'].flatMap((brand) => [teamId ?? '-', '*'].map((team) => room(workspaceId, brand, team)));
}

const room = (workspaceId: string, brand: string, team: string): string => `list:${workspaceId}:${brand}:${team}`;
