import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { bubbles, focused, get, openChat, read, removeChats, until } from './testing/chat.js';
import { FakeClient } from './testing/fake-client.js';

describe('writing', () => {
  afterEach(removeChats);

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

  it('keeps the focus in the composer when the button is clicked', async () => {
    const chat = await openChat();
    await sendKeys({ type: 'Good morning' });
    get(chat, '.send').focus();
    get(chat, '.send').click();
    await until(() => bubbles(chat).length === 1);
    assert.equal(focused(chat), 'input');
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
    get(chat, '.retry').focus();
    get(chat, '.retry').click();
    await until(() => read(chat, '.message .meta') === 'Sending…');
    assert.equal(focused(chat), 'input');
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
