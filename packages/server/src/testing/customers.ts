import type { Output } from '@helpline/protocol';
import { type Asker, askByHttp } from './ask.js';
import { type InboxName, inboxes, shopOrigin } from './house.js';

/** Somebody opens a chat at a node and asks something; resolves with his conversation, and him who goes on asking. */
export async function aCustomerWhoAsks(
  url: string,
  inbox: InboxName = 'tulips',
): Promise<{ conversationId: string; asker: Asker }> {
  const opening = { inbox: inboxes[inbox].publicKey };
  const opened = await askByHttp(url, 'visitor.open', opening, { origin: shopOrigin });
  const asker = { token: (opened.body as Output<'visitor.open'>).token, origin: shopOrigin };
  const begun = await askByHttp(url, 'visitor.start', { clientId: 'c1', text: 'Hello' }, asker);
  return { conversationId: (begun.body as Output<'visitor.start'>).conversationId, asker };
}

/** Only his conversation. */
export const aCustomer = async (url: string, inbox?: InboxName): Promise<string> =>
  (await aCustomerWhoAsks(url, inbox)).conversationId;

/** One after the other, so that it is plain who has waited longest. */
export async function customersInLine(url: string, count: number, inbox?: InboxName): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await aCustomer(url, inbox));
  return ids;
}
