import { HelplineError } from '@helpline/sdk';
import type { AgentClient, AgentConversation } from '@helpline/sdk/agent';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Contacts } from '../contacts/index.js';
import { type House, openHouse, textsOf } from '../testing/house.js';

const carl = 'carl@elsewhere.example';
const waiting = { timeout: 10_000 };
let house: House;
let ana: AgentClient;
let chat: AgentConversation;

beforeAll(async () => {
  house = await openHouse('may-write');
  const contact = await new Contacts(house.db).meetByMail('tulip-house', carl, 'Carl');
  await new Contacts(house.db).setDoNotContact(contact._id, true);
  const visitor = await house.visitor('tulips');
  visitor.send('Hello');
  ana = await house.signIn('ana');
  chat = await vi.waitFor(async () => {
    const [listed] = (await ana.list({ view: 'open' })).items;
    return ana.open(listed?.id ?? '');
  }, waiting);
});
afterAll(() => house.close());

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof HelplineError ? error.code : String(error)),
  );

test('an answer by mail to whoever wants to hear nothing is refused, and its author reads to whom', async () => {
  const refused = chat.reply('For Carl too', { to: ['flora@tulips.example'], cc: [carl.toUpperCase()] });
  await expect
    .poll(() => chat.outgoing.find(({ clientId }) => clientId === refused.clientId)?.error?.problem, waiting)
    .toMatchObject({ code: 'do_not_contact', detail: carl });
  chat.discard(refused.clientId);
});

test('the customer of a conversation can be marked so; what he asks in the chat is still answered there', async () => {
  await chat.setDoNotContact(true);
  expect(chat.conversation?.contact.doNotContact).toBeDefined();
  chat.reply('Here you are');
  await expect
    .poll(() => textsOf(chat.entries.map(({ payload, type }) => ({ ...payload, type }))), waiting)
    .toContain('Here you are');
  await chat.setDoNotContact(false);
  expect(chat.conversation?.contact.doNotContact).toBeUndefined();
});

test('what nobody sends to is refused: a chat inbox is no mailbox, and an answer in the chat is called back by nobody', async () => {
  const mail = { clientId: 'c1', to: [carl], subject: 'Tulips', text: 'Hello' };
  expect(await codeOf(ana.compose({ ...mail, inboxId: 'tulips-chat' }))).toBe('not_found');
  expect(await codeOf(chat.forward({ of: 1, to: [carl], text: '' }))).toBe('do_not_contact');
  expect(await codeOf(chat.callBack(2))).toBe('too_late');
  expect(await chat.recipients()).toEqual({ to: [], cc: [], participants: [] });
});
