import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { EmailDesk, Ground, workspaceId } from '../channels/email/testing/email-desk.js';
import { ana, MailUsers } from '../channels/email/testing/mail-users.js';
import { askByHttp } from './ask.js';
import { type House, identitySecret, inboxes, openHouse, password } from './house.js';
import { type SeenQuery, watchQueries } from './queries.js';

/** What may be read as a whole, or sorted in memory, since it is no longer after ten years than on the first day. */
const small: { on: string; asked: RegExp; because: string }[] = [
  { on: 'agents', asked: /./, because: 'the staff of a company' },
  { on: 'inboxes', asked: /./, because: 'the inboxes of a company' },
  { on: 'brands', asked: /./, because: 'the brands of a company' },
  { on: 'mailboxes', asked: /./, because: 'the mailboxes of a company' },
  { on: 'conversations', asked: /"assigneeId":"\?".*"lastAt"/, because: 'what one agent has in hand' },
  { on: 'blobs.files', asked: /^query \{\} /, because: 'GridFS looks for one file before it makes its indexes' },
  { on: 'entries', asked: /"at":1,"seq":1/, because: 'it is the test that looks' },
  { on: 'mail_ledger', asked: /"at":1,"uid":1/, because: 'it is the test that looks' },
  { on: 'mail_known', asked: /"conversationId":("\?"|\{"\$in")/, because: 'the mails of some conversations' },
  { on: 'deliveries', asked: /"dueAt":\{"\$lte"/, because: 'the answers that are due this very moment' },
  { on: 'deliveries', asked: /"claim":"\?"/, because: 'the few that were claimed by one step' },
];

const isSmall = ({ on, asked }: SeenQuery): boolean => small.some((one) => one.on === on && one.asked.test(asked));

const distinct = (queries: SeenQuery[]): string[] => [
  ...new Set(queries.map(({ on, asked, plan }) => `${on} by ${plan}: ${asked}`)),
];

/** A change stream reads the log of changes from a place in it, which is no index's work. */
const followsTheLog = ({ asked }: SeenQuery): boolean => asked.includes('$changeStream');

const scanning = (queries: SeenQuery[]) =>
  distinct(queries.filter((one) => one.plan.includes('COLLSCAN') && !followsTheLog(one) && !isSmall(one)));

const sorting = (queries: SeenQuery[]) => distinct(queries.filter((one) => one.sorted && !isSmall(one)));

test('no query of a day at the desk reads a whole collection, or sorts what it found', async () => {
  const desk = await openHouse('hot-queries');
  const queries = await watchQueries(desk.db);
  await aDayOfChats(desk);
  const seen = await queries.stop();
  await desk.close();
  expect(scanning(seen)).toEqual([]);
  expect(sorting(seen)).toEqual([]);
  expect([...new Set(seen.map(({ on }) => on))]).toEqual(
    expect.arrayContaining(['agents', 'brands', 'contacts', 'conversations', 'entries', 'seen', 'visitorSessions']),
  );
});

test('nor does a query of a day of mail', async () => {
  const users = await MailUsers.start();
  await users.empty();
  const ground = await Ground.lay('hot-mail');
  const desk = await new EmailDesk(ground, { leftAfterMs: 200 }).start();
  const queries = await watchQueries(ground.db);
  await aDayOfMail(desk, users);
  const seen = await queries.stop();
  await desk.stop();
  await ground.close();
  await users.stop();
  expect(scanning(seen)).toEqual([]);
  expect(sorting(seen)).toEqual([]);
  expect([...new Set(seen.map(({ on }) => on))]).toEqual(
    expect.arrayContaining(['contacts', 'deliveries', 'entries', 'mail_known', 'mail_ledger', 'mailboxes']),
  );
}, 300_000);

async function aDayOfChats(desk: House): Promise<void> {
  const mia = await desk.visitor('tulips');
  const noor = await desk.visitor('north');
  mia.send('Do you have white tulips?');
  noor.send('Is the tent waterproof?');
  await askByHttp(desk.url, 'agent.signIn', { email: 'dana@tulips.example', password });
  const [ben, dana] = [await desk.signIn('ben'), await desk.signIn('dana')];
  await expect.poll(async () => (await dana.list({ view: 'queue' })).items.length).toBe(2);
  await ben.setAvailability('available');
  await expect.poll(async () => (await ben.list({ view: 'mine' })).items.length).toBe(1);
  const [mine] = (await ben.list({ view: 'mine' })).items;
  const conversation = await ben.open(mine?.id ?? '');
  conversation.note('He asks each year.');
  conversation.reply('Yes, from March on.');
  await expect.poll(() => mia.entries.length).toBe(2);
  mia.seen();
  conversation.seen();
  await mia.identify(await identityOf('mia'));
  for (const view of ['mine', 'queue', 'open', 'resolved'] as const) {
    await ben.list({ view });
    await dana.list({ view });
  }
  await Promise.all([dana.agents(), dana.inboxes()]);
  await conversation.resolve();
  await expect.poll(async () => (await dana.list({ view: 'resolved' })).items.length).toBe(1);
  await desk.restart();
  const looked = () => desk.db.collection('system.profile').countDocuments({ 'command.distinct': 'conversations' });
  await expect.poll(looked).toBeGreaterThan(0); // the new leader of routing looks everywhere first
}

async function aDayOfMail(desk: EmailDesk, users: MailUsers): Promise<void> {
  const { _id } = await desk.email.connect(workspaceId, users.settings('tea-brand'));
  await users.send(ana, { subject: 'Where is my tea?', text: 'Hello', messageId: '<first@customers.example>' });
  const [question] = await desk.messagesOnceThere(1);
  await desk.answer(question?.conversationId ?? '', 'On its way');
  const [answer] = await users.inboxOf(ana, 1);
  await users.send(ana, { subject: 'Re: Where is my tea?', text: 'Thank you', inReplyTo: answer?.messageId ?? '' });
  await desk.messagesOnceThere(3);
  await desk.outcomes(1);
  await desk.ledger(2);
  const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
  await desk.email.ledger.page(everything, _id, { cursor: `${Date.now()}-99` });
  await desk.email.ledger.page(everything, _id, { state: 'received' });
  await desk.email.ledger.compare(everything, _id);
}

const identityOf = (name: string): Promise<string> =>
  new SignJWT({ email: `${name}@customers.example`, name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(name)
    .setAudience(inboxes.tulips.publicKey)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(identitySecret));
