import { doorForAgents, type Row } from '../platform/doors.js';
import type { Workspaces } from './workspaces.js';

export const workspaceDoors = (workspaces: Workspaces): Row[] => [
  doorForAgents({
    name: 'inbox.list',
    permission: 'inbox.read',
    on: 'nothing',
    rate: { points: 60, perSeconds: 60 },
    run: async (_input, { caller }) => ({ items: await workspaces.visibleInboxes(caller.visibility) }),
  }),
];
