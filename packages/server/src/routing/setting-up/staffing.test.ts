import { type Input, type Output, type PersonSettings, type Problem, usualRouting } from '@helpline/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askByHttp, letIn, openSocket } from '../../testing/ask.js';
import { aCustomer } from '../../testing/customers.js';
import { type House, type InboxName, inboxes, openHouse, type PersonName, password } from '../../testing/house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse('staffing');
});
afterAll(() => house.close());

type Asked = 'agent.add' | 'agent.update' | 'agent.deactivate' | 'agent.reactivate' | 'agent.resetPassword';

async function ask<D extends Asked>(who: PersonName, door: D, input: Input<D>) {
  return askByHttp(house.url, door, input, { cookie: await house.cookieOf(who) });
}

const agent: PersonSettings = {
  name: 'Ana',
  role: 'agent',
  brandIds: ['tulips'],
  teamIds: [],
  capacity: { chat: 2, email: 2 },
  atOnce: null,
  isTrainee: false,
  skills: [],
};

/** Somebody new, and a live connection of his. */
async function newcomer(name: string, settings: Partial<PersonSettings> = {}) {
  const email = `${name.toLowerCase()}@tulips.example`;
  const added = await ask('emil', 'agent.add', { ...agent, name, ...settings, email });
  expect(added.status).toBe(200);
  const { person, password: first } = added.body as Output<'agent.add'>;
  const cookie = await signIn(email, first);
  const socket = await letIn(openSocket(house.url, 'agent', { cookie }));
  return { id: person.id, email, first, cookie, socket };
}

