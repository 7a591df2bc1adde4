import { type Agent, type Me, may } from '@helpline/protocol';
import type { AgentCaller } from '../platform/doors.js';
import type { Visibility } from '../platform/visibility.js';
import type { StaffMember } from './store.js';

export function visibilityOf({
  workspaceId,
  brandIds,
  teamIds,
  role,
}: Pick<StaffMember, 'workspaceId' | 'brandIds' | 'teamIds' | 'role'>): Visibility {
  return { workspaceId, brandIds, teamIds: may(role, 'conversation.read_all_teams') ? 'all' : teamIds };
}

export const callerOf = (member: StaffMember, sessionId: string): AgentCaller => ({
  kind: 'agent',
  role: member.role,
  workspaceId: member.workspaceId,
  agentId: member._id,
  name: member.name,
  sessionId,
  visibility: visibilityOf(member),
});

export function agentView({ _id, name, role, availability, used, capacity, ...more }: StaffMember): Agent {
  const { atOnce, isTrainee, skills, teamIds } = more;
  return { id: _id, name, role, availability, used, capacity, atOnce, isTrainee, skills, teamIds };
}

export const meView = (member: StaffMember): Me => ({
  ...agentView(member),
  email: member.email,
  workspaceId: member.workspaceId,
});
