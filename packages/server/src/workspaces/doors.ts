import { limits } from '@helpline/protocol';
import { doorForAgents, type Row } from '../platform/doors.js';
import { DeskError } from '../platform/errors.js';
import { newId } from '../platform/ids.js';
import { checkReaches } from '../platform/visibility.js';
import { teamView } from './rules.js';
import type { Workspaces } from './workspaces.js';

const often = { points: 60, perSeconds: 60 };

export const workspaceDoors = (workspaces: Workspaces): Row[] => [
  doorForAgents({
    name: 'inbox.list',
    permission: 'inbox.read',
    on: 'nothing',
    rate: often,
    run: async (_input, { caller }) => ({ items: await workspaces.visibleInboxes(caller.visibility) }),
  }),
  doorForAgents({
    name: 'inbox.setTeam',
    permission: 'routing.manage',
    on: 'nothing',
    rate: often,
    async run({ inboxId, teamId }, { caller }) {
      if (teamId !== null) await workspaces.team(caller.workspaceId, teamId);
      return workspaces.setInboxTeam(caller.visibility, inboxId, teamId);
    },
  }),
  doorForAgents({
    name: 'team.list',
    permission: 'staff.read',
    on: 'nothing',
    rate: often,
    run: async (_input, { caller }) => ({ items: (await workspaces.teams(caller.workspaceId)).map(teamView) }),
  }),
  doorForAgents({
    name: 'team.add',
    permission: 'routing.manage',
    on: 'nothing',
    rate: often,
    async run({ name, escalatesTo }, { caller: { workspaceId, visibility } }) {
      checkReaches(visibility, 'all');
      if ((await workspaces.teams(workspaceId)).length >= limits.teams)
        throw new DeskError('unprocessable', { detail: `There are ${limits.teams} teams, and no room for more.` });
      await checkName(workspaces, workspaceId, name);
      if (escalatesTo !== null) await workspaces.team(workspaceId, escalatesTo);
      const team = { _id: newId(), workspaceId, name, ...(escalatesTo === null ? {} : { escalatesTo }) };
      await workspaces.addTeam(team);
      return teamView(team);
    },
  }),
  doorForAgents({
    name: 'team.update',
    permission: 'routing.manage',
    on: 'nothing',
    rate: often,
    async run({ teamId, name, escalatesTo }, { caller: { workspaceId, visibility } }) {
      checkReaches(visibility, 'all');
      await checkName(workspaces, workspaceId, name, teamId);
      await workspaces.setEscalation(workspaceId, teamId, escalatesTo);
      await workspaces.renameTeam(workspaceId, teamId, name);
      return teamView(await workspaces.team(workspaceId, teamId));
    },
  }),
];

/** Two teams of one name could not be told apart. Throws `conflict`. */
async function checkName(workspaces: Workspaces, workspaceId: string, name: string, own?: string): Promise<void> {
  const others = (await workspaces.teams(workspaceId)).filter(({ _id }) => _id !== own);
  if (others.some((team) => team.name.toLocaleLowerCase() === name.toLocaleLowerCase()))
    throw new DeskError('conflict', { errors: [{ pointer: '/name', detail: 'Another team is called so.' }] });
}
