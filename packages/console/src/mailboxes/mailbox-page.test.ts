import type { FolderCount, LedgerLine } from '@helpline/protocol';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from '../testing/accessible.js';
import { closeDesks, control, type Desk, fill, find, get, openDesk, textOf, texts, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben, supportMailbox } from '../testing/people.js';

const line = (uid: number, given: Partial<LedgerLine> = {}): LedgerLine => ({
  id: `1-${uid}`,
  folder: 'INBOX',
  uid,
  at: '2026-03-01T12:00:00.000Z',
  state: 'received',
  reason: null,
  history: false,
  from: 'Ana Lima',
  subject: `Tea ${uid}`,
  conversationId: 'anas-mail',
  ...given,
});

const failed = line(3, { state: 'failed', reason: 'The reader is broken.', conversationId: null });
const copy = line(2, { state: 'ignored', reason: 'A copy of a mail that was taken in before.', conversationId: null });

const count = (given: Partial<FolderCount> = {}): FolderCount => ({
  path: 'INBOX',
  onServer: 12,
  before: 9,
  taken: 3,
  coming: 0,
  missing: [],
  gone: 0,
  problem: null,
  ...given,
});

const inbox = { path: 'INBOX', use: 'inbox' as const, mails: 12, watched: true, problem: null };
const junk = { path: 'Junk', use: 'junk' as const, mails: 4, watched: false, problem: null };

const openMailbox = (set: Partial<FakeClient> = {}): Desk =>
  openDesk(
    Object.assign(new FakeClient(), {
      boxes: [supportMailbox],
      lines: [failed, copy, line(1)],
      counts: [count()],
      folders: [inbox, junk],
      ...set,
    }),
    '#/mailboxes/support',
  );

const rows = (desk: Desk): string[] => texts(desk, 'console-mail-ledger .lines .subject');
const seen = (desk: Desk, selector: string) => until(() => find(desk, selector) !== null);

