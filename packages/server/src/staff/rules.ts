import { type Agent, type Stint as AgentStint, type Me, may, type Person, type WorkKind } from '@helpline/protocol';
import type { AgentCaller } from '../platform/doors.js';
import type { Visibility } from '../platform/visibility.js';
import type { StaffMember, Stint } from './store.js';

export function visibilityOf({
  workspaceId,
  brandIds,
  teamIds,
  role,
  leftAt,
}: Pick<StaffMember, 'workspaceId' | 'brandIds' | 'teamIds' | 'role' | 'leftAt'>): Visibility {
  if (leftAt) return { workspaceId, brandIds: [], teamIds: [] };
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
  const isActive = more.leftAt === undefined;
  const stint = stintView(more.stint);
  return { id: _id, name, role, availability, stint, used, capacity, atOnce, isTrainee, isActive, skills, teamIds };
}

const stintView = ({ since, by, reason, until }: Stint): AgentStint => ({
  since: since.toISOString(),
  by,
  reason,
  until: until?.toISOString() ?? null,
});

export const meView = (member: StaffMember): Me => ({
  ...agentView(member),
  email: member.email,
  workspaceId: member.workspaceId,
  hasOneTimePassword: member.hasOneTimePassword === true,
});

export const personView = (member: StaffMember): Person => ({
  ...agentView(member),
  email: member.email,
  brandIds: member.brandIds,
  hasOneTimePassword: member.hasOneTimePassword === true,
});

/** What having a conversation open is to somebody: whoever is away has only left it open. */
export function kindOfWork(
  { availability, stint }: Pick<StaffMember, 'availability' | 'stint'>,
  conversationId: string,
  isFocused: boolean,
): WorkKind | null {
  if (availability === 'wrap_up' && stint.conversationId === conversationId) return 'wrap_up';
  if (isFocused) return availability === 'offline' ? null : 'active';
  return availability === 'available' || availability === 'busy' || availability === 'wrap_up' ? 'hold' : null;
}
