import { expect, test } from 'vitest';
import { readMail } from '../read/read-mail.js';
import { anaToBen, rawMail } from '../read/sample-mail.js';
import { authorOf } from './author.js';
import { fromOwnGroup } from './own-group.js';

const own = new Set(['help@tea.example', 'support@tea.example']);
const ana = { address: 'ana@customers.example', name: 'Ana' };

const read = (from: string, id: string, ...more: string[]) => {
  const head = [`From: ${from}`, 'To: support@tea.example', 'Precedence: list', `List-Id: <${id}>`];
  return readMail(rawMail([...head, ...more, 'Subject: My tea'], 'Where is it?'));
};
const byGroup = async (...given: Parameters<typeof read>) => fromOwnGroup(await read(...given), own);

test('what customers write to our group is their letter', async () => {
  const mail = await byGroup('Ana <ana@customers.example>', 'support.tea.example');
  expect(mail).toMatchObject({ class: 'human', from: ana, replyTo: null });
});

test('what comes by a list of others stays a list’s', async () => {
  for (const id of ['users.coffee.example', 'tea.example', 'xsupport.tea.example'])
    expect((await byGroup('Ana <ana@customers.example>', id)).class).toBe('list');
});

test.each([
  ['the author as Reply-To', 'Reply-To: Ana <ana@customers.example>'],
  ['itself as Reply-To', 'Reply-To: support@tea.example'],
  ['no Reply-To', 'X-Nothing: 1'],
])('whoever wrote is the customer also where the group put itself into From, with %s', async (_, replyTo) => {
  const original = 'X-Original-From: Ana <ana@customers.example>';
  const mail = await byGroup('Ana via Support <support@tea.example>', 'support.tea.example', replyTo, original);
  expect(authorOf(mail, own)).toEqual(ana);
  expect(mail.replyTo).toEqual(ana);
});

test('an answer goes to the customer, not to the group', async () => {
  const mail = await byGroup('Ana <ana@customers.example>', 'support.tea.example', 'Reply-To: support@tea.example');
  expect(mail.replyTo).toBeNull();
});

test('what machines write to our group is a machine’s', async () => {
  const raw = rawMail([...anaToBen, 'List-Id: <support.tea.example>', 'Auto-Submitted: auto-replied'], 'Away');
  expect(fromOwnGroup(await readMail(raw), own).class).toBe('auto_reply');
});
