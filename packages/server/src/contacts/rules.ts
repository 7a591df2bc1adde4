import type { Contact as ContactView, Proof } from '@helpline/protocol';
import type { Contact, Identity } from './store.js';

const strength: Proof[] = ['none', 'cookie', 'agent', 'code', 'mail_reply', 'jwt'];

/** Whether the person has shown that the identity is his own: only then may it open or receive older history. */
const isProven = (proof: Proof): boolean => strength.indexOf(proof) >= strength.indexOf('code');

const stronger = (a: Proof, b: Proof): Proof => (strength.indexOf(a) >= strength.indexOf(b) ? a : b);

/** Mail addresses are the same whatever their case. */
export const normalAddress = (address: string): string => address.trim().toLowerCase();

const emailOf = (contact: Contact): Identity | null =>
  contact.identities.find((identity) => identity.kind === 'email') ?? null;

/** The address that may get what was said in the chat, if there is one. */
export function provenAddress(contact: Contact): string | null {
  const proven = contact.identities.find((identity) => identity.kind === 'email' && isProven(identity.proof));
  return proven?.value ?? null;
}

/** Where what is answered in the chat may go too: a proven address, else where he himself asked to be answered. */
export const addressForAnswers = (contact: Contact): string | null =>
  provenAddress(contact) ?? contact.leftAddress ?? null;

export function contactView(contact: Contact): ContactView {
  const email = emailOf(contact);
  const least = contact.claims === undefined ? 'cookie' : 'none';
  const best = contact.identities.map((identity) => identity.proof).reduce(stronger, least);
  const trouble = email?.trouble;
  return {
    id: contact._id,
    name: contact.name,
    address: email?.value ?? contact.leftAddress ?? null,
    proof: email?.proof ?? (contact.leftAddress ? 'cookie' : best),
    ...(trouble ? { mailTrouble: { kind: trouble.kind, at: trouble.at.toISOString() } } : {}),
    ...(contact.doNotContact ? { doNotContact: contact.doNotContact.toISOString() } : {}),
    ...(contact.vip ? { vip: true } : {}),
  };
}
