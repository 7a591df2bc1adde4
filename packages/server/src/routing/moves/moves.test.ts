import type { AgentEntry } from '@helpline/protocol';
import type { AgentClient, AgentConversation } from '@helpline/sdk/agent';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../journal/index.js';
import { newId } from '../../platform/ids.js';
import { askByHttp } from '../../testing/ask.js';
import { type House, openHouse, type PersonName } from '../../testing/house.js';

let house: House;
const clients = new Map<PersonName, AgentClient>();

/** Sales give what is too much for them to repairs, these to the board. */
beforeAll(async () => {
  house = await openHouse('moves');
  const { workspaces } = house.app;
  await workspaces.addTeam({ _id: 'board', workspaceId: 'tulip-house', name: 'board' });
  await workspaces.setEscalation('tulip-house', 'sales', 'repairs');
  await workspaces.setEscalation('tulip-house', 'repairs', 'board');
  await workspaces.addTeam({ _id: 'abroad', workspaceId: 'elsewhere', name: 'abroad' });
  for (const name of ['ana', 'ben', 'dana'] as const) clients.set(name, await house.signIn(name));
});
afterAll(() => house.close());

const as = (name: PersonName): AgentClient => {
  const client = clients.get(name);
  if (!client) throw new Error(`${name} is not signed in.`);
  return client;
};

/** What a new visitor of the tulips' chat began, which all of the brand may see. */
async function asked(inbox: 'tulips' | 'repairs' = 'tulips'): Promise<string> {
  const visitor = await house.visitor(inbox);
  visitor.send('Where is my order?');
  await expect.poll(() => visitor.conversationId).not.toBeNull();
  return visitor.conversationId ?? '';
}

const open = (name: PersonName, id: string): Promise<AgentConversation> => as(name).open(id);
const last = ({ entries }: AgentConversation): AgentEntry | undefined => entries.at(-1);
const now = ({ conversation }: AgentConversation) => conversation;

describe('a word', () => {
  test('goes with what somebody gets', async () => {
    const chat = await open('ana', await asked());
    await chat.assign('ben', 'She is in a hurry.');
    expect(last(chat)).toMatchObject({ type: 'assigned', payload: { agentId: 'ben', text: 'She is in a hurry.' } });
  });
});

