export { routingDoors } from './doors.js';
export { repairSlots } from './repair-slots.js';
export { Routing } from './routing.js';
