import { type DoorName, permissions } from '@helpline/protocol';
import { doors } from '@helpline/protocol/schemas';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Asker, askByHttp, askBySocket, letIn, openSocket } from '../testing/ask.js';
import { inputs } from '../testing/door-inputs.js';
import { type House, openHouse, type PersonName, shopOrigin } from '../testing/house.js';

/** Who may call each door at all. A door that is new needs its line here. */
const callers: Record<DoorName, 'anyone' | 'visitor' | 'staff' | 'supervisor' | 'admin'> = {
  'visitor.open': 'anyone',
  'visitor.session': 'visitor',
  'visitor.identify': 'visitor',
  'visitor.start': 'visitor',
  'visitor.leaveMessage': 'visitor',
  'visitor.send': 'visitor',
  'visitor.sync': 'visitor',
  'visitor.typing': 'visitor',
  'visitor.seen': 'visitor',
  'visitor.fileLink': 'visitor',
  'agent.signIn': 'anyone',
  'agent.signOut': 'staff',
  'agent.me': 'staff',
  'agent.setAvailability': 'staff',
  'agent.setAvailabilityOf': 'supervisor',
  'agent.availabilityIntervals': 'staff',
  'agent.workIntervals': 'staff',
  'availabilityReason.list': 'staff',
  'availabilityReason.add': 'supervisor',
  'availabilityReason.remove': 'supervisor',
  'conversation.lookedAt': 'staff',
  'agent.list': 'staff',
  'inbox.list': 'staff',
  'inbox.setTeam': 'admin',
  'agent.people': 'supervisor',
  'agent.add': 'admin',
  'agent.update': 'admin',
  'agent.deactivate': 'admin',
  'agent.reactivate': 'admin',
  'agent.resetPassword': 'admin',
  'agent.setPassword': 'staff',
  'team.list': 'staff',
  'team.add': 'admin',
  'team.update': 'admin',
  'team.remove': 'admin',
  'routing.list': 'supervisor',
  'routing.set': 'admin',
  'routing.previewHours': 'supervisor',
  'routing.unset': 'admin',
  'routing.dryRun': 'supervisor',
  'routing.dryRunResult': 'supervisor',
  'conversation.offers': 'staff',
  'conversation.accept': 'staff',
  'conversation.decline': 'staff',
  'conversation.list': 'staff',
  'conversation.get': 'staff',
  'conversation.watch': 'staff',
  'conversation.unwatch': 'staff',
  'conversation.sync': 'staff',
  'conversation.heads': 'staff',
  'conversation.reply': 'staff',
  'conversation.recipients': 'staff',
  'conversation.callBack': 'staff',
  'conversation.forward': 'staff',
  'conversation.compose': 'staff',
  'conversation.setDoNotContact': 'staff',
  'conversation.clearMailTrouble': 'staff',
  'conversation.note': 'staff',
  'conversation.assign': 'staff',
  'conversation.explain': 'staff',
  'conversation.split': 'staff',
  'conversation.resolve': 'staff',
  'conversation.reopen': 'staff',
  'conversation.typing': 'staff',
  'conversation.seen': 'staff',
  'conversation.targets': 'staff',
  'conversation.transfer': 'staff',
  'conversation.escalate': 'staff',
  'conversation.triage': 'staff',
  'conversation.pend': 'staff',
  'conversation.snooze': 'staff',
  'conversation.moveMany': 'supervisor',
  'conversation.setVip': 'staff',
  'agent.handBack': 'staff',
  'followUp.list': 'staff',
  'followUp.promise': 'staff',
  'followUp.settle': 'staff',
  'mailbox.list': 'admin',
  'mailbox.connect': 'admin',
  'mailbox.setSending': 'admin',
  'mailbox.setServers': 'admin',
  'mailbox.signInProviders': 'admin',
  'mailbox.signIn': 'admin',
  'mailbox.signInAgain': 'admin',
  'mailbox.finishSignIn': 'admin',
  'mailbox.folders': 'admin',
  'mailbox.watchFolders': 'admin',
  'mailbox.ledger': 'admin',
  'mailbox.compare': 'admin',
  'mailbox.rawMail': 'admin',
  'mailbox.retry': 'admin',
  'mailbox.disconnect': 'admin',
  'suspended.list': 'admin',
  'suspended.release': 'admin',
  'suspended.releaseMany': 'admin',
  'suspended.delete': 'admin',
  'file.begin': 'staff',
  'file.link': 'staff',
  'mail.page': 'staff',
  'mail.original': 'staff',
};

