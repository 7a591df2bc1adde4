import { describe, expect, it } from 'vitest';
import { readMail } from '../read-mail.js';
import { anaToBen, part, rawMail } from '../sample-mail.js';
import { whatWasAnswered } from './bounce-text.js';
import { readReason } from './reasons.js';

const daemon = ['From: Mail Delivery System <MAILER-DAEMON@mx.example>', 'To: help@shop.example', 'Return-Path: <>'];

function dsn(fields: string[]): Buffer {
  return rawMail(
    [
      ...daemon,
      'Subject: Undelivered Mail',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=cut',
    ],
    ...part(['Content-Type: text/plain'], 'I could not deliver your mail.'),
    ...part(['Content-Type: message/delivery-status'], 'Reporting-MTA: dns; mx.example', '', ...fields),
    ...part(['Content-Type: text/rfc822-headers'], 'Message-ID: <our-1@shop.example>', 'Subject: Re: My order'),
    '--cut--',
  );
}

describe('bounces', () => {
  it('names the recipient, the reason and the mail of ours that came back', async () => {
    const mail = await readMail(
      dsn([
        'Final-Recipient: rfc822; ana@example.com',
        'Action: failed',
        'Status: 5.1.1',
        'Diagnostic-Code: smtp; 550 5.1.1 User unknown',
      ]),
    );
    expect(mail.class).toBe('bounce');
    expect(mail.bounce).toEqual({
      hard: true,
      recipients: [{ address: 'ana@example.com', action: 'failed', status: '5.1.1' }],
      originalMessageId: '<our-1@shop.example>',
    });
  });

  it('tells a full mailbox and a delay from a dead address', async () => {
    const full = await readMail(dsn(['Final-Recipient: rfc822;ana@example.com', 'Action: failed', 'Status: 5.2.2']));
    expect(full.bounce?.hard).toBe(false);
    const delayed = await readMail(
      dsn(['Final-Recipient: rfc822;ana@example.com', 'Action: delayed', 'Status: 4.4.1']),
    );
    expect(delayed.bounce).toMatchObject({ hard: false, recipients: [{ action: 'delayed' }] });
  });

  it('reads a report in plain words', async () => {
    const mail = await readMail(
      rawMail(
        [...daemon, 'Subject: failure notice'],
        'Sorry, I was not able to deliver your message to help@shop.example friends:',
        '<ana@example.com>:',
        '550 No such user here',
        '--- Below this line is a copy of the message.',
        'Message-ID: <our-2@shop.example>',
        'To: someone@else.example',
      ),
    );
    expect(mail.bounce).toMatchObject({
      hard: true,
      recipients: [{ address: 'ana@example.com' }],
      originalMessageId: '<our-2@shop.example>',
    });
  });

  it('is not made of a delivery that worked', async () => {
    const mail = await readMail(dsn(['Final-Recipient: rfc822;ana@example.com', 'Action: delivered', 'Status: 2.0.0']));
    expect(mail).toMatchObject({ class: 'delivery_success', bounce: null });
  });
});

describe('groups', () => {
  const posted = [
    'Precedence: list',
    'Mailing-list: list support@tea.example; contact support+owners@tea.example',
    'List-ID: <support.tea.example>',
    'List-Post: <https://groups.example/support/post>, <mailto:Support@tea.example>',
    'List-Unsubscribe: <mailto:support+unsubscribe@tea.example>',
  ];
  const groupOf = async (headers: string[]) => {
    const { class: is, group } = await readMail(rawMail([...anaToBen, ...headers], 'I wrote this to you.'));
    return { is, group };
  };

  it('are known by their address, whichever header names it', async () => {
    const known = { is: 'list', group: ['support.tea.example'] };
    expect(await groupOf(posted)).toEqual(known);
    for (const header of posted.slice(1, 4)) expect(await groupOf(['Precedence: list', header])).toEqual(known);
  });

  it.each([
    ['a newsletter that one leaves by a click', 'List-Unsubscribe-Post: List-Unsubscribe=One-Click'],
    ['a newsletter that keeps its own way out', 'List-Unsubscribe: <https://shop.example/leave>'],
    ['a newsletter that is counted', 'Feedback-ID: spring:shop:news:mailer'],
    ['another list', 'List-Id: News <news.shop.example>'],
    ['one of many', 'Precedence: bulk'],
  ])('do not make a letter of %s', async (_, header) => {
    expect((await groupOf([...posted, header])).group).toEqual([]);
  });

  it('are nothing that a person or a machine needs', async () => {
    expect(await groupOf([])).toEqual({ is: 'human', group: [] });
    expect(await groupOf([...posted, 'Auto-Submitted: auto-replied'])).toEqual({ is: 'auto_reply', group: [] });
  });
});

