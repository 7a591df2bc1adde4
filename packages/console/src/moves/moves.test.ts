import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import {
  closeDesks,
  control,
  type Desk,
  fill,
  find,
  get,
  openAnasChat,
  openDesk,
  textOf,
  texts,
  until,
} from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { FakeConversation } from '../testing/fake-conversation.js';
import { anasChat, ben, carla, fromAna, moved, toCall } from '../testing/people.js';

const dialogOf = (desk: Desk, part: string): HTMLElement | null => find(desk, `${part} dialog[open]`);

describe('what happened to a conversation', () => {
  afterEach(closeDesks);

  it('is told in words, with what somebody said along with it', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello'), ...moved(2)]);
    await until(() => texts(desk, 'console-log .event span').includes('Ben Okafor escalated this to Repairs'));
    const said = texts(desk, 'console-log .event > p > span');
    assert.deepEqual(said.slice(0, 3), [
      'Ben Okafor assigned this to Carla Ruiz',
      'Ben Okafor escalated this to Repairs',
      'Ben Okafor: urgent, no due time, needs de 3',
    ]);
    assert.match(said[3] ?? '', /^Ben Okafor promised something by .*2099.*; Ben Okafor keeps it$/);
    assert.match(said[4] ?? '', /^Snoozed until .*2099.* by Ben Okafor$/);
    assert.match(said[5] ?? '', /^Offered to Carla Ruiz until /);
    assert.equal(said[6], 'Carla Ruiz did not answer in time');
    assert.deepEqual(texts(desk, 'console-log .word'), [
      'She knows the kettles.',
      'The lid again.',
      'A call about the lid',
    ]);
  });

  it('shows nothing of a word that was taken out', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello'), ...moved(2)]);
    desk.chat.hearEntries([
      { ...fromAna(9, ''), audience: 'internal', type: 'redacted', payload: { of: 3, ofPub: null } },
    ]);
    await until(() => texts(desk, 'console-log .word')[1] === 'This was removed.');
  });
});

describe('a conversation is passed on', () => {
  afterEach(closeDesks);

  it('to a team, with a word, by keys alone', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    await sendKeys({ press: 'a' });
    await until(() => dialogOf(desk, 'console-assign-dialog') !== null);
    await sendKeys({ type: 'repai' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'The lid.' });
    get(desk, 'console-assign-dialog input').focus();
    await sendKeys({ press: 'Enter' });
    await until(() => desk.chat.asked.includes('transfer {"teamId":"repairs","text":"The lid."}'));
  });

  it('upwards only with a reason', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')], { teamId: 'sales' });
    await sendKeys({ press: 'a' });
    await until(() => dialogOf(desk, 'console-assign-dialog') !== null);
    const escalate = () => [...texts(desk, 'console-assign-dialog .who')].indexOf('Escalate to Repairs');
    await until(() => escalate() >= 0);
    const button = () => get(desk, 'console-assign-dialog li:has(.icon) button');
    button().click();
    await until(() => textOf(find(desk, 'console-assign-dialog [role=alert]')) === 'Say why, in the field above.');
    fill(get(desk, 'console-assign-dialog textarea'), 'Three times broken');
    button().click();
    await until(() => desk.chat.asked.includes('escalate Three times broken'));
  });

  it('to where one may not see it, and one is told and back at the list', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    desk.chat.staysVisible = false;
    await sendKeys({ press: 'a' });
    await until(() => dialogOf(desk, 'console-assign-dialog') !== null);
    fill(get(desk, 'console-assign-dialog input'), 'Sales');
    await until(() => texts(desk, 'console-assign-dialog .who').join() === 'Sales');
    get(desk, 'console-assign-dialog ul button').click();
    await until(() => texts(desk, '.notice p').join().includes('You can no longer see it.'));
    await until(() => location.hash === '#/views/mine');
  });

  it('by somebody else, and one is told', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    desk.client.lose('anas-chat');
    await until(() => texts(desk, '.notice p').join().includes('passed on to where you can not see it'));
    await until(() => find(desk, 'console-conversation') === null);
  });

  it('not to who has as much as he can take, unless a supervisor does so', async () => {
    const client = Object.assign(new FakeClient(), { session: { ...ben, role: 'agent' as const } });
    client.add(new FakeConversation(anasChat({ seq: 1 }), [fromAna(1, 'Hello')]));
    const desk = openDesk(client, '#/conversations/anas-chat');
    await until(() => find(desk, 'console-conversation .head') !== null);
    control(desk, 'Assign…').click();
    await until(() => dialogOf(desk, 'console-assign-dialog') !== null);
    const carla = () => get(desk, 'console-assign-dialog [data-availability=busy]').closest('button');
    await until(() => (carla()?.textContent ?? '').includes('full'));
    assert.isTrue(carla()?.disabled);
    closeDesks();
    const other = await openAnasChat([fromAna(1, 'Hello')]);
    control(other, 'Assign…').click();
    await until(() => dialogOf(other, 'console-assign-dialog') !== null);
    assert.isFalse(get(other, 'console-assign-dialog [data-availability=busy]').closest('button')?.disabled);
  });
});