const names = Object.keys(callers) as DoorName[];
/** They open for what the walk has not: a file, a mail. */
const needFile: DoorName[] = ['visitor.fileLink', 'file.link', 'mail.page', 'mail.original'];
const aboutConversation = names.filter((name) => 'conversationId' in doors[name].input.shape);
const staff: PersonName[] = ['ana', 'ben', 'chiara', 'dana', 'emil', 'olga'];
/** Of these, the conversation in the walk is of another team, another brand, another company. */
const strangers: PersonName[] = ['ana', 'chiara', 'olga'];
const canary = 'CANARY-7d1f';
const canaryOfBrand = 'CANARY-9e02';

interface Walker {
  name: string;
  asker: Asker;
  socket: Socket | null;
  heard: unknown[];
}

let house: House;
/** Of the repairs team; with a note in it. */
let conversationId: string;
/** Of the same brand and no team, so Ana may see it. */
let otherId: string;
const walkers = new Map<string, Walker>();

beforeAll(async () => {
  house = await openHouse('doors');
  await walkAs('anyone', {});
  for (const name of staff) await walkAs(name, { cookie: await house.cookieOf(name) });
  for (const name of ['customer', 'another visitor']) await walkAs(name, await newVisitor());
  const opened = await ask('customer', 'visitor.start', { clientId: 'c1', text: `${canary} My kettle is broken.` });
  conversationId = (opened.body as { conversationId: string }).conversationId;
  await walkAs('other customer', await newVisitor('web_tulips'));
  const other = await ask('other customer', 'visitor.start', {
    clientId: 'c1',
    text: `${canaryOfBrand} Do you have tulips?`,
  });
  otherId = (other.body as { conversationId: string }).conversationId;
  await ask('ben', 'conversation.note', { conversationId, clientId: 'n1', text: `${canary} A regular.` });
});

afterAll(async () => {
  for (const { socket } of walkers.values()) socket?.close();
  await house.close();
});

async function walkAs(name: string, asker: Asker): Promise<void> {
  const known = asker.cookie ? 'agent' : asker.token ? 'visitor' : null;
  const socket = known && (await letIn(openSocket(house.url, known, asker)));
  const walker: Walker = { name, asker, socket, heard: [] };
  socket?.onAny((...event) => walker.heard.push(event));
  walkers.set(name, walker);
}

async function newVisitor(inbox = 'web_repairs'): Promise<Asker> {
  const answer = await askByHttp(house.url, 'visitor.open', { inbox }, { origin: shopOrigin });
  return { token: (answer.body as { token: string }).token, origin: shopOrigin };
}

function walker(name: string): Walker {
  const found = walkers.get(name);
  if (!found) throw new Error(`Nobody walks as ${name}.`);
  return found;
}

const ask = (name: string, door: DoorName, input: Record<string, unknown>): Promise<Answer> =>
  askByHttp(house.url, door, input, walker(name).asker);

/** The same question by every way there is for this caller; what is given is as the contract says. */
async function askEverywhere(name: string, door: DoorName, id: string): Promise<Answer[]> {
  const { socket } = walker(name);
  const byHttp = await ask(name, door, inputs[door](id));
  const answers = socket ? [byHttp, await askBySocket(socket, door, inputs[door](id))] : [byHttp];
  for (const { status, body } of answers) if (status === 200) doors[door].output.parse(body);
  return answers;
}

/** What must reach a stranger by no way. */
const foreignTo = (name: string): string[] =>
  name === 'ana' ? [canary, conversationId] : [canary, conversationId, canaryOfBrand, otherId];

const mayCall = (name: string, door: DoorName): boolean =>
  ({
    anyone: true,
    visitor: name.endsWith('customer') || name === 'another visitor',
    staff: staff.some((one) => one === name),
    supervisor: name === 'dana' || name === 'emil' || name === 'olga',
    admin: name === 'emil' || name === 'olga',
  })[callers[door]];

