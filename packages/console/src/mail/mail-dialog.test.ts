import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import {
  closeDesks,
  control,
  deepFocus,
  fill,
  find,
  get,
  openAnasChat,
  openDesk,
  textOf,
  texts,
  until,
} from '../testing/desk.js';
import { refusal } from '../testing/fake-client.js';
import { mailFromAna, shopMail } from '../testing/people.js';

const dialog = 'console-mail-dialog';

describe('a mail that is no answer', () => {
  afterEach(closeDesks);

  const openNew = async () => {
    const desk = openDesk();
    await until(() => find(desk, 'console-views a') !== null);
    await until(() => desk.app.store.state.inboxes.size > 0);
    await sendKeys({ press: 'c' });
    await until(() => find(desk, `${dialog} dialog[open]`) !== null);
    fill(get(desk, `${dialog} [name=to]`), 'Dora <dora@rossi.example>');
    fill(get(desk, `${dialog} [name=subject]`), 'Your order');
    fill(get(desk, `${dialog} [name=text]`), 'It is here.');
    await until(() => !(control(desk, 'Send mail') as HTMLButtonElement).disabled);
    return desk;
  };

  it('is written with c, and opens its conversation', async () => {
    const desk = await openNew();
    control(desk, 'Send mail').click();
    await until(() => location.hash === '#/conversations/composed');
    const said = desk.client.asked.find((one) => one.startsWith('compose'))?.replace('compose ', '') ?? '{}';
    const { clientId, ...mail } = JSON.parse(said);
    assert.match(clientId, /^[\w-]+$/);
    assert.deepEqual(mail, {
      inboxId: shopMail.id,
      to: ['dora@rossi.example'],
      cc: [],
      bcc: [],
      subject: 'Your order',
      text: 'It is here.',
    });
    assert.isNull(find(desk, `${dialog} dialog[open]`));
  });

  it('stays open with the reason where nothing may be sent to somebody', async () => {
    const desk = await openNew();
    desk.client.refuse = refusal('do_not_contact', { detail: 'dora@rossi.example' });
    control(desk, 'Send mail').click();
    await until(() => find(desk, `${dialog} [role=alert]`) !== null);
    assert.include(
      textOf(get(desk, `${dialog} [role=alert]`)),
      'Nothing may be sent to this person. dora@rossi.example',
    );
    assert.equal((get(desk, `${dialog} [name=text]`) as HTMLTextAreaElement).value, 'It is here.');
  });

  it('keeps the focus where it was sent while it is on its way and once it is refused, and goes only once', async () => {
    const desk = await openNew();
    let refuse: (reason: Error) => void = () => {};
    let tries = 0;
    desk.client.compose = () => {
      tries++;
      return new Promise((_, reject) => {
        refuse = reject;
      });
    };
    const send = control(desk, 'Send mail');
    send.focus();
    await sendKeys({ press: 'Enter' });
    await until(() => send.getAttribute('aria-disabled') === 'true');
    await sendKeys({ press: 'Enter' });
    send.click();
    refuse(refusal('busy'));
    await until(() => find(desk, `${dialog} [role=alert]`) !== null);
    assert.equal(deepFocus(), send);
    assert.equal(tries, 1);
  });

  it('forwards the newest message with f', async () => {
    const desk = await openAnasChat([mailFromAna(1)]);
    await sendKeys({ press: 'f' });
    await until(() => find(desk, `${dialog} dialog[open]`) !== null);
    fill(get(desk, `${dialog} [name=to]`), 'carl@lima.example');
    await until(() => !(get(desk, `${dialog} button.primary`) as HTMLButtonElement).disabled);
    get(desk, `${dialog} button.primary`).click();
    await until(() => desk.chat.asked.some((one) => one.startsWith('forward')));
    const forwarded = { of: 1, text: '', to: ['carl@lima.example'], cc: [], bcc: [] };
    assert.include(desk.chat.asked, `forward ${JSON.stringify(forwarded)}`);
  });

  it('shows to whom something was forwarded', async () => {
    const desk = await openAnasChat([mailFromAna(1)]);
    const envelope = { to: [{ address: 'carl@lima.example', name: '' }], cc: [], bcc: [] };
    const actor = { kind: 'agent', id: 'ben', name: 'Ben Okafor' } as const;
    desk.chat.hearEntries([
      {
        id: 'entry-2',
        seq: 2,
        audience: 'internal',
        at: new Date().toISOString(),
        actor,
        type: 'forwarded',
        payload: { of: 1, text: 'Please look', envelope },
      },
    ]);
    await until(() => texts(desk, 'console-log .event').length === 1);
    const line = texts(desk, 'console-log .event')[0] ?? '';
    for (const part of ['Ben Okafor forwarded message 1 to carl@lima.example', 'Please look', 'On its way'])
      assert.include(line, part);
  });

  it('is not sent to somebody who wants to hear nothing, as the details say', async () => {
    const desk = await openAnasChat([mailFromAna(1)]);
    if (!find(desk, 'aside')) await sendKeys({ press: 'd' });
    await until(() => find(desk, 'aside [type=checkbox]') !== null);
    get(desk, 'aside [type=checkbox]').click();
    await until(() => textOf(get(desk, 'aside')).includes('Nothing is sent to this person since'));
  });
});