describe('a trainee', () => {
  afterEach(closeDesks);

  it('has half as much, and is full by that', async () => {
    const client = Object.assign(new FakeClient(), { session: { ...ben, role: 'agent' as const } });
    client.staff = [ben, { ...carla, isTrainee: true, used: { chat: 2, email: 0 } }];
    client.add(new FakeConversation(anasChat({ seq: 1 }), [fromAna(1, 'Hello')]));
    const desk = openDesk(client, '#/conversations/anas-chat');
    await until(() => find(desk, 'console-conversation .head') !== null);
    control(desk, 'Assign…').click();
    await until(() => dialogOf(desk, 'console-assign-dialog') !== null);
    const row = () => get(desk, 'console-assign-dialog [data-availability=busy]').closest('button');
    await until(() => (row()?.textContent ?? '').includes('2 of 2'));
    assert.isTrue(row()?.disabled);
  });
});

describe('later', () => {
  afterEach(closeDesks);

  const ask = async (choice: string) => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    await sendKeys({ press: 's' });
    await until(() => dialogOf(desk, 'console-later-dialog') !== null);
    const label = [...get(desk, 'console-later-dialog fieldset').querySelectorAll('label')];
    label.find((one) => textOf(one) === choice)?.click();
    return desk;
  };

  it('it waits for the customer', async () => {
    const desk = await ask('Wait for the customer');
    control(desk, 'Save').click();
    await until(() => textOf(get(desk, 'console-conversation .pill')) === 'Pending');
  });

  it('it sleeps until a time that is still to come', async () => {
    const desk = await ask('Snooze');
    await until(() => find(desk, 'console-later-dialog [name=at]') !== null);
    fill(get(desk, 'console-later-dialog [name=at]'), '2020-01-01T08:00');
    control(desk, 'Save').click();
    await until(() => find(desk, 'console-later-dialog [role=alert]') !== null);
    fill(get(desk, 'console-later-dialog [name=at]'), '2099-01-01T08:00');
    control(desk, 'Save').click();
    await until(() => desk.chat.asked.includes(`snooze ${new Date('2099-01-01T08:00').toISOString()}`));
  });

  it('something is promised, by whomever', async () => {
    const desk = await ask('Promise something');
    await until(() => find(desk, 'console-later-dialog textarea') !== null);
    fill(get(desk, 'console-later-dialog [name=at]'), '2099-01-01T08:00');
    fill(get(desk, 'console-later-dialog textarea'), 'A call');
    fill(get(desk, 'console-later-dialog select'), 'carla');
    control(desk, 'Save').click();
    const dueAt = new Date('2099-01-01T08:00').toISOString();
    await until(() => desk.chat.asked.includes(`promise {"dueAt":"${dueAt}","ownerId":"carla","text":"A call"}`));
  });

  it('what is promised is shown until it is kept', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello'), ...moved(2)], { followUps: [toCall] });
    await until(() => texts(desk, 'console-conversation .promises bdi')[0] === 'A call about the lid');
    control(desk, 'Kept: A call about the lid').click();
    await until(() => desk.chat.asked.includes('kept call'));
    await until(() => find(desk, 'console-conversation .promises') === null);
  });
});

describe('triage', () => {
  afterEach(closeDesks);

  it('says how urgent it is and what it needs; what is no skill is refused', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    await sendKeys({ press: 't' });
    await until(() => dialogOf(desk, 'console-triage-dialog') !== null);
    fill(get(desk, 'console-triage-dialog select'), 'urgent');
    fill(get(desk, 'console-triage-dialog [name=skills]'), 'de 9');
    control(desk, 'Save').click();
    await until(() => find(desk, 'console-triage-dialog [role=alert]') !== null);
    fill(get(desk, 'console-triage-dialog [name=skills]'), 'de 3, billing');
    control(desk, 'Save').click();
    const skills = '[{"skill":"de","level":3},{"skill":"billing","level":1}]';
    await until(() => desk.chat.asked.includes(`triage {"priority":"urgent","dueAt":null,"skills":${skills}}`));
  });

  it('shows what comes first, in the list and on the page', async () => {
    const contact = { ...anasChat().contact, vip: true as const };
    const desk = await openAnasChat([fromAna(1, 'Hello')], { priority: 'urgent', contact });
    assert.deepEqual(texts(desk, 'console-conversation .badge'), ['VIP', 'urgent']);
    await until(() => texts(desk, 'console-list .badge').join() === 'VIP,urgent');
  });
});

