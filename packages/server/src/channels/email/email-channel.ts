import type { MailboxSettings } from '@helpline/protocol';
import type { Contacts } from '../../contacts/index.js';
import type { ConversationStore } from '../../conversations/index.js';
import type { Journal } from '../../journal/index.js';
import type { BlobStreams } from '../../platform/blob-streams.js';
import type { Blobs } from '../../platform/blobs.js';
import { sleep } from '../../platform/clock.js';
import type { Database } from '../../platform/database.js';
import type { AgentCaller, Row } from '../../platform/doors.js';
import { notFound } from '../../platform/errors.js';
import type { Leases } from '../../platform/leases.js';
import type { Logger } from '../../platform/logger.js';
import type { Secrets } from '../../platform/secrets.js';
import { type Visibility, visibleFilter } from '../../platform/visibility.js';
import type { OpeningPriority } from '../../routing/index.js';
import type { Staff } from '../../staff/index.js';
import type { Uploads } from '../../uploads/index.js';
import type { Workspaces } from '../../workspaces/index.js';
import type { Channel } from '../channel.js';
import { Bell } from './bell.js';
import { connectMailbox, type MailServers, setServers } from './connect-mailbox.js';
import { emailDoors } from './doors.js';
import { dropRedacted } from './drop-redacted.js';
import { Files } from './files.js';
import { Folders } from './folders.js';
import { JustFetched } from './inbox/just-fetched.js';
import { type FindKey, rememberKeys } from './inbox/signing-keys.js';
import { takeInWaiting } from './inbox/take-in-waiting.js';
import { watch } from './inbox/watch.js';
import { Ledger } from './ledger.js';
import { type Cap, capsFor } from './manners/caps.js';
import { suspendedDoors } from './manners/doors.js';
import { dropOldSuspended } from './manners/suspended.js';
import type { Provider } from './oauth/providers.js';
import { SignIns } from './oauth/sign-ins.js';
import { MailboxTokens } from './oauth/tokens.js';
import type { Reach } from './reach.js';
import { createMailReader, type MailReader } from './read/read-in-process.js';
import { AtOnce } from './sender/at-once.js';
import { autoReply } from './sender/auto-reply.js';
import { Claims } from './sender/claims.js';
import { Couriers } from './sender/couriers.js';
import { senderDoors } from './sender/doors.js';
import { Outbox } from './sender/outbox.js';
import { Pace } from './sender/pace.js';
import { mailSender } from './sender/plan.js';
import { Room } from './sender/room.js';
import { keepCopies } from './sender/sent-copies.js';
import { type Mailbox, MailStore } from './store.js';
import { Unsubscribing } from './unsubscribing.js';

export interface EmailParts {
  db: Database;
  journal: Journal;
  contacts: Contacts;
  workspaces: Workspaces;
  conversations: ConversationStore;
  staff: Pick<Staff, 'memberByEmail'>;
  openingPriority: OpeningPriority;
  blobs: Blobs;
  streams: BlobStreams;
  uploads: Uploads;
  secrets: Secrets;
  leases: Leases;
  log: Logger;
  /** Tests read mails without a process of its own. */
  reader?: MailReader;
  /** Tests know the keys that their mails are signed with. */
  findKey?: FindKey;
}

export interface EmailOptions {
  /** Signs our Message-IDs and the links to files. At least 32 random bytes, the same on every node and after every start. */
  hmacKey: Buffer;
  /** What links to files begin with, without a slash at the end. */
  publicUrl: string;
  /** Whether mail servers may stand in a private network (also this machine). */
  allowPrivateMailServers: boolean;
  /** How long a chat visitor has to see an answer before it also goes by mail. */
  leftAfterMs?: number;
  /** How long whoever wrote a mail has to call it back. */
  undoMs?: number;
  /** Where one can sign in for a mailbox. */
  providers?: Provider[];
  /** How often a mailbox is asked without a hint. */
  pollMs?: number;
  /** How many mails of one sender, or in one conversation, are taken in within an hour. */
  mailsAnHour?: number;
  /** How many bytes of files a mail may carry; what is beyond goes as a link. */
  mailFileBytes?: number;
  /** The pauses between the tries of an answer that the mail server does not take. */
  retryMs?: number[];
  /** How many connections to its server a mailbox may send by at once. */
  smtpConnections?: number;
}

