import type { Me } from '@helpline/protocol';
import type { AgentClient } from '@helpline/sdk/agent';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askByHttp } from '../testing/ask.js';
import { aCustomer } from '../testing/customers.js';
import { type House, type NodeOfHouse, openHouse, type PersonName } from '../testing/house.js';
import type { StaffMember } from './store.js';

const awayAfterMs = 1_500;
const patient = { timeout: 15_000 };

let house: House;

beforeEach(async () => {
  house = await openHouse('presence', { awayAfterMs, manyNodes: true });
});

afterEach(() => house.close());

const agents = () => house.db.collection<StaffMember>('agents');

async function how(name: PersonName): Promise<string> {
  const member = await agents().findOne({ _id: name });
  const by = member?.stint.by;
  return [member?.availability, by?.kind === 'desk' ? by.why : by?.kind].join(', by ');
}

/** Another device of his. */
async function device(name: PersonName, at: NodeOfHouse = house): Promise<AgentClient> {
  const client = await at.signIn(name);
  await expect.poll(() => connections(name), patient).toBeGreaterThan(0);
  return client;
}

const connections = async (name: PersonName): Promise<number> => {
  const nodes = await house.db.collection<{ here: { agentId: string }[] }>('nodeConnections').find().toArray();
  return nodes.flatMap(({ here }) => here).filter(({ agentId }) => agentId === name).length;
};

describe('an available agent whose connection is lost', () => {
  test('is offline after a while, is told why when he comes back soon, and goes on', async () => {
    const ana = await device('ana');
    await ana.setAvailability('available');
    ana.close();
    await expect.poll(() => how('ana'), patient).toBe('offline, by connection_lost');
    const again = await house.signIn('ana');
    const heard: Me[] = [];
    again.on('me', (me) => heard.push(me));
    await expect.poll(() => how('ana'), patient).toBe('available, by connection_back');
    await expect
      .poll(() => heard.at(-1)?.stint, patient)
      .toMatchObject({ by: { kind: 'desk', why: 'connection_back' } });
  });

  test('who comes back late says himself that he is back', async () => {
    const ana = await device('ana');
    await ana.setAvailability('available');
    ana.close();
    await expect.poll(() => how('ana'), patient).toBe('offline, by connection_lost');
    await agents().updateOne({ _id: 'ana' }, { $set: { 'stint.since': new Date(Date.now() - 6 * 60_000) } });
    const again = await device('ana');
    const ben = await device('ben');
    await ben.setAvailability('available');
    ben.close();
    await expect.poll(() => how('ben'), patient).toBe('offline, by connection_lost'); // others have been looked at since
    expect(await how('ana')).toBe('offline, by connection_lost');
    await again.setAvailability('available');
    expect(await how('ana')).toBe('available, by self');
  });

  test('stays on his break', async () => {
    const [ana, ben] = [await device('ana'), await device('ben')];
    await ana.setAvailability('break');
    await ben.setAvailability('available');
    ana.close();
    ben.close();
    await expect.poll(() => how('ben'), patient).toBe('offline, by connection_lost');
    expect(await how('ana')).toBe('break, by self');
  });
});

describe('tabs and devices', () => {
  test('are one presence over all nodes: the last one counts', async () => {
    const another = await house.anotherNode();
    const laptop = await device('ana');
    await laptop.setAvailability('available');
    const phone = await device('ana', another);
    await expect.poll(() => connections('ana'), patient).toBe(2);
    const ben = await device('ben');
    await ben.setAvailability('available');
    laptop.close();
    ben.close();
    await expect.poll(() => how('ben'), patient).toBe('offline, by connection_lost');
    expect(await how('ana')).toBe('available, by self');
    phone.close();
    await expect.poll(() => how('ana'), patient).toBe('offline, by connection_lost');
  });

  test('of a node that died count no more', async () => {
    const ana = await device('ana');
    await house.db
      .collection<{ _id: string; here: object[]; at: Date }>('nodeConnections')
      .insertOne({ _id: 'dead', here: [{ agentId: 'ana', sessionId: 's' }], at: new Date(Date.now() - 40_000) });
    await ana.setAvailability('available');
    ana.close();
    await expect.poll(() => how('ana'), patient).toBe('offline, by connection_lost');
  });

  test('signing out of one leaves the other available; of the last one, nobody', async () => {
    const cookies = [await house.cookieOf('ana'), await house.cookieOf('ana')];
    const laptop = await device('ana');
    await laptop.setAvailability('available');
    const signOut = (cookie = '') => askByHttp(house.url, 'agent.signOut', {}, { cookie });
    await signOut(cookies[0]);
    expect(await how('ana')).toBe('available, by self');
    laptop.close();
    await expect.poll(() => connections('ana'), patient).toBe(0);
    await signOut(cookies[1]);
    expect(await how('ana')).toBe('offline, by self');
  });
});

