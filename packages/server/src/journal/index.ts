export type { Append, Appended } from './append.js';
export { type Draft, type Entry, isCustomer, isKnown, type MessageEntry } from './entry.js';
export type { ConversationState, FollowUp } from './fold.js';
export type { Consumer, EntryRef } from './follower.js';
export { Journal, type SyncPage } from './journal.js';
export { type Line, lineNamed, turnOf } from './queue.js';
export type { Examined, Finding, RepairOptions } from './repair.js';
