import { expect, test } from 'vitest';
import { startConversation } from './sender/start-conversation.js';
import { agent, EmailDesk, type Ground, workspaceId } from './testing/email-desk.js';
import { layBesideServer } from './testing/for-each-test.js';
import type { RoughSmtp } from './testing/rough-smtp.js';
import { Unsubscribing } from './unsubscribing.js';

const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
const dora = { address: 'dora@customers.example', name: 'Dora' };
const carl = { address: 'carl@customers.example', name: 'Carl' };
let ground: Ground;
let desk: EmailDesk;
let smtp: RoughSmtp;

layBesideServer('unsubscribing', (laid) => ({ smtp, ground, desk } = laid));

test('one of many alike mails has a link by which whoever got it hears no more', async () => {
  await send(1, { bulk: true });
  await desk.outcomes(1);
  const mail = smtp.mails[0] ?? '';
  const link = /^List-Unsubscribe: <(.*)>$/m.exec(mail.replace(/\r\n[ \t]+/g, ' ').replaceAll('\r', ''))?.[1] ?? '';
  expect(link).toMatch(/^http:\/\/desk\.example\/unsubscribe\/[\w-]+\.[\w-]{43}$/);
  expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  const token = link.slice(link.lastIndexOf('/') + 1);
  expect(desk.email.unsubscribing.addressOf(token)).toBe(dora.address);
  expect(await desk.email.unsubscribing.confirm(token)).toBe(dora.address);
  await expect(send(2, { bulk: true })).rejects.toMatchObject({ code: 'do_not_contact' });
  await expect(send(3)).rejects.toMatchObject({ code: 'do_not_contact' });
});

test('providers tell by Feedback-ID which mails are complained about, and learn nothing of who got them', async () => {
  await send(1, { bulk: true });
  await send(2, { bulk: true, to: [carl] });
  await send(3, { bulk: true, to: [carl], subject: 'Coffee days' });
  await desk.outcomes(3);
  const idOf = (subject: string) =>
    smtp.mails
      .filter((mail) => mail.includes(`Subject: ${subject}`))
      .map((mail) => /^Feedback-ID: ([0-9a-f]{12}:[0-9a-f]{12}:bulk:helpline)\r$/m.exec(mail)?.[1]);
  const [first, second] = idOf('Tea days');
  expect(first).toBeDefined();
  expect(second).toBe(first);
  const [other] = idOf('Coffee days');
  expect(other).toBeDefined();
  expect(other).not.toBe(first);
});

test('a letter to one person, and an answer, have none', async () => {
  await send(1);
  await desk.outcomes(1);
  expect(smtp.mails[0]).not.toMatch(/List-Unsubscribe|Feedback-ID/);
});

test('it goes to one person, and only where the link leads to us', async () => {
  await expect(send(1, { bulk: true, cc: [carl] })).rejects.toMatchObject({ code: 'unprocessable' });
  desk = await new EmailDesk(ground, { publicUrl: '' }).start();
  await expect(send(1, { bulk: true })).rejects.toMatchObject({ code: 'unprocessable' });
});

test('a link that somebody else has made is none', () => {
  const { contacts } = desk.parts;
  const other = new Unsubscribing({ contacts, hmacKey: Buffer.alloc(32), publicUrl: 'http://desk.example' });
  const token = other.link(workspaceId, dora.address)?.split('/').at(-1) ?? '';
  expect(other.addressOf(token)).toBe(dora.address);
  expect(desk.email.unsubscribing.addressOf(token)).toBeNull();
  expect(desk.email.unsubscribing.addressOf('')).toBeNull();
});

function send(
  number: number,
  more: { bulk?: true; subject?: string; to?: (typeof carl)[]; cc?: (typeof carl)[] } = {},
) {
  const envelope = { to: [dora], cc: [], bcc: [], subject: 'Tea days', ...more };
  const first = { inboxId: 'support', clientId: `agent:mia:${number}`, author: agent, text: 'Come!', envelope };
  const { unsubscribing } = desk.email;
  return startConversation({ ...desk.parts, store: ground.store, unsubscribing }, everything, first);
}
