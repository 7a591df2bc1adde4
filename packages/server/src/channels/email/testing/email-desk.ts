import { randomBytes } from 'node:crypto';
import type { DeliveryState } from '@helpline/protocol';
import { expect } from 'vitest';
import { Contacts } from '../../../contacts/index.js';
import { ConversationStore, reply } from '../../../conversations/index.js';
import { type Entry, Journal, type MessageEntry } from '../../../journal/index.js';
import { Blobs } from '../../../platform/blobs.js';
import { type Database, openDatabase } from '../../../platform/database.js';
import { newId } from '../../../platform/ids.js';
import { Leases } from '../../../platform/leases.js';
import { createLogger } from '../../../platform/logger.js';
import { testDatabaseUri } from '../../../platform/mongo/test-mongo.js';
import { Secrets } from '../../../platform/secrets.js';
import { openingPriorityBy, Policies } from '../../../routing/index.js';
import { Staff } from '../../../staff/index.js';
import { Uploads } from '../../../uploads/index.js';
import { Workspaces } from '../../../workspaces/index.js';
import { EmailChannel, type EmailOptions, type EmailParts } from '../index.js';
import { MailboxTokens } from '../oauth/tokens.js';
import { passwordPlace, type Reach } from '../reach.js';
import type { MailReader } from '../read/read-in-process.js';
import { readMail } from '../read/read-mail.js';
import { type Folder, inboxPath, type Mailbox, MailStore } from '../store.js';

export const workspaceId = 'tea';
export const brandId = 'tea-brand';
export const agent = { kind: 'agent', id: 'agent-mia', name: 'Mia' } as const;

/** The sources can't run untranslated in a process of their own; reading itself is the same. */
export const readHere: MailReader = {
  read: async (raw) => ({ ok: true, mail: await readMail(raw) }),
  prepare: () => {},
  close: async () => {},
};

/** The parts that outlive a crash: the database and the keys. */
export class Ground {
  readonly db: Database;
  /** The desks that run on it. */
  readonly desks = new Set<EmailDesk>();
  readonly #closeDatabase: () => Promise<void>;
  readonly secrets = new Secrets(randomBytes(32));
  readonly hmacKey = randomBytes(32);
  readonly store: MailStore;

  private constructor({ db, close }: { db: Database; close: () => Promise<void> }) {
    this.db = db;
    this.#closeDatabase = close;
    this.store = new MailStore(db);
  }

  static async lay(name: string): Promise<Ground> {
    const ground = new Ground(await openDatabase(testDatabaseUri(name)));
    const workspaces = new Workspaces(ground.db, ground.secrets);
    await workspaces.prepare();
    await workspaces.addWorkspace({ _id: workspaceId, name: 'Tea' });
    await workspaces.addBrand({ _id: brandId, workspaceId, name: 'Tea House' });
    await ground.store.prepare();
    return ground;
  }

  get reach(): Reach {
    const { store, secrets } = this;
    return { secrets, tokens: new MailboxTokens({ store, secrets, providers: [] }), allowPrivate: true };
  }

  async close(): Promise<void> {
    await Promise.all([...this.desks].map((desk) => desk.stop()));
    await this.#closeDatabase();
  }

  /** A mailbox that nothing comes to, and that sends through this port. */
  async addMailbox(smtpPort: number): Promise<Mailbox> {
    const password = (protocol: 'imap' | 'smtp') => this.secrets.seal('oolong', passwordPlace('support', protocol));
    const server = { host: '127.0.0.1', secure: false, user: 'support' };
    const mailbox: Mailbox = {
      _id: 'support',
      workspaceId,
      brandId,
      inboxId: 'support',
      address: 'support@tea.example',
      displayName: 'Tea Support',
      imap: { ...server, port: 1, password: password('imap') },
      smtp: { ...server, port: smtpPort, password: password('smtp') },
      folders: [inboxFromItsStart('1')],
      fetcher: 0,
      state: 'connecting',
      detail: null,
      sendingDetail: null,
      lastFetchedAt: null,
      connectedAt: new Date(),
    };
    await this.store.mailboxes.insertOne(mailbox);
    return mailbox;
  }
}

