import type { PersonSettings } from '@helpline/protocol';
import { type Announcer, agentRoom } from '../../platform/announcer.js';
import { type AgentCaller, doorForAgents, type Row } from '../../platform/doors.js';
import { DeskError } from '../../platform/errors.js';
import { canSee, checkReaches } from '../../platform/visibility.js';
import { personView, type StaffMember, visibilityOf } from '../../staff/index.js';
import { checkPerson } from './check-person.js';
import { giveBack } from './give-back.js';
import type { SettingUpParts } from './parts.js';

const rate = { points: 60, perSeconds: 60 };

export const staffingDoors = (parts: SettingUpParts, announcer: Announcer): Row[] => [
  doorForAgents({
    name: 'agent.add',
    permission: 'staff.manage',
    on: 'nothing',
    rate,
    async run({ email, ...settings }, { caller }) {
      await checkPerson(parts.workspaces, caller.visibility, settings);
      const { member, password } = await parts.staff.people.add(caller.workspaceId, email, settings);
      return { person: personView(member), password };
    },
  }),
  doorForAgents({
    name: 'agent.update',
    permission: 'staff.manage',
    on: 'nothing',
    rate,
    run: async ({ agentId, ...settings }, { caller }) =>
      personView(await update(parts, announcer, caller, agentId, settings)),
  }),
  doorForAgents({
    name: 'agent.deactivate',
    permission: 'staff.manage',
    on: 'nothing',
    rate,
    run: async ({ agentId }, { caller }) => personView(await deactivate(parts, announcer, caller, agentId)),
  }),
  doorForAgents({
    name: 'agent.reactivate',
    permission: 'staff.manage',
    on: 'nothing',
    rate,
    async run({ agentId }, { caller }) {
      await reachable(parts, caller, agentId);
      const { member, password } = await parts.staff.people.reactivate(caller.workspaceId, agentId);
      return { person: personView(member), password };
    },
  }),
  doorForAgents({
    name: 'agent.resetPassword',
    permission: 'staff.manage',
    on: 'nothing',
    rate,
    async run({ agentId }, { caller }) {
      checkIsAnother(caller, agentId);
      await reachable(parts, caller, agentId);
      const { member, password } = await parts.staff.people.resetPassword(caller.workspaceId, agentId);
      announcer.endAgents(agentRoom(agentId));
      return { person: personView(member), password };
    },
  }),
];

async function update(
  parts: SettingUpParts,
  announcer: Announcer,
  caller: AgentCaller,
  agentId: string,
  settings: PersonSettings,
): Promise<StaffMember> {
  const before = await reachable(parts, caller, agentId);
  await checkPerson(parts.workspaces, caller.visibility, settings);
  const member = await parts.staff.people.update(caller.workspaceId, agentId, settings);
  const visibility = visibilityOf(member);
  await giveBack(parts, agentId, actorOf(caller), (conversation) => canSee(visibility, conversation));
  const isChanged = rightsOf(before) !== rightsOf(member);
  if (isChanged && agentId !== caller.agentId) announcer.endAgents(agentRoom(agentId)); // his own link ends once he has the answer
  return member;
}

async function deactivate(
  parts: SettingUpParts,
  announcer: Announcer,
  caller: AgentCaller,
  agentId: string,
): Promise<StaffMember> {
  checkIsAnother(caller, agentId);
  await reachable(parts, caller, agentId);
  const member = await parts.staff.people.deactivate(caller.workspaceId, agentId);
  announcer.endAgents(agentRoom(agentId));
  const by = { kind: 'supervisor' as const, id: caller.agentId, name: caller.name };
  await parts.staff.setAvailability(agentId, 'offline', { by });
  await giveBack(parts, agentId, actorOf(caller), () => false);
  await parts.handBacks.begin(member, 'offline'); // what somebody gives him at this very moment
  return parts.staff.member(caller.workspaceId, agentId);
}

/** Throws `not_found`, and `forbidden` where he has brands that the caller has not. */
async function reachable(
  { staff }: SettingUpParts,
  { workspaceId, visibility }: AgentCaller,
  agentId: string,
): Promise<StaffMember> {
  const member = await staff.member(workspaceId, agentId);
  checkReaches(visibility, member.brandIds);
  return member;
}

function checkIsAnother(caller: AgentCaller, agentId: string): void {
  if (caller.agentId === agentId)
    throw new DeskError('unprocessable', { detail: 'Another administrator has to do this for you.' });
}

const actorOf = ({ agentId, name }: AgentCaller) => ({ kind: 'agent' as const, id: agentId, name });

const rightsOf = (member: StaffMember): string => JSON.stringify([member.role, visibilityOf(member)]);
