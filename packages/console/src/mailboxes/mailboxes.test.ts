import { assert } from 'chai';
import { closeDesks, control, type Desk, fill, find, get, openDesk, textOf, texts, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben, supportMailbox } from '../testing/people.js';

const failing = { ...supportMailbox, state: 'failing' as const, detail: 'The password is not accepted.' };

const openMailboxes = (set: Partial<FakeClient> = {}): Desk =>
  openDesk(Object.assign(new FakeClient(), set), '#/mailboxes');

async function fillForm(desk: Desk): Promise<void> {
  await until(() => find(desk, 'console-mailboxes .state') !== null);
  control(desk, 'Connect a mailbox').click();
  await until(() => find(desk, 'console-mailbox-form option') !== null);
  const values = {
    '/address': 'help@acme.example',
    '/displayName': 'Acme Help',
    '/imap/host': 'imap.acme.example',
    '/imap/user': 'help',
    '/imap/password': ' secret ',
    '/smtp/host': 'smtp.acme.example',
  };
  for (const [name, value] of Object.entries(values)) fill(get(desk, `console-mailbox-form [name="${name}"]`), value);
}

const submit = (desk: Desk): void => get(desk, 'console-mailbox-form button.primary').click();

describe('mailboxes', () => {
  afterEach(closeDesks);

  it('are for administrators only', async () => {
    const desk = openMailboxes({ session: { ...ben, role: 'agent' } });
    await until(() => find(desk, 'console-mailboxes .state') !== null);
    assert.include(textOf(get(desk, 'console-mailboxes .state')), 'Only administrators');
    assert.notInclude(texts(desk, 'console-views a'), 'Mailboxes');
  });

  it('are listed with their state and what is wrong', async () => {
    const desk = openMailboxes({ boxes: [failing] });
    await until(() => find(desk, 'console-mailboxes li') !== null);
    const row = textOf(get(desk, 'console-mailboxes li'));
    for (const word of ['support@acme.example', 'Failing', 'The password is not accepted.']) assert.include(row, word);
  });

  it('are connected with one user and password for both servers', async () => {
    const desk = openMailboxes();
    await fillForm(desk);
    submit(desk);
    await until(() => texts(desk, 'console-mailboxes .address').includes('help@acme.example'));
    const signIn = { user: 'help', password: ' secret ', secure: true };
    assert.deepEqual(JSON.parse(desk.client.asked.at(-1)?.replace('connect ', '') ?? ''), {
      brandId: 'shop',
      address: 'help@acme.example',
      displayName: 'Acme Help',
      imap: { host: 'imap.acme.example', port: 993, ...signIn },
      smtp: { host: 'smtp.acme.example', port: 465, ...signIn },
    });
    assert.isNull(find(desk, 'console-mailbox-form form'));
  });

  it('say at the field what is wrong with it, and keep the rest', async () => {
    const desk = openMailboxes();
    await fillForm(desk);
    desk.client.refuse = refusal('bad_request', { errors: [{ pointer: '/imap/host', detail: 'is not a host name' }] });
    submit(desk);
    await until(() => find(desk, 'console-mailbox-form [aria-invalid=true]') !== null);
    const field = get(desk, 'console-mailbox-form [aria-invalid=true]') as HTMLInputElement;
    assert.equal(field.name, '/imap/host');
    assert.equal(field.value, 'imap.acme.example');
    const described = field.getAttribute('aria-describedby') ?? '';
    assert.equal(textOf(get(desk, `console-mailbox-form [id="${described}"]`)), 'is not a host name');
  });

  it('say which server can not be used, and why', async () => {
    const desk = openMailboxes();
    await fillForm(desk);
    const detail = 'smtp.acme.example:465 refuses the connection.';
    desk.client.refuse = refusal('mailbox_unreachable', { detail, errors: [{ pointer: '/smtp', detail }] });
    submit(desk);
    await until(() => find(desk, 'console-mailbox-form [role=alert]') !== null);
    assert.include(textOf(get(desk, 'console-mailbox-form [role=alert]')), 'can not be used');
    assert.deepEqual(texts(desk, 'console-mailbox-form .error'), [detail]);
  });

  it('are filled in from the address, with what the provider wants for a password', async () => {
    const desk = openMailboxes();
    await fillForm(desk);
    fill(get(desk, 'console-mailbox-form [name="/address"]'), 'tulips@gmail.com');
    await until(() => find(desk, '#provider-hint') !== null);
    assert.include(textOf(get(desk, '#provider-hint')), 'app password');
    const value = (name: string): string =>
      (get(desk, `console-mailbox-form [name="${name}"]`) as HTMLInputElement).value;
    assert.deepEqual(['/imap/host', '/imap/port', '/smtp/host', '/smtp/port'].map(value), [
      'imap.gmail.com',
      '993',
      'smtp.gmail.com',
      '465',
    ]);
    fill(get(desk, '#provider'), 'icloud');
    await until(() => value('/smtp/port') === '587');
    assert.isFalse((get(desk, 'console-mailbox-form [name="/smtp/secure"]') as HTMLInputElement).checked);
    assert.equal(value('/imap/password'), ' secret ');
  });

  it('take older mail where it is wanted, and show how far that is', async () => {
    const desk = openMailboxes();
    await fillForm(desk);
    fill(get(desk, 'console-mailbox-form [name="/historyDays"]'), '30');
    submit(desk);
    await until(() => desk.client.asked.some((one) => one.startsWith('connect')));
    assert.include(desk.client.asked.at(-1), '"historyDays":30');
    closeDesks();
    const other = openMailboxes({ boxes: [{ ...supportMailbox, history: { total: 200, fetched: 50 } }] });
    await until(() => find(other, 'console-mailboxes progress') !== null);
    const bar = get(other, 'console-mailboxes progress') as HTMLProgressElement;
    assert.equal(bar.value / bar.max, 0.25);
    assert.include(textOf(get(other, 'console-mailboxes .history')), '50 of 200');
  });

  it('are disconnected only after a question', async () => {
    const desk = openMailboxes({ boxes: [failing] });
    await until(() => find(desk, 'console-mailboxes li') !== null);
    control(desk, 'Disconnect: support@acme.example').click();
    await until(() => textOf(get(desk, 'console-mailboxes dialog h3')) === 'Disconnect support@acme.example?');
    assert.lengthOf(desk.client.boxes, 1);
    get(desk, 'console-mailboxes dialog .danger').click();
    await until(() => find(desk, 'console-mailboxes li') === null);
  });
});