describe('the page of a mailbox', () => {
  afterEach(async () => {
    closeDesks();
    await setViewport({ width: 1400, height: 900 });
  });

  it('is for administrators only, and says when there is no such mailbox', async () => {
    const desk = openMailbox({ session: { ...ben, role: 'agent' } });
    await seen(desk, 'console-mailbox .state');
    assert.include(textOf(get(desk, 'console-mailbox .state')), 'Only administrators');
    assert.notInclude(desk.client.asked, 'compare');
    closeDesks();
    const other = openMailbox({ boxes: [] });
    await seen(other, 'console-mailbox [role=alert]');
    assert.include(textOf(get(other, 'console-mailbox [role=alert]')), 'There is no such thing.');
  });

  it('is reached from the list, and leads back', async () => {
    const desk = openDesk(Object.assign(new FakeClient(), { boxes: [supportMailbox] }), '#/mailboxes');
    await seen(desk, 'console-mailboxes li');
    control(desk, 'Mails and settings: support@acme.example').click();
    await seen(desk, 'console-mailbox h2');
    assert.equal(textOf(get(desk, 'console-mailbox h2')), 'support@acme.example');
    control(desk, 'All mailboxes').click();
    await seen(desk, 'console-mailboxes li');
  });

  it('says that the server has as many as we have', async () => {
    const desk = openMailbox({
      counts: [count({ gone: 2 }), count({ path: 'Junk', onServer: 4, before: 0, taken: 4 })],
    });
    await seen(desk, 'console-mail-count .sum');
    assert.equal(
      textOf(get(desk, 'console-mail-count .sum')),
      'The server has 16, we have 16. Every mail is accounted for.',
    );
    const [first, second] = texts(desk, 'console-mail-count li');
    assert.include(first, '12 on the server: 9 from before it was connected, 3 taken in');
    assert.include(first, 'gone from the folder since: 2');
    assert.include(second, 'Junk 4 on the server, 4 taken in');
  });

  it('says what is missing, and counts again', async () => {
    const desk = openMailbox({ counts: [count({ taken: 1, missing: [10, 11] })] });
    await seen(desk, 'console-mail-count .sum');
    assert.include(textOf(get(desk, 'console-mail-count .sum')), 'has 12, we have 10. Missing, and fetched now: 2.');
    assert.include(textOf(get(desk, 'console-mail-count li')), 'Missing: number 10, 11');
    desk.client.counts = [count()];
    control(desk, 'Count again').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => textOf(get(desk, 'console-mail-count .sum')).includes('Every mail'));
    assert.isTrue(control(desk, 'Count again').matches(':focus'));
  });

  it('says in words why it can not count, and tries again', async () => {
    const detail = 'IMAP: Nothing answers at imap.acme.example:993: the connection was refused.';
    const desk = openMailbox({ refuseCount: refusal('mailbox_unreachable', { detail }) });
    await seen(desk, 'console-mail-count [role=alert]');
    assert.include(textOf(get(desk, 'console-mail-count [role=alert]')), detail);
    desk.client.refuseCount = null;
    get(desk, 'console-mail-count [role=alert] button').click();
    await seen(desk, 'console-mail-count .sum');
  });

  it('lists every mail with what became of it', async () => {
    const desk = openMailbox();
    await until(() => rows(desk).length === 3);
    assert.deepEqual(rows(desk), ['Tea 3', 'Tea 2', 'Tea 1']);
    assert.include(textOf(get(desk, 'console-mail-ledger li[data-state=failed]')), 'The reader is broken.');
    const link = control(desk, 'Conversation: Tea 1') as HTMLAnchorElement;
    assert.equal(link.hash, '#/conversations/anas-mail');
    assert.deepEqual(texts(desk, 'console-mail-ledger .filter label'), [
      'All 3',
      'Failed 1',
      'Left out 1',
      'Held back 0',
      'On its way 0',
      'Taken in 1',
    ]);
  });

  it('shows the mails of one state, chosen with the keyboard', async () => {
    const desk = openMailbox();
    await until(() => rows(desk).length === 3);
    get(desk, 'console-mail-ledger .filter input').focus();
    await sendKeys({ press: 'ArrowRight' });
    await until(() => rows(desk).length === 1);
    assert.deepEqual(rows(desk), ['Tea 3']);
    await sendKeys({ press: 'ArrowRight' });
    await sendKeys({ press: 'ArrowRight' });
    await seen(desk, 'console-mail-ledger .state');
    assert.equal(textOf(get(desk, 'console-mail-ledger .state')), 'There is none of these.');
  });

  it('has a failed mail tried again, and keeps the focus in the list', async () => {
    const desk = openMailbox();
    await until(() => rows(desk).length === 3);
    const retry = control(desk, 'Try again: Tea 3');
    retry.focus();
    retry.click();
    await until(() => find(desk, 'console-mail-ledger li[data-state=failed]') === null);
    assert.include(desk.client.asked, 'retry 1-3');
    await until(() => get(desk, 'console-mail-ledger h3').matches(':focus'));
  });

  it('opens a mail as it came', async () => {
    const desk = openMailbox();
    await until(() => rows(desk).length === 3);
    desk.client.refuse = refusal('not_found');
    control(desk, 'Raw mail: Tea 3').click();
    await seen(desk, '.notice .failed');
    assert.include(desk.client.asked, 'raw support 1-3');
  });

  it('turns pages', async () => {
    const lines = Array.from({ length: 7 }, (_, n) => line(9 - n));
    const desk = openMailbox({ lines, pageSize: 5 });
    await until(() => rows(desk).length === 5);
    control(desk, 'Show more').click();
    await until(() => rows(desk).length === 7);
    assert.isNull(find(desk, 'console-mail-ledger .more'));
  });

  it('says when nothing has come yet, and when the ledger can not be read', async () => {
    const desk = openMailbox({ lines: [] });
    await seen(desk, 'console-mail-ledger .state:not(.loading)');
    assert.equal(textOf(get(desk, 'console-mail-ledger .state')), 'No mail has come yet.');
    desk.client.refuse = refusal('busy');
    get(desk, 'console-mail-ledger .filter input[name=state]:not(:checked)').click();
    await seen(desk, 'console-mail-ledger [role=alert]');
    get(desk, 'console-mail-ledger [role=alert] button').click();
    await until(() => find(desk, 'console-mail-ledger [role=alert]') === null);
  });

  it('asks for the folders when somebody looks, and has others watched', async () => {
    const desk = openMailbox();
    await seen(desk, 'console-mail-folders summary');
    get(desk, 'console-mail-folders summary').click();
    await seen(desk, 'console-mail-folders input');
    assert.isTrue((get(desk, 'console-mail-folders input[value=INBOX]') as HTMLInputElement).disabled);
    get(desk, 'console-mail-folders input[value=Junk]').click();
    control(desk, 'Watch these folders').click();
    await until(() => desk.client.asked.includes('watch support Junk'));
    await until(() => textOf(get(desk, '.notice')).includes('watched from now on'));
  });

  it('takes other servers and a new password', async () => {
    const desk = openMailbox();
    await seen(desk, 'console-mailbox .servers button');
    control(desk, 'Change servers or password').click();
    await seen(desk, 'console-mailbox-form form');
    const host = get(desk, 'console-mailbox-form [name="/imap/host"]') as HTMLInputElement;
    assert.equal(host.value, 'imap.acme.example');
    assert.isNull(find(desk, 'console-mailbox-form [name="/address"]'));
    fill(get(desk, 'console-mailbox-form [name="/imap/password"]'), 'new');
    fill(get(desk, 'console-mailbox-form [name="/authservId"]'), 'mx.acme.example');
    control(desk, 'Use these servers').click();
    await until(() => find(desk, 'console-mailbox-form form') === null);
    const asked = desk.client.asked.find((one) => one.startsWith('servers support')) ?? '';
    assert.include(
      asked,
      '"smtp":{"host":"smtp.acme.example","port":587,"secure":false,"user":"support","password":"new"}',
    );
    assert.include(asked, '"authservId":"mx.acme.example"');
  });

  it('can be used by everybody, also on a narrow screen', async () => {
    await setViewport({ width: 320, height: 640 });
    const desk = openMailbox({ boxes: [{ ...supportMailbox, history: { total: 9, fetched: 3 } }] });
    await until(() => rows(desk).length === 3);
    get(desk, 'console-mail-folders summary').click();
    await seen(desk, 'console-mail-folders input');
    assertFits();
    await assertAccessible();
  });
});
