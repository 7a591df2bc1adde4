export { Contacts, type SignedIdentity } from './contacts.js';
export { contactView, normalAddress, provenAddress } from './rules.js';
export type { Contact, Identity } from './store.js';
