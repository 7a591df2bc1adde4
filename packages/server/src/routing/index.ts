export { routingDoors } from './doors.js';
export { Routing } from './routing.js';
