import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from './testing/accessible.js';
import { closeDesks, control, fill, find, get, openAnasChat, openDesk, until } from './testing/desk.js';
import { FakeClient, refusal } from './testing/fake-client.js';
import { mail, showsPage, teaTasting } from './testing/mails.js';
import { delivered, fromAna, fromBen, mailFromAna, notedByBen, routedToBen, statusBy } from './testing/people.js';

/** A conversation with one of everything. */
async function busyConversation() {
  const desk = await openAnasChat([
    mailFromAna(1),
    routedToBen(2),
    fromBen(3, 'See https://acme.example/17', 'email'),
    delivered(4, 3, 'failed', '550'),
    notedByBen(5, 'Be kind'),
    statusBy(6, 'resolved'),
    statusBy(7, 'open'),
    fromBen(8, 'Anything else?'),
    fromAna(9, 'No'),
  ]);
  desk.chat.hearSeen(8);
  desk.chat.reply('Goodbye');
  desk.chat.hearEntries([fromAna(10, 'Wait')]);
  desk.chat.refuse(refusal('stale'));
  desk.chat.hearTyping({ name: 'Ana', from: 'customer' });
  desk.chat.note('On its way');
  desk.client.become('reconnecting');
  await until(() => find(desk, 'console-log .stale') !== null && find(desk, 'console-log .typing') !== null);
  return desk;
}

/** Mails with all that can be said of one; the last is shown as it was sent. */
async function openMails(): Promise<void> {
  const text = { htmlFileId: undefined };
  const desk = await openAnasChat([
    mail(1, { ...text, authenticity: 'failed', protection: { standard: 'pgp', signed: false, encrypted: true } }),
    mail(2, { ...text, authenticity: 'unknown', invite: teaTasting }),
    mail(3, { protection: { standard: 'smime', signed: true, encrypted: false } }),
  ]);
  showsPage(desk.chat, '<table width="900"><tr><td>Wide</td></tr></table>', 3);
  control(desk, 'Show as sent').click();
  await until(() => find(desk, 'console-mail .blocked') !== null);
}

/** An answer with a file in every state. */
async function openFiles() {
  const desk = await openAnasChat([mailFromAna(1)]);
  const names = ['A very long name of a file that fits on no narrow screen at all.pdf', 'b.pdf', 'صورة.png'];
  const files = desk.app.store.filesOf('anas-chat');
  files.add(
    names.map((name) => new File(['content'], name, { type: 'image/png' })),
    true,
  );
  desk.client.uploads.sent[0]?.finish();
  desk.client.uploads.sent[1]?.fail(refusal('timeout'));
  desk.client.uploads.sent[2]?.progress(3);
  await until(() => find(desk, 'console-composer .draft-files .bad') !== null);
  return desk;
}

/** An answer with other recipients, for later. */
async function openLater() {
  const desk = await openAnasChat([mailFromAna(1)]);
  control(desk, 'Change, Cc, Bcc').click();
  control(desk, 'Send later').click();
  await until(() => find(desk, 'console-composer [type=datetime-local]') !== null);
  return desk;
}

describe('accessibility', () => {
  afterEach(async () => {
    closeDesks();
    document.documentElement.dir = '';
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 1400, height: 900 });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has a conversation everybody can use, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      await setViewport({ width: 1400, height: 900 });
      await busyConversation();
      await assertAccessible();
    });

    it(`has a mail everybody can read, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      await openMails();
      await assertAccessible();
    });

    it(`has files everybody can send, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      await openFiles();
      await assertAccessible();
    });

    it(`has a note everybody can write, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const desk = await openAnasChat([fromAna(1, 'Hello')]);
      await sendKeys({ press: 'n' });
      await until(() => find(desk, 'console-composer form.note') !== null);
      await assertAccessible();
    });
  }

  it('holds on a narrow screen, without a sideways scroll', async () => {
    await setViewport({ width: 320, height: 640 });
    await busyConversation();
    assertFits();
    await assertAccessible();
  });

  it('holds mails on a narrow screen, whatever is in them', async () => {
    await setViewport({ width: 320, height: 640 });
    await openMails();
    assertFits();
    await assertAccessible();
  });

  it('holds files on a narrow screen', async () => {
    await setViewport({ width: 320, height: 640 });
    const desk = await openFiles();
    assertFits();
    for (const name of ['Send', 'Remove b.pdf', 'Stop uploading صورة.png'])
      assert.isAtMost(control(desk, name).getBoundingClientRect().right, 320);
    await assertAccessible();
  });

  it('holds recipients and times on a narrow screen', async () => {
    await setViewport({ width: 320, height: 640 });
    const desk = await openLater();
    assertFits();
    for (const name of ['Send', 'Send later']) {
      const { left, right } = control(desk, name).getBoundingClientRect();
      assert.isAtLeast(left, 0);
      assert.isAtMost(right, 320);
    }
    await assertAccessible();
    closeDesks();
    const other = await openAnasChat([mailFromAna(1)]);
    await sendKeys({ press: 'c' });
    await until(() => find(other, 'console-mail-dialog dialog[open]') !== null);
    const dialog = get(other, 'console-mail-dialog dialog');
    assert.isAtMost(dialog.scrollWidth, dialog.clientWidth);
    await assertAccessible();
  });

  it('holds from right to left', async () => {
    document.documentElement.dir = 'rtl';
    await busyConversation();
    await assertAccessible();
    closeDesks();
    await openFiles();
    await assertAccessible();
  });

  it('has a door everybody can use', async () => {
    const desk = openDesk(Object.assign(new FakeClient(), { session: null }));
    await until(() => find(desk, 'console-sign-in form') !== null);
    await assertAccessible();
  });

  for (const providers of [[], ['gmail' as const]]) {
    it(`has a form everybody can fill in, ${providers.length === 0 ? 'with a password' : 'or sign in'}`, async () => {
      const desk = openDesk(Object.assign(new FakeClient(), { providers }), '#/mailboxes');
      await until(() => find(desk, 'console-mailboxes .state') !== null);
      control(desk, 'Connect a mailbox').click();
      await until(() => find(desk, 'console-mailbox-form form') !== null);
      fill(get(desk, 'console-mailbox-form [name="/address"]'), 'tulips@gmail.com');
      await until(() => (find(desk, '#provider-hint') === null) === providers.length > 0);
      await assertAccessible();
    });
  }

  it('has a way back from a provider everybody can read', async () => {
    const refuseAnswer = refusal('unprocessable', { detail: 'The sign-in at Google was cancelled.' });
    const desk = openDesk(Object.assign(new FakeClient(), { refuseAnswer }), '#/mailboxes/signed-in/error%3Dx');
    await until(() => find(desk, 'console-signed-in [role=alert]') !== null);
    await assertAccessible();
  });

  it('has dialogs everybody can use', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    await sendKeys({ press: 'a' });
    await until(() => find(desk, 'console-assign-dialog dialog[open]') !== null);
    await assertAccessible();
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: '?' });
    await until(() => find(desk, 'console-keys-dialog dialog[open]') !== null);
    await assertAccessible();
  });
});
