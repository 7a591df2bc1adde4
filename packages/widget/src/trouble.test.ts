import { assert } from 'chai';
import { find, get, mountChat, openChat, read, removeChats, until } from './testing/chat.js';

describe('trouble', () => {
  afterEach(removeChats);

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
