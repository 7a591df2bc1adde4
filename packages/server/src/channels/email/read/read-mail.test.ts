import { describe, expect, it } from 'vitest';
import { readMail } from './read-mail.js';
import { anaToBen, html, mixed, part, rawMail } from './sample-mail.js';

describe('readMail', () => {
  it('reads a plain mail of a person', async () => {
    const mail = await readMail(
      rawMail([...anaToBen, 'Subject: My order', 'Date: Mon, 2 Mar 2026 10:00:00 +0100'], 'Hello Ben,', 'where is it?'),
    );
    expect(mail).toMatchObject({
      class: 'human',
      subject: 'My order',
      from: { address: 'ana@example.com', name: 'Ana Fox' },
      to: [{ address: 'ben@shop.example', name: 'Ben' }],
      messageId: '<a1@example.com>',
      date: '2026-03-02T09:00:00.000Z',
      text: 'Hello Ben,\nwhere is it?',
      visible: 'Hello Ben,\nwhere is it?',
      html: null,
      attachments: [],
      bounce: null,
      forward: null,
    });
  });

  it('gives threading every id and every address the mail was delivered to', async () => {
    const mail = await readMail(
      rawMail([
        ...anaToBen,
        'Cc: Help+t1@Shop.example',
        'Delivered-To: inbox@shop.example',
        'X-Original-To: support@shop.example',
        'In-Reply-To: <r1@shop.example> <r2@shop.example>',
        'References: <r0@shop.example>,<r1@shop.example>',
        ' <r2@shop.example>',
        'Return-Path: <>',
        'Auto-Submitted: auto-generated; by=clock',
      ]),
    );
    expect(mail.inReplyTo).toEqual(['<r1@shop.example>', '<r2@shop.example>']);
    expect(mail.references).toEqual(['<r0@shop.example>', '<r1@shop.example>', '<r2@shop.example>']);
    expect(mail.deliveredTo).toEqual([
      'ben@shop.example',
      'help+t1@shop.example',
      'inbox@shop.example',
      'support@shop.example',
    ]);
    expect(mail).toMatchObject({ returnPathEmpty: true, autoSubmitted: 'auto-generated', class: 'auto_generated' });
  });

  it('reads a mail without Message-ID and a mail without From', async () => {
    const nameless = await readMail(rawMail(['Subject: Hi', 'Reply-To: cem@example.com'], 'Hello'));
    expect(nameless).toMatchObject({ messageId: null, from: { address: 'cem@example.com' }, text: 'Hello' });
    expect((await readMail(rawMail(['Subject: Hi'], 'Hello'))).from).toBeNull();
  });

  it('reads what is not a mail at all', async () => {
    expect((await readMail(new Uint8Array())).text).toBe('');
    expect((await readMail(Buffer.from('just words'))).text).toBe('just words');
    expect((await readMail(Buffer.from([0, 255, 254, 10, 13, 0, 200]))).class).toBe('human');
  });

  it('skips the line an mbox file puts before a mail', async () => {
    const raw = Buffer.concat([
      Buffer.from('From ana@example.com Mon Mar  2 10:00:00 2026\n'),
      rawMail(anaToBen, 'Hi'),
    ]);
    expect(await readMail(raw)).toMatchObject({ from: { name: 'Ana Fox' }, text: 'Hi' });
  });

  it('reads text whose charset is declared wrongly or not known', async () => {
    const inUtf8 = rawMail([...anaToBen, 'Content-Type: text/plain; charset=iso-2022-jp'], 'Grüße aus Köln');
    expect((await readMail(inUtf8)).text).toBe('Grüße aus Köln');
    const head = rawMail([...anaToBen, 'Subject: Gr\u00fc\u00dfe', 'Content-Type: text/plain; charset=x-nothing'], '');
    const inLatin1 = Buffer.concat([Buffer.from(head.toString('utf8'), 'latin1'), Buffer.from('Käse', 'latin1')]);
    expect(await readMail(inLatin1)).toMatchObject({ subject: 'Grüße', text: 'Käse' });
  });

  it('tells an image shown in the text from one that is attached', async () => {
    const image = (id: string, name: string) =>
      part(['Content-Type: image/png', `Content-ID: <${id}>`, `Content-Disposition: inline; filename=${name}`], 'x');
    const mail = await readMail(
      rawMail(
        [...anaToBen, mixed],
        ...part([html], '<p>See <img src="cid:one@ana"></p>'),
        ...image('one@ana', 'one.png'),
        ...image('two@ana', 'two.png'),
        '--cut--',
      ),
    );
    expect(mail.attachments).toMatchObject([
      { filename: 'one.png', inline: true, contentId: 'one@ana', size: 1 },
      { filename: 'two.png', inline: false, md5: '9dd4e461268c8034f5c8564e155c67a6' },
    ]);
    expect(mail.html).toContain('<img src="cid:one@ana"');
  });

  it('joins the texts around an attachment and keeps the bytes of the attachment', async () => {
    const mail = await readMail(
      rawMail(
        [...anaToBen, mixed],
        ...part(['Content-Type: text/plain'], 'Before'),
        ...part(
          ["Content-Type: application/pdf; name*=utf-8''Angebot%20M%C3%A4rz.pdf", 'Content-Transfer-Encoding: base64'],
          'JVBERg==',
        ),
        ...part(['Content-Type: text/plain'], 'After'),
        '--cut--',
      ),
    );
    expect(mail.text).toBe('Before\nAfter');
    expect(mail.attachments[0]).toMatchObject({ filename: 'Angebot März.pdf', mimeType: 'application/pdf', size: 4 });
    expect(Buffer.from(mail.attachments[0]?.content ?? []).toString()).toBe('%PDF');
  });

  it('shows no more text than the limit and says so', async () => {
    const mail = await readMail(rawMail(anaToBen, 'word '.repeat(100_000)));
    expect(mail.truncated).toBe(true);
    expect(mail.text.length).toBeLessThanOrEqual(256 * 1024);
  });

  it('takes the mail that hangs in a forward for the one passed on', async () => {
    const attached = [
      'From: Cem <cem@example.com>',
      'To: Ana <ana@example.com>',
      'Subject: Broken',
      '',
      'It is broken.',
    ];
    const body = [...part([], 'Please look.'), ...part(['Content-Type: message/rfc822'], ...attached), '--cut--'];
    const forwarded = await readMail(rawMail([...anaToBen, 'Subject: Fwd: Broken', mixed], ...body));
    expect(forwarded.forward).toEqual({
      from: { name: 'Cem', address: 'cem@example.com' },
      to: [{ name: 'Ana', address: 'ana@example.com' }],
      cc: [],
      subject: 'Broken',
      body: 'It is broken.',
      note: 'Please look.',
    });
    const answered = await readMail(rawMail([...anaToBen, 'Subject: Re: Broken', mixed], ...body));
    expect(answered.forward).toBeNull();
  });

  it('shows a mail that was passed on whole', async () => {
    const copy = ['Von: Cem <cem@example.com>', 'Gesendet: Montag', 'An: Ana', 'Betreff: Kaputt', '', 'Es ist kaputt.'];
    const mail = await readMail(rawMail([...anaToBen, 'Subject: WG: Kaputt'], 'Bitte ansehen.', '', ...copy));
    expect(mail.visible).toContain('Es ist kaputt.');
    expect(mail.forward?.note).toBe('Bitte ansehen.');
  });
});