async function signIn(email: string, given: string): Promise<string> {
  const response = await fetch(`${house.url}/api/v1/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: given }),
  });
  expect({ email, status: response.status }).toEqual({ email, status: 200 });
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

const statusOfSignIn = async (email: string, given: string) =>
  (await askByHttp(house.url, 'agent.signIn', { email, password: given })).status;
const statusOfMe = async (cookie: string) => (await askByHttp(house.url, 'agent.me', {}, { cookie })).status;

/** A chat that is the agent's now. */
async function chatOf(agentId: string, inbox: InboxName = 'tulips'): Promise<string> {
  const conversationId = await aCustomer(house.url, inbox);
  expect((await assign(conversationId, agentId)).status).toBe(200);
  return conversationId;
}

const assign = async (conversationId: string, agentId: string) =>
  askByHttp(
    house.url,
    'conversation.assign',
    { conversationId, clientId: 'a1', agentId },
    { cookie: await house.cookieOf('emil') },
  );

async function assigneeOf(conversationId: string): Promise<string | null> {
  const answer = await askByHttp(
    house.url,
    'conversation.get',
    { conversationId },
    { cookie: await house.cookieOf('emil') },
  );
  return (answer.body as Output<'conversation.get'>).assigneeId;
}

describe('somebody new', () => {
  test('signs in with a password that is shown once, and is told to choose one of his own', async () => {
    const nora = await newcomer('Nora', { skills: [{ skill: 'de', level: 4 }], isTrainee: true, atOnce: 3 });
    const me = (await askByHttp(house.url, 'agent.me', {}, { cookie: nora.cookie })).body;
    expect(me).toMatchObject({ name: 'Nora', hasOneTimePassword: true, isTrainee: true, atOnce: 3, isActive: true });
    expect(JSON.stringify(await house.db.collection('agents').find().toArray())).not.toContain(nora.first);
    const phone = await letIn(openSocket(house.url, 'agent', { cookie: await signIn(nora.email, nora.first) }));
    const change = { current: nora.first, password: 'a-password-of-her-own' };
    expect((await askByHttp(house.url, 'agent.setPassword', change, { cookie: nora.cookie })).status).toBe(200);
    await expect.poll(() => phone.connected).toBe(false);
    expect(nora.socket.connected).toBe(true);
    expect(await statusOfSignIn(nora.email, nora.first)).toBe(401);
    expect(await statusOfSignIn(nora.email, 'a-password-of-her-own')).toBe(200);
    const after = (await askByHttp(house.url, 'agent.me', {}, { cookie: nora.cookie })).body;
    expect(after).toMatchObject({ hasOneTimePassword: false });
    nora.socket.close();
  });

  test('needs an address of his own, and brands and teams that are there', async () => {
    const taken = await ask('emil', 'agent.add', { ...agent, email: 'Ana@tulips.example' });
    expect(taken).toMatchObject({ status: 409, body: { errors: [{ pointer: '/email' }] } });
    const wrong = { ...agent, brandIds: ['tulips', 'elsewhere'], teamIds: ['no-team'] };
    const refused = await ask('emil', 'agent.add', { ...wrong, email: 'ole@tulips.example' });
    const { errors } = refused.body as Problem;
    expect(errors?.map(({ pointer }) => pointer)).toEqual(['/brandIds/1', '/teamIds/0']);
    expect(await statusOfSignIn('ole@tulips.example', password)).toBe(401);
  });
});

describe('one’s own password', () => {
  test('is changed only by who knows it, and only for one that is long enough', async () => {
    const cookie = await house.cookieOf('chiara');
    const set = (current: string, next: string) =>
      askByHttp(house.url, 'agent.setPassword', { current, password: next }, { cookie });
    expect(await set('not hers', 'a-long-new-password')).toMatchObject({
      status: 401,
      body: { errors: [{ pointer: '/current' }] },
    });
    expect(await set(password, 'short')).toMatchObject({ status: 400, body: { errors: [{ pointer: '/password' }] } });
    expect(await statusOfMe(cookie)).toBe(200);
  });
});

describe('who leaves', () => {
  test('is signed out everywhere, and what is his waits in the queue again', async () => {
    const olaf = await newcomer('Olaf');
    const chat = await chatOf(olaf.id);
    const left = await ask('emil', 'agent.deactivate', { agentId: olaf.id });
    expect(left).toMatchObject({ status: 200, body: { isActive: false, availability: 'offline' } });
    await expect.poll(() => olaf.socket.connected).toBe(false);
    expect(await statusOfMe(olaf.cookie)).toBe(401);
    expect(await statusOfSignIn(olaf.email, olaf.first)).toBe(401);
    await expect.poll(() => assigneeOf(chat)).toBeNull();
  });

  test('is given nothing, and keeps his name in the history', async () => {
    const pia = await newcomer('Pia');
    await ask('emil', 'agent.deactivate', { agentId: pia.id });
    expect((await assign(await aCustomer(house.url, 'tulips'), pia.id)).status).toBe(422);
    const emil = await house.signIn('emil');
    expect(await emil.agents()).toContainEqual(expect.objectContaining({ id: pia.id, name: 'Pia', isActive: false }));
  });

  test('may come back, with a new password', async () => {
    const rosa = await newcomer('Rosa');
    await ask('emil', 'agent.deactivate', { agentId: rosa.id });
    const back = await ask('emil', 'agent.reactivate', { agentId: rosa.id });
    const { person, password: second } = back.body as Output<'agent.reactivate'>;
    expect(person).toMatchObject({ isActive: true, hasOneTimePassword: true });
    expect(await statusOfSignIn(rosa.email, rosa.first)).toBe(401);
    expect(await statusOfSignIn(rosa.email, second)).toBe(200);
    expect(await statusOfMe(rosa.cookie)).toBe(401);
  });
});

describe('rights that change', () => {
  test('end the connections that were made with the old ones, and give back what he may see no more', async () => {
    const sven = await newcomer('Sven', { brandIds: ['tulips', 'north'] });
    const [seen, unseen] = [await chatOf(sven.id), await chatOf(sven.id, 'north')];
    const changed = await ask('emil', 'agent.update', { ...agent, name: 'Sven', agentId: sven.id });
    expect(changed).toMatchObject({ status: 200, body: { brandIds: ['tulips'] } });
    await expect.poll(() => sven.socket.connected).toBe(false);
    await expect.poll(() => assigneeOf(unseen)).toBeNull();
    expect(await assigneeOf(seen)).toBe(sven.id);
    expect(await statusOfMe(sven.cookie)).toBe(200);
  });

  test('count at once: who is no supervisor any more sees what he was shown as one no more', async () => {
    const tara = await newcomer('Tara', { role: 'supervisor' });
    const inTeam = await chatOf(tara.id, 'repairs');
    const look = async () =>
      (await askByHttp(house.url, 'conversation.get', { conversationId: inTeam }, { cookie: tara.cookie })).status;
    expect(await look()).toBe(200);
    await ask('emil', 'agent.update', { ...agent, name: 'Tara', agentId: tara.id });
    expect(await look()).toBe(404);
    await expect.poll(() => tara.socket.connected).toBe(false);
  });

  test('take away what was held for him, too', async () => {
    const of = { kind: 'inbox', id: inboxes.north._id } as const;
    const settings = { ...usualRouting, offerSeconds: 600 };
    const emil = { cookie: await house.cookieOf('emil') };
    expect((await askByHttp(house.url, 'routing.set', { of, settings }, emil)).status).toBe(200);
    const yara = await newcomer('Yara', { brandIds: ['tulips', 'north'], capacity: { chat: 50, email: 2 } });
    const hers = { cookie: yara.cookie };
    await askByHttp(house.url, 'agent.setAvailability', { availability: 'available' }, hers);
    const chat = await aCustomer(house.url, 'north');
    const held = async () => {
      const { body } = await askByHttp(house.url, 'conversation.offers', {}, hers);
      return (body as Output<'conversation.offers'>).items.map(({ id }) => id);
    };
    await expect.poll(held).toContain(chat);
    await ask('emil', 'agent.update', { ...agent, name: 'Yara', agentId: yara.id });
    expect(await held()).toEqual([]);
    await ask('emil', 'agent.deactivate', { agentId: yara.id });
  });

  test('leave alone who only gets another name or more work', async () => {
    const ulla = await newcomer('Ulla');
    const more = { ...agent, name: 'Ulla Berg', capacity: { chat: 9, email: 9 } };
    await ask('emil', 'agent.update', { ...more, agentId: ulla.id });
    const me = (await askByHttp(house.url, 'agent.me', {}, { cookie: ulla.cookie })).body;
    expect(me).toMatchObject({ name: 'Ulla Berg', capacity: { chat: 9, email: 9 } });
    expect(ulla.socket.connected).toBe(true);
    ulla.socket.close();
  });
});

describe('an administrator', () => {
  test('can’t be the last to go', async () => {
    const { body } = await ask('emil', 'agent.update', { ...agent, name: 'Emil', agentId: 'emil' });
    expect(body).toMatchObject({ code: 'unprocessable' });
    expect((await ask('emil', 'agent.deactivate', { agentId: 'emil' })).status).toBe(422);
    expect(await statusOfMe(await house.cookieOf('emil'))).toBe(200);
  });

  test('remains, also where two dismiss each other at the same moment', async () => {
    for (let i = 0; i < 3; i++) {
      const vera = await newcomer(`Vera${i}`, { role: 'admin', brandIds: 'all' });
      const emilsCookie = await house.cookieOf('emil');
      const dismiss = (agentId: string, cookie: string) =>
        askByHttp(house.url, 'agent.update', { ...agent, name: 'Gone', agentId }, { cookie });
      const statuses = await Promise.all([
        dismiss(vera.id, emilsCookie).then(({ status }) => status),
        dismiss('emil', vera.cookie).then(({ status }) => status),
      ]);
      expect(statuses.filter((status) => status === 200).length).toBeLessThan(2);
      const admins = { workspaceId: 'tulip-house', role: 'admin', leftAt: { $exists: false } };
      expect(await house.db.collection('agents').countDocuments(admins)).toBe(1);
      await house.db
        .collection<{ _id: string }>('agents')
        .updateOne({ _id: 'emil' }, { $set: { role: 'admin', brandIds: 'all', name: 'Emil' } });
      await ask('emil', 'agent.deactivate', { agentId: vera.id });
      vera.socket.close();
    }
  });

  test('knows nobody of another company', async () => {
    for (const door of ['agent.deactivate', 'agent.reactivate', 'agent.resetPassword'] as const)
      expect((await ask('olga', door, { agentId: 'ana' })).status).toBe(404);
    expect((await ask('olga', 'agent.update', { ...agent, brandIds: [], agentId: 'ana' })).status).toBe(404);
  });

  test('of one brand decides about that brand only', async () => {
    const wim = await newcomer('Wim', { role: 'admin', brandIds: ['tulips'] });
    const settings = { ...agent, name: 'Xenia', email: 'xenia@tulips.example' };
    const add = (brandIds: 'all' | string[]) =>
      askByHttp(house.url, 'agent.add', { ...settings, brandIds }, { cookie: wim.cookie });
    expect((await add('all')).status).toBe(403);
    expect((await add(['north'])).status).toBe(403);
    const reset = await askByHttp(house.url, 'agent.resetPassword', { agentId: 'emil' }, { cookie: wim.cookie });
    expect(reset.status).toBe(403);
    expect((await add(['tulips'])).status).toBe(200);
    await ask('emil', 'agent.deactivate', { agentId: wim.id });
    wim.socket.close();
  });
});
