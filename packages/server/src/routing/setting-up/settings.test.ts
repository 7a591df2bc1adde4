import { type DoorName, type Input, type Output, type RoutingSettings, usualRouting } from '@helpline/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askByHttp } from '../../testing/ask.js';
import { aCustomer } from '../../testing/customers.js';
import { type House, inboxes, openHouse, type PersonName } from '../../testing/house.js';

let house: House;
beforeAll(async () => {
  house = await openHouse('settings');
});
afterAll(() => house.close());

async function ask<D extends DoorName>(who: PersonName, door: D, input: Input<D> & Record<string, unknown>) {
  const { status, body } = await askByHttp(house.url, door, input, { cookie: await house.cookieOf(who) });
  return { status, body: body as Output<D> };
}

const newTeam = async (name: string, escalatesTo: string | null = null): Promise<string> =>
  (await ask('emil', 'team.add', { name, escalatesTo })).body.id;

const namesOf = async (who: PersonName): Promise<string[]> =>
  (await ask(who, 'team.list', {})).body.items.map(({ name }) => name);

const setRouting = (of: Input<'routing.set'>['of'], settings: RoutingSettings) =>
  ask('emil', 'routing.set', { of, settings });

describe('teams', () => {
  test('are added, renamed and removed; everybody of the company sees them, nobody else', async () => {
    const billing = await newTeam('Billing');
    expect(await namesOf('ana')).toContain('Billing');
    expect(await namesOf('olga')).toEqual([]);
    const legal = await newTeam('Legal');
    const renamed = await ask('emil', 'team.update', { teamId: billing, name: 'Invoices', escalatesTo: legal });
    expect(renamed.body).toEqual({ id: billing, name: 'Invoices', escalatesTo: legal });
    expect((await ask('emil', 'team.remove', { teamId: legal })).status).toBe(200);
    const { body } = await ask('emil', 'team.list', {});
    expect(body.items).toContainEqual({ id: billing, name: 'Invoices', escalatesTo: null });
    expect((await ask('olga', 'team.remove', { teamId: billing })).status).toBe(404);
  });

  test('have names that tell them apart, and escalate to nobody below them', async () => {
    const front = await newTeam('Front');
    expect(await ask('emil', 'team.add', { name: ' front ', escalatesTo: null })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/name' }] },
    });
    const back = await newTeam('Back', front);
    expect((await ask('emil', 'team.update', { teamId: front, name: 'Front', escalatesTo: back })).status).toBe(422);
    expect((await ask('emil', 'team.update', { teamId: front, name: 'Front', escalatesTo: front })).status).toBe(422);
    expect((await ask('emil', 'team.add', { name: 'Lost', escalatesTo: 'no-team' })).status).toBe(404);
  });

  test('stay as long as they are needed, and it is said for what', async () => {
    const help = await newTeam('Help');
    const detail = async () => {
      const { status, body } = await askByHttp(
        house.url,
        'team.remove',
        { teamId: help },
        { cookie: await house.cookieOf('emil') },
      );
      return { status, detail: (body as { detail?: string }).detail };
    };
    await ask('emil', 'inbox.setTeam', { inboxId: 'tulips-chat', teamId: help });
    expect(await detail()).toEqual({
      status: 422,
      detail: 'The team is needed: the inbox "tulips chat" gives it what comes in.',
    });
    const conversationId = await aCustomer(house.url);
    await ask('emil', 'inbox.setTeam', { inboxId: 'tulips-chat', teamId: null });
    await expect.poll(detail).toEqual({ status: 422, detail: 'The team is needed: a conversation is its own.' });
    await ask('emil', 'conversation.transfer', { conversationId, clientId: 't1', teamId: null });
    const overflow = [{ afterSeconds: 60, teamId: help }];
    await setRouting({ kind: 'workspace' }, { ...usualRouting, overflow });
    await expect.poll(detail).toEqual({ status: 422, detail: 'The team is needed: routing passes on to it.' });
    await ask('emil', 'routing.unset', { of: { kind: 'workspace' } });
    await ask('emil', 'conversation.transfer', { conversationId, clientId: 't2', teamId: help });
    await ask('emil', 'conversation.resolve', { conversationId, clientId: 'r1' });
    await expect.poll(detail).toMatchObject({ status: 200 }); // what it has settled keeps nobody
  });

  test('are left by everybody when they are removed', async () => {
    const brief = await newTeam('Brief');
    const { items } = (await ask('emil', 'agent.people', {})).body;
    const { name, role, brandIds, capacity, atOnce, isTrainee, skills } = items.find(({ id }) => id === 'ben') ?? {};
    const settings = { name, role, brandIds, capacity, atOnce, isTrainee, skills } as Omit<
      Input<'agent.update'>,
      'agentId' | 'teamIds'
    >;
    await ask('emil', 'agent.update', { ...settings, agentId: 'ben', teamIds: [brief] });
    await ask('emil', 'team.remove', { teamId: brief });
    expect((await ask('ben', 'agent.me', {})).body.teamIds).toEqual([]);
  });
});

describe('an inbox', () => {
  test('gives what comes in to its team from then on', async () => {
    const garden = await newTeam('Garden');
    const set = await ask('emil', 'inbox.setTeam', { inboxId: 'tulips-chat', teamId: garden });
    expect(set.body).toMatchObject({ id: 'tulips-chat', teamId: garden });
    const conversationId = await aCustomer(house.url);
    expect((await ask('emil', 'conversation.get', { conversationId })).body.teamId).toBe(garden);
    expect((await ask('emil', 'inbox.setTeam', { inboxId: 'tulips-chat', teamId: 'no-team' })).status).toBe(404);
    expect((await ask('olga', 'inbox.setTeam', { inboxId: 'tulips-chat', teamId: null })).status).toBe(404);
    await ask('emil', 'inbox.setTeam', { inboxId: 'tulips-chat', teamId: null });
  });
});