/** An INBOX of which nothing was fetched yet. */
export const inboxFromItsStart = (uidValidity: string): Folder => ({
  path: inboxPath,
  cursor: { uidValidity, startUid: 0, lastUid: 0, rescanBelow: 0 },
  oldUntil: null,
  history: null,
  problem: null,
});

/** A running desk with the mail channel; stopped and started again on the same ground it goes on. */
export class EmailDesk {
  readonly ground: Ground;
  readonly parts: EmailParts;
  readonly email: EmailChannel;
  readonly #stopping = new AbortController();
  #leading: Promise<void> = Promise.resolve();

  constructor(
    ground: Ground,
    options: Partial<EmailOptions> = {},
    change: (parts: EmailParts) => EmailParts = (parts) => parts,
  ) {
    const { db, secrets, hmacKey } = ground;
    const log = createLogger(process.env.HELPLINE_TEST_LOG ?? 'silent');
    const journal = new Journal(db, log);
    const blobs = new Blobs(db, secrets);
    const { streams } = blobs;
    const contacts = new Contacts(db);
    this.ground = ground;
    this.parts = change({
      db,
      secrets,
      log,
      journal,
      uploads: new Uploads({ db, blobs: streams, journal, hmacKey, log }),
      streams,
      contacts,
      workspaces: new Workspaces(db, secrets),
      conversations: new ConversationStore(db),
      staff: new Staff(db),
      openingPriority: openingPriorityBy(new Policies(db), contacts),
      blobs,
      leases: new Leases(db, log),
      reader: readHere,
    });
    this.email = new EmailChannel(this.parts, {
      hmacKey,
      publicUrl: 'http://desk.example',
      allowPrivateMailServers: true,
      pollMs: 500,
      retryMs: [100, 100],
      ...options,
    });
  }

  async start(): Promise<this> {
    this.ground.desks.add(this);
    await this.parts.journal.prepare();
    await this.parts.contacts.prepare();
    await this.email.prepare();
    this.#leading = this.parts.journal.lead(this.parts.leases, this.#stopping.signal);
    await this.email.start();
    return this;
  }

  async stop(): Promise<void> {
    this.ground.desks.delete(this);
    this.#stopping.abort();
    await Promise.all([this.email.stop(), this.#leading]);
  }

  /** Every entry there is, oldest first. */
  entries(): Promise<Entry[]> {
    return this.ground.db.collection<Entry>('entries').find().sort({ at: 1, seq: 1 }).toArray();
  }

  async messages(): Promise<MessageEntry[]> {
    return (await this.entries()).filter((entry): entry is MessageEntry => entry.type === 'message');
  }

  /** The messages, as soon as there are as many as wanted. */
  async messagesOnceThere(count: number): Promise<MessageEntry[]> {
    await expect.poll(async () => (await this.messages()).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count);
    return this.messages();
  }

  async answer(conversationId: string, text: string): Promise<Entry> {
    const state = await this.parts.journal.state(conversationId);
    const expectedSeq = state?.seq ?? 0;
    const clientId = `agent:${agent.id}:${newId()}`;
    return (await reply(this.parts.journal, { conversationId, clientId, author: agent, text, expectedSeq })).entry;
  }

  /** What the journal says became of the answers, as soon as it says so. */
  async outcomes(count: number): Promise<{ of: number; state: DeliveryState }[]> {
    const find = async () =>
      (await this.entries()).flatMap((entry) => (entry.type === 'delivery' ? [entry.payload] : []));
    await expect.poll(async () => (await find()).length, { timeout: 15_000 }).toBeGreaterThanOrEqual(count);
    return find();
  }

  /** The states of the ledger's lines, as soon as none waits. */
  async ledger(lines: number): Promise<string[]> {
    const states = async () =>
      (await this.ground.store.ledger.find().sort({ at: 1, uid: 1 }).toArray()).map(({ state }) => state);
    await expect
      .poll(async () => (await states()).filter((state) => state !== 'fetched').length, { timeout: 15_000 })
      .toBe(lines);
    return states();
  }
}