const minute = 60_000;
/** A day long. */
const defaultRetryMs = [1, 5, 15, ...Array<number>(23).fill(60)].map((minutes) => minutes * minute);
const superviseMs = 5_000;
const sweepMs = 60 * minute;
const megabytes = (count: number): number => count * 1024 * 1024;

/** Mail as a channel: fetches what comes to the connected mailboxes, sends the answers. */
export class EmailChannel implements Channel {
  readonly name = 'email';
  readonly files: Files;
  readonly folders: Folders;
  readonly ledger: Ledger;
  readonly unsubscribing: Unsubscribing;
  readonly signIns: SignIns;
  readonly #parts: EmailParts & { reach: Reach; store: MailStore; reader: MailReader; hmacKey: Buffer; caps: Cap[] };
  readonly #pollMs: number;
  readonly #outbox: Outbox;
  readonly #planning: Parameters<typeof senderDoors>[0];
  readonly #bell = new Bell();
  readonly #stopping = new AbortController();
  readonly #workers = new Map<string, { stop: AbortController; done: Promise<void> }>();
  #running: Promise<unknown> = Promise.resolve();

  constructor(parts: EmailParts, options: EmailOptions) {
    const { hmacKey, publicUrl, allowPrivateMailServers, leftAfterMs = 2 * minute, pollMs = minute } = options;
    const { undoMs = 0, retryMs = defaultRetryMs, mailsAnHour = 150, providers = [], smtpConnections } = options;
    const store = new MailStore(parts.db);
    const tokens = new MailboxTokens({ store, secrets: parts.secrets, providers });
    this.#pollMs = pollMs;
    this.#parts = {
      ...parts,
      hmacKey,
      caps: capsFor(mailsAnHour),
      store,
      reach: { secrets: parts.secrets, tokens, allowPrivate: allowPrivateMailServers },
      reader: parts.reader ?? createMailReader(),
      findKey: parts.findKey ?? rememberKeys(),
    };
    this.files = new Files({ ...this.#parts, publicUrl });
    this.folders = new Folders(this.#parts);
    this.ledger = new Ledger(this.#parts);
    this.unsubscribing = new Unsubscribing({ ...this.#parts, publicUrl });
    this.signIns = new SignIns({ ...this.#parts, providers, redirectUri: `${publicUrl}/oauth/callback` });
    const claims = new Claims(store);
    const couriers = new Couriers({ connections: smtpConnections, pauseMs: Math.min(10_000, ...retryMs) });
    const { unsubscribing } = this;
    const sending = {
      claims,
      couriers,
      unsubscribing,
      pace: new Pace(store),
      room: new Room(megabytes(128)),
      atOnce: new AtOnce(this.#parts),
      retryMs,
    };
    // Without an address of ours there are no links.
    const mailFileBytes = publicUrl ? (options.mailFileBytes ?? megabytes(15)) : Number.POSITIVE_INFINITY;
    this.#outbox = new Outbox({ ...this.#parts, ...sending, files: this.files, mailFileBytes });
    this.#planning = { ...this.#parts, unsubscribing, leftAfterMs, undoMs, planned: () => this.#outbox.ring() };
    parts.journal.consume(mailSender(this.#planning));
    parts.journal.consume(autoReply(this.#parts));
    parts.journal.consume(dropRedacted(this.#parts));
  }

  get doors(): Row[] {
    return [...emailDoors(this), ...senderDoors(this.#planning), ...suspendedDoors(this.#parts.store)];
  }

  async prepare(): Promise<void> {
    await Promise.all([this.#parts.store.prepare(), this.signIns.prepare()]);
  }

  async start(): Promise<void> {
    const { signal } = this.#stopping;
    this.#running = Promise.all([
      this.#outbox.run(signal),
      keepCopies(this.#parts, signal),
      this.#supervise(signal),
      this.#sweep(signal),
    ]);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#parts.reader.close();
  }

  /** Throws `mailbox_unreachable` with what is wrong with which server. */
  async connect(workspaceId: string, settings: MailboxSettings): Promise<Mailbox> {
    const mailbox = await connectMailbox(this.#parts, workspaceId, settings);
    this.#bell.ring();
    return mailbox;
  }

  /** Other servers or passwords for a mailbox that stays the same. Throws `mailbox_unreachable`, like `connect`. */
  async setServers(visibility: Visibility, mailboxId: string, servers: MailServers): Promise<Mailbox> {
    const mailbox = await setServers(this.#parts, visibility, mailboxId, servers);
    this.#bell.ring();
    return mailbox;
  }

  /** The same after a sign-in, with the provider's answer to it. */
  async finishSignIn(caller: AgentCaller, answer: string): Promise<Mailbox> {
    const mailbox = await this.signIns.finish(caller, answer);
    this.#bell.ring();
    return mailbox;
  }

  async disconnect(visibility: Visibility, mailboxId: string): Promise<void> {
    const { store, workspaces } = this.#parts;
    const mailbox = await store.mailboxes.findOneAndDelete({ _id: mailboxId, ...visibleFilter(visibility) });
    if (!mailbox) throw notFound();
    await workspaces.removeInbox(mailbox.inboxId);
    this.#bell.ring();
  }

  mailboxes(visibility: Visibility): Promise<Mailbox[]> {
    return this.#parts.store.mailboxes.find(visibleFilter(visibility)).sort({ address: 1 }).toArray();
  }

  /** Raw mails are kept for a while only, and so are mails that were held back. */
  #sweep(signal: AbortSignal): Promise<void> {
    const { leases, blobs, store } = this.#parts;
    return leases.whileHeld('mail-sweep', signal, async (held) => {
      while (!held.aborted) {
        await blobs.sweep(new Date());
        await dropOldSuspended(store);
        await sleep(sweepMs, held);
      }
    });
  }

  /** One worker for every mailbox there is, wherever it was connected. */
  async #supervise(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.#startAndStopWorkers();
      } catch (error) {
        this.#parts.log.warn({ err: error }, 'mailboxes can not be listed, trying again');
        await sleep(1_000, signal);
      }
      await this.#bell.wait(superviseMs, signal);
    }
    for (const { stop } of this.#workers.values()) stop.abort();
    await Promise.all([...this.#workers.values()].map(({ done }) => done));
  }

  async #startAndStopWorkers(): Promise<void> {
    const mailboxes = await this.#parts.store.mailboxes.find().toArray();
    // Connected again with other settings, a mailbox needs another worker.
    const wanted = new Map(mailboxes.map((mailbox) => [`${mailbox._id}:${mailbox.connectedAt.getTime()}`, mailbox]));
    for (const [connection, { stop }] of this.#workers) {
      if (wanted.has(connection)) continue;
      stop.abort();
      this.#workers.delete(connection);
    }
    for (const [connection, mailbox] of wanted) {
      if (this.#workers.has(connection)) continue;
      const stop = new AbortController();
      this.#workers.set(connection, { stop, done: this.#work(mailbox, stop.signal) });
    }
  }

  /** On one node at a time: fetches on one side, takes in on the other. */
  #work(mailbox: Mailbox, signal: AbortSignal): Promise<void> {
    return this.#parts.leases.whileHeld(`mailbox:${mailbox._id}`, signal, async (held, fetcher) => {
      if (!(await this.#parts.store.takeOver(mailbox._id, fetcher))) return;
      this.#parts.reader.prepare();
      const bell = new Bell();
      const parts = {
        ...this.#parts,
        fetcher,
        pollMs: this.#pollMs,
        fetched: () => bell.ring(),
        justFetched: new JustFetched(),
      };
      await Promise.all([watch(parts, mailbox, held), takeInWaiting(parts, mailbox, bell, held)]);
    });
  }
}