describe('routing settings', () => {
  test('are set, counted up and taken back; supervisors may read them, agents need not', async () => {
    const of = { kind: 'inbox', id: 'tulips-chat' } as const;
    const { version: first } = (await setRouting(of, usualRouting)).body;
    const sticky = { ...usualRouting, stickyHours: 24 };
    const { version } = (await setRouting(of, sticky)).body;
    expect(version).toBeGreaterThan(first);
    expect((await ask('dana', 'routing.list', {})).body.items).toContainEqual({ of, version, settings: sticky });
    expect((await ask('ana', 'routing.list', {})).status).toBe(403);
    expect((await ask('dana', 'routing.set', { of, settings: sticky })).status).toBe(403);
    expect((await ask('olga', 'routing.list', {})).body.items).toEqual([]);
    await ask('emil', 'routing.unset', { of });
    expect((await ask('dana', 'routing.list', {})).body.items).toEqual([]);
    expect((await setRouting(of, usualRouting)).body.version).toBeGreaterThan(version); // no reason names two
    await ask('emil', 'routing.unset', { of });
  });

  test('are refused where they name what is not there, by the field', async () => {
    const whenClosed = { kind: 'team', teamId: 'no-team' } as const;
    expect(await setRouting({ kind: 'workspace' }, { ...usualRouting, whenClosed })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/settings/whenClosed/teamId' }] },
    });
    expect((await setRouting({ kind: 'inbox', id: 'elsewhere-chat' }, usualRouting)).status).toBe(404);
    expect((await setRouting({ kind: 'team', id: 'no-team' }, usualRouting)).status).toBe(404);
  });

  test('of other brands are neither read nor changed by who has not these brands', async () => {
    const role = (to: 'admin' | 'agent') =>
      house.db.collection<{ _id: string }>('agents').updateOne({ _id: 'chiara' }, { $set: { role: to } });
    await role('admin');
    const [tulips, north] = (['tulips', 'north'] as const).map(
      (name) => ({ kind: 'inbox', id: inboxes[name]._id }) as const,
    );
    if (!tulips || !north) throw new Error('there are no such inboxes');
    const team = { kind: 'team', id: await newTeam('Everybody') } as const;
    for (const of of [tulips, team, { kind: 'workspace' } as const]) {
      expect((await setRouting(of, usualRouting)).status).toBe(200);
      const statuses = [
        (await ask('chiara', 'routing.set', { of, settings: usualRouting })).status,
        (await ask('chiara', 'routing.unset', { of })).status,
      ];
      expect(statuses).toEqual(of.kind === 'inbox' ? [404, 404] : [403, 403]);
    }
    expect((await ask('chiara', 'team.remove', { teamId: team.id })).status).toBe(403);
    expect((await ask('chiara', 'routing.set', { of: north, settings: usualRouting })).status).toBe(200);
    const listed = async (who: PersonName) => (await ask(who, 'routing.list', {})).body.items.map(({ of }) => of);
    expect(await listed('chiara')).toEqual(expect.not.arrayContaining([tulips]));
    expect(await listed('emil')).toEqual(expect.arrayContaining([tulips, north]));
    for (const of of [tulips, north, team, { kind: 'workspace' } as const]) await ask('emil', 'routing.unset', { of });
    await role('agent');
  });
});

test('the SDK can do all of it', async () => {
  const { setup } = await house.signIn('emil');
  const { id } = await setup.addTeam({ name: 'Care', escalatesTo: null });
  const hours = { timeZone: 'Europe/Berlin', days: [{ day: 1, from: '22:00', to: '06:00' }] };
  expect((await setup.previewHours(hours)).changesAt).not.toBeNull();
  await setup.setRouting({ kind: 'team', id }, { ...usualRouting, hours });
  expect((await setup.routing()).map(({ of }) => of)).toContainEqual({ kind: 'team', id });
  const capacity = { chat: 1, email: 1 };
  const where = { role: 'agent' as const, brandIds: ['tulips'], teamIds: [id] };
  const nils = { name: 'Nils', ...where, capacity, atOnce: null, isTrainee: false, skills: [] };
  const { person, password } = await setup.addPerson({ ...nils, email: 'nils@tulips.example' });
  expect(password).toHaveLength(16);
  expect(await setup.updatePerson(person.id, { ...nils, isTrainee: true })).toMatchObject({ isTrainee: true });
  expect((await setup.resetPassword(person.id)).password).not.toBe(password);
  expect(await setup.deactivatePerson(person.id)).toMatchObject({ isActive: false });
  expect((await setup.reactivatePerson(person.id)).person).toMatchObject({ isActive: true });
  expect(await setup.setTeamOfInbox('tulips-chat', id)).toMatchObject({ teamId: id });
  await setup.setTeamOfInbox('tulips-chat', null);
  await setup.unsetRouting({ kind: 'team', id });
  await setup.updateTeam(id, { name: 'Caring', escalatesTo: null });
  await setup.removeTeam(id);
  expect((await setup.people()).find((one) => one.id === person.id)?.teamIds).toEqual([]);
});
