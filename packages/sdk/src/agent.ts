export * from './agent-client.js';
export * from './agent-conversation.js';
export type { ConnectionState } from './connection.js';
export type { Unsubscribe } from './emitter.js';
export * from './errors.js';
export type { Outgoing, SendState } from './outbox.js';
export type { Setup } from './setup.js';
