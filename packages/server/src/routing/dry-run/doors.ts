import { doorForAgents, type Row } from '../../platform/doors.js';
import { checkReaches } from '../../platform/visibility.js';
import type { DryRuns } from './runs.js';

export const dryRunDoors = (runs: DryRuns): Row[] => [
  doorForAgents({
    name: 'routing.dryRun',
    permission: 'routing.read',
    on: 'nothing',
    rate: { points: 20, perSeconds: 60 },
    async run(asked, { caller }) {
      checkReaches(caller.visibility, 'all'); // it goes through what came for all of them, and tells of it
      return { runId: await runs.begin(caller.workspaceId, asked) };
    },
  }),
  doorForAgents({
    name: 'routing.dryRunResult',
    permission: 'routing.read',
    on: 'nothing',
    rate: { points: 300, perSeconds: 60 },
    async run({ runId }, { caller }) {
      checkReaches(caller.visibility, 'all');
      return runs.progress(caller.workspaceId, runId);
    },
  }),
];
