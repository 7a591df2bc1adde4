import type { RoutingOf, SetRouting } from '@helpline/protocol';
import { isOpen, nextChange } from '../../calendar/index.js';
import { doorForAgents, type Row } from '../../platform/doors.js';
import { checkReaches, type Visibility } from '../../platform/visibility.js';
import type { Workspaces } from '../../workspaces/index.js';
import type { Policy } from '../policy/policies.js';
import { checkSettings } from './check-settings.js';
import type { SettingUpParts } from './parts.js';
import { removeTeam } from './remove-team.js';

const often = { points: 120, perSeconds: 60 };
const seldom = { points: 60, perSeconds: 60 };

export const settingDoors = (parts: SettingUpParts): Row[] => [
  doorForAgents({
    name: 'routing.list',
    permission: 'routing.read',
    on: 'nothing',
    rate: often,
    async run(_input, { caller: { workspaceId, visibility } }) {
      const [policies, inboxes] = await Promise.all([
        parts.policies.all(workspaceId),
        parts.workspaces.visibleInboxes(visibility),
      ]);
      const isHis = ({ of }: Policy) => of?.kind !== 'inbox' || inboxes.some(({ id }) => id === of.id);
      return { items: policies.filter(isHis).flatMap(settingView) };
    },
  }),
  doorForAgents({
    name: 'routing.set',
    permission: 'routing.manage',
    on: 'nothing',
    rate: seldom,
    async run({ of, settings }, { caller }) {
      const { workspaceId, visibility } = caller;
      await checkIsHis(parts.workspaces, visibility, of);
      const [teams, policies] = await Promise.all([
        parts.workspaces.teams(workspaceId),
        parts.policies.all(workspaceId),
      ]);
      checkSettings(of, settings, { teamIds: new Set(teams.map(({ _id }) => _id)), policies });
      const { version } = await parts.policies.set(workspaceId, of, settings);
      return { of, version, settings };
    },
  }),
  doorForAgents({
    name: 'routing.unset',
    permission: 'routing.manage',
    on: 'nothing',
    rate: seldom,
    async run({ of }, { caller }) {
      await checkIsHis(parts.workspaces, caller.visibility, of);
      await parts.policies.unset(caller.workspaceId, of);
      return {};
    },
  }),
  doorForAgents({
    name: 'routing.previewHours',
    permission: 'routing.read',
    on: 'nothing',
    rate: often,
    async run({ hours }) {
      const now = new Date();
      return { isOpen: isOpen(hours, now), changesAt: nextChange(hours, now)?.toISOString() ?? null };
    },
  }),
  doorForAgents({
    name: 'team.remove',
    permission: 'routing.manage',
    on: 'nothing',
    rate: seldom,
    async run({ teamId }, { caller }) {
      checkReaches(caller.visibility, 'all');
      await removeTeam(parts, caller.workspaceId, teamId);
      return {};
    },
  }),
];

const settingView = ({ of, version, settings }: Policy): SetRouting[] => (of ? [{ of, version, settings }] : []);

/** What is not of one inbox is of all brands. Throws `not_found`, and `forbidden` where the caller has not all of these. */
async function checkIsHis(workspaces: Workspaces, visibility: Visibility, of: RoutingOf): Promise<void> {
  if (of.kind === 'inbox') return workspaces.checkSeesInbox(visibility, of.id);
  checkReaches(visibility, 'all');
  if (of.kind === 'team') await workspaces.team(visibility.workspaceId, of.id);
}
