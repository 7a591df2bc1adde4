import type { Actor, Envelope, Opening } from '@helpline/protocol';
import { type Contacts, checkMayWrite } from '../../../contacts/index.js';
import type { Appended, Journal } from '../../../journal/index.js';
import { DeskError, notFound } from '../../../platform/errors.js';
import { derivedId } from '../../../platform/ids.js';
import { type Visibility, visibleFilter } from '../../../platform/visibility.js';
import type { Attach, Uploads } from '../../../uploads/index.js';
import type { Workspaces } from '../../../workspaces/index.js';
import type { MailStore } from '../store.js';
import { say } from '../texts.js';
import type { Unsubscribing } from '../unsubscribing.js';
import { addressed } from './plan.js';

interface Parts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
  workspaces: Pick<Workspaces, 'teamOfInbox'>;
  uploads: Uploads;
  unsubscribing: Unsubscribing;
}

export interface FirstMail {
  inboxId: string;
  clientId: string;
  author: Actor;
  text: string;
  envelope: Envelope;
  attachments?: Attach['attachments'];
  from?: string | undefined;
}

/** Writes to somebody first, from one of our mailboxes. Throws `not_found`, `no_recipient`, `do_not_contact`, `unprocessable`. */
export async function startConversation(
  { store, journal, contacts, workspaces, uploads, unsubscribing }: Parts,
  visibility: Visibility,
  { inboxId, clientId, author, text, envelope, attachments, from }: FirstMail,
): Promise<Appended> {
  const mailbox = await store.mailboxes.findOne({ inboxId, ...visibleFilter(visibility) });
  if (!mailbox) throw notFound();
  const { workspaceId, brandId } = mailbox;
  const people = addressed(await store.ownAddresses(workspaceId), envelope);
  const [first] = people.to;
  if (!first) throw new DeskError('no_recipient');
  const everybody = [...people.to, ...people.cc, ...people.bcc].map(({ address }) => address);
  await checkMayWrite(contacts, workspaceId, everybody);
  if (envelope.bulk) checkMayUnsubscribe(unsubscribing.link(workspaceId, first.address), everybody);
  const contact = await contacts.meetByMail(workspaceId, first.address, first.name);
  const teamId = await workspaces.teamOfInbox(inboxId);
  const opening: Opening = { workspaceId, brandId, inboxId, teamId, contactId: contact._id, channel: 'email' };
  const conversationId = derivedId('outbound', workspaceId, clientId);
  const files = await uploads.attach({ workspaceId, agentId: author.id, conversationId, clientId, text, attachments });
  return journal.append({
    conversationId,
    clientId,
    body: [inboxId, text, envelope, ...(files.attachments?.map(({ fileId, inline }) => [fileId, inline]) ?? [])],
    kind: 'decision',
    from,
    rule(state) {
      if (state) throw new DeskError('conflict');
      const payload = { channel: 'email', text, ...files, envelope: { ...envelope, ...people }, opening } as const;
      return { type: 'message', audience: 'public', actor: author, payload, workspaceId };
    },
  });
}

/** The link in one of many alike mails is about one person. */
function checkMayUnsubscribe(link: string | null, recipients: string[]): void {
  if (link === null) throw new DeskError('unprocessable', { detail: say('unsubscribe.no_address') });
  if (recipients.length > 1) throw new DeskError('unprocessable', { detail: say('unsubscribe.one') });
}
