export * from './errors.js';
export * from './events.js';
export * from './limits.js';
export * from './mail-providers.js';
export * from './permissions.js';
export type { ChannelName } from './schemas/common.js';
export type * from './schemas/doors.js';
export type * from './schemas/entities.js';
export type * from './schemas/entries.js';
