import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandId, EmailDesk, Ground, workspaceId } from '../channels/email/testing/email-desk.js';
import { RoughSmtp } from '../channels/email/testing/rough-smtp.js';
import { receive } from '../conversations/index.js';
import { newId } from '../platform/ids.js';
import { settleMails } from './restored.js';

const hour = 60 * 60 * 1000;
let ground: Ground;
let smtp: RoughSmtp;
let desk: EmailDesk;
beforeAll(async () => {
  smtp = await RoughSmtp.start();
  ground = await Ground.lay('restored');
  await ground.addMailbox(smtp.port);
  desk = await new EmailDesk(ground, { retryMs: [hour] }).start();
});
afterAll(async () => {
  await desk?.stop();
  await ground?.close();
  smtp?.stop();
});

async function anaWrites(): Promise<string> {
  const conversationId = newId();
  const from = { address: 'ana@customers.example', name: 'Ana' };
  const mail = { from, subject: 'Tea', to: [], cc: [], replyTo: null, date: null, mailClass: 'human', references: [] };
  await receive(desk.parts.journal, {
    conversationId,
    clientId: `test:${newId()}`,
    author: { kind: 'contact', id: 'ana' },
    message: { channel: 'email', text: 'Hello', mail: { ...mail, messageId: `<${newId()}@customers.example>` } },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: 'ana', channel: 'email' },
  });
  return conversationId;
}

const deliveries = () => ground.store.deliveries;

test('what waits in a backup is never sent by itself: the first node says that it is not known', async () => {
  await desk.answer(await anaWrites(), 'Sent before the backup');
  await desk.outcomes(1);
  smtp.whims.push({ at: 'MAIL', does: '451 4.3.0 Later' });
  await desk.answer(await anaWrites(), 'Waits for the next try');
  await expect.poll(() => deliveries().countDocuments({ state: 'queued', tries: 1 })).toBe(1);
  await expect(settleMails(ground.db)).rejects.toThrow('A node is running');
  await desk.stop();
  await desk.answer(await anaWrites(), 'Written in the last moment');

  expect(await settleMails(ground.db)).toBe(2);
  await deliveries().updateMany({}, { $set: { dueAt: new Date(0) } }); // an hour later
  desk = await new EmailDesk(ground).start();
  expect((await desk.outcomes(3)).map(({ state }) => state).sort()).toEqual(['sent', 'unknown', 'unknown']);
  await desk.answer(await anaWrites(), 'Written after the restore');
  expect((await desk.outcomes(4)).filter(({ state }) => state === 'sent')).toHaveLength(2);
  expect(smtp.mails).toHaveLength(2);
});
