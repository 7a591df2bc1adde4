import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { brandId, EmailDesk, Ground, workspaceId } from './testing/email-desk.js';
import { ana, MailUsers } from './testing/mail-users.js';

let users: MailUsers;
let ground: Ground;
let desk: EmailDesk;

beforeAll(async () => {
  users = await MailUsers.start();
  ground = await Ground.lay('connect');
  desk = await new EmailDesk(ground).start();
}, 300_000);
afterAll(async () => {
  await desk?.stop();
  await ground?.close();
  await users?.stop();
});

const everything = { workspaceId, brandIds: 'all', teamIds: 'all' } as const;
const mailboxes = () => desk.email.mailboxes(everything);

/** What is said about settings of which one thing is wrong. */
async function told(change: { imap?: object; smtp?: object }): Promise<{ pointer: string; detail: string }[]> {
  const settings = users.settings(brandId);
  const wrong = { ...settings, imap: { ...settings.imap, ...change.imap }, smtp: { ...settings.smtp, ...change.smtp } };
  const error = await desk.email.connect(workspaceId, wrong).then(
    () => null,
    (error: unknown) => error,
  );
  expect(error).toMatchObject({ code: 'mailbox_unreachable' });
  expect(await mailboxes()).toEqual([]);
  return (error as { details: { errors: { pointer: string; detail: string }[] } }).details.errors;
}

test('both servers are tried, and each is told what is wrong with it', async () => {
  expect(await told({ imap: { password: 'guess' } })).toEqual([
    { pointer: '/imap/password', detail: expect.stringContaining('IMAP: The server refused this user or password') },
  ]);
  expect(await told({ smtp: { password: 'guess' } })).toEqual([
    { pointer: '/smtp/password', detail: expect.stringContaining('SMTP: The server refused this user or password') },
  ]);
  expect(await told({ imap: { host: 'mail.invalid' }, smtp: { port: 1 } })).toEqual([
    { pointer: '/imap/host', detail: 'IMAP: There is no server with the name mail.invalid.' },
    { pointer: '/smtp/port', detail: 'SMTP: Nothing answers at 127.0.0.1:1: the connection was refused.' },
  ]);
});

test('TLS where there is none, and a server that speaks something else, are told too', async () => {
  expect(await told({ imap: { secure: true }, smtp: { secure: true } })).toMatchObject([
    { pointer: '/imap/secure' },
    { pointer: '/smtp/secure' },
  ]);
  const rude = await listen(createServer((socket) => socket.end('Go away\r\n').on('error', () => {})));
  const port = portOf(rude);
  expect(await told({ imap: { port }, smtp: { port } })).toMatchObject([
    { pointer: expect.stringContaining('/imap/') },
    { pointer: expect.stringContaining('/smtp/') },
  ]);
  rude.close();
});

test('the password is not readable in the database', async () => {
  const settings = users.settings(brandId);
  const { _id } = await desk.email.connect(workspaceId, settings);
  const stored = await ground.store.mailboxes.findOne({ _id });
  expect(JSON.stringify(stored)).not.toContain(settings.imap.password);
  await expect.poll(async () => (await mailboxes())[0]?.state, { timeout: 10_000 }).toBe('connected');
});

test('whose word about senders is believed is kept with the servers, until it is said to be learned', async () => {
  const [mailbox] = await mailboxes();
  const { imap, smtp } = users.settings(brandId);
  const set = async (more: { authservId?: string | null }) =>
    (await desk.email.setServers(everything, mailbox?._id ?? '', { imap, smtp, ...more })).authservId;
  expect(await set({ authservId: 'mx.tea.example' })).toBe('mx.tea.example');
  expect(await set({})).toBe('mx.tea.example');
  expect(await set({ authservId: null })).toBeUndefined();
});

test('the same address is not connected twice, and may be connected again after it was disconnected', async () => {
  await expect(desk.email.connect(workspaceId, users.settings(brandId))).rejects.toMatchObject({
    code: 'already_done',
  });
  const [mailbox] = await mailboxes();
  const stranger = { ...everything, workspaceId: 'coffee' };
  await expect(desk.email.disconnect(stranger, mailbox?._id ?? '')).rejects.toMatchObject({ code: 'not_found' });
  await desk.email.disconnect(everything, mailbox?._id ?? '');
  expect(await mailboxes()).toEqual([]);
  await users.send(ana, { subject: 'Nobody looks', text: 'while it is not connected' });
  await users.inboxOf('support@tea.example', 1);
  expect((await desk.email.connect(workspaceId, users.settings(brandId)))._id).toBe(mailbox?._id);
  await users.send(ana, { subject: 'Somebody looks', text: 'again' });
  expect((await desk.messagesOnceThere(1)).map(({ payload }) => payload.mail?.subject)).toEqual(['Somebody looks']);
});

test('a brand of somebody else gets no mailbox', async () => {
  const foreign = desk.email.connect('coffee', users.settings(brandId));
  await expect(foreign).rejects.toMatchObject({ code: 'not_found' });
});

test('where private servers are not allowed, this machine can not be reached', async () => {
  const strict = new EmailDesk(ground, { allowPrivateMailServers: false });
  const refused = strict.email.connect(workspaceId, { ...users.settings(brandId), address: 'other@tea.example' });
  await expect(refused).rejects.toMatchObject({
    details: { errors: [{ pointer: '/imap/host', detail: expect.stringContaining('private network') }, {}] },
  });
});

function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}
