export { type MailAccount, type MailWorld, type MailWorldOptions, startMailWorld } from './mail-world.js';