describe('the table', () => {
  test('has every door of the contract exactly once', () => {
    expect(house.app.rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(doors).toSorted());
    expect(names.toSorted()).toEqual(Object.keys(doors).toSorted());
  });

  test.each(names)('says for %s who may call it, how often and on what', (name) => {
    const row = house.app.rows.find((one) => one.name === name);
    expect(row?.permission).toBeOneOf(callers[name] === 'anyone' ? ['anyone'] : [...permissions]);
    expect(row?.rate.points).toBeGreaterThan(0);
    expect(row?.rate.perSeconds).toBeGreaterThan(0);
    expect(row?.on).toBe(aboutConversation.includes(name) ? 'conversation' : 'nothing');
    expect(doors[name].input.safeParse(inputs[name]('some-id')).success).toBe(true);
    expect(doors[name].input.safeParse({ ...inputs[name]('some-id'), workspaceId: 'elsewhere' }).success).toBe(false);
  });

  test('is the whole surface: other paths, methods and events are missing', async () => {
    const known = new Set(names.map((name) => doors[name].http.replace(/:\w+/g, 'x')));
    const paths = [...new Set([...known].map((route) => route.split(' ')[1] ?? '')), '/nothing', '/openapi', ''];
    const { cookie = '' } = walker('emil').asker;
    const checkMissing = async (method: string, path: string) => {
      const response = await fetch(`${house.url}/api/v1${path}`, { method, headers: { cookie, 'x-helpline': '1' } });
      expect({ method, path, status: response.status }).toEqual({ method, path, status: 404 });
      expect(await response.json()).toMatchObject({ code: 'not_found' });
    };
    for (const path of paths) {
      const others = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'QUERY'].filter((one) => !known.has(`${one} ${path}`));
      await Promise.all(others.map((method) => checkMissing(method, path)));
    }
    for (const path of ['/metrics', '/admin', '/files/guess', '/console/../secret.key', '/.helpline/secret.key'])
      expect({ path, status: (await fetch(house.url + path)).status }).toEqual({ path, status: 404 });
    const { socket } = walker('emil');
    for (const event of ['nothing', '__proto__', 'constructor', 'conversation', 'agent.signIn', 'visitor.open'])
      expect({ event, ...(socket && (await askBySocket(socket, event, {}))) }).toMatchObject({ event, status: 404 });
  });
});

describe('every door, by HTTP and by socket', () => {
  test('the lists of those who may see it show it', async () => {
    const listed = async (name: string) => JSON.stringify(await ask(name, 'conversation.list', { view: 'open' }));
    await expect.poll(() => listed('emil')).toContain(conversationId);
    await expect.poll(() => listed('ana')).toContain(otherId);
  });

  test.each(names)('%s is shut for those who may not call it', async (door) => {
    for (const name of walkers.keys()) {
      if (mayCall(name, door)) continue;
      for (const { status } of await askEverywhere(name, door, conversationId))
        expect({ name, status }).toEqual({
          name,
          status: staff.some((one) => one === name) && /supervisor|admin/.test(callers[door]) ? 403 : 401,
        });
    }
  });

  test.each(aboutConversation)(
    '%s refuses a conversation that is not the caller’s like one that is missing',
    async (door) => {
      const outsiders = [...strangers, 'another visitor'].filter((name) => mayCall(name, door));
      expect(outsiders.length).toBeGreaterThan(0);
      for (const name of outsiders) {
        const answers = await askEverywhere(name, door, conversationId);
        const missing = await askEverywhere(name, door, crypto.randomUUID());
        for (const answer of [...answers, ...missing])
          expect({ name, answer }).toEqual({
            name,
            answer: { status: 404, body: expect.objectContaining({ code: 'not_found' }) },
          });
        expect(answers).toEqual(missing);
      }
    },
  );

  test.each(aboutConversation.filter((door) => !needFile.includes(door)))(
    '%s opens for those whose conversation it is',
    async (door) => {
      for (const name of ['customer', 'ben', 'dana', 'emil'].filter((one) => mayCall(one, door)))
        for (const { status } of await askEverywhere(name, door, conversationId))
          expect({ name, status }).toEqual({ name, status: expect.toBeOneOf([200, 409, 422]) });
    },
  );

  test.each(names.filter((door) => !aboutConversation.includes(door) && door !== 'agent.signOut'))(
    '%s tells nobody of a conversation that is not his',
    async (door) => {
      for (const name of ['anyone', ...strangers, 'another visitor'].filter((one) => mayCall(one, door))) {
        const told = JSON.stringify(await askEverywhere(name, door, conversationId));
        expect({ name, told: foreignTo(name).filter((secret) => told.includes(secret)) }).toEqual({ name, told: [] });
      }
    },
  );

  test('nobody hears live of what is not his', async () => {
    await ask('other customer', 'visitor.send', { conversationId: otherId, clientId: 'c2', text: canaryOfBrand });
    await ask('emil', 'conversation.assign', { conversationId: otherId, clientId: 'a1', agentId: 'ana' });
    await ask('customer', 'visitor.send', { conversationId, clientId: 'c2', text: `${canary} Hello?` });
    await ask('emil', 'conversation.assign', { conversationId, clientId: 'a1', agentId: 'ben' });
    await expect.poll(() => JSON.stringify(walker('ben').heard)).toContain('"assigneeId":"ben"');
    for (const name of [...strangers, 'another visitor']) {
      const heard = JSON.stringify(walker(name).heard);
      expect({ name, heard: foreignTo(name).filter((secret) => heard.includes(secret)) }).toEqual({ name, heard: [] });
    }
  });

  test('a conversation can be given only to somebody who may see it', async () => {
    const assign = (agentId: string) =>
      ask('emil', 'conversation.assign', { conversationId, clientId: crypto.randomUUID(), agentId });
    expect((await assign('chiara')).status).toBe(422);
    expect(await assign('olga')).toEqual(await assign('nobody-at-all'));
  });
});
