import { type Announcer, sessionRoom } from '../platform/announcer.js';
import { doorForAgents, doorForAnyone, type Row } from '../platform/doors.js';
import { agentView, meView } from './rules.js';
import type { Staff } from './staff.js';

const seldom = { points: 60, perSeconds: 60 };

export const staffDoors = (staff: Staff, announcer: Announcer): Row[] => [
  doorForAnyone({
    name: 'agent.signIn',
    permission: 'anyone',
    on: 'nothing',
    rate: { points: 200, perSeconds: 300 },
    async run({ email, password }, { ip, setCookie }) {
      const { member, token } = await staff.signIn(email, password, ip);
      setCookie(token);
      return meView(member);
    },
  }),
  doorForAgents({
    name: 'agent.signOut',
    permission: 'self.manage',
    on: 'nothing',
    rate: seldom,
    async run(_input, { caller, setCookie }) {
      await staff.signOut(caller.sessionId);
      announcer.endAgents(sessionRoom(caller.sessionId));
      if (!(await staff.connections.isElsewhere(caller))) await staff.setAvailability(caller.agentId, 'offline');
      setCookie(null);
      return {};
    },
  }),
  doorForAgents({
    name: 'agent.me',
    permission: 'self.manage',
    on: 'nothing',
    rate: seldom,
    run: async (_input, { caller }) => meView(await staff.member(caller.workspaceId, caller.agentId)),
  }),
  doorForAgents({
    name: 'agent.list',
    permission: 'staff.read',
    on: 'nothing',
    rate: seldom,
    run: async (_input, { caller }) => ({ items: (await staff.people.all(caller.workspaceId)).map(agentView) }),
  }),
];
