import { may } from '@helpline/protocol';
import { derivedId } from '../../../platform/ids.js';
import { canSee } from '../../../platform/visibility.js';
import { visibilityOf } from '../../../staff/index.js';
import { isOwnAddress } from '../own-address.js';
import type { Chosen } from '../store.js';
import type { Arrival, TakeInParts } from './arrival.js';
import { isAddress } from './author.js';
import { signedIn } from './thread.js';

/**
 * What an agent wrote in his own mail program: a customer's mail that he passes on, or an answer in a conversation that
 * he names by an id of ours and may see. Null for everybody else, and for everybody who only says that he is an agent.
 */
export async function asAgent(
  parts: TakeInParts,
  { mailbox, mail, sender, own, key }: Arrival,
  authenticity: Chosen['authenticity'],
): Promise<Chosen | null> {
  if (!sender || authenticity !== 'verified' || mail.class !== 'human') return null;
  const signed = signedIn(parts.hmacKey, mail);
  if (!mail.forward && signed.length === 0) return null;
  const member = await parts.staff.memberByEmail(mailbox.workspaceId, sender.address);
  if (!member || !may(member.role, 'conversation.answer')) return null;
  const agent = { id: member._id, name: member.name };
  const visibility = visibilityOf(member);
  const author = mail.forward?.from;
  if (author && isAddress(author.address) && !isOwnAddress(own, author.address)) {
    if (!canSee(visibility, { ...mailbox, teamId: null })) return null;
    const contact = await parts.contacts.meetByMail(mailbox.workspaceId, author.address, author.name);
    const conversationId = derivedId('mail', mailbox._id, key);
    return {
      ...{ conversationId, opens: true, contactId: contact._id, proves: false },
      ...{ authenticity: 'unknown', agent: { ...agent, does: 'passes_on' } },
    };
  }
  for (const conversationId of new Set(signed)) {
    const state = await parts.journal.state(conversationId);
    if (!state || state.brandId !== mailbox.brandId || !canSee(visibility, state)) continue;
    const { contactId } = state;
    return {
      ...{ conversationId, opens: false, contactId, proves: false },
      ...{ authenticity, agent: { ...agent, does: 'answers' } },
    };
  }
  return null;
}
