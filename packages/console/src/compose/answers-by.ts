import type { ChannelName } from '@helpline/protocol';
import type { OpenConversation } from '../client.js';
import { isCustomer } from '../entries/context.js';
import { t } from '../texts.js';

/** An answer goes back the way the customer wrote last. */
export function answersGoBy({ entries, conversation }: OpenConversation): ChannelName | undefined {
  const last = entries.findLast((entry) => entry.type === 'message' && isCustomer(entry.actor));
  return last?.type === 'message' ? last.payload.channel : conversation?.channel;
}

/** Whoever was in the chat reads answers there at once. */
export const wasInChat = ({ entries }: OpenConversation): boolean =>
  entries.some((entry) => entry.type === 'message' && isCustomer(entry.actor) && entry.payload.channel === 'chat');

export function sayWhere(open: OpenConversation): string {
  const { conversation } = open;
  if (!conversation) return '';
  const { address, proof } = conversation.contact;
  if (answersGoBy(open) === 'email') return t('console.compose.by_mail', { address: address ?? '—' });
  const canMail = address !== null && proof !== 'none';
  return canMail ? t('console.compose.by_chat_or_mail', { address }) : t('console.compose.by_chat');
}
