import { assert } from 'chai';
import { closeDesks, control, fill, find, get, openDesk, textOf, until } from '../testing/desk.js';
import { FakeClient, refusal } from '../testing/fake-client.js';
import { sentAsUsual } from '../testing/people.js';

const form = 'console-sending';

describe('how a mailbox sends', () => {
  afterEach(closeDesks);

  const open = async () => {
    const client = new FakeClient();
    const server = { host: 'mail.acme.example', port: 993, secure: true, user: 'support', password: 'secret' };
    const address = 'support@acme.example';
    await client.connectMailbox({ brandId: 'shop', address, displayName: 'Acme', imap: server, smtp: server });
    const desk = openDesk(client, `#/mailboxes/${address}`);
    await until(() => find(desk, `${form} details`) !== null);
    get(desk, `${form} summary`).click();
    return desk;
  };
  const said = ({ client }: { client: FakeClient }): unknown =>
    JSON.parse(client.asked.at(-1)?.replace('sending support@acme.example ', '') ?? '{}');

  it('is told with name, signature, aliases and pace', async () => {
    const desk = await open();
    fill(get(desk, `${form} [name=sender]`), 'agent');
    fill(get(desk, `${form} [name=signature]`), '{agent}, {brand}');
    fill(get(desk, `${form} [name=aliases]`), 'sales@acme.example, help@acme.example');
    fill(get(desk, `${form} [name=mailsAMinute]`), '30');
    control(desk, 'Save').click();
    await until(() => textOf(get(desk, '.notice')).startsWith('Saved.'));
    const aliases = ['sales@acme.example', 'help@acme.example'];
    const signature = '{agent}, {brand}';
    const given = { ...sentAsUsual, displayName: 'Acme', sender: 'agent', signature, aliases, mailsAMinute: 30 };
    assert.deepEqual(said(desk), given);
  });

  it('asks for a key where mails are to be signed, and says what is wrong with it', async () => {
    const desk = await open();
    const signs = get(desk, `${form} label:nth-of-type(7) input`);
    signs.click();
    await until(() => find(desk, `${form} [name=privateKey]`) !== null);
    fill(get(desk, `${form} [name=selector]`), 'mail');
    fill(get(desk, `${form} [name=privateKey]`), 'no key');
    desk.client.refuse = refusal('unprocessable', { detail: 'This is no key.' });
    control(desk, 'Save').click();
    await until(() => find(desk, `${form} [role=alert]`) !== null);
    assert.include(textOf(get(desk, `${form} [role=alert]`)), 'This is no key.');
    assert.deepInclude(said(desk) as object, {
      dkim: { domain: 'acme.example', selector: 'mail', privateKey: 'no key' },
    });
  });

  it('answers at once, with the hours in which somebody works', async () => {
    const desk = await open();
    get(desk, `${form} [name=answers]`).click();
    await until(() => find(desk, `${form} [name=whenClosed]`) !== null);
    fill(get(desk, `${form} [name=whenClosed]`), 'We are back on Monday.');
    fill(get(desk, `${form} [name=timeZone]`), 'Europe/Berlin');
    fill(get(desk, `${form} [name=from-6]`), '10:00');
    fill(get(desk, `${form} [name=to-6]`), '12:00');
    fill(get(desk, `${form} [name=from-1]`), '');
    control(desk, 'Save').click();
    await until(() => textOf(get(desk, '.notice')).startsWith('Saved.'));
    const days = [2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' }));
    assert.deepInclude(said(desk) as object, {
      autoReply: {
        whenOpen: '',
        whenClosed: 'We are back on Monday.',
        hours: { timeZone: 'Europe/Berlin', days: [...days, { day: 6, from: '10:00', to: '12:00' }] },
      },
    });
  });
});
