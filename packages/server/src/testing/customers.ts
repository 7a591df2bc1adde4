import type { Output } from '@helpline/protocol';
import { askByHttp } from './ask.js';
import { type InboxName, inboxes, shopOrigin } from './house.js';

/** Somebody opens a chat at a node and asks something; resolves with his conversation. */
export async function aCustomer(url: string, inbox: InboxName = 'tulips'): Promise<string> {
  const opening = { inbox: inboxes[inbox].publicKey };
  const opened = await askByHttp(url, 'visitor.open', opening, { origin: shopOrigin });
  const asker = { token: (opened.body as Output<'visitor.open'>).token, origin: shopOrigin };
  const begun = await askByHttp(url, 'visitor.start', { clientId: 'c1', text: 'Hello' }, asker);
  return (begun.body as Output<'visitor.start'>).conversationId;
}

/** One after the other, so that it is plain who has waited longest. */
export async function customersInLine(url: string, count: number, inbox?: InboxName): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) ids.push(await aCustomer(url, inbox));
  return ids;
}
