import type { PersonSettings } from '@helpline/protocol';
import { DeskError } from '../../platform/errors.js';
import { checkReaches, type Visibility } from '../../platform/visibility.js';
import type { Workspaces } from '../../workspaces/index.js';

/** Throws `bad_request` that names the brands and teams which are not there, `forbidden` where the caller gives brands that he has not. */
export async function checkPerson(
  workspaces: Workspaces,
  visibility: Visibility,
  { brandIds, teamIds, skills }: PersonSettings,
): Promise<void> {
  const { workspaceId } = visibility;
  const [brands, teams] = await Promise.all([workspaces.brands(workspaceId), workspaces.teams(workspaceId)]);
  const errors = [
    ...missing('/brandIds', brandIds === 'all' ? [] : brandIds, brands, 'There is no such brand.'),
    ...missing('/teamIds', teamIds, teams, 'There is no such team.'),
    ...skills.flatMap(({ skill }, i) =>
      skills.findIndex((one) => one.skill === skill) < i
        ? [{ pointer: `/skills/${i}/skill`, detail: 'This skill is named twice.' }]
        : [],
    ),
  ];
  if (errors.length > 0) throw new DeskError('bad_request', { errors });
  checkReaches(visibility, brandIds);
}

function missing(field: string, ids: string[], known: { _id: string }[], detail: string) {
  return ids.flatMap((id, i) => (known.some(({ _id }) => _id === id) ? [] : [{ pointer: `${field}/${i}`, detail }]));
}
