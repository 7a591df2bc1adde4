import { assert } from 'chai';
import { closeDesks, control, type Desk, fill, find, get, openDesk, textOf, texts, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben, carla, personOf } from '../testing/people.js';

const billing = { id: 'billing', name: 'Billing', escalatesTo: null };

function openPeople(hash = '#/people', session: typeof ben | null = ben): Desk {
  const client = Object.assign(new FakeClient(), { session });
  client.setup.departments = [billing];
  return openDesk(client, hash);
}

/** By what it stands for in what is sent. */
const field = (desk: Desk, pointer: string): HTMLElement => get(desk, `console-person [id="${pointer}"]`);

/** Types into a field, and sees what becomes of it, as people do before they go on. */
async function put(desk: Desk, pointer: string, value: string): Promise<void> {
  fill(field(desk, pointer), value);
  await new Promise(requestAnimationFrame);
}

function tick(desk: Desk, label: string): void {
  const match = [...get(desk, 'console-person form').querySelectorAll('label')].find((one) => textOf(one) === label);
  if (!match) throw new Error(`There is no "${label}" to tick.`);
  match.click();
}

const submit = (desk: Desk): void => get(desk, 'console-person button.primary').click();
const answer = (desk: Desk, choice: 'primary' | 'danger'): void =>
  get(desk, `console-question button.${choice}`).click();
const asked = (desk: Desk, start: string): unknown => {
  const found = desk.client.asked.findLast((one) => one.startsWith(start));
  return found && JSON.parse(found.slice(start.length));
};

