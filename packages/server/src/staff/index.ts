export { staffDoors } from './doors.js';
export { meView, visibilityOf } from './rules.js';
export { sessionDays } from './sign-in.js';
export { countSlots, hasRoom, limitOf } from './slots.js';
export { type NewMember, Staff } from './staff.js';
export type { Slot, StaffMember } from './store.js';
