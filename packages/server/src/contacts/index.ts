export { Contacts, type SignedIdentity } from './contacts.js';
export { checkMayWrite } from './may-write.js';
export { contactView, normalAddress, provenAddress } from './rules.js';
export type { Contact, Identity, Trouble } from './store.js';
