export { routingDoors } from './doors.js';
export { moveDoors } from './moves/doors.js';
export { HandBacks } from './moves/hand-back.js';
export { wakeDue } from './moves/wake-due.js';
export { Policies, type PolicyOf } from './policies.js';
export { repairSlots } from './repair-slots.js';
export { Routing } from './routing.js';
export { settingUpDoors } from './setting-up/doors.js';
export { wrapUps } from './wrap-up.js';
