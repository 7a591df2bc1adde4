import { type RoutingSettings, usualRouting } from '@helpline/protocol';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { assertAccessible, assertFits } from '../testing/accessible.js';
import { closeDesks, control, type Desk, find, get, openDesk, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben, carla, personOf } from '../testing/people.js';

const skills = [{ skill: 'Versicherungsbestätigungen', level: 4 }];
const departments = [
  { id: 'billing', name: 'Billing and everything that has to do with invoices', escalatesTo: 'legal' },
  { id: 'legal', name: 'القانونية', escalatesTo: null },
];
const full: RoutingSettings = {
  ...usualRouting,
  skills,
  overflow: [{ afterSeconds: 600, teamId: 'legal' }],
  hours: {
    timeZone: 'Europe/Berlin',
    days: [
      { day: 1, from: '09:00', to: '12:00' },
      { day: 1, from: '22:00', to: '06:00' },
    ],
    holidays: [{ date: '2026-12-25', name: 'Christmas' }],
  },
  whenClosed: { kind: 'team', teamId: 'legal' },
};

/** With some of everything, and something refused. */
function open(hash: string): Desk {
  const client = new FakeClient();
  client.setup.departments = departments;
  client.setup.staff = [
    { ...personOf(ben), teamIds: ['billing'], skills, hasOneTimePassword: true },
    { ...personOf(carla), isTrainee: true, brandIds: ['shop'] },
    { ...personOf(carla), id: 'gone', name: 'Gustav Very-Long-Surname', isActive: false },
  ];
  client.setup.set = [{ of: { kind: 'workspace' }, version: 1, settings: full }];
  return openDesk(client, hash);
}

async function refuse(desk: Desk, form: string, pointer: string): Promise<void> {
  desk.client.setup.refuse = refusal('bad_request', { errors: [{ pointer, detail: 'This is not so.' }] });
  get(desk, `${form} button.primary`).click();
  await until(() => find(desk, `${form} .error`) !== null);
}

const pages: Record<string, () => Promise<void>> = {
  async people() {
    const desk = open('#/people');
    await until(() => find(desk, 'console-people li') !== null);
  },
  async 'a person'() {
    const desk = open('#/people/carla');
    await until(() => find(desk, 'console-person form') !== null);
    control(desk, 'Add a skill').click();
    await until(() => find(desk, 'console-person .line') !== null);
    const field = get(desk, '[id="/skills/0/skill"]');
    if (field instanceof HTMLInputElement) field.required = false;
    await refuse(desk, 'console-person', '/skills/0/skill');
  },
  async teams() {
    const desk = open('#/teams');
    await until(() => find(desk, 'console-teams li') !== null);
    control(desk, `Edit: ${departments[0]?.name}`).click();
    await until(() => find(desk, 'console-teams form') !== null);
    await refuse(desk, 'console-teams', '/name');
  },
  async routing() {
    const desk = open('#/routing');
    await until(() => find(desk, 'console-routing li') !== null);
  },
  async 'routing settings'() {
    const desk = open('#/routing/workspace');
    await until(() => find(desk, 'console-hours-preview p') !== null);
    await refuse(desk, 'console-routing-settings', '/settings/overflow/0/teamId');
  },
  async 'a password'() {
    const desk = open('#/password');
    await until(() => find(desk, 'console-password form') !== null);
  },
  async 'a question'() {
    const desk = open('#/people/carla');
    await until(() => find(desk, 'console-person form') !== null);
    control(desk, 'Deactivate').click();
    await until(() => find(desk, 'console-question dialog[open]') !== null);
  },
  async 'a password that is shown once'() {
    const desk = open('#/people/carla');
    await until(() => find(desk, 'console-person form') !== null);
    control(desk, 'New password').click();
    await until(() => find(desk, 'console-question button.primary') !== null);
    get(desk, 'console-question button.primary').click();
    await until(() => find(desk, 'console-one-time-password dialog[open]') !== null);
  },
};

describe('setting up, for everybody,', () => {
  afterEach(async () => {
    closeDesks();
    document.documentElement.dir = '';
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 1400, height: 900 });
  });

  for (const [name, show] of Object.entries(pages)) {
    for (const colorScheme of ['light', 'dark'] as const)
      it(`has ${name}, ${colorScheme}`, async () => {
        await emulateMedia({ colorScheme });
        await setViewport({ width: 1400, height: 900 });
        await show();
        await assertAccessible();
      });

    it(`has ${name} on a narrow screen, from right to left`, async () => {
      document.documentElement.dir = 'rtl';
      await setViewport({ width: 320, height: 640 });
      await show();
      assertFits();
      await assertAccessible();
    });
  }
});
