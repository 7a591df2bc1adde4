import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { closeDesks, control, fill, find, get, openAnasChat, textOf, texts, until } from './testing/desk.js';
import { refusal } from './testing/fake-client.js';
import { anasChat, delivered, fromAna, fromBen, mailFromAna } from './testing/people.js';

const textarea = 'console-composer textarea';

describe('writing', () => {
  afterEach(closeDesks);

  it('sends a reply with Ctrl+Enter, and shows it on its way', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    await sendKeys({ press: 'r' });
    await sendKeys({ type: 'Good morning' });
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ up: 'Control' });
    await until(() => desk.chat.outgoing.length === 1);
    assert.deepEqual(desk.chat.outgoing[0]?.body, { kind: 'reply', text: 'Good morning', expectedSeq: 1 });
    await until(() => texts(desk, 'console-log .outgoing footer').includes('Sending…'));
    assert.include(desk.chat.asked, 'typing');
  });

  it('shows what was sent once, also while it is still confirmed', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    const { clientId } = desk.chat.reply('Good morning');
    desk.chat.hearEntries([{ ...fromAna(2, 'Good morning'), actor: { kind: 'agent', id: 'ben' }, clientId }]);
    await until(() => texts(desk, 'console-log .text').length === 2);
    assert.deepEqual(texts(desk, 'console-log .text'), ['Hello', 'Good morning']);
  });

  it('writes a note with n, which the customer does not hear of', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    await sendKeys({ press: 'n' });
    await sendKeys({ type: 'Be kind' });
    await until(() => find(desk, 'console-composer form.note') !== null);
    control(desk, 'Add note').click();
    assert.deepEqual(desk.chat.outgoing[0]?.body, { kind: 'note', text: 'Be kind' });
    assert.notInclude(desk.chat.asked, 'typing');
  });

  it('keeps what is written when one looks elsewhere', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    fill(get(desk, textarea), 'I will');
    desk.client.tell(anasChat({ id: 'doras-chat' }));
    location.hash = '#/conversations/doras-chat';
    await until(() => (find(desk, textarea) as HTMLTextAreaElement | null)?.value === '');
    location.hash = '#/conversations/anas-chat';
    await until(() => (find(desk, textarea) as HTMLTextAreaElement | null)?.value === 'I will');
  });

  it('says which way the answer goes', async () => {
    const desk = await openAnasChat([mailFromAna(1)]);
    assert.equal(textOf(get(desk, 'console-composer .where')), 'Goes by e-mail to ana@lima.example');
    desk.chat.hearEntries([fromAna(2, 'Now I am in the chat')]);
    await until(() => textOf(get(desk, 'console-composer .where')).startsWith('Goes to the chat'));
  });

  it('refuses what is too long before it is sent', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    fill(get(desk, textarea), 'a'.repeat(10_003));
    await until(() => textOf(find(desk, 'console-composer .bad')) === 'Too long by 3');
    control(desk, 'Send').click();
    assert.deepEqual(desk.chat.outgoing, []);
  });

  it('says why something was not sent, and sends it again', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    desk.chat.reply('Good morning');
    desk.chat.refuse(refusal('no_recipient'));
    await until(() => find(desk, 'console-log .outgoing footer.bad') !== null);
    assert.include(textOf(get(desk, 'console-log .outgoing footer')), 'no address to send this to');
    control(desk, 'Try again').click();
    await until(() => texts(desk, 'console-log .outgoing footer').includes('Sending…'));
  });

  describe('an answer that crossed with something new', () => {
    const crossed = async () => {
      const desk = await openAnasChat([fromAna(1, 'Where is my order?')]);
      desk.chat.reply('On its way');
      desk.chat.hearEntries([fromAna(2, 'It just came, but it is broken')]);
      desk.chat.refuse(refusal('stale'));
      await until(() => find(desk, 'console-log .stale') !== null);
      return desk;
    };

    it('is not sent, and shows what is new', async () => {
      const desk = await crossed();
      assert.include(textOf(get(desk, 'console-log .stale')), 'something new');
      assert.deepEqual(texts(desk, 'console-log .stale li'), ['Ana Lima It just came, but it is broken']);
    });

    it('can be sent anyway, now that the new is seen', async () => {
      const desk = await crossed();
      control(desk, 'Send anyway').click();
      assert.deepEqual(
        desk.chat.outgoing.map(({ body, state }) => [body, state]),
        [[{ kind: 'reply', text: 'On its way', expectedSeq: 2 }, 'pending']],
      );
    });

    it('can be edited first', async () => {
      const desk = await crossed();
      control(desk, 'Edit').click();
      await until(() => (find(desk, textarea) as HTMLTextAreaElement | null)?.value === 'On its way');
      assert.deepEqual(desk.chat.outgoing, []);
    });
  });

  describe('an answer by mail', () => {
    const carl = { address: 'carl@lima.example', name: 'Carl Lima' };
    const anas = { address: 'ana@lima.example', name: 'Ana Lima' };
    const open = async () => {
      const desk = await openAnasChat([mailFromAna(1)]);
      desk.chat.usual = { to: [anas], cc: [carl], participants: [] };
      desk.chat.hearEntries([mailFromAna(2)]);
      await until(() => textOf(find(desk, 'console-composer .who p')) === 'To Ana Lima · Cc Carl Lima');
      return desk;
    };

    it('says whom it goes to, and lets that be changed', async () => {
      const desk = await open();
      control(desk, 'Change, Cc, Bcc').click();
      await until(() => find(desk, 'console-composer [name=bcc]') !== null);
      assert.equal((get(desk, 'console-composer [name=cc]') as HTMLInputElement).value, 'carl@lima.example');
      fill(get(desk, 'console-composer [name=cc]'), '');
      fill(get(desk, 'console-composer [name=bcc]'), 'dora@acme.example');
      fill(get(desk, textarea), 'On its way');
      await until(() => !(control(desk, 'Send') as HTMLButtonElement).disabled);
      control(desk, 'Send').click();
      assert.deepEqual(desk.chat.outgoing[0]?.body, {
        kind: 'reply',
        text: 'On its way',
        expectedSeq: 2,
        to: ['ana@lima.example'],
        cc: [],
        bcc: ['dora@acme.example'],
      });
    });

    it('goes nowhere as long as something is no address', async () => {
      const desk = await open();
      control(desk, 'Change, Cc, Bcc').click();
      await until(() => find(desk, 'console-composer [name=cc]') !== null);
      fill(get(desk, textarea), 'On its way');
      fill(get(desk, 'console-composer [name=cc]'), 'carl');
      await until(() => textOf(find(desk, 'console-composer .people-fields .bad')) === 'No address: carl');
      assert.isTrue((control(desk, 'Send') as HTMLButtonElement).disabled);
    });

    it('can be sent later', async () => {
      const desk = await open();
      control(desk, 'Send later').click();
      await until(() => find(desk, 'console-composer [type=datetime-local]') !== null);
      fill(get(desk, 'console-composer [type=datetime-local]'), '2050-01-01T09:00');
      fill(get(desk, textarea), 'Happy new year');
      await until(() => texts(desk, 'console-composer button.primary').includes('Send then'));
      control(desk, 'Send then').click();
      const body = desk.chat.outgoing[0]?.body;
      assert.deepInclude(body, { text: 'Happy new year', sendAt: new Date('2050-01-01T09:00').toISOString() });
    });

    it('is called back with z, and stands where one writes again', async () => {
      const desk = await open();
      desk.chat.hearEntries([fromBen(3, 'Too early', 'email')]);
      await until(() => texts(desk, 'console-log footer').some((text) => text.includes('On its way')));
      await sendKeys({ press: 'z' });
      await until(() => (find(desk, textarea) as HTMLTextAreaElement | null)?.value === 'Too early');
      assert.include(desk.chat.asked, 'call back 3');
    });

    it('says that it is too late to call it back', async () => {
      const desk = await open();
      desk.chat.hearEntries([fromBen(3, 'Too early', 'email')]);
      desk.chat.refuseNext = refusal('too_late');
      await until(() => texts(desk, 'console-log footer').some((text) => text.includes('On its way')));
      control(desk, 'Undo').click();
      await until(() => textOf(get(desk, '.notice')).includes('too late'));
      assert.equal((get(desk, textarea) as HTMLTextAreaElement).value, '');
    });

    it('tells for each of its readers what became of it', async () => {
      const desk = await open();
      const lost = delivered(5, 3, 'failed', 'No such user');
      desk.chat.hearEntries([
        fromBen(3, 'Hello', 'email'),
        delivered(4, 3, 'sent'),
        lost.type === 'delivery' ? { ...lost, payload: { ...lost.payload, to: ['carl@lima.example'] } } : lost,
      ]);
      await until(() => texts(desk, 'console-log [data-delivery]').length === 2);
      assert.deepEqual(texts(desk, 'console-log [data-delivery]'), [
        'Sent by e-mail (ana@lima.example)',
        'Not sent: the mail failed (carl@lima.example): No such user',
      ]);
    });
  });
});
