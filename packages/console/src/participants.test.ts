import { emulateMedia, sendKeys, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from './testing/accessible.js';
import { closeDesks, type Desk, find, get, openAnasChat, texts, until } from './testing/desk.js';
import { mail } from './testing/mails.js';
import { fromAna, mailFromAna } from './testing/people.js';

const dora = { address: 'Dora@rossi.example', name: 'Dora Rossi' };
const carl = { address: 'carl@lima.example', name: '' };
const others = (desk: Desk) => texts(desk, 'console-conversation .others li');

/** Ana writes a mail that goes to others too; the server knows who takes part. */
async function openWith(addresses: string[]) {
  const desk = await openAnasChat([mailFromAna(1)], { channel: 'email' });
  if (!find(desk, 'console-conversation aside')) await sendKeys({ press: 'd' });
  desk.chat.usual = { to: [], cc: [], participants: ['ana@lima.example', ...addresses] };
  desk.chat.hearEntries([mail(2, { to: [{ address: 'support@acme.example', name: 'Acme' }], cc: [dora, carl] })]);
  await until(() => find(desk, 'console-conversation .others') !== null);
  return desk;
}

describe('who takes part by mail', () => {
  afterEach(async () => {
    closeDesks();
    document.documentElement.dir = 'ltr';
    await setViewport({ width: 1400, height: 900 });
    await emulateMedia({ colorScheme: 'light' });
  });

  it('stands beside the conversation with name and address, without the customer and without us', async () => {
    const desk = await openWith(['carl@lima.example', 'dora@rossi.example']);
    assert.deepEqual(others(desk), ['carl@lima.example', 'Dora Rossi dora@rossi.example']);
  });

  it('grows as mails come', async () => {
    const desk = await openWith(['dora@rossi.example']);
    desk.chat.usual.participants.push('emil@rossi.example');
    desk.chat.hearEntries([mail(3, {})]);
    await until(() => others(desk).length === 2);
    assert.include(others(desk), 'emil@rossi.example');
  });

  it('is not said where nobody else does', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    desk.chat.usual = { to: [], cc: [], participants: ['ana@lima.example'] };
    desk.chat.hearEntries([mailFromAna(2)]);
    await until(() => texts(desk, 'console-log .message').length === 2);
    assert.isNull(find(desk, 'console-conversation .others'));
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`can be read by everybody, in ${colorScheme}, on a narrow screen and from right to left`, async () => {
      await emulateMedia({ colorScheme });
      const desk = await openWith(['dora@rossi.example', `${'x'.repeat(60)}@rossi.example`]);
      await assertAccessible();
      await setViewport({ width: 360, height: 640 });
      document.documentElement.dir = 'rtl';
      await desk.app.updateComplete;
      assertFits();
      await assertAccessible();
      assert.exists(get(desk, 'console-conversation .others'));
    });
});
