import { assert } from 'chai';
import { closeDesks, control, fill, find, get, openDesk, textOf, until } from './testing/desk.js';
import { FakeClient, refusal } from './testing/fake-client.js';
import { FakeConversation } from './testing/fake-conversation.js';
import { anasChat } from './testing/people.js';

const signedOut = (): FakeClient => Object.assign(new FakeClient(), { session: null });

describe('coming in', () => {
  afterEach(closeDesks);

  it('asks who has no session to sign in, and goes on to the list', async () => {
    const desk = openDesk(signedOut());
    await until(() => find(desk, 'console-sign-in form') !== null);
    fill(get(desk, '#email'), 'ben@acme.example');
    fill(get(desk, '#password'), 'secret');
    control(desk, 'Sign in').click();
    await until(() => find(desk, 'console-list h2') !== null);
    assert.equal(textOf(get(desk, 'console-views .name')), 'Ben Okafor');
  });

  it('says in words why a sign-in is refused', async () => {
    const desk = openDesk(signedOut());
    desk.client.refuse = refusal('wrong_credentials');
    await until(() => find(desk, 'console-sign-in form') !== null);
    fill(get(desk, '#email'), 'ben@acme.example');
    fill(get(desk, '#password'), 'wrong');
    control(desk, 'Sign in').click();
    await until(() => textOf(find(desk, 'console-sign-in [role=alert]')) !== '');
    assert.include(textOf(get(desk, 'console-sign-in [role=alert]')), 'password is wrong');
  });

  it('tells an agent whose session ended, and lets him in again', async () => {
    const desk = openDesk();
    await until(() => find(desk, 'console-list .state') !== null);
    desk.client.become('unauthorized');
    await until(() => find(desk, 'console-sign-in .told') !== null);
    assert.include(textOf(get(desk, 'console-sign-in .told')), 'session has ended');
  });

  it('says that the server can not be reached, and tries again', async () => {
    const client = new FakeClient();
    client.resume = async () => {
      throw refusal('timeout');
    };
    const desk = openDesk(client);
    await until(() => find(desk, 'console-app [role=alert]') !== null);
    client.resume = FakeClient.prototype.resume;
    control(desk, 'Try again').click();
    await until(() => find(desk, 'console-views .name') !== null);
  });
});

describe('being in', () => {
  afterEach(closeDesks);

  it('counts what is mine in the title', async () => {
    const client = new FakeClient();
    client.add(new FakeConversation(anasChat()));
    openDesk(client);
    await until(() => document.title === '(1) Helpline');
    client.tell(anasChat({ assigneeId: 'carla', seq: 3 }));
    await until(() => document.title === 'Helpline');
  });

  it('shows that the connection is lost until it is back', async () => {
    const desk = openDesk();
    await until(() => find(desk, 'console-views .name') !== null);
    desk.client.become('reconnecting');
    await until(() => find(desk, 'console-app .banner') !== null);
    assert.include(textOf(get(desk, 'console-app .banner')), 'Reconnecting');
    desk.client.become('connected');
    await until(() => find(desk, 'console-app .banner') === null);
  });

  it('signs out', async () => {
    const desk = openDesk();
    await until(() => find(desk, 'console-views .name') !== null);
    control(desk, 'Sign out').click();
    await until(() => find(desk, 'console-sign-in form') !== null);
    assert.isNull(find(desk, 'console-sign-in .told'));
  });
});
