export * from './schemas/common.js';
export * from './schemas/doors.js';
export * from './schemas/entities.js';
export * from './schemas/entries.js';
export * from './schemas/people.js';
export * from './schemas/presence.js';
export * from './schemas/routing.js';
