export type { ConnectionState } from './connection.js';
export type { Unsubscribe } from './emitter.js';
export * from './errors.js';
export type { Outgoing, SendState } from './outbox.js';
export type { KeyValue } from './shelf.js';
export * from './visitor-client.js';