describe('people', () => {
  afterEach(closeDesks);

  it('are listed with what they do; who has left comes last', async () => {
    const desk = openPeople();
    desk.client.setup.staff = [
      { ...personOf(carla), isActive: false },
      { ...personOf(ben), teamIds: ['billing'] },
    ];
    await until(() => find(desk, 'console-people li') !== null);
    assert.deepEqual(texts(desk, 'console-people .name'), ['Ben Okafor', 'Carla Ruiz']);
    const [first = '', last = ''] = texts(desk, 'console-people li');
    for (const word of ['ben@acme.example', 'Administrator', 'Billing', '4 chats, 8 mails'])
      assert.include(first, word);
    assert.include(last, 'has left');
  });

  it('are for supervisors to see and for administrators to change', async () => {
    const agent = openPeople('#/people', { ...ben, role: 'agent' });
    await until(() => find(agent, 'console-people .state') !== null);
    assert.notInclude(texts(agent, 'console-views a'), 'People');
    closeDesks();
    const supervisor = openPeople('#/people/carla', { ...ben, role: 'supervisor' });
    await until(() => find(supervisor, 'console-person form') !== null);
    assert.isNull(find(supervisor, 'console-person button.primary'));
    assert.isTrue(field(supervisor, '/name').matches(':disabled'));
  });

  it('say what went wrong when they can not be listed, and are asked for again', async () => {
    const desk = openPeople();
    desk.client.setup.refuse = refusal('busy');
    await until(() => find(desk, 'console-people [role=alert]') !== null);
    control(desk, 'Try again').click();
    await until(() => find(desk, 'console-people li') !== null);
  });

  it('are added, with a password that is shown once', async () => {
    const desk = openPeople('#/people/new');
    await until(() => find(desk, 'console-person form') !== null);
    await put(desk, '/name', 'Nora Lind');
    await put(desk, '/email', 'nora@acme.example');
    await put(desk, '/role', 'supervisor');
    tick(desk, 'All brands, also those that are to come');
    tick(desk, 'Billing');
    await put(desk, '/atOnce', '5');
    control(desk, 'Add a skill').click();
    await until(() => find(desk, '[id="/skills/0/skill"]') !== null);
    await put(desk, '/skills/0/skill', 'de');
    await put(desk, '/skills/0/level', '4');
    submit(desk);
    await until(() => find(desk, 'console-one-time-password dialog[open]') !== null);
    assert.equal(textOf(get(desk, 'console-one-time-password code')), 'one-time-password');
    assert.deepEqual(asked(desk, 'add person '), {
      email: 'nora@acme.example',
      name: 'Nora Lind',
      role: 'supervisor',
      brandIds: ['shop'],
      teamIds: ['billing'],
      capacity: { chat: 4, email: 8 },
      atOnce: 5,
      isTrainee: false,
      skills: [{ skill: 'de', level: 4 }],
    });
    get(desk, 'console-one-time-password button.primary').click();
    await until(() => location.hash !== '#/people/new');
    assert.equal(textOf(get(desk, 'console-one-time-password code')), '');
  });

  it('are changed; what is wrong is said at its field, which gets the focus', async () => {
    const desk = openPeople('#/people/carla');
    await until(() => find(desk, 'console-person form') !== null);
    await put(desk, '/capacity/chat', '1');
    tick(desk, 'Trainee: is given half as much by itself');
    const detail = 'Too many.';
    desk.client.setup.refuse = refusal('bad_request', { errors: [{ pointer: '/capacity/chat', detail }] });
    submit(desk);
    await until(() => find(desk, 'console-person .error') !== null);
    assert.equal(textOf(get(desk, 'console-person .error')), detail);
    await until(() => field(desk, '/capacity/chat').matches(':focus'));
    submit(desk);
    await until(() => find(desk, 'console-person .error') === null);
    assert.deepInclude(asked(desk, 'update carla ') as object, { capacity: { chat: 1, email: 8 }, isTrainee: true });
  });

  it('say why they can not be changed', async () => {
    const desk = openPeople('#/people/carla');
    await until(() => find(desk, 'console-person form') !== null);
    const detail = 'Somebody has to remain an administrator.';
    desk.client.setup.refuse = refusal('unprocessable', { detail });
    submit(desk);
    await until(() => find(desk, 'console-person [role=alert]') !== null);
    assert.include(textOf(get(desk, 'console-person [role=alert]')), detail);
  });

  it('are deactivated after a question, and let in again with a new password', async () => {
    const desk = openPeople('#/people/carla');
    await until(() => find(desk, 'console-person form') !== null);
    control(desk, 'Deactivate').click();
    await until(() => find(desk, 'console-question button.danger') !== null);
    get(desk, 'console-question button:not(.danger)').click();
    control(desk, 'Deactivate').click();
    await until(() => find(desk, 'console-question dialog[open]') !== null);
    assert.notInclude(desk.client.asked, 'deactivate carla');
    answer(desk, 'danger');
    await until(() => texts(desk, 'console-person button').includes('Let in again'));
    control(desk, 'Let in again').click();
    await until(() => find(desk, 'console-question button.primary') !== null);
    answer(desk, 'primary');
    await until(() => find(desk, 'console-one-time-password dialog[open]') !== null);
    assert.includeMembers(desk.client.asked, ['deactivate carla', 'reactivate carla']);
  });

  it('can not take away their own access', async () => {
    const desk = openPeople('#/people/ben');
    await until(() => find(desk, 'console-person form') !== null);
    assert.deepEqual(texts(desk, 'console-person form .answers button'), ['Save']);
  });

  it('who are not there are said to be missing', async () => {
    const desk = openPeople('#/people/nobody');
    await until(() => find(desk, 'console-person [role=alert]') !== null);
  });
});

describe('one’s own password', () => {
  afterEach(closeDesks);

  it('is asked for before anything else where somebody else made it', async () => {
    const desk = openPeople('#/views/mine', { ...ben, hasOneTimePassword: true });
    await until(() => find(desk, 'console-password form') !== null);
    assert.isNull(find(desk, '.panes console-list'));
    const type = (pointer: string, value: string): void => fill(get(desk, `console-password [id="${pointer}"]`), value);
    type('/current', 'given-to-me');
    type('/password', ' a password of my own ');
    desk.client.refuse = refusal('wrong_credentials', { errors: [{ pointer: '/current', detail: 'Not yours.' }] });
    get(desk, 'console-password button.primary').click();
    await until(() => find(desk, 'console-password .error') !== null);
    get(desk, 'console-password button.primary').click();
    await until(() => find(desk, '.panes console-list') !== null);
    assert.equal(
      desk.client.asked.findLast((one) => one.startsWith('password')),
      'password given-to-me  a password of my own ',
    );
  });
});
