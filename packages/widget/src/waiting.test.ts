import { assert } from 'chai';
import { NowAndThen } from './now-and-then.js';
import {
  type Chat,
  closed,
  earlierVisit,
  find,
  get,
  leaveMessage,
  openChat,
  read,
  removeChats,
  until,
} from './testing/chat.js';

async function stand(chat: Chat, position: number, waitSeconds: number | null): Promise<void> {
  chat.client.place = { position, waitSeconds };
  chat.client.emit('changed', undefined);
  await chat.element.updateComplete;
}

describe('whoever waits', () => {
  afterEach(removeChats);

  it('reads his place, and about how long it may take', async () => {
    const chat = await openChat({ history: earlierVisit() });
    assert.isNull(find(chat, '.waiting'));
    await stand(chat, 3, 200);
    assert.equal(read(chat, '.waiting'), 'You are number 3 in line. It will probably take about 4 minutes.');
    await stand(chat, 2, 7_000);
    assert.equal(read(chat, '.waiting'), 'You are number 2 in line. It will probably take about 2 hours.');
    await stand(chat, 1, 20);
    assert.equal(read(chat, '.waiting'), 'You are next. It will probably take less than a minute.');
    chat.client.place = null;
    chat.client.emit('changed', undefined);
    await until(() => find(chat, '.waiting') === null);
  });

  it('is told so where nobody can say how long it takes', async () => {
    const chat = await openChat({ history: earlierVisit() });
    await stand(chat, 5, null);
    assert.equal(read(chat, '.waiting'), 'You are number 5 in line. We can’t tell yet how long it will take.');
  });

  it('hears it now and then, not each time', async () => {
    const chat = await openChat({ history: earlierVisit() });
    await stand(chat, 3, null);
    const heard = read(chat, '.waiting-aloud');
    assert.match(heard, /number 3/);
    await stand(chat, 2, null);
    assert.match(read(chat, '.waiting'), /number 2/);
    assert.equal(read(chat, '.waiting-aloud'), heard);
    assert.equal(get(chat, '.waiting-aloud').ariaLive, 'polite');
  });
});

describe('now and then', () => {
  it('says the first thing at once, then the newest when the time has come', async () => {
    let redrawn = 0;
    const aloud = new NowAndThen(() => redrawn++, 50);
    assert.deepEqual([aloud.say('one'), aloud.say('two'), aloud.say('three')], ['one', 'one', 'one']);
    await until(() => redrawn > 0);
    assert.equal(aloud.say('four'), 'four');
    assert.equal(aloud.say(''), '');
  });
});

describe('while nobody is there', () => {
  afterEach(removeChats);

  it('says when somebody will be, and asks for a message and an address', async () => {
    const chat = await openChat({ hours: closed });
    assert.match(read(chat, '.waiting'), /^We are closed at the moment. We open: Monday, January 5/);
    assert.isNull(find(chat, '.composer'));
    await leaveMessage(chat, 'Do you deliver?', 'mia@home.example', 'Mia');
    await until(() => find(chat, '.composer') !== null);
    const [left] = chat.client.left;
    assert.deepInclude(left, { text: 'Do you deliver?', address: 'mia@home.example', name: 'Mia' });
    assert.match(read(chat, '.log'), /Do you deliver\?/);
    assert.match(read(chat, '.waiting'), /We will answer to mia@home.example\.$/);
  });

  it('keeps what was written when it is refused, and leaves the same words once', async () => {
    const chat = await openChat({ hours: closed, refusesLeft: { code: 'timeout', status: 504, title: '' } });
    await leaveMessage(chat, 'Do you deliver?', 'mia@home.example');
    await until(() => read(chat, '.leave-trouble').startsWith('Your message was not sent.'));
    assert.equal(get<HTMLTextAreaElement>(chat, '#input').value, 'Do you deliver?');
    chat.client.refusesLeft = null;
    get(chat, '.leave-send').click();
    await until(() => find(chat, '.composer') !== null);
    assert.equal(new Set(chat.client.left.map(({ clientId }) => clientId)).size, 1);
  });

  it('lets whoever has a conversation go on in it', async () => {
    const chat = await openChat({ hours: closed, history: earlierVisit() });
    assert.isNotNull(find(chat, '.composer'));
    assert.match(read(chat, '.waiting'), /^We are closed at the moment/);
  });

  it('waits with everybody else where no message is asked for', async () => {
    const chat = await openChat({ hours: { ...closed, asksForMessage: false } });
    assert.isNotNull(find(chat, '.composer'));
  });

  it('is over when it opens', async () => {
    const chat = await openChat({ hours: { ...closed, opensAt: '2026-01-05T09:00:00Z' } });
    assert.isNull(find(chat, '.waiting'));
    assert.isNotNull(find(chat, '.composer'));
  });
});