describe('many at once', () => {
  afterEach(closeDesks);

  async function three(): Promise<Desk> {
    const client = new FakeClient();
    for (const name of ['Ana', 'Dora', 'Emil'])
      client.add(
        new FakeConversation(anasChat({ id: name, contact: { id: name, name, address: null, proof: 'cookie' } })),
      );
    const desk = openDesk(client);
    await until(() => texts(desk, 'console-list .name').length === 3);
    return desk;
  }

  it('are selected and moved by keys alone, and what was not moved says why', async () => {
    const desk = await three();
    desk.client.unmovable = texts(desk, 'console-list .name')[1] ?? null;
    for (const key of ['j', 'x', 'j', 'x']) await sendKeys({ press: key });
    await until(() => texts(desk, 'console-bulk-bar [role=status]').join() === '2 selected');
    control(desk, 'Move…').click();
    await until(
      () =>
        dialogOf(desk, 'console-bulk-bar console-assign-dialog') !== null ||
        dialogOf(desk, 'console-assign-dialog') !== null,
    );
    await sendKeys({ type: 'carla' });
    await sendKeys({ press: 'Enter' });
    await until(() => desk.client.asked.some((one) => one.startsWith('move {"ids":')));
    await until(() => texts(desk, 'console-bulk-bar .refused li').length === 1);
    assert.include(texts(desk, 'console-bulk-bar .refused li')[0], desk.client.unmovable ?? '');
    assert.deepEqual(texts(desk, 'console-bulk-bar [role=status]'), ['1 selected']);
  });

  it('are a supervisor’s to move', async () => {
    const client = Object.assign(new FakeClient(), { session: { ...ben, role: 'agent' as const } });
    client.add(new FakeConversation(anasChat()));
    const desk = openDesk(client);
    await until(() => texts(desk, 'console-list .name').length === 1);
    assert.isNull(find(desk, 'console-list [type=checkbox]'));
    await sendKeys({ press: 'x' });
    assert.isNull(find(desk, 'console-bulk-bar'));
  });
});

describe('who goes', () => {
  afterEach(closeDesks);

  it('hands everything back in one go', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    control(desk, 'Hand all back').click();
    await until(() => dialogOf(desk, 'console-hand-back') !== null);
    control(desk, 'Take a break').click();
    await until(() => desk.client.asked.includes('hand back break'));
    await until(() => dialogOf(desk, 'console-hand-back') === null);
    await until(() => texts(desk, '.notice p').join().includes('Nothing is assigned to you any more.'));
  });
});

describe('follow-ups', () => {
  afterEach(closeDesks);

  const promised = (id: string, text: string, more: object = {}) => ({
    ...toCall,
    id,
    text,
    conversation: anasChat(),
    ...more,
  });

  it('that are mine are listed, and those that were forgotten', async () => {
    const client = new FakeClient();
    const long = '2020-01-01T08:00:00.000Z';
    client.promised = [
      promised('a', 'A call'),
      promised('b', 'A lid', { ownerId: 'carla', dueAt: long, isForgotten: true }),
    ];
    const desk = openDesk(client, '#/follow-ups/mine');
    await until(() => texts(desk, 'console-follow-ups .name').join() === 'A call');
    control(desk, 'Forgotten').click();
    await until(() => texts(desk, 'console-follow-ups .name').join() === 'A lid');
    assert.match(texts(desk, 'console-follow-ups .what .bad').join(), /^forgotten, due since .*2020/);
    control(desk, 'Kept: A lid').click();
    await until(() => client.asked.includes('kept b'));
    await until(() => texts(desk, 'console-follow-ups .state p').join() === 'Nobody has forgotten anything.');
  });

  it('that are due are marked beside the views', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')], { followUps: [toCall] });
    await until(() => desk.client.state === 'connected');
    assert.isNull(find(desk, 'console-views .due'));
    desk.client.tell(anasChat({ seq: 3, followUps: [{ ...toCall, dueAt: '2020-01-01T08:00:00.000Z' }] }));
    await until(() => texts(desk, 'console-views .due').join() === 'due');
  });

  it('that can not be had are asked for again', async () => {
    const client = Object.assign(new FakeClient(), { promised: [promised('a', 'A call')] });
    const desk = openDesk(client);
    await until(() => client.state === 'connected' && client.asked.length > 0);
    client.refuse = refusal('busy');
    location.hash = '#/follow-ups/mine';
    await until(() => find(desk, 'console-follow-ups [role=alert]') !== null);
    control(desk, 'Try again').click();
    await until(() => texts(desk, 'console-follow-ups .name').join() === 'A call');
  });
});
