import type { Actor } from '@helpline/protocol';
import { type Incoming, note, receive } from '../../../conversations/index.js';
import type { Entry } from '../../../journal/index.js';
import type { Chosen } from '../store.js';
import type { Arrival, TakeInParts } from './arrival.js';
import { writeMessage } from './message.js';
import { passedOn } from './passed-on.js';

/**
 * Writes the mail into the conversation that was chosen: once, however often it is tried. Where it was chosen just now,
 * nobody can have tried before.
 */
export async function append(parts: TakeInParts, arrival: Arrival, chosen: Chosen): Promise<Entry> {
  const { conversationId } = chosen;
  const clientId = `mail:${arrival.mailbox._id}:${arrival.key}`;
  const before = arrival.line.chosen ? await parts.journal.entryByClientId(conversationId, clientId) : null;
  const entry = before ?? (await receive(parts.journal, await incoming(parts, arrival, chosen, clientId))).entry;
  const said = arrival.mail.forward?.note;
  if (chosen.agent?.does === 'passes_on' && said)
    await note(parts.journal, {
      conversationId,
      clientId: `${clientId}:note`,
      author: agentOf(chosen.agent),
      text: said,
    });
  return entry;
}

async function incoming(parts: TakeInParts, arrival: Arrival, chosen: Chosen, clientId: string): Promise<Incoming> {
  const { mailbox, line, read } = arrival;
  const { conversationId, contactId, agent, opens, follows, authenticity, newSubject } = chosen;
  const { workspaceId, brandId, inboxId } = mailbox;
  const told = { authenticity, ...(newSubject ? { newSubject } : {}) };
  const opening = {
    ...{ workspaceId, brandId, inboxId, contactId, channel: 'email' as const },
    ...(follows ? { follows } : {}),
  };
  if (agent?.does === 'answers') {
    const message = await writeMessage(parts.blobs, mailbox, line, read, told);
    const state = await parts.journal.state(conversationId);
    const channel = state?.lastCustomerMessage?.channel ?? state?.channel ?? 'email';
    return { conversationId, clientId, author: agentOf(agent), message: { ...message, channel } };
  }
  const mail = agent ? passedOn(arrival.mail) : arrival.mail;
  const forwardedBy = agent && arrival.sender ? { forwardedBy: arrival.sender } : {};
  const message = await writeMessage(parts.blobs, mailbox, line, { ...read, mail }, { ...told, ...forwardedBy });
  const author = await customer(parts, contactId, agent ? mail.from : arrival.sender);
  if (!opens) return { conversationId, clientId, author, message };
  const ofTeam = { ...opening, teamId: await parts.workspaces.teamOfInbox(inboxId) };
  const begun = { ...ofTeam, ...(await parts.openingPriority(ofTeam)) };
  return { conversationId, clientId, author, message, opening: begun, begins: !line.chosen };
}

const agentOf = ({ id, name }: NonNullable<Chosen['agent']>): Actor => ({ kind: 'agent', id, name });

async function customer(
  { contacts }: TakeInParts,
  id: string,
  named: { address: string; name: string } | null,
): Promise<Actor> {
  const known = named?.name || (await contacts.get(id))?.name;
  const name = (known || named?.address)?.slice(0, 200);
  return { kind: 'contact', id, ...(name ? { name } : {}) };
}
