import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { earlierVisit, focused, get, mountChat, openChat, read, removeChats, until } from './testing/chat.js';

describe('<helpline-chat>', () => {
  afterEach(removeChats);

  it('leaves network and storage alone until the visitor opens it', async () => {
    const chat = await mountChat();
    assert.equal(chat.client.calls.connect, 0);
    await chat.element.show();
    await until(() => chat.client.state === 'connected');
    assert.equal(chat.client.calls.connect, 1);
  });

  it('goes on with a kept session at once, and shows what came meanwhile', async () => {
    const chat = await mountChat({ known: true, history: earlierVisit() });
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
