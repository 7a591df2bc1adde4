import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { AgentCaller } from '../../../platform/doors.js';
import type { EmailOptions } from '../index.js';
import { brandId, EmailDesk, Ground, workspaceId } from '../testing/email-desk.js';
import { ana, ben, MailUsers, support } from '../testing/mail-users.js';
import { OAuthServer } from '../testing/oauth-server.js';
import type { Provider } from './providers.js';

let oauth: OAuthServer;
let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

beforeAll(async () => {
  oauth = await OAuthServer.start();
  users = await MailUsers.start({ introspectionUrl: oauth.introspectionUrl });
}, 300_000);
afterAll(async () => {
  await users?.stop();
  oauth?.stop();
});

beforeEach(async () => {
  Object.assign(oauth, { account: support, allows: 'openid mail', refuses: null, tenant: null });
  await users.empty();
  ground = await Ground.lay('sign-ins');
  desk = await deskAt(teapost());
});
afterEach(() => ground?.close());

const visibility = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
const carla: AgentCaller = {
  kind: 'agent',
  role: 'admin',
  workspaceId,
  agentId: 'agent-carla',
  name: 'Carla',
  sessionId: 'session-carla',
  visibility,
};
const settings = { provider: 'gmail', brandId, address: support, displayName: 'Tea Support' } as const;

function teapost(more: Partial<Provider> = {}): Provider {
  const { imap, smtp } = users.settings(brandId);
  const place = ({ host, port, secure }: typeof imap) => ({ host, port, secure });
  return oauth.provider({ imap: place(imap), smtp: place(smtp) }, more);
}

const deskAt = (provider: Provider, more: Partial<EmailOptions> = {}): Promise<EmailDesk> =>
  new EmailDesk(ground, { providers: [provider], ...more }).start();

/** Goes to the provider's page and comes back from it. */
const signIn = async (): Promise<string> => oauth.visit(await desk.email.signIns.begin(carla, settings));

/** What is said of a sign-in that fails. */
const told = (finishing: Promise<unknown>): Promise<string> =>
  finishing.then(
    () => 'nothing',
    (error: Error) => error.message,
  );

const state = async () => (await desk.email.mailboxes(visibility))[0]?.state;

test('whoever signs in at the provider connects the mailbox: mails come in and answers go out', async () => {
  const mailbox = await desk.email.finishSignIn(carla, await signIn());
  expect(mailbox).toMatchObject({ address: support, grant: { account: support, provider: 'gmail' } });
  await users.send(ana, { subject: 'Where is my tea?', text: 'It is late.' });
  const [message] = await desk.messagesOnceThere(1);
  await desk.answer(message?.conversationId ?? '', 'It is on its way.');
  expect((await users.inboxOf(ana, 1))[0]?.text).toContain('It is on its way.');
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'sent' }]);
});

test('nothing that lets in can be read in the database', async () => {
  const page = await desk.email.signIns.begin(carla, settings);
  const begun = await ground.db.collection('mail_sign_ins').findOne();
  expect(JSON.stringify(begun)).not.toContain(new URL(page).searchParams.get('state'));
  const { _id } = await desk.email.finishSignIn(carla, await oauth.visit(page));
  const token = await ground.reach.tokens.current(_id);
  expect(oauth.owner(token)).toBe(support);
  expect(JSON.stringify(await ground.store.mailboxes.findOne())).not.toContain(token);
  expect(await ground.db.collection('mail_sign_ins').countDocuments()).toBe(0);
});

test('an answer is good once, and for nobody else', async () => {
  const answer = await signIn();
  const used = 'This sign-in was used already, or took too long. Please begin again.';
  expect(await told(desk.email.finishSignIn({ ...carla, agentId: 'agent-mallory' }, answer))).toBe(used);
  await desk.email.finishSignIn(carla, answer);
  await desk.email.disconnect(visibility, (await desk.email.mailboxes(visibility))[0]?._id ?? '');
  expect(await told(desk.email.finishSignIn(carla, answer))).toBe(used);
  expect(await told(desk.email.finishSignIn(carla, 'code=guess&state=guess'))).toBe(used);
});

test('a code that somebody else has got is worth nothing without what only we know', async () => {
  const [first, second] = [await signIn(), await signIn()].map((answer) => new URLSearchParams(answer));
  first?.set('code', second?.get('code') ?? '');
  expect(await told(desk.email.finishSignIn(carla, String(first)))).toContain('Please begin again');
});

