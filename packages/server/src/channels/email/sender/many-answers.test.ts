import { expect, test } from 'vitest';
import { receive } from '../../../conversations/index.js';
import { newId } from '../../../platform/ids.js';
import { sendingOf } from '../sending-settings.js';
import { brandId, EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesideServer } from '../testing/for-each-test.js';
import type { RoughSmtp } from '../testing/rough-smtp.js';

const waiting = { timeout: 15_000 };
let ground: Ground;
let desk: EmailDesk;
let smtp: RoughSmtp;

layBesideServer('many-answers', (laid) => ({ smtp, ground, desk } = laid), {
  smtpConnections: 2,
  retryMs: Array(50).fill(50),
});

test('two nodes send every answer once, by the few connections that each may have', async () => {
  const other = await new EmailDesk(ground, { smtpConnections: 2 }).start();
  await answerAll([desk, other], 30);
  const outcomes = await desk.outcomes(30);
  expect(outcomes.map(({ state }) => state)).toEqual(outcomes.map(() => 'sent'));
  expect(smtp.recipients.toSorted()).toEqual(addresses(30));
  expect(smtp.connections).toBeLessThanOrEqual(4);
});

test('a server that ends connections and refuses some for now gets every answer once', async () => {
  smtp.mailsAConnection = 3;
  smtp.connectionsAtOnce = 1;
  for (const at of ['MAIL', 'RCPT', 'DATA', 'end'] as const) smtp.whims.push({ at, does: '451 4.3.0 Later' });
  await answerAll([desk], 20);
  const outcomes = await desk.outcomes(20);
  expect(outcomes.map(({ state }) => state)).toEqual(outcomes.map(() => 'sent'));
  expect(new Set(smtp.recipients)).toEqual(new Set(addresses(20)));
});

test('a mailbox that may send one mail a minute sends one, and the others wait without a try', async () => {
  const { mailboxes, deliveries } = ground.store;
  await mailboxes.updateOne({}, { $set: { sending: { ...sendingOf({}), mailsAMinute: 1 } } });
  await answerAll([desk], 4);
  const later = { state: 'queued' as const, tries: 0, dueAt: { $gt: new Date(Date.now() + 30_000) } };
  await expect.poll(() => deliveries.countDocuments(later), waiting).toBe(3);
  await expect.poll(() => smtp.mails.length, waiting).toBe(1);
});

async function answerAll(desks: EmailDesk[], count: number): Promise<void> {
  const answering = addresses(count).map(async (address, i) => {
    await desks[i % desks.length]?.answer(await writes(address), `Hello ${address}`);
  });
  await Promise.all(answering);
}

const addresses = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `customer${i}@customers.example`).toSorted();

async function writes(address: string): Promise<string> {
  const conversationId = newId();
  const head = { messageId: `<${conversationId}@customers.example>`, subject: 'Tea', to: [], cc: [], references: [] };
  const mail = { ...head, from: { address, name: '' }, replyTo: null, date: null, mailClass: 'human' as const };
  const contactId = `contact-${address}`;
  await receive(desk.parts.journal, {
    conversationId,
    clientId: `test:${newId()}`,
    author: { kind: 'contact', id: contactId },
    message: { channel: 'email', text: 'Hello', mail },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId, channel: 'email' },
  });
  return conversationId;
}
