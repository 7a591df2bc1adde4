export { Contacts, type SignedIdentity } from './contacts.js';
export { checkMayWrite } from './may-write.js';
export { addressForAnswers, contactView, normalAddress } from './rules.js';
export type { Contact, Identity, Trouble } from './store.js';
