import { type RoutingSettings, usualRouting } from '@helpline/protocol';
import { assert } from 'chai';
import { closeDesks, control, type Desk, fill, find, get, openDesk, textOf, texts, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben } from '../testing/people.js';

const teams = [
  { id: 'billing', name: 'Billing', escalatesTo: null },
  { id: 'legal', name: 'Legal', escalatesTo: null },
];
const workspace = { of: { kind: 'workspace' as const }, version: 1, settings: { ...usualRouting, stickyHours: 24 } };

function openRouting(hash: string, set: (typeof workspace)[] = [], session = ben): Desk {
  const client = Object.assign(new FakeClient(), { session });
  client.setup.departments = teams;
  client.setup.set = set;
  return openDesk(client, hash);
}

async function openForm(hash: string, set: (typeof workspace)[] = []): Promise<Desk> {
  const desk = openRouting(hash, set);
  await until(() => find(desk, 'console-routing-settings form') !== null);
  return desk;
}

const field = (desk: Desk, name: string): HTMLElement => get(desk, `console-routing-settings [id="/settings/${name}"]`);

/** Types into a field, and sees what becomes of it, as people do before they go on. */
async function put(desk: Desk, name: string, value: string): Promise<void> {
  fill(name.startsWith('[') ? get(desk, name) : field(desk, name), value);
  await new Promise(requestAnimationFrame);
}

async function press(desk: Desk, name: string): Promise<void> {
  control(desk, name).click();
  await new Promise(requestAnimationFrame);
}

function tick(desk: Desk, label: string): void {
  const form = get(desk, 'console-routing-settings form');
  const match = [...form.querySelectorAll('label')].find((one) => textOf(one) === label);
  if (!match) throw new Error(`There is no "${label}" to tick.`);
  match.click();
}

async function saved(desk: Desk): Promise<RoutingSettings> {
  get(desk, 'console-routing-settings button.primary').click();
  await until(() => desk.client.asked.at(-1)?.startsWith('route ') === true);
  const told = JSON.parse(desk.client.asked.at(-1)?.slice('route '.length) ?? '') as { settings: RoutingSettings };
  return told.settings;
}

