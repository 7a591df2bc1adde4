import type { Attachment, Payloads } from '@helpline/protocol';
import type { Addressed, Writing } from '@helpline/sdk/agent';
import { addressesOf, type People, typed } from './mail/people.js';

/** What is being written. */
export interface Draft {
  kind: 'reply' | 'note';
  text: string;
  /** Null as long as it goes to whom it goes anyway. */
  people: People | null;
  /** As the field for it says, in local time; empty for now. */
  sendAt: string;
}

/** What was written before, with its files, to be written on. */
export interface Rewritten extends Draft {
  attachments: readonly Attachment[];
}

export const emptyDraft: Draft = { kind: 'reply', text: '', people: null, sendAt: '' };

export function draftOf(writing: Writing): Rewritten {
  const { kind, text, attachments = [] } = writing;
  if (kind === 'note') return { ...emptyDraft, kind, text, attachments };
  const { to, cc = [], bcc = [], sendAt } = writing;
  const people = to ? { to: to.join(', '), cc: cc.join(', '), bcc: bcc.join(', ') } : null;
  return { kind, text, people, sendAt: sendAt ? localTime(sendAt) : '', attachments };
}

/** A mail that was called back, to be written on. */
export function draftOfMail({ text, envelope, attachments = [] }: Payloads['message']): Rewritten {
  const people = envelope?.to.length
    ? { to: typed(envelope.to), cc: typed(envelope.cc), bcc: typed(envelope.bcc) }
    : null;
  return { kind: 'reply', text, people, sendAt: envelope?.sendAt ? localTime(envelope.sendAt) : '', attachments };
}

/** Whom it goes to and when, as the server is told. */
export function addressedBy({ people, sendAt }: Draft): Addressed {
  return {
    ...(people ? addressesOf(people) : {}),
    ...(sendAt ? { sendAt: new Date(sendAt).toISOString() } : {}),
  };
}

/** As a field of type datetime-local has it. */
export function localTime(instant: string): string {
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
