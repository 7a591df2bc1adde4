import type { AgentClient, AgentConversation } from '@helpline/sdk/agent';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Contacts } from '../../contacts/index.js';
import { ConversationStore, Lists } from '../../conversations/index.js';
import { Journal } from '../../journal/index.js';
import { createLogger } from '../../platform/logger.js';
import { type House, openHouse } from '../../testing/house.js';
import { FollowUps, graceMs } from './follow-ups.js';

let house: House;
let ana: AgentClient;
let ben: AgentClient;
let dana: AgentClient;
beforeAll(async () => {
  house = await openHouse('follow-ups');
  [ana, ben, dana] = await Promise.all([house.signIn('ana'), house.signIn('ben'), house.signIn('dana')]);
});
afterAll(() => house.close());

async function asked(): Promise<AgentConversation> {
  const visitor = await house.visitor();
  visitor.send('Can you call me?');
  await expect.poll(() => visitor.conversationId).not.toBeNull();
  return ana.open(visitor.conversationId ?? '');
}

const nextYear = '2099-01-01T00:00:00.000Z';
const longAgo = new Date(Date.now() - graceMs - 60_000).toISOString();
const mine = async (client: AgentClient) => (await client.followUps('mine')).items;
const openIn = ({ conversation }: AgentConversation) => conversation?.followUps ?? [];

/** The same rooms as another node has them. */
function anotherNode(): FollowUps {
  const journal = new Journal(house.db, createLogger('silent'));
  const conversations = new ConversationStore(house.db);
  return new FollowUps({ journal, conversations, lists: new Lists(conversations, journal, new Contacts(house.db)) });
}

describe('a promise', () => {
  test('is its owner’s, with its words and its time, until he has kept it', async () => {
    const chat = await asked();
    await chat.promise({ dueAt: nextYear, text: 'Call her in the new year' });
    await expect.poll(() => openIn(chat)).toMatchObject([{ ownerId: 'ana', dueAt: nextYear, isForgotten: false }]);
    const [one] = (await mine(ana)).filter(({ conversation }) => conversation.id === chat.id);
    expect(one).toMatchObject({ text: 'Call her in the new year', dueAt: nextYear, conversation: { id: chat.id } });
    await chat.settleFollowUp(one?.id ?? '', 'kept');
    await expect.poll(() => openIn(chat)).toEqual([]);
    await expect.poll(() => mine(ana)).not.toContainEqual(expect.objectContaining({ id: one?.id }));
    await expect(chat.settleFollowUp(one?.id ?? '', 'cancelled')).rejects.toMatchObject({ code: 'already_done' });
  });

  test('may be somebody else’s to keep, who can see what it is about', async () => {
    const chat = await asked();
    await chat.promise({ dueAt: nextYear, ownerId: 'ben', text: 'Send the lid' });
    await expect.poll(async () => (await mine(ben)).map(({ text }) => text)).toContain('Send the lid');
    expect((await mine(ana)).map(({ text }) => text)).not.toContain('Send the lid');
    await expect(chat.promise({ dueAt: nextYear, ownerId: 'chiara' })).rejects.toMatchObject({ code: 'unprocessable' });
  });

  test('whose words are taken out is still to be kept, but says nothing any more', async () => {
    const chat = await asked();
    await chat.promise({ dueAt: nextYear, text: 'secret words' });
    const node = new Journal(house.db, createLogger('silent'));
    await node.redact(chat.id, 2, { kind: 'agent', id: 'dana' });
    await expect.poll(async () => (await mine(ana)).map(({ text }) => text)).toContain('');
    expect(JSON.stringify(await mine(ana))).not.toContain('secret');
  });
});

describe('a forgotten promise', () => {
  test('is shown to the supervisors, once, however many nodes look, and stays open', async () => {
    const chat = await asked();
    await chat.promise({ dueAt: longAgo, text: 'Call back' });
    await Promise.all([anotherNode().escalateForgotten(), anotherNode().escalateForgotten()]);
    await expect.poll(() => openIn(chat), { timeout: 10_000 }).toMatchObject([{ isForgotten: true }]);
    await expect
      .poll(() => chat.entries.filter(({ payload }) => payload && 'state' in payload && payload.state === 'escalated'))
      .toHaveLength(1);
    const { items } = await dana.followUps('forgotten');
    expect(items).toMatchObject([
      { ownerId: 'ana', text: 'Call back', isForgotten: true, conversation: { id: chat.id } },
    ]);
    expect((await mine(ana)).map(({ text }) => text)).toContain('Call back');
    await chat.settleFollowUp(items[0]?.id ?? '', 'kept');
    await expect.poll(async () => (await dana.followUps('forgotten')).items).toEqual([]);
  });

  test('is not one before its grace is over, and not one that was kept', async () => {
    const due = new Date(Date.now() - 60_000).toISOString();
    const [waiting, kept] = [await asked(), await asked()];
    await waiting.promise({ dueAt: due });
    await kept.promise({ dueAt: due });
    await expect.poll(() => openIn(kept)).toHaveLength(1);
    await kept.settleFollowUp(openIn(kept)[0]?.id ?? '', 'kept');
    await anotherNode().escalateForgotten(new Date(Date.parse(due) + graceMs - 1));
    await expect.poll(() => openIn(waiting)).toMatchObject([{ isForgotten: false }]);
    await anotherNode().escalateForgotten(new Date(Date.parse(due) + graceMs));
    await expect.poll(() => openIn(waiting)).toMatchObject([{ isForgotten: true }]);
    expect(kept.entries).toHaveLength(3);
  });
});
