import type { SuspendedMail } from '@helpline/protocol';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from '../testing/accessible.js';
import {
  closeDesks,
  control,
  type Desk,
  deepFocus,
  find,
  get,
  openAnasChat,
  openDesk,
  textOf,
  texts,
  until,
} from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { ben, fromAna, mailFromAna } from '../testing/people.js';

const mail = (id: string, given: Partial<SuspendedMail> = {}): SuspendedMail => ({
  id,
  mailbox: 'support@acme.example',
  from: { address: 'robot@alerts.example', name: 'Robot' },
  subject: `Alert ${id}`,
  receivedAt: '2026-03-01T12:00:00.000Z',
  keptUntil: '2026-03-31T12:00:00.000Z',
  why: 'sender_rate',
  cap: { mails: 60, minutes: 10 },
  ...given,
});

const openHeld = (set: Partial<FakeClient> = {}): Desk => openDesk(Object.assign(new FakeClient(), set), '#/suspended');
const rows = (desk: Desk): string[] => texts(desk, 'console-suspended li .subject');

describe('mails that are held back', () => {
  afterEach(async () => {
    closeDesks();
    await setViewport({ width: 1400, height: 900 });
  });

  it('are for administrators only', async () => {
    const desk = openHeld({ session: { ...ben, role: 'agent' } });
    await until(() => find(desk, 'console-suspended .state') !== null);
    assert.include(textOf(get(desk, 'console-suspended .state')), 'Only administrators');
    assert.notInclude(texts(desk, 'console-views a'), 'Held back');
  });

  it('are listed with who wrote them and why they are here', async () => {
    const looped = mail('b', { why: 'loop', cap: null, subject: '', from: { address: '', name: '' } });
    const desk = openHeld({ suspended: [mail('a'), looped] });
    await until(() => rows(desk).length === 2);
    assert.deepEqual(rows(desk), ['Alert a', '(no subject)']);
    const [first, second] = texts(desk, 'console-suspended li');
    for (const word of ['Robot', 'support@acme.example', '60 mails or more within 10 minutes'])
      assert.include(first, word);
    assert.include(second, 'a mail of ours that came back');
    assert.include(second, 'Nobody named');
    assert.equal(get(desk, 'console-views a[aria-current=page]').textContent?.trim(), 'Held back');
  });

  it('say so where there is none', async () => {
    const desk = openHeld();
    await until(() => find(desk, 'console-suspended .state p') !== null);
    assert.equal(textOf(get(desk, 'console-suspended .state p')), 'No mail is held back.');
  });

  it('say what went wrong, and come when it is tried again', async () => {
    let asked = 0;
    const suspendedMails = async () => {
      if (asked++ === 0) throw refusal('busy');
      return { items: [mail('a')], total: 3 };
    };
    const desk = openHeld({ suspendedMails });
    await until(() => find(desk, 'console-suspended [role=alert] button') !== null);
    get(desk, 'console-suspended [role=alert] button').click();
    await until(() => rows(desk).length === 1);
    assert.include(textOf(get(desk, 'console-suspended section')), '2 older ones are not shown.');
  });

  it('are released with one click', async () => {
    const desk = openHeld({ suspended: [mail('a'), mail('b')] });
    await until(() => rows(desk).length === 2);
    control(desk, 'Release: Alert a').click();
    await until(() => rows(desk).length === 1);
    assert.deepEqual(
      desk.client.asked.filter((one) => /^(release|delete)/.test(one)),
      ['release a'],
    );
    assert.include(textOf(get(desk, 'console-app .notice')), 'on its way');
  });

  it('are released many at once', async () => {
    const desk = openHeld({ suspended: [mail('a'), mail('b'), mail('c')] });
    await until(() => rows(desk).length === 3);
    assert.isTrue(control(desk, 'Release 0').hasAttribute('disabled'));
    get(desk, 'console-suspended .choice input').click();
    await until(() => textOf(get(desk, 'console-suspended .choice button')) === 'Release 3');
    get(desk, 'console-suspended [aria-label="Choose: Alert b"]').click();
    await until(() => textOf(get(desk, 'console-suspended .choice button')) === 'Release 2');
    control(desk, 'Release 2').click();
    await until(() => rows(desk).length === 1);
    assert.deepEqual(rows(desk), ['Alert b']);
    assert.include(desk.client.asked, 'release a, c');
    assert.include(textOf(get(desk, 'console-app .notice')), 'Released: 2.');
  });

  it('are left alone while others are on their way', async () => {
    const desk = openHeld({ suspended: [mail('a'), mail('b')] });
    await until(() => rows(desk).length === 2);
    let answer = () => {};
    desk.client.releaseMails = (ids) =>
      new Promise((resolve) => {
        answer = () => resolve(ids.length);
      });
    get(desk, 'console-suspended [aria-label="Choose: Alert a"]').click();
    await until(() => textOf(get(desk, 'console-suspended .choice button')) === 'Release 1');
    control(desk, 'Release 1').click();
    await until(() => control(desk, 'Release: Alert b').getAttribute('aria-disabled') === 'true');
    for (const name of ['Release: Alert a', 'Release: Alert b', 'Delete: Alert b', 'Release 1'])
      control(desk, name).click();
    answer();
    await until(() => control(desk, 'Release: Alert b').getAttribute('aria-disabled') === 'false');
    assert.deepEqual(
      desk.client.asked.filter((one) => /^(release|delete)/.test(one)),
      [],
    );
  });

  it('are worked through with the keyboard alone', async () => {
    const desk = openHeld({ suspended: [mail('a'), mail('b'), mail('c')] });
    await until(() => rows(desk).length === 3);
    control(desk, 'Release: Alert b').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => rows(desk).length === 2 && deepFocus()?.getAttribute('aria-label') === 'Release: Alert c');
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await until(() => rows(desk).length === 1 && deepFocus()?.getAttribute('aria-label') === 'Release: Alert a');
    await sendKeys({ press: 'Enter' });
    await until(() => deepFocus()?.localName === 'h2');
    assert.deepEqual(
      desk.client.asked.filter((one) => /^(release|delete)/.test(one)),
      ['release b', 'delete c', 'release a'],
    );
  });

  it('hold on a narrow screen, without a sideways scroll', async () => {
    await setViewport({ width: 320, height: 640 });
    const desk = openHeld({ suspended: [mail('a', { subject: 'x'.repeat(200) })] });
    await until(() => rows(desk).length === 1);
    assertFits();
    await assertAccessible();
  });
});

