import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { closeDesks, control, type Desk, find, get, openAnasChat, textOf, texts, until } from '../testing/desk.js';
import { mail, showsPage, teaTasting } from '../testing/mails.js';

const frameOf = (desk: Desk): HTMLIFrameElement => {
  const frame = get(desk, 'iframe');
  if (!(frame instanceof HTMLIFrameElement)) throw new Error('This is no frame.');
  return frame;
};
const heightOf = (desk: Desk): number => frameOf(desk).getBoundingClientRect().height;

async function showAsSent(desk: Desk): Promise<void> {
  control(desk, 'Show as sent').click();
  await until(() => find(desk, 'iframe') !== null);
}

describe('a mail', () => {
  before(() => executeServerCommand('bring-to-front'));
  afterEach(closeDesks);

  it('is text until it is asked for as it was sent', async () => {
    const desk = await openAnasChat([mail(1)]);
    assert.isNull(find(desk, 'iframe'));
    await showAsSent(desk);
    assert.include(desk.chat.asked, 'mail 1');
    assert.isNull(find(desk, 'console-mail slot'));
    control(desk, 'Show as text').click();
    await until(() => find(desk, 'iframe') === null);
    assert.isNotNull(find(desk, 'console-mail slot'));
  });

  it('is shown in a frame in which nothing runs, that can not lead away from here', async () => {
    const desk = await openAnasChat([mail(1)]);
    await showAsSent(desk);
    const sandbox = frameOf(desk).getAttribute('sandbox')?.split(' ');
    assert.deepEqual(sandbox, ['allow-same-origin', 'allow-popups', 'allow-popups-to-escape-sandbox']);
  });

  it('is shown as it was sent at once where pictures belong to what it says', async () => {
    const desk = await openAnasChat([mail(1, {}, true)]);
    await until(() => find(desk, 'iframe') !== null);
    assert.equal(getComputedStyle(get(desk, 'console-log .files li')).display, 'none');
  });

  it('takes as much room as it needs, and more when more of it is opened', async () => {
    const desk = await openAnasChat([mail(1)]);
    showsPage(
      desk.chat,
      '<div style="height:300px"></div><details><summary>…</summary><div style="height:500px"></div></details>',
    );
    await showAsSent(desk);
    await until(() => heightOf(desk) > 300 && heightOf(desk) < 400);
    const summary = frameOf(desk).contentDocument?.querySelector('summary');
    summary?.click();
    await until(() => heightOf(desk) > 800);
  });

  it('loads the pictures of other servers when asked, for this message only, by keys alone', async () => {
    const desk = await openAnasChat([mail(1), mail(2)]);
    showsPage(desk.chat, '<p>Look</p>', 2);
    await showAsSent(desk);
    await until(() => find(desk, 'console-mail .blocked') !== null);
    assert.include(textOf(get(desk, 'console-mail .blocked')), '(2)');
    control(desk, 'Show images').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => desk.chat.asked.includes('mail 1 with images'));
    await until(() => find(desk, 'console-mail .blocked') === null);
    control(desk, 'Show as text').click();
    await until(() => find(desk, 'iframe') === null);
    await showAsSent(desk);
    assert.equal(desk.chat.asked.filter((one) => one === 'mail 1 with images').length, 2);
    await showAsSent(desk);
    await until(() => desk.chat.asked.includes('mail 2'));
    assert.notInclude(desk.chat.asked, 'mail 2 with images');
  });

  it('says when it can not be shown', async () => {
    const desk = await openAnasChat([mail(1)]);
    desk.chat.mail = { url: '/icon.svg', remoteImages: 0 };
    control(desk, 'Show as sent').click();
    await until(() => find(desk, 'console-mail [role=alert]') !== null);
    assert.isNull(find(desk, 'iframe'));
  });

  it('has its original one click away, also where it is only text', async () => {
    const desk = await openAnasChat([mail(1, { htmlFileId: undefined })]);
    assert.deepEqual(texts(desk, 'console-mail .ways button'), ['Original']);
    control(desk, 'Original').click();
    await until(() => desk.chat.asked.includes('original 1'));
  });

  it('keeps the quoted part behind a "…" that says what it is', async () => {
    const text = 'The invoice is attached.\nCould you have a look at https://acme.example/orders/17, please?';
    const desk = await openAnasChat([mail(1, { fullText: `${text}\n\n> Dear Ana` })]);
    const summary = get(desk, 'console-log .rest summary');
    assert.equal(summary.getAttribute('aria-label'), 'Quoted text and signature');
    assert.equal(textOf(get(desk, 'console-log .rest .text')), '> Dear Ana');
    assert.isFalse(get(desk, 'console-log .rest').hasAttribute('open'));
    summary.click();
    assert.isTrue(get(desk, 'console-log .rest').hasAttribute('open'));
  });

  it('says whether its sender is who it claims, and how it is sealed', async () => {
    const desk = await openAnasChat([
      mail(1, { authenticity: 'failed', protection: { standard: 'pgp', signed: false, encrypted: true } }),
      mail(2, { authenticity: 'unknown', protection: { standard: 'smime', signed: true, encrypted: false } }),
      mail(3, { authenticity: 'verified' }),
    ]);
    assert.deepEqual(texts(desk, 'console-log .marks li'), [
      'Sender failed the check: may be forged',
      'Encrypted (OpenPGP): only its key opens it',
      'Sender not verified',
      'Signed (S/MIME), signature not checked',
    ]);
  });

  it('shows what it invites to', async () => {
    const desk = await openAnasChat([
      mail(1, { invite: teaTasting }),
      mail(2, { invite: { ...teaTasting, method: 'reply', answer: 'accepted' } }),
      mail(3, { invite: { ...teaTasting, method: 'cancel', start: null, location: '', organizer: null } }),
    ]);
    const [first, second, third] = texts(desk, 'console-log .invite');
    assert.equal(first, 'Invitation Tea tasting Dec 24, 2026 Fox Lane 1 Invited by Ana Lima');
    assert.match(second ?? '', /^Invitation accepted Tea tasting/);
    assert.equal(third, 'Cancelled Tea tasting');
  });
});
