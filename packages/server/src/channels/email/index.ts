export { EmailChannel, type EmailOptions, type EmailParts } from './email-channel.js';
export type { Files, OpenedFile } from './files.js';
export { type ProviderKeys, providersOf } from './oauth/providers.js';