test('what went wrong at the provider is told in words', async () => {
  oauth.refuses = { error: 'access_denied' };
  expect(await told(desk.email.finishSignIn(carla, await signIn()))).toContain('at Teapost was cancelled');
  oauth.refuses = { error: 'access_denied', error_description: 'AADSTS90094: Admin consent is required.' };
  expect(await told(desk.email.finishSignIn(carla, await signIn()))).toContain('An administrator of your organisation');
  oauth.refuses = null;
  oauth.allows = 'openid';
  expect(await told(desk.email.finishSignIn(carla, await signIn()))).toContain('Teapost did not allow everything');
  oauth.allows = 'openid mail';
  await desk.stop();
  desk = await deskAt(teapost({ clientSecret: 'guess' }));
  expect(await told(desk.email.finishSignIn(carla, await signIn()))).toContain('must check TEAPOST_CLIENT_ID');
  expect(await desk.email.mailboxes(visibility)).toEqual([]);
});

test('somebody who signed in as another account hears as whom he did', async () => {
  oauth.account = ben;
  const words = await told(desk.email.finishSignIn(carla, await signIn()));
  expect(words).toContain(`as ${ben}, but the mailbox is ${support}`);
});

test('where accounts may open shared mailboxes, the mail server says who may', async () => {
  await desk.stop();
  desk = await deskAt(teapost({ hasSharedMailboxes: true }));
  oauth.account = ben;
  const words = await told(desk.email.finishSignIn(carla, await signIn()));
  expect(words).toContain(`as ${ben}, but the mailbox is ${support}`);
  expect(words).toContain('does not let in whoever signed in');
});

test('an account belongs to a tenant that is not known before, and its ID token is of that tenant', async () => {
  const { server } = teapost();
  await desk.stop();
  desk = await deskAt(
    teapost({ accountClaim: 'preferred_username', server: { ...server, issuer: `${oauth.url}/{tid}` } }),
  );
  expect(await told(desk.email.finishSignIn(carla, await signIn()))).not.toBe('nothing');
  oauth.tenant = 'tulips';
  expect((await desk.email.finishSignIn(carla, await signIn())).grant?.account).toBe(support);
});

test('a mailbox with a password can be signed in for instead, and the other way round', async () => {
  const { _id } = await desk.email.connect(workspaceId, users.settings(brandId));
  const page = await desk.email.signIns.beginAgain(carla, _id, 'gmail');
  await desk.email.finishSignIn(carla, await oauth.visit(page));
  expect((await ground.store.mailboxes.findOne())?.imap.password).toBeNull();
  await expect.poll(state).toBe('connected');
  await desk.email.setServers(visibility, _id, users.settings(brandId));
  expect((await ground.store.mailboxes.findOne())?.grant).toBeUndefined();
  await expect.poll(state).toBe('connected');
});

test('a token that both mail servers refuse before its time is replaced once, and nobody notices', async () => {
  await desk.email.finishSignIn(carla, await signIn());
  await users.send(ana, { subject: 'Tea?', text: 'Where is it?' });
  const [message] = await desk.messagesOnceThere(1);
  await desk.stop();
  oauth.forgetAccessTokens();
  oauth.refreshes = 0;
  await users.send(ana, { subject: 'Tea!', text: 'Here it is.' });
  desk = await deskAt(teapost());
  await desk.answer(message?.conversationId ?? '', 'Good.');
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'sent' }]);
  await desk.messagesOnceThere(2);
  expect(oauth.refreshes).toBe(1);
});

test('a mailbox whose grant was taken back says so, is left alone, and goes on where it stopped after another sign-in', async () => {
  const { _id } = await desk.email.finishSignIn(carla, await signIn());
  await users.send(ana, { subject: 'Tea?', text: 'Where is it?' });
  const [message] = await desk.messagesOnceThere(1);
  await desk.stop();
  oauth.revoke(support);
  await users.send(ana, { subject: 'Are you there?', text: 'Hello?' });
  desk = await deskAt(teapost(), { retryMs: [60_000] });
  await desk.answer(message?.conversationId ?? '', 'Here it is.');
  const ended = async () => (await ground.store.mailboxes.findOne({ _id }))?.grant?.ended;
  await expect.poll(ended, { timeout: 15_000 }).toContain('Teapost lets Helpline into this mailbox no more');
  const { refreshes } = oauth;
  expect(await told(ground.reach.tokens.current(_id))).toContain('Please sign in again');
  expect(oauth.refreshes).toBe(refreshes);
  const waits = { state: 'queued', tries: 1 } as const;
  await expect.poll(() => ground.store.deliveries.countDocuments(waits), { timeout: 10_000 }).toBe(1);
  await desk.email.finishSignIn(carla, await oauth.visit(await desk.email.signIns.beginAgain(carla, _id, 'gmail')));
  expect(await desk.outcomes(1)).toMatchObject([{ state: 'sent' }]);
  const subjects = (await desk.messagesOnceThere(3)).flatMap(({ payload }) => payload.mail?.subject ?? []);
  expect(subjects).toEqual(['Tea?', 'Are you there?']);
});
