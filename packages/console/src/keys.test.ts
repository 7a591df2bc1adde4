import { sendKeys } from '@web/test-runner-commands';
import { assert } from 'chai';
import { closeDesks, find, get, openAnasChat, until } from './testing/desk.js';
import { fromAna } from './testing/people.js';

describe('single-letter keys', () => {
  afterEach(closeDesks);

  it('are letters again in a field', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    get(desk, 'console-composer textarea').focus();
    await sendKeys({ type: 'each' });
    assert.equal((get(desk, 'console-composer textarea') as HTMLTextAreaElement).value, 'each');
    assert.notInclude(desk.chat.asked, 'resolve');
  });

  it('leave the field with Escape and work again', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    get(desk, 'console-composer textarea').focus();
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'e' });
    await until(() => desk.chat.asked.includes('resolve'));
  });

  it('are listed by ?, where they can be switched off', async () => {
    const desk = await openAnasChat([fromAna(1, 'Hello')]);
    await sendKeys({ press: '?' });
    await until(() => find(desk, 'console-keys-dialog dialog[open]') !== null);
    get(desk, 'console-keys-dialog input').click();
    await sendKeys({ press: 'Escape' });
    await sendKeys({ press: 'e' });
    assert.notInclude(desk.chat.asked, 'resolve');
  });
});
