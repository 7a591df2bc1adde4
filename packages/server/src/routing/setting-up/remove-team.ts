import { DeskError } from '../../platform/errors.js';
import type { Policy } from '../policy/policies.js';
import type { SettingUpParts } from './parts.js';

/** What it has settled stays its own, and is everybody's when it comes back. Throws `unprocessable`, with what the team is still needed for. */
export async function removeTeam(
  { workspaces, conversations, policies, staff }: SettingUpParts,
  workspaceId: string,
  teamId: string,
): Promise<void> {
  await workspaces.team(workspaceId, teamId);
  const [inboxes, set, count] = await Promise.all([
    workspaces.inboxesOfTeam(workspaceId, teamId),
    policies.all(workspaceId),
    conversations.count({ workspaceId, teamId, status: { $in: ['open', 'pending', 'snoozed'] } }),
  ]);
  const needs = [
    ...inboxes.map(({ name }) => `the inbox "${name}" gives it what comes in`),
    ...set.filter((policy) => sendsTo(policy, teamId)).map(() => 'routing passes on to it'),
    ...(count > 0 ? [`${count === 1 ? 'a conversation is' : `${countInWords(count)} conversations are`} its own`] : []),
  ];
  if (needs.length > 0)
    throw new DeskError('unprocessable', { detail: `The team is needed: ${[...new Set(needs)].join('; ')}.` });
  await staff.people.leaveTeam(workspaceId, teamId);
  await policies.unset(workspaceId, { kind: 'team', id: teamId });
  await workspaces.removeTeam(workspaceId, teamId);
}

/** The store counts no further. */
const countInWords = (count: number): string => (count >= 1000 ? '1000 or more' : String(count));

const sendsTo = ({ settings: { overflow, whenClosed } }: Policy, teamId: string): boolean =>
  overflow.some((step) => step.teamId === teamId) || (whenClosed.kind === 'team' && whenClosed.teamId === teamId);
