import type { Plant } from './plant.js';

/** Bugs of who gets a conversation. */
export const routingPlants: Plant[] = [
  {
    name: 'capacity-read-then-write',
    bug: 'whether an agent has room is read first and written later, when others may have taken his last place',
    provokedBy: [],
    caughtBy: ['C7'],
    mutate: [
      {
        file: 'server/dist/staff/slots.js',
        find: '$expr: hasRoomNow(channel),',
        replace: '',
      },
      {
        file: 'server/dist/routing/giving-out/drain.js',
        find: `desk.took(agentId, conversation);`,
        replace: ';',
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
        file: 'server/dist/routing/giving-out/claim.js',
        find: 'if (!(await staff.takeSlot(decision.agentId, slot, false)))',
        replace: 'if (false)',
      },
    ],
  },
];
