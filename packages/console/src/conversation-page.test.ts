import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { closeDesks, control, find, get, openAnasChat, openDesk, textOf, texts, until } from './testing/desk.js';
import {
  anasChat,
  delivered,
  fromAna,
  fromBen,
  mailFromAna,
  notedByBen,
  routedToBen,
  statusBy,
} from './testing/people.js';

describe('a conversation', () => {
  before(() => Object.defineProperty(document, 'visibilityState', { value: 'visible' }));
  afterEach(closeDesks);

  it('shows messages with who wrote them and the way they came', async () => {
    const desk = await openAnasChat([fromAna(1, 'Where is my order?'), fromBen(2, 'On its way.', 'email')]);
    assert.deepEqual(texts(desk, 'console-log .message .text'), ['Where is my order?', 'On its way.']);
    assert.deepEqual(texts(desk, 'console-log .message .name'), ['Ana Lima', 'Ben Okafor']);
    assert.deepEqual(texts(desk, 'console-log .message .mark'), ['Chat', 'E-mail']);
  });

  it('tells a note by its word, not by colour alone', async () => {
    const desk = await openAnasChat([notedByBen(1, 'Be kind.')]);
    assert.equal(textOf(get(desk, 'console-log .note .mark')), 'Note');
    assert.equal(textOf(get(desk, 'console-log .note .text')), 'Be kind.');
  });

  it('says why routing chose whom it chose', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello'), routedToBen(2)]);
    assert.include(textOf(get(desk, 'console-log .event')), 'Given to Ben Okafor');
    get(desk, 'console-log .why summary').click();
    assert.deepEqual(texts(desk, 'console-log .why tbody tr'), [
      'Ben Okafor chosen: has the least to do 1 of 4',
      'Carla Ruiz is at capacity 4 of 4',
    ]);
  });

  it('shows on each mail of ours what became of it', async () => {
    const desk = await openAnasChat([
      fromBen(1, 'One', 'email'),
      delivered(2, 1, 'sent'),
      fromBen(3, 'Two', 'email'),
      delivered(4, 3, 'bounced', '550 no such user'),
      statusBy(5, 'resolved'),
      fromBen(6, 'Three', 'email'),
    ]);
    assert.deepEqual(texts(desk, 'console-log .message footer'), [
      'Sent by e-mail',
      'The mail came back: 550 no such user',
      'On its way by e-mail Undo',
    ]);
  });

  it('shows a mail with its subject, its whole text and its files', async () => {
    const desk = await openAnasChat([mailFromAna(1)], { channel: 'email', subject: 'Question about my invoice' });
    assert.equal(textOf(get(desk, 'console-conversation .head h2')), 'Question about my invoice');
    assert.equal(textOf(get(desk, 'console-log .subject')), 'Question about my invoice');
    assert.include(textOf(get(desk, 'console-log .rest')), 'Dear Ana');
    control(desk, 'invoice.pdf 48.2 kB').click();
    assert.include(desk.chat.asked, 'file invoice');
  });

  it('links web addresses and runs nothing of a message', async () => {
    const desk = await openAnasChat([fromAna(1, '<b>see</b> https://acme.example/a.')]);
    assert.equal(get(desk, 'console-log .text a').getAttribute('href'), 'https://acme.example/a');
    assert.isNull(find(desk, 'console-log .text b'));
  });

  it('follows what comes: messages, typing, seen', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello'), fromBen(2, 'Hi Ana')]);
    desk.chat.hearTyping({ name: 'Ana', from: 'customer' });
    await until(() => textOf(find(desk, 'console-log .typing')) === 'Ana is typing…');
    desk.chat.hearSeen(2);
    await until(() => textOf(find(desk, 'console-log .seen')) === 'Seen');
    desk.chat.hearEntries([fromAna(3, 'Thanks')]);
    await until(() => texts(desk, 'console-log .text').at(-1) === 'Thanks');
    assert.equal(textOf(get(desk, 'console-log [aria-live]')), 'Ana Lima says: Thanks');
    assert.include(desk.chat.asked, 'seen 3');
  });

  it('assigns to me, resolves and reopens', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')], { assigneeId: null, handler: 'queue' });
    control(desk, 'Assign to me').click();
    await until(() => textOf(get(desk, 'console-conversation .about')).includes('Assigned to you'));
    control(desk, 'Resolve').click();
    await until(() => textOf(get(desk, 'console-conversation .pill')) === 'Resolved');
    control(desk, 'Reopen').click();
    await until(() => textOf(get(desk, 'console-conversation .pill')) === 'Open');
    assert.deepEqual(
      desk.chat.asked.filter((one) => !one.startsWith('seen')),
      ['assign ben', 'resolve', 'reopen'],
    );
  });

  it('assigns to somebody, or back to the queue, by keys alone', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    await sendKeys({ press: 'a' });
    await until(() => find(desk, 'console-assign-dialog dialog[open]') !== null);
    await sendKeys({ type: 'Carl' });
    await sendKeys({ press: 'Enter' });
    await until(() => desk.chat.asked.includes('assign carla'));
    await until(() => textOf(get(desk, 'console-conversation .about')).includes('Assigned to Carla Ruiz'));
    control(desk, 'Assign…').click();
    control(desk, 'Back to the queue').click();
    await until(() => desk.chat.asked.includes('assign null'));
  });

  it('says who the customer is and how we know', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    if (!find(desk, 'console-conversation aside')) await sendKeys({ press: 'd' });
    await until(() => find(desk, 'console-conversation aside') !== null);
    const details = textOf(get(desk, 'console-conversation aside'));
    assert.include(details, 'ana@lima.example');
    assert.include(details, 'Proven: signed in at your site');
    assert.include(details, 'Acme Shop');
  });

  it('says that a conversation does not exist', async () => {
    const desk = openDesk(undefined, '#/conversations/none');
    await until(() => find(desk, 'console-conversation [role=alert]') !== null);
    assert.include(textOf(get(desk, 'console-conversation [role=alert]')), 'does not exist');
  });

  it('lets go of a conversation when another is opened', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    desk.client.tell(anasChat({ id: 'doras-chat' }));
    location.hash = '#/conversations/doras-chat';
    await until(() => desk.chat.asked.includes('close'));
  });
});
