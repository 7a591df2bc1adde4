import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from '../testing/accessible.js';
import { closeDesks, control, type Desk, find, get, openAnasChat, openDesk, texts, until } from '../testing/desk.js';
import { FakeClient } from '../testing/fake-client.js';
import { FakeConversation } from '../testing/fake-conversation.js';
import { anasChat, fromAna, moved, toCall } from '../testing/people.js';

const long = '2020-01-01T08:00:00.000Z';
const forgotten = { ...toCall, id: 'lid', dueAt: long, isForgotten: true };

/** A VIP's conversation that went through every hand, with promises that are still to be kept. */
async function openMoved(): Promise<Desk> {
  const contact = { ...anasChat().contact, vip: true as const };
  const what = { contact, priority: 'urgent', dueAt: long, teamId: 'sales', followUps: [toCall, forgotten] } as const;
  const desk = await openAnasChat([fromAna(1, 'Hello'), ...moved(2)], { ...what, followUps: [...what.followUps] });
  await until(() => texts(desk, 'console-log .word').length === 3);
  return desk;
}

/** Each dialog in its largest state. */
async function eachDialog(desk: Desk, look: (dialog: HTMLElement) => Promise<void>): Promise<void> {
  const dialogs = { a: 'console-assign-dialog', s: 'console-later-dialog', t: 'console-triage-dialog' };
  for (const [key, part] of Object.entries(dialogs)) {
    await sendKeys({ press: key });
    await until(() => find(desk, `${part} dialog[open]`) !== null);
    if (part === 'console-later-dialog') {
      get(desk, `${part} fieldset label:last-of-type input`).click();
      await until(() => find(desk, `${part} textarea`) !== null);
    }
    await look(get(desk, `${part} dialog`));
    await sendKeys({ press: 'Escape' });
  }
}

async function openFollowUps(): Promise<Desk> {
  const client = new FakeClient();
  const conversation = anasChat();
  client.promised = [toCall, { ...toCall, id: 'due', dueAt: long }].map((one) => ({
    ...one,
    text: 'A call about the lid that is broken',
    conversation,
  }));
  const desk = openDesk(client, '#/follow-ups/mine');
  await until(() => texts(desk, 'console-follow-ups .name').length === 2);
  return desk;
}

/** Two of them selected, of which one could not be moved. */
async function openMany(): Promise<Desk> {
  const client = Object.assign(new FakeClient(), { unmovable: 'Dora' });
  for (const name of ['Ana', 'Dora'])
    client.add(
      new FakeConversation(anasChat({ id: name, contact: { id: name, name, address: null, proof: 'cookie' } })),
    );
  const desk = openDesk(client);
  await until(() => texts(desk, 'console-list .name').length === 2);
  for (const key of ['j', 'x', 'j', 'x']) await sendKeys({ press: key });
  control(desk, 'Move…').click();
  await until(() => find(desk, 'console-assign-dialog dialog[open]') !== null);
  await assertAccessible();
  get(desk, 'console-assign-dialog ul button').click();
  await until(() => find(desk, 'console-bulk-bar .refused') !== null);
  return desk;
}

describe('moves', () => {
  afterEach(async () => {
    closeDesks();
    document.documentElement.dir = '';
    await emulateMedia({ colorScheme: 'light' });
    await setViewport({ width: 1400, height: 900 });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`can be seen and made by everybody, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      await setViewport({ width: 1400, height: 900 });
      const desk = await openMoved();
      await assertAccessible();
      await eachDialog(desk, assertAccessible);
      closeDesks();
      await openFollowUps();
      await assertAccessible();
      closeDesks();
      const many = await openMany();
      await assertAccessible();
      control(many, 'Hand all back').click();
      await until(() => find(many, 'console-hand-back dialog[open]') !== null);
      await assertAccessible();
    });

  it('hold on a narrow screen', async () => {
    await setViewport({ width: 320, height: 640 });
    const desk = await openMoved();
    assertFits();
    await assertAccessible();
    await eachDialog(desk, async (dialog) => assert.isAtMost(dialog.scrollWidth, dialog.clientWidth));
    closeDesks();
    await openFollowUps();
    assertFits();
    await assertAccessible();
    closeDesks();
    await openMany();
    assertFits();
  });

  it('hold from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const desk = await openMoved();
    await assertAccessible();
    await eachDialog(desk, assertAccessible);
    closeDesks();
    await openFollowUps();
    await assertAccessible();
  });
});