describe('classes', () => {
  it.each([
    ['human', ['Subject: Undelivered mail?', 'In-Reply-To: <x@y>', 'X-Auto-Response-Suppress: DR, OOF']],
    ['human', ['Subject: My order', 'Auto-Submitted: no']],
    ['auto_reply', ['Subject: Abwesenheitsnotiz: My order']],
    ['auto_reply', ['Subject: Out of Office: My order', 'Return-Path: <>']],
    ['auto_reply', ['Subject: Thanks', 'Auto-Submitted: auto-replied (vacation)']],
    ['auto_reply', ['Subject: Thanks', 'X-Apple-Action: VACATION']],
    ['human', ['Subject: Auto: Frage zum Kaufvertrag']],
    ['auto_generated', ['Subject: Nightly backup', 'Auto-Submitted: auto-generated']],
    ['auto_generated', ['Subject: News', 'Precedence: bulk']],
    ['list', ['Subject: [users] Hello', 'List-Id: <users.example.com>']],
  ])('calls it %s: %j', async (expected, headers) => {
    expect((await readMail(rawMail([...anaToBen, ...headers], 'I wrote this to you.'))).class).toBe(expected);
  });

  it('knows a complaint', async () => {
    const raw = rawMail(
      [...daemon, 'Content-Type: multipart/report; report-type=feedback-report; boundary=cut'],
      ...part(['Content-Type: message/feedback-report'], 'Feedback-Type: abuse'),
      '--cut--',
    );
    expect((await readMail(raw)).class).toBe('feedback_report');
  });
});

it.each([
  ['550 5.1.1 <ana@example.com>: User unknown', null, 'dead'],
  ['550 5.7.1 blocked: see https://lists.example/unknown-user', null, 'refused'],
  ['552 Mailbox full', '5.2.2', 'refused'],
  ['553 sender domain does not exist', '5.1.8', 'refused'],
  ['550 no such domain', '5.1.7', 'refused'],
  ['host not found, try again', '4.4.1', 'refused'],
  ['550 Empfänger unbekannt', null, 'dead'],
  ['550 宛先のユーザーが見つかりません', null, 'dead'],
  ['550 unknown local-part "ana" in domain "example.com"', null, 'dead'],
  ['550 There is no one at this address', null, 'dead'],
  ['all relevant MX records point to non-existent hosts', null, 'dead'],
  ["Sorry, I couldn't find any host named example.com", null, 'dead'],
  ['556 Domain example.com does not accept mail (nullMX)', null, 'dead'],
  ['550 address not present in directory', null, 'dead'],
  ['No se ha encontrado la dirección', null, 'dead'],
  ['550 helo command rejected: host not found', null, 'refused'],
  ['', '5.1.10', 'dead'],
  ['', '5.0.0', 'unclear'],
])('reads %j with status %s as %s', (diagnostic, status, expected) => {
  expect(readReason(diagnostic, { status, action: null, answered: null })).toBe(expected);
});

it('believes words against the code only where the server was asked for the recipient', () => {
  const unknown = '550 5.2.1 <ana@example.com>... User unknown';
  expect(readReason(unknown, { status: '5.2.1', action: 'failed', answered: null })).toBe('refused');
  expect(readReason(unknown, { status: '5.2.1', action: 'failed', answered: 'recipient' })).toBe('dead');
});

it('takes an unknown address for dead once a server has given up on it', () => {
  const unknown = '450 4.1.1 <ana@example.com>: User unknown';
  expect(readReason(unknown, { status: '4.1.1', action: 'delayed', answered: 'recipient' })).toBe('refused');
  expect(readReason(unknown, { status: '4.1.1', action: 'failed', answered: 'recipient' })).toBe('dead');
});

it.each([
  ['said: 550 User unknown (in reply to RCPT TO command)', 'recipient'],
  ['said: 550 User unknown (in reply to end of DATA command)', 'text'],
  ['>>> DATA\n<<< 550 User unknown', 'text'],
  ['>>> DATA\n<<< 550 User unknown\n<<< 503 Need RCPT', 'recipient'],
  ['User unknown', null],
])('finds what was said no to in %j: %s', (text, expected) => {
  expect(whatWasAnswered(text.split('\n'))).toBe(expected);
});

const ana = ['From: Ana Fox <ana@example.com>', 'To: help@shop.example', 'Return-Path: <ana@example.com>'];
const encoded = (subject: string) => `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`;

