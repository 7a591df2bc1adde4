export { followUpDoors } from './doors.js';
export { FollowUps } from './follow-ups.js';
