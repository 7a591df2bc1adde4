export { uploadDoors } from './doors.js';
export { type Attach, Uploads } from './uploads.js';
