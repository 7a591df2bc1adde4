import { assert } from 'chai';
import { bubbles, earlierVisit, find, get, openChat, read, removeChats, until } from './testing/chat.js';

describe('reading', () => {
  afterEach(removeChats);

  it('shows the history after a reload, and does not announce it', async () => {
    const chat = await openChat({ history: earlierVisit() });
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
    const chat = await openChat({ history: earlierVisit() });
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
    assert.equal(read(chat, '.file'), 'Download bill.pdf · 20 kB');
  });

  it('asks for a link whenever a file is wanted, and says if there is none', async () => {
    const chat = await openChat();
    const attachments = ['a.pdf', 'b.pdf'].map((filename) => ({ filename, size: 3_200_000 }));
    chat.client.receive('Ana', '', { attachments });
    await until(() => read(chat, '.file') === 'Download a.pdf · 3 MB');
    chat.client.refusesFile = { code: 'not_found', status: 404, title: 'Gone' };
    const [, second] = chat.element.renderRoot.querySelectorAll<HTMLElement>('.file');
    second?.click();
    await until(() => read(chat, '.bubble [role=alert]') === 'This file can’t be loaded at the moment.');
    chat.client.refusesFile = null;
    second?.click();
    await until(() => find(chat, '.bubble [role=alert]') === null);
    assert.deepEqual(chat.client.files, ['1.1', '1.1']);
  });

  it('says when the conversation is resolved', async () => {
    const chat = await openChat({ history: earlierVisit() });
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
