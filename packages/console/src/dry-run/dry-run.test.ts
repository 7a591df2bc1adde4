import { type DryRunResult, usualRouting } from '@helpline/protocol';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from '../testing/accessible.js';
import { closeDesks, control, type Desk, fill, find, get, openDesk, texts, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben, carla } from '../testing/people.js';

const rising = (to: number) => Array.from({ length: 21 }, (_, i) => Math.round((to * i * i) / 400));
const side = (median: number) => ({ median, p90: 4 * median, breaches: 3, neverGiven: 0, waits: rising(8 * median) });
const load = (given: number) => ({ given, hours: given / 3 });

const outcome = (more: Partial<DryRunResult> = {}): DryRunResult => ({
  from: '2026-02-23T09:00:00Z',
  to: '2026-03-02T09:00:00Z',
  conversations: 420,
  isCutOff: false,
  guessedPresence: 0,
  breachMinutes: 10,
  recorded: side(100),
  current: side(90),
  changed: side(45),
  agents: [
    { agentId: ben.id, current: load(200), changed: load(230) },
    { agentId: carla.id, current: load(220), changed: load(190) },
  ],
  ...more,
});

async function openSettings(client = new FakeClient()): Promise<Desk> {
  client.setup.set = [{ of: { kind: 'workspace' }, version: 1, settings: usualRouting }];
  const desk = openDesk(client, '#/routing/workspace');
  await until(() => find(desk, 'console-dry-run form') !== null);
  return desk;
}

async function tryOut(desk: Desk, result: DryRunResult): Promise<void> {
  desk.client.setup.dryRunOutcome = result;
  control(desk, 'Try it').click();
  await until(() => find(desk, 'console-dry-run section > p:nth-of-type(2)') !== null);
}

describe('trying settings on the last days', () => {
  afterEach(async () => {
    closeDesks();
    document.documentElement.dir = '';
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 1400, height: 900 });
  });

  it('sends what stands in the form, saved or not, and shows how far it has come', async () => {
    const desk = await openSettings();
    desk.client.setup.dryRunSteps = [0.3];
    fill(get(desk, 'console-dry-run input[name=days]'), '3');
    desk.client.setup.dryRunOutcome = outcome();
    control(desk, 'Try it').click();
    await until(() => texts(desk, 'console-dry-run [role=status]').join().includes('30 %'));
    const asked = desk.client.asked.find((one) => one.startsWith('dry run ')) ?? '';
    assert.deepInclude(JSON.parse(asked.slice('dry run '.length)), {
      days: 3,
      breachMinutes: 10,
      settings: usualRouting,
    });
    await until(() => find(desk, 'console-dry-run table') !== null);
    assert.equal(texts(desk, 'console-dry-run [role=status]').join(), '');
  });

  it('compares waits and loads as tables and as a picture', async () => {
    const desk = await openSettings();
    await tryOut(desk, outcome({ isCutOff: true, guessedPresence: 2 }));
    const cells = texts(desk, 'console-dry-run table:first-of-type tbody tr:first-child td');
    assert.deepEqual(cells, ['1.7 min', '1.5 min', '45 sec']);
    assert.deepEqual(texts(desk, 'console-dry-run tbody th').slice(-2), [ben.name, carla.name]);
    const lines = ['recorded', 'current', 'changed'].map((name) => find(desk, `console-dry-run figure > svg .${name}`));
    assert.isTrue(lines.every((line) => line !== null));
    const said = texts(desk, 'console-dry-run section').join();
    assert.include(said, 'only the newest 420 were gone through');
    assert.include(said, 'of the agents were there was not recorded');
  });

  it('says so where nothing came in, and where another one runs', async () => {
    const desk = await openSettings();
    await tryOut(desk, outcome({ conversations: 0, agents: [] }));
    assert.include(texts(desk, 'console-dry-run section').join(), 'Nothing came in during these days.');
    desk.client.setup.refuse = refusal('busy');
    control(desk, 'Try it').click();
    await until(() => find(desk, 'console-dry-run [role=alert]') !== null);
    desk.client.setup.dryRunOutcome = outcome();
    get(desk, 'console-dry-run [role=alert] button').click();
    await until(() => find(desk, 'console-dry-run table') !== null);
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is for everybody, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const desk = await openSettings();
      await tryOut(desk, outcome());
      await assertAccessible();
    });

  it('is for everybody on a narrow screen, from right to left', async () => {
    document.documentElement.dir = 'rtl';
    await setViewport({ width: 320, height: 640 });
    const desk = await openSettings();
    await tryOut(desk, outcome());
    assertFits();
    await assertAccessible();
  });
});
