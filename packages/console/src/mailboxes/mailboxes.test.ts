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

  it('are signed in for at their provider, where Helpline is registered there', async () => {
    const desk = openMailboxes({ providers: ['gmail'], boxes: [supportMailbox] });
    await until(() => find(desk, 'console-mailboxes li') !== null);
    control(desk, 'Connect a mailbox').click();
    await until(() => find(desk, 'console-mailbox-form option') !== null);
    fill(get(desk, 'console-mailbox-form [name="/address"]'), 'tulips@gmail.com');
    fill(get(desk, 'console-mailbox-form [name="/displayName"]'), 'Tulips');
    fill(get(desk, 'console-mailbox-form [name="/authservId"]'), ' mx.google.com ');
    await until(() => find(desk, 'console-mailbox-form [name="/imap/host"]') === null);
    assert.equal(textOf(get(desk, 'console-mailbox-form button.primary')), 'Sign in with Google');
    submit(desk);
    await until(() => desk.client.asked.includes('finish state=1'));
    const settings = { address: 'tulips@gmail.com', displayName: 'Tulips', authservId: 'mx.google.com' };
    const asked = desk.client.asked.find((one) => one.startsWith('sign in ')) ?? '';
    assert.deepEqual(JSON.parse(asked.replace('sign in ', '')), { brandId: 'shop', ...settings, provider: 'gmail' });
    await until(() => location.hash === '#/mailboxes/support');
  });

  it('may have a password all the same', async () => {
    const desk = openMailboxes({ providers: ['gmail'] });
    await fillForm(desk);
    fill(get(desk, 'console-mailbox-form [name="/address"]'), 'tulips@gmail.com');
    await until(() => find(desk, 'console-mailbox-form [name="/imap/host"]') === null);
    get(desk, 'console-mailbox-form .whole input').click();
    await until(() => find(desk, 'console-mailbox-form [name="/imap/host"]') !== null);
    assert.include(textOf(get(desk, '#provider-hint')), 'app password');
    assert.equal(textOf(get(desk, 'console-mailbox-form button.primary')), 'Connect a mailbox');
  });

  it('say that their provider lets nobody in any more, and lead to it', async () => {
    const signIn = { provider: 'microsoft', account: 'support@acme.example' } as const;
    const detail = 'Microsoft lets Helpline into this mailbox no more. Please sign in again.';
    const desk = openMailboxes({ boxes: [{ ...supportMailbox, state: 'signed_out', detail, signIn }] });
    await until(() => find(desk, 'console-mailboxes li') !== null);
    const row = textOf(get(desk, 'console-mailboxes li'));
    for (const words of ['Signed out', detail]) assert.include(row, words);
    control(desk, 'Sign in again: support@acme.example').click();
    await until(() => desk.client.asked.includes('sign in again support microsoft'));
    await until(() => location.hash === '#/mailboxes/support');
    await until(() => find(desk, 'console-mailbox .mailbox-state') !== null);
    assert.include(textOf(get(desk, 'console-mailbox section')), 'Last signed in as support@acme.example');
  });

  it('say what went wrong at the provider', async () => {
    const detail = 'The sign-in at Google was cancelled.';
    const refuseAnswer = refusal('unprocessable', { detail });
    const client = Object.assign(new FakeClient(), { refuseAnswer });
    const desk = openDesk(client, '#/mailboxes/signed-in/error%3Daccess_denied');
    await until(() => find(desk, 'console-signed-in [role=alert]') !== null);
    assert.include(textOf(get(desk, 'console-signed-in [role=alert]')), detail);
    assert.include(desk.client.asked, 'finish error=access_denied');
    control(desk, 'All mailboxes').click();
    await until(() => find(desk, 'console-mailboxes section') !== null);
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
