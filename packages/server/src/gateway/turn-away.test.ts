import { afterAll, beforeAll, expect, test } from 'vitest';
import { askBySocket, letIn, openSocket } from '../testing/ask.js';
import { type House, openHouse, type PersonName } from '../testing/house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse('turn-away');
});
afterAll(() => house.close());

/** Somebody's live connection, and all that is told on it. */
async function listening(name: PersonName) {
  const socket = await letIn(openSocket(house.url, 'agent', { cookie: await house.cookieOf(name) }));
  const heard: unknown[] = [];
  socket.onAny((...event) => heard.push(event));
  return { socket, told: () => JSON.stringify(heard) };
}

test('who has a conversation open that goes to where he may not see it is told so, and hears no more of it', async () => {
  const [ana, ben] = await Promise.all([listening('ana'), listening('ben')]);
  const visitor = await house.visitor();
  visitor.send('My kettle is broken.');
  await expect.poll(() => visitor.conversationId).not.toBeNull();
  const conversationId = visitor.conversationId ?? '';
  for (const { socket } of [ana, ben]) await askBySocket(socket, 'conversation.watch', { conversationId });
  const write = () => ({ conversationId, clientId: crypto.randomUUID() });
  await askBySocket(ben.socket, 'conversation.transfer', { ...write(), teamId: 'repairs' });
  await expect.poll(ana.told).toContain('"gone"');
  visitor.send('The lid, to be exact.');
  await expect.poll(ben.told).toContain('The lid');
  expect(ana.told()).not.toContain('The lid');
  expect(ben.told()).not.toContain('"gone"');
  for (const { socket } of [ana, ben]) socket.close();
});
