import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from '../../../conversations/index.js';
import { newId } from '../../../platform/ids.js';
import { brandId, EmailDesk, Ground, workspaceId } from '../testing/email-desk.js';
import { RoughSmtp } from '../testing/rough-smtp.js';

let ground: Ground;
let smtp: RoughSmtp;

beforeAll(async () => {
  smtp = await RoughSmtp.start();
  ground = await Ground.lay('sender-peers');
  await ground.addMailbox(smtp.port);
});
afterAll(async () => {
  smtp?.stop();
  await ground?.close();
});

test('FreeScout #3585, #5094, #5457: an answer that the server took without a word goes out once, however often the sender starts anew', async () => {
  smtp.whims.push({ at: 'end', does: 'hang up' });
  let desk = await new EmailDesk(ground).start();
  const conversationId = await anaWrites(desk);
  await desk.answer(conversationId, 'The answer.');
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'unknown' }]);
  for (const round of [1, 2, 3]) {
    await desk.stop();
    await ground.store.deliveries.updateMany({}, { $set: { lease: new Date(0), dueAt: new Date(0) } });
    desk = await new EmailDesk(ground).start();
    await desk.answer(conversationId, `Round ${round}.`); // once this one is out, the sender has been through
    expect((await desk.outcomes(1 + round)).at(-1)).toMatchObject({ state: 'sent' });
  }
  await desk.stop();
  expect(smtp.mails.filter((mail) => mail.includes('The answer.'))).toHaveLength(1);
  expect(smtp.mails).toHaveLength(4);
});

async function anaWrites({ parts }: EmailDesk): Promise<string> {
  const conversationId = newId();
  const from = { address: 'ana@customers.example', name: 'Ana' };
  const contact = await parts.contacts.meetByMail(workspaceId, from.address, from.name);
  const mail = { messageId: '<1@a>', subject: 'Tea', from, to: [], cc: [], replyTo: null, date: null, references: [] };
  await receive(parts.journal, {
    conversationId,
    clientId: 'mail:1',
    author: { kind: 'contact', id: contact._id },
    message: { channel: 'email', text: 'Hello', mail: { ...mail, mailClass: 'human' } },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: contact._id, channel: 'email' },
  });
  return conversationId;
}
