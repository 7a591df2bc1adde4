import type { AgentEntry, Follows } from '@helpline/protocol';
import { assert } from 'chai';
import { closeDesks, control, find, get, openAnasChat, textOf, until } from '../testing/desk.js';
import { mail } from '../testing/mails.js';
import { notedByBen } from '../testing/people.js';

const beginning = (why: Follows['why']): AgentEntry => {
  const entry = mail(1);
  if (entry.type !== 'message') return entry;
  const opening = { workspaceId: 'acme', brandId: 'shop', inboxId: 'shop-mail', teamId: null, contactId: 'ana' };
  const follows = { conversationId: 'doras-chat', why };
  return { ...entry, payload: { ...entry.payload, opening: { ...opening, channel: 'email', follows } } };
};

describe('a mail about something else', () => {
  afterEach(closeDesks);

  it('is offered a conversation of its own, which is then shown', async () => {
    const desk = await openAnasChat([mail(1), mail(2, { newSubject: true })]);
    control(desk, 'Make it a conversation of its own').click();
    await until(() => location.hash === '#/conversations/split-off');
    assert.include(desk.chat.asked, 'split 2');
  });

  it('is offered none where it is one already, or goes on under the old subject', async () => {
    const desk = await openAnasChat([mail(1)]);
    assert.isNull(find(desk, 'console-log .split'));
  });

  it('leaves a line where it was, with a way there', async () => {
    const { payload: _, ...head } = notedByBen(3, '');
    const splitOff: AgentEntry = { ...head, type: 'split_off', payload: { of: 2, into: 'doras-chat' } };
    const desk = await openAnasChat([mail(1), mail(2), splitOff]);
    assert.include(textOf(get(desk, 'console-log .event')), 'made message 2 a conversation of its own');
    assert.equal(get(desk, 'console-log .event a').getAttribute('href'), '#/conversations/doras-chat');
  });
});

describe('a conversation that comes from another', () => {
  afterEach(closeDesks);

  it('says why, and leads there', async () => {
    const desk = await openAnasChat([beginning('closed')]);
    assert.include(textOf(get(desk, 'console-log .follows')), 'Goes on from a conversation that is closed.');
    assert.equal(get(desk, 'console-log .follows a').getAttribute('href'), '#/conversations/doras-chat');
  });
});
