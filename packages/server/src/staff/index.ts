export { staffDoors } from './doors.js';
export { peopleDoors } from './people-doors.js';
export { presenceDoors } from './presence-doors.js';
export { meView, personView, visibilityOf } from './rules.js';
export { sessionDays } from './sign-in.js';
export { countSlots } from './slots.js';
export { type NewMember, Staff } from './staff.js';
export { firstStint } from './stints.js';
export type { Slot, StaffMember } from './store.js';
