import { type Announcer, sessionRoom } from '../platform/announcer.js';
import { doorForAgents, type Row } from '../platform/doors.js';
import { personView } from './rules.js';
import type { Staff } from './staff.js';

export const peopleDoors = ({ people }: Staff, announcer: Announcer): Row[] => [
  doorForAgents({
    name: 'agent.people',
    permission: 'staff.supervise',
    on: 'nothing',
    rate: { points: 120, perSeconds: 60 },
    run: async (_input, { caller }) => ({ items: (await people.all(caller.workspaceId)).map(personView) }),
  }),
  doorForAgents({
    name: 'agent.setPassword',
    permission: 'self.manage',
    on: 'nothing',
    rate: { points: 20, perSeconds: 60 },
    async run({ current, password }, { caller, ip }) {
      const ended = await people.setPassword(caller.agentId, caller.sessionId, { current, password, ip });
      for (const sessionId of ended) announcer.endAgents(sessionRoom(sessionId));
      return {};
    },
  }),
];
