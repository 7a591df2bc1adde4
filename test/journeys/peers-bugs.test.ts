import type { AgentClient, AgentConversation } from '@helpline/sdk/agent';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startProxy, type TcpProxy } from '../torture/proxy/tcp-proxy.js';
import { Browsers } from './support/browser.js';
import { Chatter } from './support/chatter.js';
import { agentAt, everyOpen } from './support/desk.js';
import { House } from './support/house.js';
import { VisitorInShop } from './support/visitor.js';

/*
 * Bugs that other desks had at exactly what Helpline promises, each under its number there; those of mail and routing
 * are beside their rooms.
 */

let house: House;
let browsers: Browsers;
let proxy: TcpProxy;
let ana: AgentClient;

const soon = { timeout: 40_000, interval: 100 };

beforeAll(async () => {
  [house, browsers] = await Promise.all([
    House.start({ env: { HELPLINE_RATE_EXEMPT: '127.0.0.1' } }),
    Browsers.start(),
  ]);
  proxy = await startProxy({ port: Number(new URL(house.ready.url).port) });
  ana = await agentAt(house, 'Ana');
});
afterAll(async () => {
  ana?.close();
  await browsers?.close();
  await Promise.all([proxy?.close(), house?.end()]);
});
beforeEach((context) => browsers.photographIfFailing(context));

test('Rocket.Chat #36023: the widget sends, but its link brings no answer any more', async () => {
  const { pathname } = new URL(house.ready.demo);
  const visitor = await VisitorInShop.enter(await browsers.openFor('the visitor'), house, `${proxy.url}${pathname}`);
  await visitor.openChat();
  await visitor.send('Do you have blue tulips?');
  const conversation = await conversationSaying('Do you have blue tulips?');
  for (const link of proxy.connections) link.drop('down');
  await visitor.send('Or red ones?');
  await expect.poll(() => textsOf(conversation), soon).toEqual(['Do you have blue tulips?', 'Or red ones?']);
  conversation.reply('Red ones, yes.');
  await expect
    .poll(() => visitor.bubbles(), soon)
    .toEqual(['Do you have blue tulips?', 'Or red ones?', 'Red ones, yes.']);
  await expect.poll(() => visitor.page.locator('helpline-chat .message[data-state=pending]').count(), soon).toBe(0);
  expect(textsOf(conversation)).toEqual(['Do you have blue tulips?', 'Or red ones?', 'Red ones, yes.']);
});

test("Chatwoot #14934: an agent whose link was away answers without having seen a colleague's answer", async () => {
  const carla = await chatting('Carla');
  const ben = await agentAt(house, 'Ben', proxy.url);
  const seenByBen = await ben.open((await conversationSaying('Carla says 1')).id);
  await expect.poll(() => textsOf(seenByBen), soon).toEqual(['Carla says 1']);
  proxy.refuseNewConnections();
  proxy.cut();
  await expect.poll(() => ben.state, soon).toBe('reconnecting');
  const seenByAna = await conversationSaying('Carla says 1');
  seenByAna.reply('We open at nine.');
  await expect.poll(() => textsOf(seenByAna), soon).toHaveLength(2);
  const blind = seenByBen.reply('We open at ten.');
  proxy.heal();
  await expect.poll(() => blindly(seenByBen, blind.clientId), soon).toEqual(['failed', 'stale']);
  expect(textsOf(seenByBen)).toEqual(['Carla says 1', 'We open at nine.']);
  expect(carla.client.entries.flatMap((entry) => ('text' in entry ? [entry.text] : []))).not.toContain(
    'We open at ten.',
  );
  ben.close();
  carla.client.close();
});

async function chatting(name: string): Promise<Chatter> {
  const chatter = new Chatter(house, name);
  await chatter.client.connect();
  await chatter.chat(1);
  return chatter;
}

/** The conversation as Ana has it open, as soon as it is in her list. */
async function conversationSaying(text: string): Promise<AgentConversation> {
  const find = async () => (await everyOpen(ana)).find(({ preview }) => preview.text.includes(text));
  await expect.poll(find, soon).toBeTruthy();
  const found = await find();
  const conversation = await ana.open(found?.id ?? '');
  await expect.poll(() => conversation.entries.length, soon).toBeGreaterThan(0);
  return conversation;
}

const textsOf = ({ entries }: AgentConversation): string[] =>
  entries.flatMap(({ payload }) => (payload && 'text' in payload ? [payload.text ?? ''] : []));

function blindly({ outgoing }: AgentConversation, clientId: string) {
  const item = outgoing.find((one) => one.clientId === clientId);
  return [item?.state, item?.error?.code];
}
