import { doorForAgents, type Row } from '../../platform/doors.js';
import { notFound } from '../../platform/errors.js';
import type { Parts } from '../giving-out/desk.js';
import { explain } from './explain.js';

export const explainDoors = (parts: Parts): Row[] => [
  doorForAgents({
    name: 'conversation.explain',
    permission: 'conversation.read',
    on: 'conversation',
    rate: { points: 60, perSeconds: 60 },
    async run({ conversationId }) {
      const state = await parts.journal.current(conversationId);
      if (!state) throw notFound();
      return explain(parts, state);
    },
  }),
];
