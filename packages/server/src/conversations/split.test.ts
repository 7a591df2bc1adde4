import { afterAll, beforeAll, expect, it } from 'vitest';
import { append, ben, cleo, noteOf, openJournal, say, silent, stored } from '../journal/test-journal.js';
import { newId } from '../platform/ids.js';
import { Leases } from '../platform/leases.js';
import { redactTwins } from './redact-twins.js';
import { copyOf, split } from './split.js';

let test: Awaited<ReturnType<typeof openJournal>>;
const stopping = new AbortController();
let leading: Promise<void>;
beforeAll(async () => {
  test = await openJournal('split');
  test.journal.consume(redactTwins(test.journal));
  leading = test.journal.lead(new Leases(test.db, silent), stopping.signal);
});
afterAll(async () => {
  stopping.abort();
  await leading;
  await test.close();
});

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

const splitOff = async (id: string): Promise<string> => {
  const { entry } = await split(test.journal, { conversationId: id, of: 3, author: ben });
  return entry.type === 'split_off' ? entry.payload.into : '';
};
const textsOf = async (id: string) => JSON.stringify(await stored(test.db, id));
const redactedIn = async (id: string) => (await stored(test.db, id)).filter(({ type }) => type === 'redacted').length;

it.each(['the message', 'its copy'])(
  'redacting %s takes the text out of both conversations, which both say so',
  async (which) => {
    const id = await askedTwice();
    const into = await splitOff(id);
    if (which === 'its copy') await test.journal.redact(into, 1, ben);
    else await test.journal.redact(id, 3, ben);
    for (const conversation of [id, into]) {
      await expect.poll(() => redactedIn(conversation)).toBe(1);
      expect(await textsOf(conversation)).not.toContain('coffee');
    }
    expect(await textsOf(id)).toContain('Where is my tea?');
  },
);

it('a message that is redacted while somebody splits it off leaves no copy', async () => {
  const ids = await Promise.all(Array.from({ length: 8 }, askedTwice));
  const copies = await Promise.all(
    ids.map(async (id) => {
      const [, , message] = await stored(test.db, id);
      await Promise.allSettled([splitOff(id), test.journal.redact(id, 3, ben)]);
      return message ? copyOf(message).conversationId : '';
    }),
  );
  await expect.poll(async () => (await Promise.all(copies.map(textsOf))).join()).not.toContain('coffee');
});
