import { doorForAgents, type Row } from '../../platform/doors.js';
import type { DryRuns } from './runs.js';

export const dryRunDoors = (runs: DryRuns): Row[] => [
  doorForAgents({
    name: 'routing.dryRun',
    permission: 'routing.read',
    on: 'nothing',
    rate: { points: 20, perSeconds: 60 },
    run: async (asked, { caller }) => ({ runId: runs.begin(caller.workspaceId, asked) }),
  }),
  doorForAgents({
    name: 'routing.dryRunResult',
    permission: 'routing.read',
    on: 'nothing',
    rate: { points: 300, perSeconds: 60 },
    run: async ({ runId }, { caller }) => runs.progress(caller.workspaceId, runId),
  }),
];
