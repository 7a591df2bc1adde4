import { assert } from 'chai';
import { closeDesks, control, type Desk, fill, find, get, openDesk, textOf, texts, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben, carla, personOf, shopChat } from '../testing/people.js';

const billing = { id: 'billing', name: 'Billing', escalatesTo: 'legal' };
const legal = { id: 'legal', name: 'Legal', escalatesTo: null };

function openTeams(departments = [billing, legal], session = ben): Desk {
  const client = Object.assign(new FakeClient(), { session });
  client.setup.departments = departments;
  client.setup.staff = [{ ...personOf(carla), teamIds: ['billing'] }];
  return openDesk(client, '#/teams');
}

const field = (desk: Desk, pointer: string): HTMLElement => get(desk, `console-teams form [id="${pointer}"]`);

describe('teams', () => {
  afterEach(closeDesks);

  it('are not needed by a new workspace, which is told so', async () => {
    const desk = openTeams([]);
    await until(() => find(desk, 'console-teams .state') !== null);
    assert.include(textOf(get(desk, 'console-teams .state')), 'You need none');
  });

  it('are listed with who is in them and whom they escalate to', async () => {
    const desk = openTeams();
    await until(() => find(desk, 'console-teams li') !== null);
    const [first = '', second = ''] = texts(desk, 'console-teams li');
    for (const word of ['Billing', 'Carla Ruiz', 'Escalates to Legal']) assert.include(first, word);
    assert.include(second, 'Nobody is in it');
  });

  it('are for administrators to change', async () => {
    const desk = openTeams([billing, legal], { ...ben, role: 'supervisor' });
    await until(() => find(desk, 'console-teams li') !== null);
    assert.deepEqual(texts(desk, 'console-teams button'), []);
    assert.isNull(find(desk, 'console-teams select'));
  });

  it('are added, and say at the field what is wrong', async () => {
    const desk = openTeams([]);
    await until(() => find(desk, 'console-teams .state') !== null);
    control(desk, 'Add a team').click();
    await until(() => find(desk, 'console-teams form') !== null);
    fill(field(desk, '/name'), 'Billing');
    const errors = [{ pointer: '/name', detail: 'Another team is called so.' }];
    desk.client.setup.refuse = refusal('conflict', { errors });
    get(desk, 'console-teams form button.primary').click();
    await until(() => find(desk, 'console-teams .error') !== null);
    get(desk, 'console-teams form button.primary').click();
    await until(() => texts(desk, 'console-teams .name').includes('Billing'));
    assert.equal(desk.client.asked.at(-1), 'add team {"name":"Billing","escalatesTo":null}');
    assert.isNull(find(desk, 'console-teams form'));
  });

  it('are renamed and escalate to another, never to themselves', async () => {
    const desk = openTeams();
    await until(() => find(desk, 'console-teams li') !== null);
    control(desk, 'Edit: Billing').click();
    await until(() => find(desk, 'console-teams form') !== null);
    assert.deepEqual(texts(desk, 'console-teams form option'), ['Nobody', 'Legal']);
    fill(field(desk, '/name'), 'Invoices');
    fill(field(desk, '/escalatesTo'), '');
    get(desk, 'console-teams form button.primary').click();
    await until(() => texts(desk, 'console-teams .name').includes('Invoices'));
    assert.include(desk.client.asked, 'update billing {"name":"Invoices","escalatesTo":null}');
  });

  it('are removed after a question, unless they are needed, and it is said for what', async () => {
    const desk = openTeams();
    await until(() => find(desk, 'console-teams li') !== null);
    const detail = 'The team is needed: 3 conversations are its own.';
    for (const refused of [refusal('unprocessable', { detail }), null]) {
      control(desk, 'Remove: Legal').click();
      await until(() => find(desk, 'console-question dialog[open]') !== null);
      desk.client.setup.refuse = refused;
      get(desk, 'console-question button.danger').click();
      if (refused) await until(() => textOf(find(desk, '.notice')).includes(detail));
    }
    await until(() => !texts(desk, 'console-teams .name').includes('Legal'));
  });

  it('get what comes in by an inbox', async () => {
    const desk = openTeams();
    await until(() => find(desk, 'console-teams select') !== null);
    fill(get(desk, 'console-teams [aria-label="Goes to: Shop chat"]'), 'billing');
    await until(() => desk.client.asked.includes(`team of ${shopChat.id} billing`));
  });
});
