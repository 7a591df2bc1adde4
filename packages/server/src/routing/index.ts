export { routingDoors } from './doors.js';
export { Policies, type PolicyOf } from './policies.js';
export { repairSlots } from './repair-slots.js';
export { settingUpDoors } from './setting-up/doors.js';
export { Routing } from './routing.js';
export { wrapUps } from './wrap-up.js';
