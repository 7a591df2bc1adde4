export { Chat } from './chat.js';
export { chatDoors } from './doors.js';