describe('a transfer', () => {
  test('puts it into the team’s queue with a word, as long as it has waited', async () => {
    const id = await asked();
    const chat = await open('dana', id);
    const waitingSince = now(chat)?.waitingSince;
    expect(await chat.transfer({ teamId: 'repairs', text: 'The kettle again.' })).toBe(true);
    expect(last(chat)).toMatchObject({
      ...{ type: 'transferred', audience: 'internal' },
      payload: { teamId: 'repairs', why: 'transfer', text: 'The kettle again.' },
    });
    await expect.poll(() => now(chat)).toMatchObject({ teamId: 'repairs', handler: 'queue', waitingSince });
  });

  test('of what somebody has frees his place', async () => {
    const chat = await open('dana', await asked());
    await chat.assign('dana');
    await expect.poll(async () => (await as('dana').agents()).find(({ id }) => id === 'dana')?.used.chat).toBe(1);
    await chat.transfer({ teamId: 'repairs' });
    await expect.poll(async () => (await as('dana').agents()).find(({ id }) => id === 'dana')?.used.chat).toBe(0);
  });

  test('goes to whoever of the team comes, what is urgent first', async () => {
    const chat = await open('dana', await asked());
    await chat.assign('dana');
    await chat.triage({ priority: 'urgent' });
    await chat.transfer({ teamId: 'repairs', text: 'The kettle again.' });
    await as('ben').setAvailability('available');
    await expect.poll(() => now(chat)).toMatchObject({ assigneeId: 'ben', handler: 'agent' });
    await as('ben').setAvailability('offline');
  });

  test('to where the mover may not see it tells him so, and he hears nothing of it any more', async () => {
    const id = await asked();
    const [chat, colleagues] = [await open('ana', id), await open('ben', id)];
    const gone: string[] = [];
    as('ana').on('gone', ({ conversationId }) => gone.push(conversationId));
    expect(await chat.transfer({ teamId: 'repairs', text: 'Yours' })).toBe(false);
    await expect.poll(() => gone).toContain(id);
    colleagues.note('The lid is broken.');
    await expect.poll(() => last(colleagues)).toMatchObject({ type: 'note' });
    expect(JSON.stringify(chat.entries)).not.toContain('lid');
    await expect(as('ana').open(id)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('asked for again, since the answer was lost, is answered again, though the mover sees it no more', async () => {
    const conversationId = await asked();
    const cookie = await house.cookieOf('ana');
    const transfer = async (clientId: string) =>
      askByHttp(house.url, 'conversation.transfer', { conversationId, clientId, teamId: 'repairs' }, { cookie });
    const first = await transfer('t1');
    expect(first).toMatchObject({ status: 200, body: { visible: false } });
    expect(await transfer('t1')).toEqual(first);
    expect(await transfer('t2')).toMatchObject({ status: 404 });
  });

  test('to another brand is whoever’s who speaks for that one', async () => {
    const id = await asked();
    const chiara = await house.signIn('chiara');
    await expect(chiara.open(id)).rejects.toMatchObject({ code: 'not_found' });
    expect(await (await open('ben', id)).transfer({ teamId: null, brandId: 'north' })).toBe(false);
    expect((await chiara.open(id)).conversation).toMatchObject({ brandId: 'north', handler: 'queue' });
  });

  test('goes nowhere where there is no such team or brand in the workspace, and not to where it is', async () => {
    const chat = await open('dana', await asked());
    for (const to of [{ teamId: 'abroad' }, { teamId: 'nobody' }, { teamId: null, brandId: 'elsewhere' }])
      await expect(chat.transfer(to)).rejects.toMatchObject({ code: 'unprocessable' });
    await expect(chat.transfer({ teamId: null })).rejects.toMatchObject({ code: 'already_done' });
    await chat.resolve();
    await expect(chat.transfer({ teamId: 'sales' })).rejects.toMatchObject({ code: 'unprocessable' });
  });
});

describe('an escalation', () => {
  test('goes up step by step with its words, and from the top no further', async () => {
    const chat = await open('dana', await asked());
    await expect(chat.escalate('Help')).rejects.toMatchObject({ code: 'unprocessable' });
    await chat.transfer({ teamId: 'sales' });
    for (const teamId of ['repairs', 'board']) {
      await chat.escalate(`To ${teamId}`);
      expect(last(chat)).toMatchObject({ payload: { teamId, why: 'escalation', text: `To ${teamId}` } });
    }
    await expect(chat.escalate('Further')).rejects.toMatchObject({ code: 'unprocessable' });
  });

  test('never goes round: a path that would lead back is refused', async () => {
    const { workspaces } = house.app;
    for (const [from, to] of [
      ['board', 'sales'],
      ['sales', 'sales'],
      ['repairs', 'sales'],
    ] as const)
      await expect(workspaces.setEscalation('tulip-house', from, to)).rejects.toMatchObject({ code: 'unprocessable' });
    await expect(workspaces.setEscalation('tulip-house', 'board', 'abroad')).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('whoever takes over', () => {
  test('gets what a colleague has; of two who do it at once, one is told that he is too late', async () => {
    const id = await asked();
    const [danas, bens, anas] = await Promise.all([open('dana', id), open('ben', id), open('ana', id)]);
    await danas.assign('dana');
    await expect.poll(() => [bens, anas].map(({ entries }) => entries.length)).toEqual([2, 2]);
    const tries = await Promise.allSettled([bens.takeOver('ben'), anas.takeOver('ana')]);
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'stale' } });
    expect(danas.entries.filter(({ type }) => type === 'assigned')).toHaveLength(2);
  });

  test('is not kept from it by what the customer writes meanwhile', async () => {
    const visitor = await house.visitor();
    visitor.send('Hello?');
    await expect.poll(() => visitor.conversationId).not.toBeNull();
    const chat = await open('ben', visitor.conversationId ?? '');
    visitor.send('Anybody?');
    await chat.takeOver('ben');
    expect(now(chat)?.assigneeId ?? 'ben').toBe('ben');
  });
});

describe('beyond his capacity', () => {
  test('an agent gets something from a supervisor only, and from himself', async () => {
    const ids = [await asked(), await asked(), await asked(), await asked()];
    const chats = await Promise.all(ids.map((id) => open('ana', id)));
    await as('dana').moveMany({ ids: ids.slice(0, 2), to: { kind: 'agent', id: 'emil' } });
    await expect(chats[2]?.assign('emil')).rejects.toMatchObject({ code: 'at_capacity' });
    await (await open('dana', ids[2] ?? '')).assign('emil');
    const emil = (await as('dana').agents()).find(({ id }) => id === 'emil');
    expect(emil).toMatchObject({ used: { chat: 3 }, capacity: { chat: 2 } });
  });
});

describe('triage', () => {
  test('says how urgent it is, until when and what it needs; what is so already is no change', async () => {
    const chat = await open('ana', await asked());
    const needs = {
      priority: 'urgent',
      dueAt: '2099-01-01T00:00:00.000Z',
      skills: [{ skill: 'de', level: 3 }],
    } as const;
    await chat.triage({ ...needs, skills: [...needs.skills] });
    expect(last(chat)).toMatchObject({ type: 'triaged', audience: 'internal', payload: needs });
    await expect.poll(() => now(chat)).toMatchObject(needs);
    await expect(chat.triage({ priority: 'urgent' })).rejects.toMatchObject({ code: 'already_done' });
    await chat.triage({ priority: 'urgent', dueAt: null });
    expect(last(chat)?.payload).toEqual({ dueAt: null });
  });
});

describe('what sleeps', () => {
  test('waits for the customer, of which he hears nothing, and wakes when he writes', async () => {
    const visitor = await house.visitor();
    visitor.send('Where is my order?');
    await expect.poll(() => visitor.conversationId).not.toBeNull();
    const chat = await open('ben', visitor.conversationId ?? '');
    await chat.pend();
    await expect.poll(() => now(chat)).toMatchObject({ status: 'pending', handler: 'none' });
    await expect(chat.pend()).rejects.toMatchObject({ code: 'already_done' });
    visitor.send('Here is the number.');
    await expect.poll(() => now(chat)).toMatchObject({ status: 'open', handler: 'queue' });
    await expect.poll(() => visitor.entries.map(({ type }) => type)).toEqual(['message', 'message']);
  });

  test('until a time wakes then by itself, once, on one of the nodes', async () => {
    const chat = await open('ben', await asked());
    await expect(chat.snooze('2020-01-01T00:00:00.000Z')).rejects.toMatchObject({ code: 'unprocessable' });
    const until = new Date(Date.now() + 1_500).toISOString();
    await chat.snooze(until);
    await expect.poll(() => now(chat)).toMatchObject({ status: 'snoozed', snoozedUntil: until });
    await expect.poll(() => now(chat)?.status, { timeout: 10_000 }).toBe('open');
    expect(now(chat)).toMatchObject({ snoozedUntil: null, handler: 'queue' });
    expect(last(chat)).toMatchObject({ type: 'status', audience: 'internal', actor: { kind: 'system', id: 'timer' } });
    expect(chat.entries).toHaveLength(3);
  });

  test('that only a newer version may wake keeps no other asleep', async () => {
    const [newer, chat] = await Promise.all([open('ana', await asked()), open('ana', await asked())]);
    const soon = Date.now() + 1_500;
    await newer.snooze(new Date(soon).toISOString());
    const entries = house.db.collection<Entry>('entries');
    const entry = await entries.findOne({ conversationId: newer.id, seq: last(newer)?.seq ?? 0 });
    if (!entry) throw new Error('nothing was written');
    await entries.insertOne({ ...entry, _id: newId(), clientId: 'newer', seq: entry.seq + 1, v: 99 });
    await chat.snooze(new Date(soon + 500).toISOString());
    await expect.poll(() => last(chat)?.actor, { timeout: 10_000 }).toMatchObject({ id: 'timer' });
    expect(now(newer)?.status).toBe('snoozed');
  });

  test('put to sleep anew, the earlier time counts for nothing', async () => {
    const chat = await open('ben', await asked());
    await chat.snooze(new Date(Date.now() + 1_000).toISOString());
    await chat.snooze('2099-01-01T00:00:00.000Z');
    const other = await open('ben', await asked());
    await other.snooze(new Date(Date.now() + 1_000).toISOString());
    await expect.poll(() => last(other)?.actor, { timeout: 10_000 }).toMatchObject({ id: 'timer' });
    expect(now(chat)?.status).toBe('snoozed');
  });
});

describe('many at once', () => {
  test('are moved by a supervisor, who hears which were not and why', async () => {
    const ids = [await asked(), await asked(), await asked()];
    await (await open('dana', ids[0] ?? '')).resolve();
    const asked2 = { ids: [...ids, 'no-such-one'], to: { kind: 'team', id: 'board' }, text: 'All of it' } as const;
    const { moved, refused } = await as('dana').moveMany({ ...asked2, ids: [...asked2.ids] }, 'once');
    expect(moved.toSorted()).toEqual(ids.slice(1).toSorted());
    expect(refused.toSorted((a, b) => a.code.localeCompare(b.code))).toMatchObject([
      { id: 'no-such-one', code: 'not_found' },
      { id: ids[0], code: 'unprocessable' },
    ]);
    await as('dana').moveMany({ ...asked2, ids: [...asked2.ids] }, 'once');
    const chat = await open('dana', ids[1] ?? '');
    expect(chat.entries.filter(({ type }) => type === 'transferred')).toHaveLength(1);
  });

  test('of another company are as if they were not there', async () => {
    const [id, olga] = [await asked(), await house.signIn('olga')];
    const { refused } = await olga.moveMany({ ids: [id], to: { kind: 'queue' } });
    expect(refused).toEqual([{ id, code: 'not_found' }]);
  });

  test('are not an agent’s to move', async () => {
    const asked = as('ana').moveMany({ ids: ['a'], to: { kind: 'queue' } });
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a VIP', () => {
  test('begins one step higher than others', async () => {
    const contacts = house.db.collection<{ _id: string }>('contacts');
    const before = (await contacts.find().toArray()).map(({ _id }) => _id);
    const visitor = await house.visitor();
    await contacts.updateOne({ _id: { $nin: before } }, { $set: { vip: true } });
    await (await open('ana', await asked())).setVip(true); // whoever remembers the VIPs looks anew
    visitor.send('Hello');
    await expect.poll(() => visitor.conversationId).not.toBeNull();
    expect(now(await open('ana', visitor.conversationId ?? ''))?.priority).toBe('high');
    expect(now(await open('ana', await asked()))?.priority).toBe('normal');
  });

  test('is raised at once in what is open, once', async () => {
    const chat = await open('ana', await asked());
    await chat.setVip(true);
    expect(now(chat)).toMatchObject({ contact: { vip: true }, priority: 'high' });
    await chat.setVip(false);
    expect(now(chat)?.contact.vip).toBeUndefined();
    await chat.setVip(true);
    expect(now(chat)?.priority).toBe('high');
  });
});
