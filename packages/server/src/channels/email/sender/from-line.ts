import type { MailAddress, MailHead } from '@helpline/protocol';
import { normalAddress } from '../../../contacts/index.js';
import type { Mailbox } from '../store.js';

/** The alias of the mailbox that the customer wrote to; else the mailbox's own address. */
export function ownAddressFor(
  address: string,
  aliases: readonly string[],
  answers: Pick<MailHead, 'to' | 'cc'> | null,
): string {
  const own = new Set([address, ...aliases]);
  const written = [...(answers?.to ?? []), ...(answers?.cc ?? [])].map((one) => normalAddress(one.address));
  return written.find((one) => own.has(one)) ?? address;
}

/** Who customers read as sender. */
export function senderName(
  sender: 'mailbox' | 'agent',
  { displayName, agent, brand }: Pick<Mailbox, 'displayName'> & { agent: string | undefined; brand: string },
): string {
  return sender === 'agent' && agent ? `${agent} via ${brand}` : displayName;
}

/** The signature with the names it asks for. */
export const signatureFor = (signature: string, names: { agent: string | undefined; brand: string }): string =>
  signature.replace(/\{(agent|brand)\}/g, (_, name: 'agent' | 'brand') => names[name] ?? '').trim();

/** A line of a head is one line, whatever somebody put into it. */
export const oneLine = (value: string): string => value.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

export const oneLineEach = (people: readonly MailAddress[]): MailAddress[] =>
  people.map(({ address, name }) => ({ address: oneLine(address), name: oneLine(name) }));
