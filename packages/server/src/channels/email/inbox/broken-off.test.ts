import { afterAll, beforeAll, expect, test } from 'vitest';
import { Contacts } from '../../../contacts/index.js';
import { type Entry, Journal } from '../../../journal/index.js';
import { Blobs } from '../../../platform/blobs.js';
import { createLogger } from '../../../platform/logger.js';
import { Staff } from '../../../staff/index.js';
import { capsFor } from '../manners/caps.js';
import { makeMessageId } from '../message-id.js';
import { type LedgerLine, type Mailbox, MailStore } from '../store.js';
import { Crash } from '../testing/crash.js';
import { Ground, inboxFromItsStart, readHere, workspaceId } from '../testing/email-desk.js';
import { MailUsers, support } from '../testing/mail-users.js';
import type { TakeInParts } from './arrival.js';
import { fetchNew } from './fetch-new.js';
import { takeIn } from './take-in.js';

let ground: Ground;
let mailbox: Mailbox;

beforeAll(async () => {
  ground = await Ground.lay('broken-off');
  await new Journal(ground.db, createLogger('silent')).prepare();
  await new Contacts(ground.db).prepare();
  mailbox = await ground.addMailbox(1);
});
afterAll(() => ground?.close());

/** A node that ends after so many steps. */
const nodeUntil = (crash: Crash): TakeInParts => ({
  store: crash.on(new MailStore(ground.db)),
  journal: crash.on(new Journal(ground.db, createLogger('silent'))),
  contacts: crash.on(new Contacts(ground.db)),
  staff: crash.on(new Staff(ground.db)),
  openingPriority: async () => ({}),
  workspaces: { teamOfInbox: async () => null },
  blobs: crash.on(new Blobs(ground.db, ground.secrets)),
  reader: readHere,
  hmacKey: ground.hmacKey,
  caps: capsFor(150),
});
const never = new Crash(Number.POSITIVE_INFINITY);

const entries = (filter: object) => ground.db.collection<Entry>('entries').find(filter).sort({ seq: 1 }).toArray();

/** Takes a mail in, the process ending after one more step in each round; gives the entries there are in the end. */
async function takeInWithCrashes(
  mailOf: (round: number) => string,
  subjectOf: (round: number) => string,
): Promise<number> {
  for (let round = 1; ; round++) {
    const line = await fetched(mailOf(round));
    const crash = new Crash(round);
    await takeIn(nodeUntil(crash), mailbox, line).catch(() => {});
    const left = await ground.store.ledger.findOne({ _id: line._id });
    if (left?.state === 'fetched') await takeIn(nodeUntil(never), mailbox, left);
    const found = await entries({ 'payload.mail.subject': subjectOf(round) });
    expect(found, `broken off after step ${round}`).toHaveLength(1);
    const settled = await ground.store.ledger.findOne({ _id: line._id });
    expect(settled).toMatchObject({ state: 'received', entryId: found[0]?._id });
    if (!crash.happened) return round;
  }
}

test('a new mail is taken in once, wherever the process ends', async () => {
  const mail = (round: number) => `From: Ana <ana-${round}@customers.example>
Message-ID: <new-${round}@customers.example>
Subject: New ${round}
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/html

<p>Hello</p>
--x
Content-Disposition: attachment; filename=a.txt

file
--x--
`;
  const rounds = await takeInWithCrashes(mail, (round) => `New ${round}`);
  expect(rounds).toBeGreaterThan(8);
  expect(await ground.db.collection('contacts').countDocuments()).toBe(rounds);
  const files = await ground.db.collection('blobs.small').countDocuments({ filename: 'a.txt' });
  expect(files).toBe(rounds);
});

test('so is a reply, and it proves the address of whoever wrote it', async () => {
  const first = await fetched('From: ben@customers.example\nMessage-ID: <ben@a>\nSubject: Ben\n\nHello\n');
  await takeIn(nodeUntil(never), mailbox, first);
  const [opened] = await entries({ 'payload.mail.subject': 'Ben' });
  const { conversationId = '' } = opened ?? {};
  const ours = makeMessageId(ground.hmacKey, { conversationId, entryId: 'answer' }, 'tea.example');
  await ground.store.remember({
    _id: `${mailbox._id}:${ours}`,
    workspaceId,
    mailboxId: mailbox._id,
    messageId: ours,
    conversationId,
    entryId: 'answer',
    seq: 2,
    direction: 'out',
    people: ['ben@customers.example'],
  });
  const rounds = await takeInWithCrashes(
    (round) =>
      `From: ben@customers.example\nMessage-ID: <re-${round}@a>\nIn-Reply-To: ${ours}\nSubject: Re ${round}\n\nHi\n`,
    (round) => `Re ${round}`,
  );
  expect(await entries({ conversationId })).toHaveLength(1 + rounds);
  const contact = await new Contacts(ground.db).get(opened?.actor.id ?? '');
  expect(contact?.identities).toMatchObject([{ value: 'ben@customers.example', proof: 'mail_reply' }]);
});

