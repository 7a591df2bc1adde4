import { describe, expect, it } from 'vitest';
import { findForward } from './forward.js';

const ben = 'ben@shop.example';
const block =
  'From: Ana Fox <ana@example.com>\nDate: Mon, 2 Mar 2026 10:00\nSubject: Broken\nTo: Ben <ben@shop.example>\nCc: Cem <cem@example.com>\n\nIt is broken.';

describe('findForward', () => {
  it('finds the mail that was passed on, and the words above it', () => {
    expect(findForward('Fwd: Broken', `Please look.\n\n---------- Forwarded message ---------\n${block}`, ben)).toEqual(
      {
        from: { name: 'Ana Fox', address: 'ana@example.com' },
        to: [{ name: 'Ben', address: 'ben@shop.example' }],
        cc: [{ name: 'Cem', address: 'cem@example.com' }],
        subject: 'Broken',
        body: 'It is broken.',
        note: 'Please look.',
      },
    );
  });

  it.each([
    [
      'Apple Mail',
      `> Anfang der weitergeleiteten Nachricht:\n>\n> Von: Ana <ana@example.com>\n> Betreff: Broken\n> Datum: 2. März 2026\n> An: Ben\n>\n> It is broken.`,
    ],
    ['Outlook', 'Von: Ana <ana@example.com>\nGesendet: Montag\nAn: Ben\nBetreff: Broken\n\nIt is broken.'],
    [
      'Yahoo',
      '----- Forwarded Message ----- From: Ana <ana@example.com>To: "b" <b@x.example>Sent: Monday, March 2, 2026 CETSubject: Broken\nIt is broken.',
    ],
    [
      'Outlook in Latvian',
      'No: Ana <ana@example.com>\nNosūtīts: pirmdien\nKam: Ben\nKopija: Cem\nTēma: Broken\n\nIt is broken.',
    ],
    [
      'Apple Mail in Polish, with an address for answers',
      'Początek przekazywanej wiadomości:\n\nOd: Ana <ana@example.com>\nTemat: Broken\nData: 2 marca 2026\nDo: Ben\nOdpowiedź do: help@example.com\n\nIt is broken.',
    ],
    [
      'Apple Mail in Arabic',
      'بداية الرسالة المُعاد توجيهها:\n\nمن: Ana <ana@example.com>\nالموضوع: Broken\nالتاريخ: 2 مارس 2026\nإلى: Ben\n\nIt is broken.',
    ],
    [
      'Yandex',
      '-------- Пересылаемое сообщение --------\n02.03.2026, 10:00, "Ana" <ana@example.com>:\n\nIt is broken.\n\n-------- Конец пересылаемого сообщения --------',
    ],
    [
      'Orange',
      '> Message du 02/03/26 10:00\n> De : "Ana" <ana@example.com>\n> A : ben@shop.example\n> Copie à :\n> Objet : Broken\n>\n> It is broken.',
    ],
    [
      'Missive',
      '---------- Forwarded message ----------\nFrom: Ana (ana@example.com)\nDate: Mar 2, 2026\nSubject: Broken\nTo: Ben\n\nIt is broken.',
    ],
    ['a plain quote', 'On 2/3/2026 10:00, Ana <ana@example.com> wrote:\n\nIt is broken.'],
  ])('finds a forward of %s', (_name, text) => {
    const found = findForward('WG: Broken', text, ben);
    expect(found).toMatchObject({
      from: { address: 'ana@example.com' },
      subject: 'Broken',
      body: 'It is broken.',
      note: '',
    });
  });

  it('knows a forward by its subject when the prefix is of an unknown language', () => {
    expect(findForward('Zzz: Broken', `----- Weitergeleitete Nachricht -----\n${block}`, ben)).not.toBeNull();
  });

  it('is not fooled by replies', () => {
    expect(findForward('Re: Broken', `Thanks\n\n${block}`, ben)).toBeNull();
    expect(findForward('Re: Broken', `Thanks\n---------- Forwarded message ---------\n${block}`, ben)).toBeNull();
    expect(findForward('Fwd: Broken', `No mail in here`, ben)).toBeNull();
    expect(findForward('Fwd: Broken', `Again:\n\n${block}`, 'ana@example.com')).toBeNull();
  });
});
