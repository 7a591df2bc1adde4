import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { History } from '../history.js';
import { SmtpSink } from './sink.js';
import { hangUp } from './smtp-talk.js';

let history: History;
let customers: SmtpSink;
let sink: SmtpSink;

beforeEach(async () => {
  history = new History();
  customers = await SmtpSink.start(new History(), { host: '127.0.0.1', port: 1 });
  sink = await SmtpSink.start(history, { host: '127.0.0.1', port: customers.port });
});

afterEach(async () => {
  await Promise.all([sink.stop(), customers.stop()]);
});

const write = (text: string, to = ['carla@mail.example']) =>
  createTransport({ host: '127.0.0.1', port: sink.port, auth: { user: 'u', pass: 'p' } }).sendMail({
    ...{ from: 'support@shop.example', to, subject: 'Your tulips', messageId: '<1@shop.example>', text },
  });

test('notes who got which mail, and hands it on unchanged', async () => {
  await write('m-ana-7 is the answer\n.hidden', ['carla@mail.example', 'pavel@mail.example']);
  const mail = {
    messageId: '<1@shop.example>',
    to: ['carla@mail.example', 'pavel@mail.example'],
    key: 'm-ana-7',
    accepted: true,
  };
  expect(sink.mails).toMatchObject([mail]);
  await expect.poll(() => customers.mails).toMatchObject([mail]);
  expect(history.all()).toMatchObject([{ f: 'mailOut', key: 'm-ana-7', messageId: '<1@shop.example>' }]);
});

test('refuses at the verb it was told, as often as it was told', async () => {
  for (const at of ['MAIL', 'RCPT', 'DATA', 'end'] as const) {
    sink.moods = [{ at, does: '451 4.3.0 Later', times: 1 }];
    await expect(write('m-ana-1')).rejects.toMatchObject({ responseCode: 451 });
    await write('m-ana-2');
  }
  expect(sink.mails.map(({ accepted }) => accepted)).toEqual([true, true, true, false, true]);
});

test('takes a mail and never says so', async () => {
  sink.moods = [{ at: 'end', does: hangUp }];
  await expect(write('m-ana-1')).rejects.toThrow();
  await expect.poll(() => customers.mails).toHaveLength(1);
  expect(sink.mails).toMatchObject([{ accepted: true }]);
  sink.heal();
  await write('m-ana-2');
});
