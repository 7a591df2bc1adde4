import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from '../testing/accessible.js';
import { closeDesks, control, fill, find, get, openDesk, textOf, texts, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben, carla, ownStint } from '../testing/people.js';

const lunch = { id: 'lunch', availability: 'break', name: 'Lunch' } as const;
const dana = { kind: 'supervisor', id: 'dana', name: 'Dana' } as const;

async function openPage(given: Partial<FakeClient> = {}) {
  const desk = openDesk(Object.assign(new FakeClient(), { reasons: [lunch], ...given }), '#/presence');
  await until(() => find(desk, 'console-presence .rows select') !== null);
  return desk;
}

describe('who is there', () => {
  afterEach(async () => {
    closeDesks();
    document.documentElement.dir = '';
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 1400, height: 900 });
  });

  it('shows everybody’s availability, since when and by whose word', async () => {
    const away = { ...carla, availability: 'offline' as const, stint: { ...ownStint, by: dana } };
    const desk = await openPage({ staff: [away, ben] });
    assert.deepEqual(texts(desk, 'console-presence .rows .name'), ['Ben Okafor', 'Carla Ruiz']);
    assert.match(texts(desk, 'console-presence .rows .what .muted')[1] ?? '', /^since .*, set by Dana$/);
  });

  it('is set by a supervisor, with a reason; a refusal is told and changes nothing', async () => {
    const desk = await openPage({ staff: [carla] });
    const select = get(desk, 'console-presence select') as HTMLSelectElement;
    await until(() => texts(desk, 'console-presence option').includes('Lunch'));
    fill(select, 'break:lunch');
    await until(() => desk.client.asked.includes('availability of carla break lunch'));
    desk.client.refuse = refusal('forbidden');
    fill(select, 'offline');
    await until(() => find(desk, 'console-app .notice .failed') !== null);
    assert.equal(select.value, 'busy'); // as the server's stand-in says
  });

  it('is no page of an agent', async () => {
    const desk = openDesk(Object.assign(new FakeClient(), { session: { ...ben, role: 'agent' } }), '#/presence');
    await until(() => textOf(find(desk, 'console-presence .state')) !== '');
    assert.isNull(find(desk, 'console-presence select'));
    assert.notInclude(texts(desk, 'console-views a'), 'Who is there');
  });

  it('says what went wrong, and tries again', async () => {
    const client = new FakeClient();
    client.agents = async () => {
      throw refusal('timeout');
    };
    const desk = openDesk(client, '#/presence');
    await until(() => find(desk, 'console-presence [role=alert]') !== null);
    client.agents = FakeClient.prototype.agents;
    get(desk, 'console-presence [role=alert] button').click();
    await until(() => find(desk, 'console-presence .rows') !== null);
  });

  it('has the reasons that can be given, added and removed there', async () => {
    const desk = await openPage({ reasons: [] });
    assert.include(textOf(get(desk, 'console-reasons p + p')), 'There is none yet');
    fill(get(desk, 'console-reasons select'), 'training');
    fill(get(desk, 'console-reasons input'), '  Coaching ');
    control(desk, 'Add reason').click();
    await until(() => texts(desk, 'console-reasons .name').includes('Coaching'));
    assert.include(desk.client.asked, 'add reason training Coaching');
    await until(() => texts(desk, 'console-availability option').includes('Coaching'));
    control(desk, 'Remove: Coaching').click();
    await until(() => find(desk, 'console-reasons .name') === null);
  });

  for (const [name, prepare] of [
    ['light', () => emulateMedia({ colorScheme: 'light' })],
    ['dark', () => emulateMedia({ colorScheme: 'dark' })],
    ['narrow', () => setViewport({ width: 320, height: 640 })],
    ['from right to left', async () => Object.assign(document.documentElement, { dir: 'rtl' })],
  ] as const)
    it(`is readable and fits, ${name}`, async () => {
      await prepare();
      await openPage();
      await assertAccessible();
      assertFits();
    });
});