test('mails that are taken in together are each taken in once, wherever the process ends', async () => {
  const mail = (name: string, round: number) =>
    `From: ${name} <${name}-${round}@together.example>\nMessage-ID: <${name}-${round}@together.example>\nSubject: ${name} ${round}\n\nHello\n`;
  for (let round = 1; ; round++) {
    const lines: LedgerLine[] = [];
    for (const name of ['Ana', 'Ben', 'Ana', 'Cleo']) lines.push(await fetched(mail(name, round))); // one comes twice
    const crash = new Crash(round);
    const ending = nodeUntil(crash);
    await Promise.allSettled(lines.map((line) => takeIn(ending, mailbox, line)));
    const ids = { _id: { $in: lines.map(({ _id }) => _id) } };
    const left = await ground.store.ledger.find({ ...ids, state: 'fetched' }).toArray();
    const next = nodeUntil(never);
    await Promise.all(left.map((line) => takeIn(next, mailbox, line)));
    const settled = await ground.store.ledger.find(ids).toArray();
    const states = settled.map(({ state }) => state).sort();
    expect(states, `broken off after step ${round}`).toEqual(['ignored', 'received', 'received', 'received']);
    const subjects = ['Ana', 'Ben', 'Cleo'].map((name) => `${name} ${round}`);
    const found = await entries({ 'payload.mail.subject': { $in: subjects } });
    expect(found, `broken off after step ${round}`).toHaveLength(3);
    expect(settled.flatMap(({ entryId }) => entryId ?? []).sort()).toEqual(found.map(({ _id }) => _id).sort());
    if (!crash.happened) return;
  }
}, 120_000);

test('every mail is fetched once, wherever the process ends', async () => {
  const users = await MailUsers.start();
  try {
    for (let n = 1; n <= 3; n++) await users.sendRaw(`Subject: Fetch ${n}\r\n\r\nHello`);
    await users.inboxOf(support, 3);
    await users.withInbox(support, async (client) => {
      for (let round = 1; ; round++) {
        const uidValidity = client.mailbox ? String(client.mailbox.uidValidity) : '';
        const folders = [inboxFromItsStart(uidValidity)];
        await ground.store.mailboxes.updateOne({ _id: mailbox._id }, { $set: { folders } });
        await ground.store.ledger.deleteMany({ uidValidity });
        const crash = new Crash(round);
        const fetchParts = (end: Crash) => ({ ...nodeUntil(end), fetcher: 0, fetched: () => {} });
        const signal = new AbortController().signal;
        await fetchNew(fetchParts(crash), client, mailbox._id, signal).catch(() => {});
        await fetchNew(fetchParts(never), client, mailbox._id, signal);
        const lines = await ground.store.ledger.find({ uidValidity }).sort({ uid: 1 }).toArray();
        expect(
          lines.map(({ uid }) => uid),
          `broken off after step ${round}`,
        ).toEqual([1, 2, 3]);
        for (const { rawFileId } of lines)
          expect(String((await nodeUntil(never).blobs.get(rawFileId))?.content)).toContain('Subject: Fetch');
        if (!crash.happened) return;
      }
    });
  } finally {
    await users.stop();
  }
});

let uid = 0;
async function fetched(raw: string): Promise<LedgerLine> {
  const rawFileId = `raw-${++uid}`;
  const info = { workspaceId, filename: 'mail.eml', mimeType: 'message/rfc822', expiresAt: null };
  await new Blobs(ground.db, ground.secrets).put(Buffer.from(raw.replaceAll('\n', '\r\n')), info, rawFileId);
  const line: LedgerLine = {
    _id: `${mailbox._id}:0:${uid}`,
    mailboxId: mailbox._id,
    folder: 'INBOX',
    uidValidity: '0',
    uid,
    at: new Date(),
    state: 'fetched',
    reason: null,
    rawFileId,
    headOf: null,
    tries: 0,
    nextTryAt: new Date(),
  };
  await ground.store.ledger.insertOne(line);
  return line;
}
