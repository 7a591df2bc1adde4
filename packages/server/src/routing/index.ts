export { routingDoors } from './doors.js';
export { Policies } from './policies.js';
export { repairSlots } from './repair-slots.js';
export { Routing } from './routing.js';
