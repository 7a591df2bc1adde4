import type { Conversation } from '@helpline/protocol';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import { assert } from 'chai';
import { assertAccessible, assertFits } from '../testing/accessible.js';
import { closeDesks, control, type Desk, find, openDesk, textOf, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { FakeConversation } from '../testing/fake-conversation.js';
import { anasChat, ben, carla } from '../testing/people.js';

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();

const heldFor = (agentId: string, seconds = 30, more: Partial<Conversation> = {}): Conversation =>
  anasChat({ handler: 'queue', assigneeId: null, offer: { agentId, until: inSeconds(seconds) }, ...more });

/** Ben's desk, with Ana's chat held for somebody. */
async function deskWith(conversation: Conversation): Promise<{ desk: Desk; chat: FakeConversation }> {
  const client = new FakeClient();
  const chat = client.add(new FakeConversation(conversation));
  const desk = openDesk(client);
  await until(() => find(desk, 'console-offers [role=region]') !== null);
  return { desk, chat };
}

const shown = (desk: Desk): string => textOf(find(desk, 'console-offers [role=region]:not([hidden])'));

describe('what is held for me', () => {
  afterEach(closeDesks);

  it('is shown with its customer and the time that is left', async () => {
    const { desk } = await deskWith(heldFor(ben.id));
    await until(() => shown(desk).includes('Ana Lima'));
    assert.match(shown(desk), /Where is my order\?.* s left/s);
  });

  it('is mine when I accept it, and then open', async () => {
    const { desk, chat } = await deskWith(heldFor(ben.id));
    await until(() => shown(desk).includes('Ana Lima'));
    control(desk, 'Accept').click();
    await until(() => chat.asked.includes('accept'));
    await until(() => location.hash.includes(chat.id));
  });

  it('goes to somebody else when I decline it, and is gone', async () => {
    const { desk, chat } = await deskWith(heldFor(ben.id));
    await until(() => shown(desk).includes('Ana Lima'));
    control(desk, 'Decline').click();
    await until(() => chat.asked.includes('decline'));
    desk.client.tell(heldFor(carla.id, 30, { seq: 9 }));
    await until(() => shown(desk) === '');
  });

  it('is gone when its time is over, and never shown where it is held for others', async () => {
    const { desk } = await deskWith(heldFor(ben.id, 1));
    await until(() => shown(desk) === '');
    desk.client.tell(heldFor(carla.id, 30, { seq: 9 }));
    await desk.app.updateComplete;
    assert.equal(shown(desk), '');
  });

  it('says so when it came too late', async () => {
    const { desk, chat } = await deskWith(heldFor(ben.id));
    await until(() => shown(desk).includes('Ana Lima'));
    chat.refuseNext = refusal('too_late');
    control(desk, 'Accept').click();
    await until(() => find(desk, 'console-app .notice .failed') !== null);
  });

  it('fits on a phone', async () => {
    await setViewport({ width: 360, height: 640 });
    const { desk } = await deskWith(heldFor(ben.id));
    await until(() => shown(desk).includes('Ana Lima'));
    assertFits();
    await setViewport({ width: 1280, height: 800 });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    it(`is accessible and fits, ${colorScheme}`, async () => {
      await emulateMedia({ colorScheme });
      const { desk } = await deskWith(heldFor(ben.id));
      await until(() => shown(desk).includes('Ana Lima'));
      await assertAccessible();
      assertFits();
    });
});
