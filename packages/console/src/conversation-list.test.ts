import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { closeDesks, control, type Desk, find, openDesk, texts, until } from './testing/desk.js';
import { FakeClient, refusal } from './testing/fake-client.js';
import { FakeConversation } from './testing/fake-conversation.js';
import { anasChat } from './testing/people.js';

const person = (name: string) => ({ id: name.toLowerCase(), name, address: null, proof: 'cookie' as const });
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();

const withNames = (...names: string[]): FakeClient => {
  const client = new FakeClient();
  names.forEach((name, i) => {
    const lastAt = at(30 - i);
    client.add(new FakeConversation(anasChat({ id: name.toLowerCase(), contact: person(name), lastAt })));
  });
  return client;
};

const names = (desk: Desk): string[] => texts(desk, 'console-list .name');

describe('the list', () => {
  afterEach(closeDesks);

  it('shows what is mine, the newest first', async () => {
    const desk = openDesk(withNames('Ana', 'Dora'));
    await until(() => names(desk).length === 2);
    assert.deepEqual(names(desk), ['Ana', 'Dora']);
  });

  it('shows the queue as it is given out: what is urgent, what is due, who waits longest', async () => {
    const client = new FakeClient();
    const waits = { assigneeId: null, handler: 'queue' as const };
    client.add(new FakeConversation(anasChat({ ...waits, id: 'a', contact: person('Ana'), waitingSince: at(20) })));
    client.add(new FakeConversation(anasChat({ ...waits, id: 'd', contact: person('Dora'), waitingSince: at(10) })));
    const late = { ...waits, waitingSince: at(30) };
    client.add(new FakeConversation(anasChat({ ...late, id: 'u', contact: person('Uma'), priority: 'urgent' })));
    client.add(new FakeConversation(anasChat({ ...late, id: 'f', contact: person('Finn'), dueAt: at(90) })));
    const desk = openDesk(client, '#/views/queue');
    await until(() => names(desk).length === 4);
    assert.deepEqual(names(desk), ['Uma', 'Finn', 'Dora', 'Ana']);
  });

  it('moves a conversation as soon as somebody else has it', async () => {
    const client = withNames('Ana');
    const desk = openDesk(client);
    await until(() => names(desk).length === 1);
    client.tell(anasChat({ id: 'ana', contact: person('Ana'), assigneeId: 'carla', seq: 3 }));
    await until(() => names(desk).length === 0);
    assert.deepEqual(texts(desk, 'console-list .state'), ['Nothing is assigned to you.']);
  });

  it('keeps what it knows when older news comes late', async () => {
    const client = withNames('Ana');
    const desk = openDesk(client);
    await until(() => names(desk).length === 1);
    const ana = { id: 'ana', contact: person('Ana') };
    client.tell(anasChat({ ...ana, seq: 5, preview: { text: 'newer', by: 'visitor', channel: 'chat' } }));
    client.tell(anasChat({ ...ana, seq: 4, preview: { text: 'older', by: 'visitor', channel: 'chat' } }));
    await until(() => texts(desk, 'console-list .preview').includes('newer'));
    assert.deepEqual(texts(desk, 'console-list .preview'), ['newer']);
  });

  it('fetches the next page when asked to', async () => {
    const client = Object.assign(withNames('Ana', 'Dora', 'Emil'), { pageSize: 2 });
    const desk = openDesk(client);
    await until(() => names(desk).length === 2);
    control(desk, 'Show more').click();
    await until(() => names(desk).length === 3);
    assert.isNull(find(desk, 'console-list .more'));
  });

  it('forgets after a break what is not there any more', async () => {
    const client = withNames('Ana', 'Dora');
    const desk = openDesk(client);
    await until(() => names(desk).length === 2);
    client.become('reconnecting');
    client.conversations.delete('dora');
    client.become('connected');
    await until(() => names(desk).length === 1);
    assert.deepEqual(names(desk), ['Ana']);
  });

  it('says why it can not be loaded, and tries again', async () => {
    const client = withNames('Ana');
    client.refuse = refusal('busy');
    const desk = openDesk(client);
    await until(() => find(desk, 'console-list [role=alert]') !== null);
    control(desk, 'Try again').click();
    await until(() => names(desk).length === 1);
  });

  it('is walked with j, k and Enter', async () => {
    const desk = openDesk(withNames('Ana', 'Dora', 'Emil'));
    await until(() => names(desk).length === 3);
    for (const press of ['j', 'j', 'j', 'k', 'Enter']) await sendKeys({ press });
    await until(() => location.hash === '#/conversations/dora');
  });
});
