import '../index.js';
import type { VisitorEntry } from '@helpline/protocol';
import type { HelplineChat } from '../helpline-chat.js';
import { FakeClient } from './fake-client.js';

export interface Chat {
  element: HelplineChat;
  client: FakeClient;
}

/** Puts a chat on the page, with what the test says of its client. */
export async function mountChat(set: Partial<FakeClient> = {}, attributes: Record<string, string> = {}): Promise<Chat> {
  const client = Object.assign(new FakeClient(), set);
  const element = document.createElement('helpline-chat');
  for (const [name, value] of Object.entries({ locale: 'en', ...attributes })) element.setAttribute(name, value);
  element.client = client;
  document.body.append(element);
  await element.updateComplete;
  return { element, client };
}

/** A chat whose panel the visitor has opened. */
export async function openChat(set: Partial<FakeClient> = {}, attributes: Record<string, string> = {}): Promise<Chat> {
  const chat = await mountChat(set, attributes);
  await chat.element.show();
  await until(() => chat.client.session !== null && chat.client.entries.length >= chat.client.history.length);
  await chat.element.updateComplete;
  return chat;
}

export function removeChats(): void {
  for (const element of document.querySelectorAll('helpline-chat')) element.remove();
  localStorage.clear();
}

export const find = <E extends HTMLElement = HTMLElement>({ element }: Chat, selector: string): E | null =>
  element.renderRoot.querySelector<E>(selector);

export function get<E extends HTMLElement = HTMLElement>(chat: Chat, selector: string): E {
  const found = find<E>(chat, selector);
  if (!found) throw new Error(`There is no ${selector} in the chat.`);
  return found;
}

/** What can be read in a part of the chat, as one line. */
export const read = (chat: Chat, selector: string): string => {
  const found = find(chat, selector);
  return (found?.textContent ?? '').replace(/\s+/g, ' ').trim();
};

/** What each message says, top to bottom. */
export const bubbles = ({ element }: Chat): string[] =>
  [...element.renderRoot.querySelectorAll('.bubble')].map((bubble) => bubble.textContent?.trim() ?? '');

export const focused = ({ element }: Chat): string => element.shadowRoot?.activeElement?.id ?? '';

export async function until(condition: () => boolean): Promise<void> {
  const givenUp = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > givenUp) throw new Error(`It never became so: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Nobody is there until some day. */
export const closed = { isOpen: false, opensAt: '2099-01-05T09:00:00Z', asksForMessage: true };

export async function leaveMessage(chat: Chat, text: string, address: string, name = ''): Promise<void> {
  const fill = (selector: string, value: string) => {
    const field = get<HTMLInputElement>(chat, selector);
    field.value = value;
    field.dispatchEvent(new Event('input'));
  };
  fill('#input', text);
  fill('#leave-address', address);
  fill('#leave-name', name);
  await chat.element.updateComplete;
  get(chat, '.leave-send').click();
}

/** What an earlier visit left: a question of the visitor and Ana's answer. */
export function earlierVisit(): VisitorEntry[] {
  const client = new FakeClient();
  client.send('Are tulips in?');
  client.confirm();
  client.receive('Ana', 'Yes, since this morning.');
  return client.entries;
}
