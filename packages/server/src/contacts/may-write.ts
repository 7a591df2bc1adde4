import { DeskError } from '../platform/errors.js';
import type { Contacts } from './contacts.js';

/** Throws `do_not_contact` with the addresses that nothing may be sent to. */
export async function checkMayWrite(contacts: Contacts, workspaceId: string, addresses: string[]): Promise<void> {
  const refusing = await contacts.refusing(workspaceId, addresses);
  if (refusing.length > 0) throw new DeskError('do_not_contact', { detail: refusing.join(', ') });
}
