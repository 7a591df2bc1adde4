import type { Me, Stint } from '@helpline/protocol';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from '../testing/accessible.js';
import {
  closeDesks,
  control,
  type Desk,
  fill,
  find,
  get,
  openAnasChat,
  openDesk,
  textOf,
  texts,
  until,
} from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { fromAna, ownStint } from '../testing/people.js';

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();
const lunch = { id: 'lunch', availability: 'break', name: 'Lunch' } as const;

/** Ben, as the server last told how he is. */
async function ben(availability: Me['availability'], stint: Partial<Stint>, client = new FakeClient()): Promise<Desk> {
  const desk = openDesk(client);
  await until(() => find(desk, 'console-availability select') !== null);
  desk.client.hearMe({ availability, stint: { ...ownStint, since: ago(30), ...stint } });
  await desk.app.updateComplete;
  return desk;
}

const select = (desk: Desk) => get(desk, 'console-availability select') as HTMLSelectElement;
const said = (desk: Desk): string => textOf(find(desk, 'console-availability p'));

describe('how I am', () => {
  afterEach(closeDesks);

  it('is chosen with a reason of the workspace’s own', async () => {
    const client = Object.assign(new FakeClient(), { reasons: [lunch] });
    const desk = await ben('available', {}, client);
    await until(() => texts(desk, 'console-availability option').includes('Lunch'));
    fill(select(desk), 'break:lunch');
    await until(() => desk.client.me?.stint.reason?.name === 'Lunch');
    await until(() => select(desk).value === 'break:lunch');
    assert.include(desk.client.asked, 'availability break lunch');
    fill(select(desk), 'available');
    await until(() => desk.client.me?.stint.reason === null);
  });

  it('stays as it was when the server refuses', async () => {
    const client = Object.assign(new FakeClient(), { reasons: [lunch] });
    const desk = await ben('available', {}, client);
    await until(() => texts(desk, 'console-availability option').includes('Lunch'));
    fill(select(desk), 'break:lunch');
    await until(() => select(desk).value === 'break:lunch' && desk.client.me?.availability === 'break');
    desk.client.refuse = refusal('busy');
    fill(select(desk), 'offline');
    await until(() => find(desk, 'console-app .notice .failed') !== null);
    assert.equal(select(desk).value, 'break:lunch');
  });

  it('says since when, and who else said so', async () => {
    const desk = await ben('busy', {});
    await until(() => said(desk).startsWith('since'));
    assert.notInclude(said(desk), 'Dana');
    const dana = { kind: 'supervisor', id: 'dana', name: 'Dana' } as const;
    desk.client.hearMe({ availability: 'training', stint: { ...ownStint, since: ago(1), by: dana } });
    await until(() => said(desk).endsWith('set by Dana'));
    await until(() => textOf(find(desk, 'console-app .notice')).includes('Dana set how you are: In training'));
  });

  it('keeps a reason that is on no list any more', async () => {
    const desk = await ben('break', { reason: { id: 'walk', name: 'Walk' } });
    await until(() => select(desk).value === 'break:walk');
    assert.include(texts(desk, 'console-availability option'), 'Walk');
  });

  it('counts down while I wrap up, and one click ends it', async () => {
    const by = { kind: 'desk', why: 'resolved' } as const;
    const desk = await ben('wrap_up', { by, until: new Date(Date.now() + 65_000).toISOString() });
    await until(() => /^1:0[45] left/.test(said(desk)));
    const first = said(desk);
    await until(() => said(desk) !== first);
    control(desk, 'I am done').click();
    await until(() => desk.client.me?.availability === 'available');
    await until(() => said(desk).startsWith('since'));
  });
});

describe('being away without a word of mine', () => {
  afterEach(closeDesks);

  for (const [why, availability, words] of [
    ['missed_offer', 'busy', 'You missed a conversation'],
    ['connection_lost', 'offline', 'Your connection was lost'],
  ] as const)
    it(`is told with its reason, and ends with one click (${why})`, async () => {
      const desk = await ben(availability, { by: { kind: 'desk', why } });
      await until(() => textOf(find(desk, 'console-away-notice [role=alert]')).includes(words));
      control(desk, 'I am available').click();
      await until(() => find(desk, 'console-away-notice [role=alert]') === null);
      assert.equal(desk.client.me?.availability, 'available');
    });

  it('ends by itself when the connection is back soon, which is told', async () => {
    const desk = await ben('offline', { by: { kind: 'desk', why: 'connection_lost' } });
    const by = { kind: 'desk', why: 'connection_back' } as const;
    desk.client.hearMe({ availability: 'available', stint: { ...ownStint, since: ago(0), by } });
    await until(() => textOf(find(desk, 'console-app .notice')).includes('Your connection is back'));
    assert.isNull(find(desk, 'console-away-notice [role=alert]'));
  });
});

describe('looking at a conversation', () => {
  afterEach(closeDesks);

  it('is told when it is opened, when the window is left and come back to, and when it is closed', async () => {
    let isFocused = true;
    Object.defineProperty(document, 'hasFocus', { value: () => isFocused, configurable: true });
    const desk = await openAnasChat([fromAna(1, 'My kettle is broken.')]);
    const { looks } = desk.client;
    await until(() => looks.length === 1);
    isFocused = false;
    dispatchEvent(new FocusEvent('blur'));
    isFocused = true;
    dispatchEvent(new FocusEvent('focus'));
    location.hash = '#/mine';
    await until(() => looks.at(-1) === 'anas-chat left');
    dispatchEvent(new FocusEvent('blur'));
    const told = ['focused', 'blurred', 'focused', 'left'];
    assert.deepEqual(
      looks,
      told.map((how) => `anas-chat ${how}`),
    );
    Reflect.deleteProperty(document, 'hasFocus');
  });
});

describe('availability for everybody', () => {
  afterEach(async () => {
    closeDesks();
    document.documentElement.dir = '';
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 1400, height: 900 });
  });

  const stints = {
    missed: { by: { kind: 'desk', why: 'missed_offer' } },
    wrapsUp: { by: { kind: 'desk', why: 'resolved' }, until: new Date(Date.now() + 90_000).toISOString() },
    excused: { by: { kind: 'supervisor', id: 'dana', name: 'Dana' }, reason: lunch },
  } as const;

  for (const [name, prepare] of [
    ['light', () => emulateMedia({ colorScheme: 'light' })],
    ['dark', () => emulateMedia({ colorScheme: 'dark' })],
    ['narrow', () => setViewport({ width: 320, height: 640 })],
    ['from right to left', async () => Object.assign(document.documentElement, { dir: 'rtl' })],
  ] as const)
    it(`is readable and fits, ${name}`, async () => {
      await prepare();
      for (const stint of Object.values(stints)) {
        const { client, app } = await openAnasChat([fromAna(1, 'My kettle is broken.')]);
        client.hearMe({ availability: 'break', stint: { ...ownStint, ...stint } });
        await app.updateComplete;
        await assertAccessible();
        assertFits();
        closeDesks();
      }
    });
});
