import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.js';
import { ana, append, assignmentTo, ben, noteOf, openJournal, say, stored } from './test-journal.js';

let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  test = await openJournal('redact');
});
afterAll(() => test.close());

const mail = {
  messageId: '<secret@example.com>',
  subject: 'My secret',
  from: { address: 'secret@example.com', name: 'Secret' },
  to: [],
  cc: [],
  replyTo: null,
  date: null,
  mailClass: 'person',
  references: [],
};
const attachments = [{ fileId: 'f1', filename: 'secret.pdf', mimeType: 'application/pdf', size: 1, inline: false }];
const secretive = { kind: 'visitor', id: 'v1', name: 'Secret Name' } as const;

describe('redact', () => {
  it('takes text, mail, attachments, name and body hash out for good; numbers, type, time and opening stay', async () => {
    const id = newId();
    const { entry } = await append(test.journal, id, say(secretive, 'secret', { mail, attachments }));
    await test.journal.redact(id, 1, ben);
    const [blanked] = await stored(test.db, id);
    expect(JSON.stringify(blanked).toLowerCase()).not.toContain('secret');
    expect(blanked).toMatchObject({
      _id: entry._id,
      seq: 1,
      pub: 1,
      type: 'message',
      hash: null,
      at: entry.at,
      actor: { kind: 'visitor', id: 'v1' },
      payload: { text: '', opening: { contactId: 'ana' } },
    });
  });

  it('tells everyone who could see it, by their own number', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'Hello'));
    await append(test.journal, id, noteOf(ben, 'secret'));
    await append(test.journal, id, say(ana, 'secret'));
    await test.journal.redact(id, 3, ben);
    await test.journal.redact(id, 2, ben);
    const [, , , publicly, internally] = await stored(test.db, id);
    expect(publicly).toMatchObject({ type: 'redacted', audience: 'public', payload: { of: 3, ofPub: 2 } });
    expect(internally).toMatchObject({ type: 'redacted', audience: 'internal', payload: { of: 2, ofPub: null } });
  });

  it('can be repeated, and so finishes what a crash interrupted', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'secret'));
    await test.journal.redact(id, 1, ben);
    await expect(test.journal.redact(id, 1, ben)).resolves.toMatchObject({ repeated: true, entry: { seq: 2 } });
  });

  it('still knows the call that wrote the entry', async () => {
    const id = newId();
    const call = { clientId: 'visitor:s1:m1', body: 'secret' };
    await append(test.journal, id, say(ana, 'secret'), call);
    await test.journal.redact(id, 1, ben);
    await expect(append(test.journal, id, say(ana, 'secret'), call)).resolves.toMatchObject({
      repeated: true,
      entry: { seq: 1, payload: { text: '' } },
    });
  });

  it('refuses what is not there or has no text', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'Hello'));
    await append(test.journal, id, assignmentTo('ben'));
    await expect(test.journal.redact(id, 9, ben)).rejects.toMatchObject({ code: 'not_found' });
    await expect(test.journal.redact(newId(), 1, ben)).rejects.toMatchObject({ code: 'not_found' });
    await expect(test.journal.redact(id, 2, ben)).rejects.toMatchObject({ code: 'unprocessable' });
    expect(await stored(test.db, id)).toHaveLength(2);
  });
});
