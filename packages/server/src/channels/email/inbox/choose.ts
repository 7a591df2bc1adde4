import { type Contact, normalAddress } from '../../../contacts/index.js';
import type { Chosen } from '../store.js';
import type { Arrival, TakeInParts } from './arrival.js';
import { asAgent } from './as-agent.js';
import { judgeSender } from './judge-sender.js';
import { bareSubject } from './subject.js';
import { answeredIds, findOwnMail, findThread } from './thread.js';

/** Decides whose mail it is and where it goes. */
export async function choose(parts: TakeInParts, arrival: Arrival): Promise<Chosen> {
  const { mailbox, line, mail, sender, key } = arrival;
  const authenticity = await judgeSender(parts, arrival, line.receivedAt ?? line.at);
  const asAgents = await asAgent(parts, arrival, authenticity);
  if (asAgents) return asAgents;
  const contact = await meet(parts, arrival, authenticity);
  const address = normalAddress(sender?.address ?? '');
  const thread = await findThread(parts, mailbox, { mail, sender: address, authenticity, key });
  const chosen = { ...thread, contactId: contact._id, authenticity, proves: false };
  if (thread.opens) return chosen;
  const [proves, newSubject] = await Promise.all([
    answersOnlyHim(parts, arrival, address, authenticity),
    isOfNewSubject(parts, thread.conversationId, mail.subject),
  ]);
  return { ...chosen, proves, ...(newSubject ? { newSubject } : {}) };
}

/** Whoever wrote it. A mail that names nobody is from somebody new, and so is one that is not from whom it names. */
async function meet(
  { contacts }: TakeInParts,
  { mailbox: { workspaceId }, sender }: Arrival,
  authenticity: Chosen['authenticity'],
): Promise<Contact> {
  if (!sender) return contacts.meetVisitor(workspaceId);
  const { address, name } = sender;
  return authenticity === 'failed'
    ? contacts.meetClaimed(workspaceId, address, name)
    : contacts.meetByMail(workspaceId, address, name);
}

/** To answer it he must have got our mail: that shows that the address is his, unless others got it too. */
async function answersOnlyHim(
  parts: TakeInParts,
  { mailbox, mail }: Arrival,
  address: string,
  authenticity: Chosen['authenticity'],
): Promise<boolean> {
  if (mail.class !== 'human' || authenticity === 'failed') return false;
  const answered = await findOwnMail(parts, mailbox, answeredIds(mail));
  if (!answered?.people.includes(address)) return false;
  return authenticity === 'verified' || answered.people.length === 1;
}

async function isOfNewSubject({ store }: TakeInParts, conversationId: string, subject: string): Promise<boolean> {
  const bare = bareSubject(subject);
  const before = bare === '' ? [] : await store.subjectsOf(conversationId);
  return before.length > 0 && !before.includes(bare);
}