describe('absences told by the subject alone', () => {
  it.each([
    'Automatic reply: My order',
    'Out of Office AutoReply: My order',
    'AUTO: Ben Hill is out of the office (returning 3 March)',
    'Ana ist derzeit nicht im Büro',
    'Re: My order [Auto-Reply]',
    'Abwesenheit: My order',
    'AUTO: My order',
    'Urlaub: Re: My order',
    'Annual leave: My order',
    "Message d'absence : x",
    'Fuera de oficina: x',
    'Fuori sede: x',
    'Fora do escritório: x',
    'Automatyczna odpowiedź: x',
    'Poissaoloviesti: x',
    'Automatická odpoveď: x',
    'Автоматична відповідь: x',
    'Otomatik yanıt: x',
    '自動返信: x',
    '[부재중] x',
    '自动回复: x',
    'תשובה אוטומטית: x',
    'رد تلقائي: x',
    'Automatikus válasz: x',
    'Răspuns automat: x',
    'Αυτόματη απάντηση: x',
    'Trả lời tự động: x',
  ])('is %s', async (subject) => {
    const mail = await readMail(rawMail([...ana, encoded(subject)], 'I am away until Monday.'));
    expect(mail.class).toBe('auto_reply');
  });

  it.each([
    'Re: Automatic reply: My order',
    'AW: Abwesenheitsnotiz: Meine Bestellung',
    'Fwd: Automatic reply: invoices',
    'How do I set an out of office reply?',
    'Automatic reply does not work',
    'Out of office printer',
    'My vacation',
    'Urlaub',
    'Absence de facture',
    'Afwezig bij levering',
    'Автоответчик не работает',
    '自动回复设置问题',
  ])('is not %s', async (subject) => {
    const mail = await readMail(rawMail([...ana, encoded(subject)], 'I am on vacation until Monday.'));
    expect(mail.class).toBe('human');
  });
});

describe('people who write about mail that came back', () => {
  it.each([
    ['Undelivered mail', 'Dear team, mails to cem@example.com are not delivered: 550 5.1.1 user unknown.'],
    ['Undeliverable: why?', 'My customer got a mail delivery failed message from you.'],
    ['Delivery failed', 'The parcel could not be delivered, the address was not found.'],
    ['Zustellung', 'Das Paket konnte nicht zugestellt werden. Kontakt: info@parcels.example'],
    ['Message not delivered', 'Your chat says: message could not be delivered.'],
    [
      'Fwd: Undelivered Mail Returned to Sender',
      'What does it mean?\n\n---------- Forwarded message ---------\nFrom: MAILER-DAEMON@mx.example\n\n<help@shop.example>: 550 5.1.1 User unknown',
    ],
  ])('are people: %s', async (subject, text) => {
    expect((await readMail(rawMail([...ana, encoded(subject)], text))).class).toBe('human');
  });

  it('are told from reports that only their words give away', async () => {
    const gateway = ['From: Gateway@mx.example', 'To: help@shop.example', 'Subject: Delivery failure notification'];
    const text = 'Your message could not be delivered to the following recipients:\nana@example.com\n';
    const mail = await readMail(rawMail(gateway, text));
    expect(mail).toMatchObject({ class: 'bounce', bounce: { recipients: [{ address: 'ana@example.com' }] } });
  });
});

it('takes a receipt for a machine', async () => {
  const raw = rawMail(
    [
      ...ana,
      'Subject: Read: My order',
      'Content-Type: multipart/report; report-type=disposition-notification; boundary=cut',
    ],
    ...part(['Content-Type: text/plain'], 'Your message was read on Monday.'),
    ...part(
      ['Content-Type: message/disposition-notification'],
      'Disposition: manual-action/MDN-sent-manually; displayed',
    ),
    '--cut--',
  );
  expect((await readMail(raw)).class).toBe('auto_generated');
});

it('names whom a report lists also where it was sent on from, or stands in place of the recipient', async () => {
  const text =
    'The following addresses had permanent fatal errors\n\ncem@else.example\n   (expanded from: ana@example.com)\n';
  const expanded = await readMail(rawMail([...daemon, 'Subject: Returned mail'], text));
  expect(expanded.bounce?.recipients.map(({ address }) => address)).toEqual(['cem@else.example', 'ana@example.com']);
  const misplaced = await readMail(
    rawMail(
      [...daemon, 'Subject: Undeliverable', 'X-Original-To: ana@example.com'],
      'Not delivered to:\nana@example.com\n',
    ),
  );
  expect(misplaced.bounce?.recipients.map(({ address }) => address)).toEqual(['ana@example.com']);
});
