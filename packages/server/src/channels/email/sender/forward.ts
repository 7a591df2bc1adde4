import type { Actor, Attachment, Envelope } from '@helpline/protocol';
import { type Contacts, checkMayWrite } from '../../../contacts/index.js';
import type { Appended, Journal } from '../../../journal/index.js';
import { DeskError, notFound } from '../../../platform/errors.js';
import type { MailStore } from '../store.js';
import { isMessage } from './forward-letter.js';
import { addressed } from './plan.js';

interface Parts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
}

export interface Forward {
  conversationId: string;
  clientId: string;
  author: Actor;
  /** The number of the message. */
  of: number;
  text: string;
  envelope: Envelope;
  attachments?: Attachment[];
  from?: string | undefined;
}

/** Sends a message on to somebody else. Throws `not_found`, `no_recipient`, `do_not_contact`. */
export async function forward(
  { store, journal, contacts }: Parts,
  { conversationId, clientId, author, of, text, envelope, attachments, from }: Forward,
): Promise<Appended> {
  const [original] = (await journal.sync(conversationId, 'everything', of - 1, 1)).entries;
  if (original?.seq !== of || !isMessage(original)) throw notFound();
  const people = addressed(await store.ownAddresses(original.workspaceId), envelope);
  if (people.to.length === 0) throw new DeskError('no_recipient');
  const everybody = [...people.to, ...people.cc, ...people.bcc].map(({ address }) => address);
  await checkMayWrite(contacts, original.workspaceId, everybody);
  return journal.append({
    conversationId,
    clientId,
    body: [of, text, envelope, ...(attachments?.map(({ fileId }) => fileId) ?? [])],
    kind: 'decision',
    from,
    rule(state) {
      if (!state) throw notFound();
      const payload = { of, text, envelope: { ...envelope, ...people }, ...(attachments ? { attachments } : {}) };
      return { type: 'forwarded', audience: 'internal', actor: author, payload };
    },
  });
}