describe('a supervisor', () => {
  test('says how somebody is, which he sees at once', async () => {
    const [ana, dana] = [await house.signIn('ana'), await house.signIn('dana')];
    const lunch = await dana.addAvailabilityReason({ availability: 'break', name: 'Lunch' });
    expect(await ana.availabilityReasons()).toEqual([lunch]);
    await dana.setAvailabilityOf('ana', 'break', lunch.id);
    const stint = { by: { kind: 'supervisor', id: 'dana', name: 'Dana' }, reason: { name: 'Lunch' } };
    await expect.poll(() => ana.me, patient).toMatchObject({ availability: 'break', stint });
    await dana.removeAvailabilityReason(lunch.id);
    expect(await ana.availabilityReasons()).toEqual([]);
  });

  test('reads others’ days; everybody reads his own; nobody another company’s', async () => {
    const [ana, dana, emil] = await Promise.all((['ana', 'dana', 'emil'] as const).map((name) => house.signIn(name)));
    await ana?.setAvailability('available');
    const [from, to] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
    const day = (agentId: string) => ({ agentId, from: from ?? '', to: to ?? '' });
    const available = expect.arrayContaining([expect.objectContaining({ availability: 'available', to: null })]);
    expect(await ana?.availabilityIntervals(day('ana'))).toEqual(available);
    expect(await dana?.availabilityIntervals(day('ana'))).toEqual(available);
    expect(await emil?.workIntervals(day('ana'))).toEqual([]);
    await expect(ana?.availabilityIntervals(day('ben'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ana?.workIntervals(day('ben'))).rejects.toMatchObject({ code: 'forbidden' });
    await expect(dana?.availabilityIntervals(day('olga'))).rejects.toMatchObject({ code: 'not_found' });
    await expect(dana?.setAvailabilityOf('olga', 'busy')).rejects.toMatchObject({ code: 'not_found' });
    await expect(ana?.setAvailabilityOf('ben', 'busy')).rejects.toMatchObject({ code: 'forbidden' });
    const long = { agentId: 'ana', from: '2026-03-01T00:00:00Z', to: '2026-03-09T00:00:00Z' };
    await expect(ana?.availabilityIntervals(long)).rejects.toMatchObject({ code: 'bad_request' });
  });

  test('of one brand reads how long others worked, but not on which conversations of another brand', async () => {
    await agents().updateOne({ _id: 'dana' }, { $set: { brandIds: ['tulips'] } });
    const [chiara, dana] = await Promise.all([house.signIn('chiara'), house.signIn('dana')]);
    const conversationId = await aCustomer(house.url, 'north');
    await chiara.setAvailability('busy');
    const [from = '', to = ''] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString());
    const day = { agentId: 'chiara', from, to };
    const worked = () => {
      chiara.lookAt(conversationId, 'focused');
      return chiara.workIntervals(day);
    };
    await expect.poll(worked, patient).toMatchObject([{ conversationId, kind: 'active' }]);
    expect(await dana.workIntervals(day)).toMatchObject([{ conversationId: null, kind: 'active' }]);
  });

  test('of one brand sends nobody of another brand on a break', async () => {
    await agents().updateOne({ _id: 'dana' }, { $set: { brandIds: ['tulips'] } });
    const dana = await house.signIn('dana');
    await dana.setAvailabilityOf('ana', 'break');
    await expect(dana.setAvailabilityOf('chiara', 'break')).rejects.toMatchObject({ code: 'forbidden' });
    expect([await how('ana'), await how('chiara')]).toEqual(['break, by supervisor', 'offline, by self']);
  });
});
