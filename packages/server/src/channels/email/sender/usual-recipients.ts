import type { Journal } from '../../../journal/index.js';
import { type Recipients, recipientsOf } from '../recipients.js';
import type { MailStore } from '../store.js';
import { correspondenceOf } from './last-mail.js';

/** Whom an answer before number `before` goes to by mail, where its author says nothing else. */
export async function usualRecipients(
  { journal, store }: { journal: Journal; store: MailStore },
  { workspaceId, conversationId }: { workspaceId: string; conversationId: string },
  before: number,
): Promise<Recipients> {
  const { first, lastMail } = await correspondenceOf(journal, conversationId, before);
  const mail = lastMail?.payload.mail;
  if (mail) return recipientsOf(mail, await store.ownAddresses(workspaceId));
  const envelope = first?.payload.envelope;
  return { to: envelope?.to ?? [], cc: envelope?.cc ?? [] };
}