describe('an address that mails do no good to', () => {
  afterEach(closeDesks);
  const contact = { id: 'ana', name: 'Ana Lima', address: 'ana@lima.example', proof: 'none' } as const;
  const mailTrouble = { kind: 'undeliverable', at: '2026-03-01T12:00:00.000Z' } as const;

  it('is marked beside the customer, and warns whoever answers by mail', async () => {
    const desk = await openAnasChat([mailFromAna(1)], { channel: 'email', contact: { ...contact, mailTrouble } });
    assert.include(textOf(get(desk, 'console-composer [data-trouble]')), 'come back');
    await until(() => find(desk, 'console-conversation aside [data-trouble]') !== null);
  });

  it('loses its mark when somebody knows better', async () => {
    const desk = await openAnasChat([mailFromAna(1)], { channel: 'email', contact: { ...contact, mailTrouble } });
    await until(() => find(desk, 'console-conversation aside [data-trouble]') !== null);
    control(desk, 'Mails are fine again').click();
    await until(() => find(desk, 'console-conversation aside [data-trouble]') === null);
    assert.isNull(find(desk, 'console-composer [data-trouble]'));
  });

  it('does not matter to whoever answers in the chat', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')], { contact: { ...contact, mailTrouble } });
    assert.isNull(find(desk, 'console-composer [data-trouble]'));
  });
});
