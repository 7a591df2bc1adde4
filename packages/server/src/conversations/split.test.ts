import { afterAll, beforeAll, expect, it } from 'vitest';
import { append, ben, cleo, noteOf, openJournal, say, stored } from '../journal/test-journal.js';
import { newId } from '../platform/ids.js';
import { split } from './split.js';

let test: Awaited<ReturnType<typeof openJournal>>;
beforeAll(async () => {
  test = await openJournal('split');
});
afterAll(() => test.close());

const ana = { kind: 'contact', id: 'ana' } as const;

async function askedTwice(): Promise<string> {
  const id = newId();
  await append(test.journal, id, say(ana, 'Where is my tea?', { channel: 'email' }));
  await append(test.journal, id, say(ben, 'On its way'));
  await append(test.journal, id, say(ana, 'Do you have coffee?', { channel: 'email' }));
  await append(test.journal, id, () => noteOf(ben, 'Something else'));
  return id;
}

it('a message about something else begins a conversation of its own; each names the other', async () => {
  const id = await askedTwice();
  const { entry } = await split(test.journal, { conversationId: id, of: 3, author: ben });
  expect(entry).toMatchObject({ type: 'split_off', audience: 'internal', actor: ben, payload: { of: 3 } });
  const into = entry.type === 'split_off' ? entry.payload.into : '';
  expect(await stored(test.db, into)).toMatchObject([
    {
      ...{ seq: 1, actor: ana, audience: 'public' },
      payload: {
        text: 'Do you have coffee?',
        opening: { contactId: 'ana', follows: { conversationId: id, why: 'split' } },
      },
    },
  ]);
  expect(await test.journal.state(into)).toMatchObject({
    status: 'open',
    handler: 'queue',
    channel: 'email',
    contactId: 'ana',
  });
  expect((await test.journal.state(id))?.status).toBe('open');
});

it('asked twice, by two at once, it is one conversation', async () => {
  const id = await askedTwice();
  const both = [ben, cleo].map((author) => split(test.journal, { conversationId: id, of: 3, author }));
  const [one, other] = await Promise.all(both);
  expect(other?.entry._id).toBe(one?.entry._id);
  expect(await stored(test.db, id)).toHaveLength(5);
});

it('what began the conversation, what is ours and what is no message stays where it is', async () => {
  const id = await askedTwice();
  const ask = (of: number) => split(test.journal, { conversationId: id, of, author: ben });
  await expect(ask(1)).rejects.toMatchObject({ code: 'unprocessable' });
  for (const of of [2, 4, 5]) await expect(ask(of)).rejects.toMatchObject({ code: 'not_found' });
  await test.journal.redact(id, 3, ben);
  await expect(ask(3)).rejects.toMatchObject({ code: 'not_found' });
});
