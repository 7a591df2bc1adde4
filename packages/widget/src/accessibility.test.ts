import 'axe-core';
import { emulateMedia, setViewport } from '@web/test-runner-commands';
import type { AxeResults } from 'axe-core';
import { assert } from 'chai';
import {
  type Chat,
  closed,
  find,
  get,
  leaveMessage,
  mountChat,
  openChat,
  read,
  removeChats,
  until,
} from './testing/chat.js';

declare const axe: { run(context: Node, options: { runOnly: string[] }): Promise<AxeResults> };

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function assertAccessible({ element }: Chat): Promise<void> {
  const { violations } = await axe.run(element, { runOnly: rules });
  assert.deepEqual(
    violations.map(({ id, nodes }) => [id, ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]),
    [],
  );
}

async function busyChat(attributes: Record<string, string>): Promise<Chat> {
  const chat = await openChat({}, attributes);
  chat.client.receive('Ana', 'Good morning! See https://tulip.example/orders/1041.', {
    channel: 'email',
    attachments: [{ filename: 'bill.pdf', size: 20_400 }],
  });
  chat.client.receiveStatus('resolved');
  for (const text of ['Thank you', 'And could you add a card?']) await chat.element.sendMessage(text);
  chat.client.refuse();
  chat.client.emit('typing', { name: 'Ben' });
  chat.client.become('reconnecting');
  await until(() => find(chat, '.typing') !== null);
  await settle(chat);
  return chat;
}

async function settle(chat: Chat): Promise<void> {
  await Promise.all(get(chat, '.panel').getAnimations({ subtree: true }).map(settled));
}

/** Colours are judged when nothing fades any more; what beats for ever does not change them much. */
const settled = async (animation: Animation): Promise<void> => {
  if (animation.effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY) await animation.finished;
};

describe('accessibility', () => {
  before(() => emulateMedia({ reducedMotion: 'reduce' }));
  afterEach(async () => {
    removeChats();
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({ forcedColors: 'none' });
  });

  it('finds nothing against the closed chat', async () => {
    await assertAccessible(await mountChat());
  });

  for (const theme of ['light', 'dark']) {
    it(`finds nothing against a busy conversation, ${theme}`, async () => {
      await assertAccessible(await busyChat({ theme }));
    });

    it(`finds nothing against the queue, ${theme}`, async () => {
      const chat = await openChat({ place: { position: 3, waitSeconds: 240 } }, { theme });
      chat.client.emit('changed', undefined);
      await until(() => find(chat, '.waiting') !== null);
      await assertAccessible(chat);
    });

    it(`finds nothing against the form for a message, ${theme}`, async () => {
      const refusesLeft = { code: 'bad_request', status: 400, title: '' } as const;
      const chat = await openChat({ hours: closed, refusesLeft }, { theme });
      await leaveMessage(chat, 'Are you there?', 'mia@home.example');
      await until(() => read(chat, '.leave-trouble') !== '');
      await settle(chat);
      await assertAccessible(chat);
    });

    it(`finds nothing against the empty chat, ${theme}`, async () => {
      await assertAccessible(await openChat({}, { theme }));
    });
  }

  it('fills a narrow screen, and keeps the page behind it out of reach', async () => {
    await setViewport({ width: 320, height: 640 });
    const chat = await busyChat({});
    const panel = get(chat, '.panel');
    assert.isTrue(panel.matches(':modal'));
    assert.deepEqual([panel.offsetWidth, panel.offsetHeight], [320, 640]);
    assert.isAtMost(get(chat, '.log').scrollWidth, 320);
    await assertAccessible(chat);
  });

  it('has room for the form on a narrow, low screen', async () => {
    await setViewport({ width: 320, height: 360 });
    const chat = await openChat({ hours: closed });
    const form = get(chat, '.leave');
    assert.isAtMost(form.scrollWidth, 320);
    get(chat, '.leave-send').scrollIntoView();
    assert.isAtMost(get(chat, '.leave-send').getBoundingClientRect().bottom, 360);
    await assertAccessible(chat);
  });

  it('changes between beside the page and over it with the window', async () => {
    const chat = await openChat();
    assert.isFalse(get(chat, '.panel').matches(':modal'));
    await setViewport({ width: 320, height: 640 });
    await until(() => get(chat, '.panel').matches(':modal'));
    await setViewport({ width: 800, height: 600 });
    await until(() => !get(chat, '.panel').matches(':modal') && get(chat, '.panel').checkVisibility());
  });

  it('has targets of 44 pixels', async () => {
    const chat = await busyChat({});
    for (const button of chat.element.renderRoot.querySelectorAll('button')) {
      if (!button.checkVisibility()) continue;
      assert.isAtLeast(button.offsetHeight, 44, button.outerHTML);
      assert.isAtLeast(button.offsetWidth, 44, button.outerHTML);
    }
  });

  it('stands at the other side where the page runs from right to left', async () => {
    document.documentElement.dir = 'rtl';
    const chat = await openChat();
    assert.isBelow(get(chat, '.panel').getBoundingClientRect().left, 40);
    assert.isBelow(get(chat, '.launcher').getBoundingClientRect().left, 40);
    document.documentElement.dir = '';
  });
});