describe('routing', () => {
  afterEach(closeDesks);

  it('is as usual where nobody has set anything, and says which inboxes and teams differ', async () => {
    const desk = openRouting('#/routing');
    await until(() => find(desk, 'console-routing li') !== null);
    assert.deepEqual(texts(desk, 'console-routing .name'), [
      'Everything',
      'Shop chat',
      'support@acme.example',
      'Billing',
      'Legal',
    ]);
    assert.include(texts(desk, 'console-routing li')[0], 'As usual');
    closeDesks();
    const differing = openRouting('#/routing', [
      { ...workspace, of: { kind: 'team', id: 'billing' } } as unknown as typeof workspace,
    ]);
    await until(() => find(differing, 'console-routing li') !== null);
    assert.include(texts(differing, 'console-routing li')[3], 'Its own settings · whoever has the fewest open');
  });

  it('is for supervisors to see and for administrators to change', async () => {
    const agent = openRouting('#/routing', [], { ...ben, role: 'agent' });
    await until(() => find(agent, 'console-routing .state') !== null);
    closeDesks();
    const supervisor = openRouting('#/routing/workspace', [], { ...ben, role: 'supervisor' });
    await until(() => find(supervisor, 'console-routing-settings form') !== null);
    assert.isNull(find(supervisor, 'console-routing-settings button.primary'));
    assert.isTrue(field(supervisor, 'strategy').matches(':disabled'));
  });

  it('begins with what holds already, and sends what was changed', async () => {
    const desk = await openForm('#/routing/inbox/shop-chat', [workspace]);
    assert.include(textOf(get(desk, 'console-routing-settings h2')), 'Shop chat');
    assert.equal((field(desk, 'stickyHours') as HTMLInputElement).value, '24');
    await put(desk, 'strategy', 'most_skilled');
    await put(desk, 'offerSeconds', '30');
    await put(desk, 'stickyHours', '');
    await put(desk, 'priority', 'high');
    await put(desk, 'wrapUpSeconds', '60');
    await put(desk, 'ceilings/chat', '20');
    tick(desk, 'What waits for the customer counts as work');
    await press(desk, 'Add a skill');
    await until(() => find(desk, '[id="/settings/skills/0/skill"]') !== null);
    await put(desk, 'skills/0/skill', 'de');
    await until(() => find(desk, '[id="/settings/anybodyAfterSeconds"]') !== null);
    await put(desk, 'anybodyAfterSeconds', '2.5');
    await press(desk, 'Add a step');
    await until(() => find(desk, '[id="/settings/overflow/0/teamId"]') !== null);
    await put(desk, 'overflow/0/teamId', 'legal');
    assert.deepEqual(await saved(desk), {
      ...usualRouting,
      strategy: 'most_skilled',
      offerSeconds: 30,
      priority: 'high',
      wrapUpSeconds: 60,
      ceilings: { chat: 20, email: null },
      pendingCounts: false,
      skills: [{ skill: 'de', level: 3 }],
      anybodyAfterSeconds: 150,
      overflow: [{ afterSeconds: 600, teamId: 'legal' }],
    });
  });

  it('has hours with several intervals a day, over midnight, and holidays', async () => {
    const desk = await openForm('#/routing/workspace');
    tick(desk, 'Around the clock');
    await until(() => find(desk, '[id="/settings/hours/timeZone"]') !== null);
    await put(desk, 'hours/timeZone', 'Europe/Berlin');
    await press(desk, 'Add hours on Monday');
    await until(() => find(desk, '[aria-label="Monday 2, from"]') !== null);
    await put(desk, '[aria-label="Monday 2, from"]', '18:00');
    await put(desk, '[aria-label="Monday 2, until"]', '02:00');
    await until(() => textOf(get(desk, 'console-routing-settings form')).includes('next day'));
    await press(desk, 'Remove hours 1 of Friday');
    await press(desk, 'Add a holiday');
    await until(() => find(desk, '[aria-label="Holiday 1, date"]') !== null);
    await put(desk, '[aria-label="Holiday 1, date"]', '2026-12-25');
    await put(desk, '[aria-label="Holiday 1, name"]', 'Christmas');
    await put(desk, 'whenClosed/kind', 'team');
    await until(() => find(desk, '[id="/settings/whenClosed/teamId"]') !== null);
    const { hours, whenClosed } = await saved(desk);
    const nine = { from: '09:00', to: '17:00' };
    assert.deepEqual(hours, {
      timeZone: 'Europe/Berlin',
      days: [...[1, 2, 3, 4].map((day) => ({ day, ...nine })), { day: 1, from: '18:00', to: '02:00' }],
      holidays: [{ date: '2026-12-25', name: 'Christmas' }],
    });
    assert.deepEqual(whenClosed, { kind: 'team', teamId: 'billing' });
  });

  it('says when it is open by the hours as they are typed', async () => {
    const desk = openRouting('#/routing/workspace');
    desk.client.setup.opening = { isOpen: false, changesAt: null };
    await until(() => find(desk, 'console-routing-settings form') !== null);
    tick(desk, 'Around the clock');
    await until(() => find(desk, 'console-hours-preview p') !== null);
    await until(() => textOf(get(desk, 'console-hours-preview p')) === 'Closed, and never opens.');
  });

  it('copies Monday to all workdays', async () => {
    const desk = await openForm('#/routing/workspace');
    tick(desk, 'Around the clock');
    await until(() => find(desk, '[aria-label="Monday 1, until"]') !== null);
    await put(desk, '[aria-label="Monday 1, until"]', '00:00');
    await press(desk, 'Like Monday on all workdays');
    const { hours } = await saved(desk);
    assert.deepEqual(
      hours?.days,
      [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '24:00' })),
    );
  });

  it('says at the field what is wrong with it', async () => {
    const desk = await openForm('#/routing/team/billing');
    await press(desk, 'Add a step');
    await until(() => find(desk, '[id="/settings/overflow/0/teamId"]') !== null);
    assert.deepEqual(texts(desk, 'console-routing-settings [id="/settings/overflow/0/teamId"] option'), ['Legal']);
    const detail = 'From there it would come back here.';
    desk.client.setup.refuse = refusal('bad_request', { errors: [{ pointer: '/settings/overflow/0/teamId', detail }] });
    get(desk, 'console-routing-settings button.primary').click();
    await until(() => find(desk, 'console-routing-settings .error') !== null);
    assert.equal(textOf(get(desk, 'console-routing-settings .error')), detail);
    await until(() => field(desk, 'overflow/0/teamId').matches(':focus'));
  });

  it('takes settings back after a question', async () => {
    const desk = await openForm('#/routing/workspace', [workspace]);
    await press(desk, 'Take these settings back');
    await until(() => find(desk, 'console-question dialog[open]') !== null);
    get(desk, 'console-question button.primary').click();
    await until(() => !texts(desk, 'console-routing-settings button').includes('Take these settings back'));
    assert.equal((field(desk, 'stickyHours') as HTMLInputElement).value, '');
  });
});
