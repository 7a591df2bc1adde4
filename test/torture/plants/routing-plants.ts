import type { Plant } from './plant.js';

/** Bugs of who gets a conversation. */
export const routingPlants: Plant[] = [
  {
    name: 'capacity-read-then-write',
    bug: 'whether an agent has room is read first and written later, so that two can take his last place',
    provokedBy: ['F19'],
    caughtBy: ['C7'],
    mutate: [
      {
        file: 'server/dist/staff/slots.js',
        find: "const taken = await store.agents.updateOne({ _id: agentId, 'slots.conversationId': { $ne: slot.conversationId }, ...(force ? {} : free) },",
        replace: `if (!force && !(await store.agents.findOne({ _id: agentId, ...free }))) return false;
            const taken = await store.agents.updateOne({ _id: agentId },`,
      },
    ],
  },
  {
    name: 'capacity-without-slot',
    bug: 'routing assigns without taking a place of the agent',
    provokedBy: [],
    caughtBy: ['C7'],
    mutate: [
      {
        file: 'server/dist/routing/claim.js',
        find: 'if (!(await staff.takeSlot(agentId, slot, false)))',
        replace: 'if (false)',
      },
    ],
  },
];
