import type { VisitorEntry } from '@helpline/protocol';
import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { bubbles, find, focused, get, mountChat, openChat, read, removeChats, until } from './testing/chat.js';
import { FakeClient } from './testing/fake-client.js';

const conversation = (): VisitorEntry[] => {
  const client = new FakeClient();
  client.send('Are tulips in?');
  client.confirm();
  client.receive('Ana', 'Yes, since this morning.');
  return client.entries;
};

describe('<helpline-chat>', () => {
  afterEach(removeChats);

  describe('opening and closing', () => {
    it('leaves network and storage alone until the visitor opens it', async () => {
      const chat = await mountChat();
      assert.equal(chat.client.calls.connect, 0);
      await chat.element.show();
      await until(() => chat.client.state === 'connected');
      assert.equal(chat.client.calls.connect, 1);
    });

    it('goes on with a kept session at once, and shows what came meanwhile', async () => {
      const chat = await mountChat({ known: true, history: conversation() });
      await until(() => read(chat, '.badge') === '1');
      assert.equal(get(chat, '.launcher').getAttribute('aria-label'), 'Chat, 1 new message');
      assert.isFalse(chat.element.open);
    });

    it('moves the focus to the composer, and back to the launcher by Escape', async () => {
      const chat = await mountChat();
      get(chat, '.launcher').focus();
      await sendKeys({ press: 'Enter' });
      await until(() => focused(chat) === 'input');
      assert.equal(get(chat, '.launcher').getAttribute('aria-expanded'), 'true');
      await sendKeys({ press: 'Escape' });
      await until(() => focused(chat) === 'launcher');
      assert.isFalse(get<HTMLDialogElement>(chat, '.panel').open);
    });

    it('gives the focus back to the button of the page that opened it', async () => {
      const chat = await mountChat();
      const button = document.body.appendChild(document.createElement('button'));
      button.focus();
      await chat.element.show();
      get(chat, '.close').focus();
      chat.element.hide();
      await chat.element.updateComplete;
      assert.equal(document.activeElement, button);
      button.remove();
    });

    it('does not take the focus when the page says that it is open', async () => {
      const chat = await mountChat({}, { open: '' });
      assert.isTrue(get<HTMLDialogElement>(chat, '.panel').open);
      assert.equal(document.activeElement, document.body);
    });

    it('tells the page when it opens and closes', async () => {
      const told: string[] = [];
      const chat = await mountChat();
      for (const type of ['helpline-open', 'helpline-close']) {
        chat.element.addEventListener(type, () => told.push(type));
      }
      chat.element.toggle();
      await chat.element.updateComplete;
      chat.element.toggle();
      await chat.element.updateComplete;
      assert.deepEqual(told, ['helpline-open', 'helpline-close']);
    });

    it('closes its client when it is removed, but not when it is moved', async () => {
      const chat = await openChat();
      const elsewhere = document.body.appendChild(document.createElement('div'));
      elsewhere.append(chat.element);
      await chat.element.updateComplete;
      assert.equal(chat.client.calls.close, 0);
      elsewhere.remove();
      await until(() => chat.client.calls.close === 1);
    });
  });

  describe('writing', () => {
    it('sends by Enter and breaks the line by Shift+Enter', async () => {
      const chat = await openChat();
      await sendKeys({ type: 'Good morning' });
      await sendKeys({ down: 'Shift' });
      await sendKeys({ press: 'Enter' });
      await sendKeys({ up: 'Shift' });
      await sendKeys({ type: 'Are tulips in?' });
      await sendKeys({ press: 'Enter' });
      await until(() => bubbles(chat).length === 1);
      assert.deepEqual(bubbles(chat), ['Good morning\nAre tulips in?']);
      assert.equal(get<HTMLTextAreaElement>(chat, '#input').value, '');
    });

    it('does not send by the Enter that ends an input method’s choice', async () => {
      const chat = await openChat();
      await sendKeys({ type: 'こん' });
      const enter = { key: 'Enter', bubbles: true, cancelable: true };
      get(chat, '#input').dispatchEvent(new KeyboardEvent('keydown', { ...enter, isComposing: true }));
      get(chat, '#input').dispatchEvent(new KeyboardEvent('keydown', { ...enter, keyCode: 229 }));
      await chat.element.updateComplete;
      assert.deepEqual(bubbles(chat), []);
    });

    it('sends nothing that is empty', async () => {
      const chat = await openChat();
      await sendKeys({ type: '   ' });
      await sendKeys({ press: 'Enter' });
      assert.deepEqual(chat.client.outgoing, []);
      assert.isTrue(get<HTMLButtonElement>(chat, '.send').disabled);
    });

    it('says by how much a message is too long, and keeps it', async () => {
      const chat = await openChat();
      const input = get<HTMLTextAreaElement>(chat, '#input');
      input.value = 'x'.repeat(10_003);
      input.dispatchEvent(new InputEvent('input'));
      await until(() => read(chat, '.too-long') === 'Too long by 3 characters.');
      await sendKeys({ press: 'Enter' });
      assert.deepEqual(chat.client.outgoing, []);
      assert.lengthOf(input.value, 10_003);
    });

    it('tells that the visitor is typing, once in a while', async () => {
      const chat = await openChat();
      await sendKeys({ type: 'Hello' });
      assert.equal(chat.client.calls.typing, 1);
    });

    it('shows each message as sending, then as sent, in the same place', async () => {
      const chat = await openChat();
      await chat.element.sendMessage('Are tulips in?');
      await until(() => read(chat, '.message .meta') === 'Sending…');
      const shown = get(chat, '.message');
      chat.client.confirm();
      await until(() => read(chat, '.message .meta').endsWith('Sent'));
      assert.equal(get(chat, '.message'), shown);
      assert.deepEqual(bubbles(chat), ['Are tulips in?']);
    });

    it('shows what could not be sent, and tries again when asked', async () => {
      const chat = await openChat();
      await chat.element.sendMessage('Are tulips in?');
      chat.client.refuse();
      await until(() => read(chat, '.not-sent') === 'Not sent.');
      get(chat, '.retry').click();
      await until(() => read(chat, '.message .meta') === 'Sending…');
    });

    it('takes a message from the page before it is set up', async () => {
      const element = document.createElement('helpline-chat');
      const client = new FakeClient();
      element.client = client;
      void element.sendMessage('From the page');
      document.body.append(element);
      await until(() => client.outgoing.length === 1);
      assert.equal(client.calls.connect, 1);
    });
  });

  describe('reading', () => {
    it('shows the history after a reload, and does not announce it', async () => {
      const chat = await openChat({ history: conversation() });
      assert.deepEqual(bubbles(chat), ['Are tulips in?', 'Yes, since this morning.']);
      assert.equal(read(chat, '[aria-live=polite]'), '');
    });

    it('announces a new message of the other side, and only that', async () => {
      const chat = await openChat();
      await chat.element.sendMessage('Are tulips in?');
      chat.client.confirm();
      await until(() => bubbles(chat).length === 1);
      assert.equal(read(chat, '[aria-live=polite]'), '');
      chat.client.receive('Ana', 'Yes, since this morning.');
      await until(() => read(chat, '[aria-live=polite]') === 'Ana says: Yes, since this morning.');
    });

    it('tells the page of new messages in both directions, and of the unread count', async () => {
      const told: unknown[] = [];
      const chat = await openChat({ history: conversation() });
      chat.element.hide();
      await chat.element.updateComplete;
      chat.element.addEventListener('helpline-message', ({ detail }) =>
        told.push([detail.direction, detail.message.text]),
      );
      chat.element.addEventListener('helpline-unread', ({ detail }) => told.push(detail.count));
      await chat.element.sendMessage('And roses?');
      chat.client.confirm();
      chat.client.receive('Ana', 'Roses too.');
      assert.deepEqual(told, [['outgoing', 'And roses?'], ['incoming', 'Roses too.'], 1]);
    });

    it('takes messages as seen when the panel is open', async () => {
      const chat = await openChat();
      chat.client.receive('Ana', 'Hello!');
      await until(() => chat.client.unread === 0);
      chat.element.hide();
      await chat.element.updateComplete;
      chat.client.receive('Ana', 'Still there?');
      await chat.element.updateComplete;
      assert.equal(chat.client.unread, 1);
    });

    it('follows the newest message, but not while the visitor reads above', async () => {
      const chat = await openChat();
      for (let i = 1; i <= 40; i += 1) chat.client.receive('Ana', `Line ${i}`);
      const log = get(chat, '.log');
      const toEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight;
      await until(() => log.scrollHeight > log.clientHeight && toEnd() < 2);

      log.scrollTop = 0;
      await new Promise((resolve) => log.addEventListener('scroll', resolve, { once: true }));
      chat.client.receive('Ana', 'Below');
      await until(() => find(chat, '.new-below') !== null);
      assert.equal(log.scrollTop, 0);
      assert.equal(chat.client.unread, 1);

      get(chat, '.new-below').click();
      await until(() => toEnd() < 2 && chat.client.unread === 0);
    });

    it('shows who is typing until the message is there', async () => {
      const chat = await openChat();
      chat.client.emit('typing', { name: 'Ana' });
      await until(() => read(chat, '.typing') === 'Ana is typing…');
      chat.client.receive('Ana', 'Here I am.');
      await until(() => find(chat, '.typing') === null);
    });

    it('marks what came by e-mail, and its files', async () => {
      const chat = await openChat();
      chat.client.receive('Ana', 'Your bill', {
        channel: 'email',
        attachments: [{ filename: 'bill.pdf', size: 20_400 }],
      });
      await until(() => read(chat, '.by-email') === 'by e-mail');
      assert.equal(read(chat, '.file'), 'bill.pdf · 20 kB');
    });

    it('says when the conversation is resolved', async () => {
      const chat = await openChat({ history: conversation() });
      chat.client.receiveStatus('resolved');
      await until(() => read(chat, '.status').startsWith('This conversation is resolved.'));
    });

    it('drops the text of a removed message', async () => {
      const chat = await openChat();
      chat.client.receive('Ana', 'My password is tulip');
      chat.client.receiveRedaction(1);
      await until(() => bubbles(chat)[0] === 'This message was removed.');
    });
  });

  describe('trouble', () => {
    it('names an inbox that does not exist, and offers no composer', async () => {
      const chat = await mountChat({ refusal: { code: 'not_found', status: 404, title: '' } });
      await chat.element.show();
      await until(() => read(chat, '[role=alert]').startsWith('This chat does not exist'));
      assert.isNull(find(chat, '.composer'));
    });

    it('says the same on a page that names no inbox', async () => {
      const chat = await mountChat();
      chat.element.client = null;
      await chat.element.show();
      assert.match(read(chat, '[role=alert]'), /^This chat does not exist/);
    });

    it('says that a site is not allowed', async () => {
      const chat = await mountChat({ refusal: { code: 'origin_not_allowed', status: 403, title: '' } });
      await chat.element.show();
      await until(() => read(chat, '[role=alert]').startsWith('This site is not allowed'));
    });

    it('offers to try again when the server can’t be reached', async () => {
      const chat = await mountChat({ refusal: { code: 'timeout', status: 504, title: '' } });
      await chat.element.show();
      await until(() => read(chat, '.banner p') === 'The chat can’t be reached at the moment.');
      chat.client.refusal = null;
      get(chat, '.banner button').click();
      await until(() => chat.client.state === 'connected' && read(chat, '.banner') === '');
    });

    it('says that the connection is lost, for as long as it is', async () => {
      const chat = await openChat();
      chat.client.become('reconnecting');
      await until(() => read(chat, '.banner').startsWith('The connection is lost.'));
      chat.client.become('connected');
      await until(() => read(chat, '.banner') === '');
    });

    it('shows that it is loading, then that there is nothing yet', async () => {
      let answer = () => {};
      const chat = await mountChat();
      const connect = chat.client.connect.bind(chat.client);
      chat.client.connect = async () => {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        await connect();
      };
      await chat.element.show();
      assert.equal(get(chat, '.log').getAttribute('aria-busy'), 'true');
      answer();
      await until(() => read(chat, '.empty h3') === 'Hello! How can we help?');
    });
  });

  it('identifies the visitor through an open session', async () => {
    const chat = await mountChat();
    await chat.element.identify('signed');
    assert.equal(chat.client.identity, 'signed');
    assert.equal(chat.client.calls.connect, 1);
  });

  it('speaks the page’s language, or English', async () => {
    const german = await openChat({}, { locale: 'de-AT' });
    assert.equal(read(german, '.empty h3'), 'Hallo! Wie können wir helfen?');
    const broken = await openChat({}, { locale: 'en_US.UTF-8' });
    assert.equal(read(broken, '.empty h3'), 'Hello! How can we help?');
  });
});
