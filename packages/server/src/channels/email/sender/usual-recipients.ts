import type { Journal, MessageEntry } from '../../../journal/index.js';
import { type Recipients, recipientsOf } from '../recipients.js';
import type { MailStore } from '../store.js';
import { lastMailOf } from './last-mail.js';

/** Whom an answer before number `before` goes to by mail, where its author says nothing else. */
export async function usualRecipients(
  { journal, store }: { journal: Journal; store: MailStore },
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
  before: number,
): Promise<Recipients> {
  const mail = (await lastMailOf(journal, conversationId, before))?.payload.mail;
  if (mail) return recipientsOf(mail, await store.ownAddresses(workspaceId));
  const envelope = (await firstMessage(journal, conversationId))?.payload.envelope;
  return { to: envelope?.to ?? [], cc: envelope?.cc ?? [] };
}

/** The message a conversation began with. */
export async function firstMessage(journal: Journal, conversationId: string): Promise<MessageEntry | null> {
  const [first] = (await journal.sync(conversationId, 'everything', 0, 1)).entries;
  return first?.type === 'message' ? first : null;
}
