import type { Contacts } from '../../contacts/index.js';
import { type ConversationStore, triage } from '../../conversations/index.js';
import type { ConversationState, Journal } from '../../journal/index.js';
import { DeskError } from '../../platform/errors.js';
import { routingActor } from '../giving-out/claim.js';
import { oneStepUp } from './one-step-up.js';

interface Parts {
  journal: Journal;
  contacts: Contacts;
  conversations: ConversationStore;
}

const atMost = 200;

/** What he begins comes one step earlier from now on, and so does what is open of his, once. */
export async function setVip({ journal, contacts, conversations }: Parts, contactId: string, vip: boolean) {
  await contacts.setVip(contactId, vip);
  if (!vip) return;
  const open = { contactId, status: { $in: ['open', 'pending', 'snoozed'] } } as const;
  const found = await conversations.page({ ...open, status: { $in: [...open.status.$in] } }, { lastAt: -1 }, atMost);
  for (const conversation of found) await raise(journal, conversation);
}

async function raise(journal: Journal, { _id: conversationId, contactId, priority }: ConversationState) {
  const clientId = `system:vip:${contactId}`;
  const needs = { priority: oneStepUp(priority) };
  try {
    await triage(journal, { conversationId, clientId, actor: routingActor, needs });
  } catch (error) {
    const isSo = error instanceof DeskError && ['already_done', 'unprocessable', 'conflict'].includes(error.code);
    if (!isSo) throw error; // urgent already, settled meanwhile, or raised before
  }
}
