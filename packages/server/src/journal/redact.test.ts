import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../platform/ids.js';
import type { Draft } from './entry.js';
import { ana, append, assignmentTo, ben, cleo, noteOf, openJournal, say, stored } from './test-journal.js';

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

  it('takes the word out that goes with an assignment, a transfer or a promise, and nothing else of them', async () => {
    const id = newId();
    await append(test.journal, id, say(ana, 'Hello'));
    const internal = { audience: 'internal', actor: ben } as const;
    const due = { ownerId: 'ben', dueAt: '2026-04-01T08:00:00.000Z' };
    const words: Draft[] = [
      { ...internal, type: 'assigned', payload: { agentId: 'ben', reason: null, text: 'secret' } },
      { ...internal, type: 'transferred', payload: { teamId: 'sales', why: 'transfer', text: 'secret' } },
      { ...internal, type: 'follow_up', payload: { id: 'call', state: 'promised', ...due, text: 'secret' } },
    ];
    for (const draft of words) await append(test.journal, id, draft);
    for (const seq of [2, 3, 4]) await test.journal.redact(id, seq, cleo);
    const [, ...entries] = await stored(test.db, id);
    expect(JSON.stringify(entries)).not.toContain('secret');
    expect(entries.slice(0, 3)).toMatchObject([
      { payload: { agentId: 'ben', text: '' } },
      { payload: { teamId: 'sales', why: 'transfer', text: '' } },
      { payload: { id: 'call', state: 'promised', ...due, text: '' } },
    ]);
    expect(await test.journal.state(id)).toMatchObject({ teamId: 'sales', followUps: [{ id: 'call' }] });
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
