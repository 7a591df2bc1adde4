import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Ground } from '../testing/email-desk.js';
import { OAuthServer } from '../testing/oauth-server.js';
import { signedIn, signInPage } from './ask-provider.js';
import type { Provider } from './providers.js';
import { MailboxTokens } from './tokens.js';

const begun = { state: 'state', verifier: 'v'.repeat(43), redirectUri: 'http://desk.example/oauth/callback' };
const nowhere = { host: '127.0.0.1', port: 1, secure: false };
const _id = 'support';

let oauth: OAuthServer;
let ground: Ground;
let provider: Provider;

beforeAll(async () => {
  oauth = await OAuthServer.start();
});
afterAll(() => oauth?.stop());
beforeEach(async () => {
  Object.assign(oauth, { account: 'support@tea.example', refreshes: 0, thinksMs: 0, lifeSeconds: 3600 });
  oauth.whims.splice(0);
  provider = oauth.provider({ imap: nowhere, smtp: nowhere });
  ground = await Ground.lay('tokens');
  await ground.addMailbox(1);
  const answer = new URLSearchParams(await oauth.visit(await signInPage(provider, begun, oauth.account)));
  const { tokens, account } = await signedIn(provider, begun, answer);
  const grant = node().grantOf(_id, provider, account, { ...tokens, refreshToken: tokens.refreshToken ?? '' });
  await ground.store.mailboxes.updateOne({ _id }, { $set: { grant } });
});
afterEach(() => ground?.close());

/** The tokens as one of many nodes sees them. */
const node = (): MailboxTokens =>
  new MailboxTokens({ store: ground.store, secrets: ground.secrets, providers: [provider] });

/** As if the last token was given so long ago. */
const age = (minutes: number) =>
  ground.store.mailboxes.updateOne({ _id }, [
    {
      $set: Object.fromEntries(
        ['obtainedAt', 'expiresAt'].map((field) => [
          `grant.${field}`,
          { $subtract: [`$grant.${field}`, minutes * 60_000] },
        ]),
      ),
    },
  ]);
const grant = async () => (await ground.store.mailboxes.findOne({ _id }))?.grant;
const words = (asked: Promise<unknown>): Promise<string> => asked.then(String, (error: Error) => error.message);

test('a token is used as long as it is good, and replaced some minutes before its end', async () => {
  const first = await node().current(_id);
  await age(50);
  expect(await node().current(_id)).toBe(first);
  expect(oauth.refreshes).toBe(0);
  await age(6);
  const second = await node().current(_id);
  expect(second).not.toBe(first);
  expect(oauth.owner(second)).toBe('support@tea.example');
  await age(57);
  expect(oauth.owner(await node().current(_id))).toBe('support@tea.example');
});

test('however many nodes and protocols want one at once, the provider is asked once', async () => {
  await age(57);
  oauth.thinksMs = 300;
  const nodes = [node(), node(), node()];
  const wanted = nodes.flatMap((one) => [one.current(_id), one.current(_id)]);
  expect(new Set(await Promise.all(wanted)).size).toBe(1);
  expect(oauth.refreshes).toBe(1);
});

test('when mail servers refuse a token it is replaced, once for all who were refused, and once only', async () => {
  const first = await node().current(_id);
  oauth.forgetAccessTokens();
  const [byImap, bySmtp] = await Promise.all([node().instead(_id, first), node().instead(_id, first)]);
  expect(byImap).toBe(bySmtp);
  expect(oauth.owner(byImap ?? '')).toBe('support@tea.example');
  expect(await node().instead(_id, byImap ?? '')).toBeNull();
  expect(oauth.refreshes).toBe(1);
});

test('a node that ends while it asks holds nobody up for longer than a minute', async () => {
  await age(57);
  const claimedUntil = new Date(Date.now() + 500); // the rest of the dead node's minute
  await ground.store.mailboxes.updateOne({ _id }, { $set: { 'grant.claimedUntil': claimedUntil } });
  expect(oauth.owner(await node().current(_id))).toBe('support@tea.example');
});

test('whoever asked for too long finds that another was faster, and harms nothing', async () => {
  await age(57);
  oauth.thinksMs = 500;
  oauth.whims.push({ status: 400, body: { error: 'invalid_grant' } });
  const late = node().current(_id);
  await expect.poll(() => oauth.refreshes).toBe(1);
  const current = await grant();
  await ground.store.mailboxes.updateOne(
    { _id },
    { $set: { 'grant.serial': 'another', 'grant.expiresAt': new Date(Date.now() + 3_600_000) } },
  );
  expect(oauth.owner(await late)).toBe('support@tea.example');
  expect(current?.serial).not.toBe('another');
  expect((await grant())?.ended).toBeUndefined();
});

test('a grant that is over ends in words, and nobody asks with it again', async () => {
  await age(57);
  oauth.revoke('support@tea.example');
  const ended = 'Teapost lets Helpline into this mailbox no more. Please sign in again. The answer is invalid_grant.';
  expect(await words(node().current(_id))).toBe(ended);
  expect(await words(node().current(_id))).toBe(ended);
  expect(oauth.refreshes).toBe(1);
});

test('a provider that does not answer is asked again after a pause; until then the old token does, if it can', async () => {
  const first = await node().current(_id);
  await age(57);
  oauth.whims.push({ status: 503, body: {} }, 'hang up');
  expect(await node().current(_id)).toBe(first);
  expect(await node().current(_id)).toBe(first);
  expect(oauth.refreshes).toBe(1);
  await age(5);
  expect(await words(node().current(_id))).toContain('The sign-in service of Teapost can not be asked');
  const over = { 'grant.trouble.until': new Date() };
  await ground.store.mailboxes.updateOne({ _id }, { $set: over });
  expect(await words(node().current(_id))).toContain('The sign-in service of Teapost can not be asked');
  expect((await grant())?.trouble).toMatchObject({ tries: 2 });
  await ground.store.mailboxes.updateOne({ _id }, { $set: over });
  expect(oauth.owner(await node().current(_id))).toBe('support@tea.example');
  expect((await grant())?.trouble).toBeUndefined();
});

test('wrong keys of ours are told to whoever runs the server, and end nothing', async () => {
  await age(62);
  provider = { ...provider, clientSecret: 'guess' };
  expect(await words(node().current(_id))).toContain('must check TEAPOST_CLIENT_ID, TEAPOST_CLIENT_SECRET');
  expect((await grant())?.ended).toBeUndefined();
});
