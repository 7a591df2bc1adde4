import type { AutoReply } from '@helpline/protocol';
import { expect, test } from 'vitest';
import { receive, reply } from '../../../conversations/index.js';
import { newId } from '../../../platform/ids.js';
import { readMail } from '../read/read-mail.js';
import { usualSending } from '../sending-settings.js';
import { agent, brandId, type EmailDesk, type Ground, workspaceId } from '../testing/email-desk.js';
import { layBesideServer } from '../testing/for-each-test.js';
import type { RoughSmtp } from '../testing/rough-smtp.js';

const always = { timeZone: 'UTC', days: [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from: '00:00', to: '24:00' })) };
const never = { timeZone: 'UTC', days: [] };
const waiting = { timeout: 10_000 };
let ground: Ground;
let desk: EmailDesk;
let smtp: RoughSmtp;

layBesideServer('auto-reply', (laid) => ({ smtp, ground, desk } = laid));

async function answerAtOnce(hours: AutoReply['hours']): Promise<void> {
  const autoReply = { hours, whenOpen: 'We have your mail.', whenClosed: 'We are back tomorrow.' };
  await ground.store.mailboxes.updateOne({}, { $set: { sending: { ...usualSending, sender: 'agent', autoReply } } });
}

test('outside of hours a person hears so, once a day, in a mail that other machines leave alone', async () => {
  await answerAtOnce(never);
  const conversationId = await writes('ana@customers.example');
  expect(await desk.outcomes(1)).toMatchObject([{ of: 2, state: 'sent', to: ['ana@customers.example'] }]);
  const [raw = ''] = smtp.mails;
  for (const header of ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All', 'Precedence: auto_reply'])
    expect(raw).toContain(header);
  expect(await readMail(Buffer.from(raw))).toMatchObject({
    from: { name: 'Tea Support' },
    subject: 'Re: Tea',
    class: expect.stringMatching(/^auto/),
  });
  expect(raw).toContain('We are back tomorrow.');
  await writes('ana@customers.example', { conversationId });
  await writes('ana@customers.example');
  await writes('ben@customers.example');
  expect(await desk.outcomes(2)).toHaveLength(2);
  expect(smtp.recipients).toEqual(['ana@customers.example', 'ben@customers.example']);
});

test('while somebody works only the first mail of a conversation is answered', async () => {
  await answerAtOnce(always);
  await writes('ana@customers.example');
  await desk.outcomes(1);
  expect(smtp.mails[0]).toContain('We have your mail.');
});

test('machines get nothing, nor does whoever wants to hear nothing', async () => {
  await answerAtOnce(never);
  await writes('newsletter@shop.example', { mailClass: 'list' });
  await writes('no-reply@shop.example');
  const carl = await desk.parts.contacts.meetByMail(workspaceId, 'carl@customers.example', 'Carl');
  await desk.parts.contacts.setDoNotContact(carl._id, true);
  await writes('carl@customers.example');
  await writes('ana@customers.example');
  await expect.poll(() => smtp.recipients, waiting).toEqual(['ana@customers.example']);
  expect(await desk.outcomes(1)).toHaveLength(1);
});

test('it changes nothing about the conversation, and keeps no agent from answering', async () => {
  await answerAtOnce(never);
  const conversationId = await writes('ana@customers.example');
  await desk.outcomes(1);
  const state = await desk.parts.journal.state(conversationId);
  expect(state).toMatchObject({ handler: 'queue', lastMessage: { seq: 1 }, writers: { ana: 1 } });
  const answer = { conversationId, clientId: 'agent:mia:1', author: agent, text: 'Here I am', expectedSeq: 1 };
  expect((await reply(desk.parts.journal, answer)).entry.seq).toBeGreaterThan(2);
});

async function writes(
  address: string,
  { conversationId = newId(), mailClass = 'human' }: { conversationId?: string; mailClass?: string } = {},
): Promise<string> {
  const mail = {
    subject: 'Tea',
    from: { address, name: '' },
    to: [],
    cc: [],
    replyTo: null,
    date: null,
    references: [],
  };
  await receive(desk.parts.journal, {
    conversationId,
    clientId: `mail:${newId()}`,
    author: { kind: 'contact', id: 'ana' },
    message: { channel: 'email', text: 'Hello', mail: { ...mail, messageId: `<${newId()}@a>`, mailClass } },
    opening: { workspaceId, brandId, inboxId: 'support', teamId: null, contactId: 'ana', channel: 'email' },
  });
  return conversationId;
}
