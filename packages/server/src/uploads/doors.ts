import { doorForAgents, type Row } from '../platform/doors.js';
import type { Uploads } from './uploads.js';

export const uploadDoors = (uploads: Uploads): Row[] => [
  doorForAgents({
    name: 'file.begin',
    permission: 'conversation.answer',
    on: 'conversation',
    rate: { points: 60, perSeconds: 60 },
    run: (input, { caller }) => uploads.begin(caller, input),
  }),
];
