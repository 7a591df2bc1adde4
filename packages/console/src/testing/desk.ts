import '../app.js';
import type { ConsoleApp } from '../app.js';
import { Store } from '../store.js';
import { FakeClient } from './fake-client.js';
import { FakeConversation } from './fake-conversation.js';
import { anasChat } from './people.js';

export interface Desk {
  app: ConsoleApp;
  client: FakeClient;
}

/** Puts the console on the page, at an address, with what the test says of the server. */
export function openDesk(client = new FakeClient(), hash = ''): Desk {
  location.hash = hash;
  const app = document.createElement('console-app');
  app.store = new Store(client);
  document.body.append(app);
  return { app, client };
}

/** The console with Ana's conversation open. */
export async function openAnasChat(
  entries: FakeConversation['entries'],
  given: Parameters<typeof anasChat>[0] = {},
): Promise<Desk & { chat: FakeConversation }> {
  const client = new FakeClient();
  const chat = client.add(new FakeConversation(anasChat({ seq: entries.length, ...given }), entries));
  const desk = openDesk(client, '#/conversations/anas-chat');
  await until(() => find(desk, 'console-composer textarea') !== null);
  return { ...desk, chat };
}

export function closeDesks(): void {
  for (const app of document.querySelectorAll('console-app')) app.remove();
  localStorage.clear();
  location.hash = '';
}

/** Every match on the screen, through all the parts the console is made of: "selector", or "part selector". */
function findAll({ app }: Pick<Desk, 'app'>, selector: string): HTMLElement[] {
  const [part, inPart] = selector.startsWith('console-') ? selector.split(/ (.*)/) : [null, selector];
  const roots = allRoots(app).filter((root) => !part || root.host.matches(part));
  return roots.flatMap((root) => [...root.querySelectorAll<HTMLElement>(inPart ?? ':scope > *')]);
}

export const find = (desk: Pick<Desk, 'app'>, selector: string): HTMLElement | null =>
  findAll(desk, selector)[0] ?? null;

export function get(desk: Pick<Desk, 'app'>, selector: string): HTMLElement {
  const found = find(desk, selector);
  if (!found) throw new Error(`There is no ${selector} on the screen.`);
  return found;
}

/** A button or link by what it says. */
export function control(desk: Pick<Desk, 'app'>, name: string): HTMLElement {
  const match = [...findAll(desk, 'button'), ...findAll(desk, 'a')].find(
    (one) => one.getAttribute('aria-label') === name || textOf(one) === name,
  );
  if (!match) throw new Error(`There is no "${name}" to press.`);
  return match;
}

export const textOf = (element: Element | null): string => (element?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** What each match says, top to bottom. */
export const texts = (desk: Pick<Desk, 'app'>, selector: string): string[] => findAll(desk, selector).map(textOf);

/** What has the focus, however deep it stands. */
export function deepFocus(): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused;
}

/** Puts a value into a field, as typing does. */
export function fill(field: HTMLElement, value: string): void {
  if (
    !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)
  )
    throw new Error('This is not a field.');
  field.value = value;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

export async function until(condition: () => boolean): Promise<void> {
  const givenUp = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > givenUp) throw new Error(`It never became so: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function allRoots(element: Element): ShadowRoot[] {
  const root = element.shadowRoot;
  if (!root) return [];
  return [root, ...[...root.querySelectorAll('*')].flatMap(allRoots)];
}
