import type {
  Authenticity,
  DeliveryState,
  Follows,
  SendingSettings,
  SignInProvider,
  SuspendedMail,
} from '@helpline/protocol';
import type { Entry } from '../../journal/index.js';
import { type Collection, type Database, refusedAsDuplicates } from '../../platform/database.js';
import { Gathered } from '../../platform/gathered.js';
import type { Sealed } from '../../platform/secrets.js';
import type { Learned } from './inbox/trusted-server.js';
import type { Cap } from './manners/caps.js';
import type { MailAddress } from './read/types.js';
import * as together from './together.js';

export interface ServerAccess {
  host: string;
  port: number;
  secure: boolean;
  user: string;
  /** Null where the mailbox has a grant. */
  password: Sealed | null;
}

/** What somebody who signed in at the mailbox's provider has allowed us. */
export interface Grant {
  provider: SignInProvider;
  /** Who signed in. */
  account: string;
  /** Another one with every new token: whoever writes by an older one comes too late. */
  serial: string;
  accessToken: Sealed;
  refreshToken: Sealed;
  obtainedAt: Date;
  expiresAt: Date;
  /** It was asked for because a mail server had refused the one before. */
  afterRefusal?: true;
  /** Until then somebody is asking for a new token. */
  claimedUntil?: Date;
  /** The last try to get one failed; not again before `until`. */
  trouble?: { until: Date; detail: string; tries: number };
  /** Why it is over, until somebody signs in again. */
  ended?: string;
}

export interface Cursor {
  uidValidity: string;
  /** Mails up to this UID are never looked at: they were there before. */
  startUid: number;
  /** Every mail up to this UID has a ledger line, or was there before the mailbox was connected. */
  lastUid: number;
  /** After a change of UIDVALIDITY, and where older mail is wanted too: the mails below this UID may be old acquaintances. */
  rescanBelow: number;
}

/** One folder of a mailbox that is watched. */
export interface Folder {
  /** As the server names it. */
  path: string;
  cursor: Cursor;
  /** By the mail server's clock: mails up to then were there before, and are left alone. */
  oldUntil: Date | null;
  history: History | null;
  /** The server has no such folder any more. */
  problem: 'gone' | null;
}

/** Mail from before the folder was watched that is wanted all the same. */
export interface History {
  since: Date;
  /** By the mail server's clock: the newest mail of before. What follows is new. */
  until: Date;
  /** How many mails these are. */
  total: number;
}

export const inboxPath = 'INBOX';

export type Sending = Omit<SendingSettings, 'dkim'> & {
  dkim: { domain: string; selector: string; privateKey: Sealed } | null;
};

export interface Mailbox {
  _id: string;
  workspaceId: string;
  brandId: string;
  inboxId: string;
  address: string;
  displayName: string;
  imap: ServerAccess;
  smtp: ServerAccess;
  grant?: Grant;
  /** How its mails go out, once somebody has said so. */
  sending?: Sending;
  /** INBOX is the first. */
  folders: Folder[];
  /** The token of the newest lease to fetch under: a holder of the past may move the cursor no more. */
  fetcher: number;
  state: 'connecting' | 'connected' | 'failing';
  detail: string | null;
  /** Why the outgoing server does not let us in; null while it does. */
  sendingDetail: string | null;
  lastFetchedAt: Date | null;
  /** Whose Authentication-Results are believed, where somebody has said so: how that server names itself in them. */
  authservId?: string;
  /** What speaks for a server that nobody has named. */
  learned?: Learned | null;
  connectedAt: Date;
}

/** What became of one mail of a mailbox. */
export interface LedgerLine {
  /** `<mailbox>:<uidValidity>:<uid>`, with the folder's key before the UIDVALIDITY outside of INBOX (see line-id.ts). */
  _id: string;
  mailboxId: string;
  folder: string;
  uidValidity: string;
  uid: number;
  at: Date;
  state: 'fetched' | 'suspended' | 'received' | 'ignored' | 'failed';
  reason: string | null;
  rawFileId: string;
  /** Of the whole mail, in bytes. */
  size?: number;
  /** The mail's size where only its head was fetched. */
  headOf: number | null;
  tries: number;
  nextTryAt: Date;
  /** It is from before the mailbox was connected, so nobody answers it automatically. */
  history?: true;
  /** When it came, by the mail server's clock. */
  receivedAt?: Date;
  /** Who wrote it: how often he does is counted. */
  sender?: string;
  /** It was not held back, or somebody released it. */
  admitted?: boolean;
  /** Why it is held back, and what the list of such mails shows of it. */
  held?: Held;
  /** Tells the mail from every other of the mailbox; only one line may have it. */
  key?: string;
  /** The key of the mail that it is a copy of. */
  copyOf?: string;
  /** Where it goes, decided once. */
  chosen?: Chosen;
  entryId?: string;
}

export interface Held {
  why: SuspendedMail['why'];
  cap: Cap | null;
  from: MailAddress;
  subject: string;
}

export interface Chosen {
  conversationId: string;
  opens: boolean;
  /** Whoever wrote it. */
  contactId: string;
  /** The sender answered a mail that we had sent to this very address. */
  proves: boolean;
  /** The conversation it would belong to, if it may not go on there. */
  follows?: Follows;
  authenticity: Authenticity;
  /** It answers a mail of the conversation, yet under another subject. */
  newSubject?: true;
  /** The agent who wrote it, from his own mail program: an answer to the customer, or a mail of his that he passes on. */
  agent?: { id: string; name: string; does: 'answers' | 'passes_on' };
}

/** A Message-ID of a mail that came or went, and whose mail that was. */
export interface KnownMail {
  /** `<mailbox>:<Message-ID>` */
  _id: string;
  workspaceId: string;
  mailboxId: string;
  messageId: string;
  conversationId: string;
  entryId: string;
  seq: number;
  direction: 'in' | 'out';
  /** What it is about, as far as its subject says so. */
  subject?: string;
  /** Everybody who wrote or got it, without ourselves. */
  people: string[];
}

/** One answer that has to go out by mail. */
export interface Delivery {
  _id: string;
  entryId: string;
  workspaceId: string;
  conversationId: string;
  seq: number;
  pub: number;
  writtenAt: Date;
  /** Nobody can be reached where this is empty. */
  recipients: string[];
  /** Those of them whom everybody sees; older deliveries have one recipient only. */
  head?: { to: MailAddress[]; cc: MailAddress[] };
  /** Only if the customer has not seen it in the chat by then. */
  unlessSeen: boolean;
  state: 'queued' | 'claimed' | 'data' | DeliveryState;
  dueAt: Date;
  /** Whoever holds the claim may go on until then. */
  lease: Date | null;
  claim: string | null;
  tries: number;
  /** Given before the first try, the same for every try. */
  messageId: string | null;
  mailboxId: string | null;
  detail: string | null;
  /** Whom the server did not take it for, while it took it for others. */
  refused?: { address: string; detail: string }[];
  /** Whom the server did not take it for yet, while it took it for others: they get a delivery of their own. */
  later?: { recipients: string[]; dueAt: Date };
  /** It is the delivery to such. */
  isRest?: true;
  /** Of the mail in the mailbox's own folder, where one is wanted. */
  copy?: { state: 'wanted' | 'done' | 'failed'; fileId: string; tries: number; dueAt: Date };
  /** The outcome stands in the journal, or needs not to. */
  recorded: boolean;
}

/** When a mailbox may send its next mail, where only so many may leave within a minute. */
export interface MailPace {
  /** The mailbox's. */
  _id: string;
  next: Date;
  /** What the last who asked were given: so many mails, the first of them at `from`. */
  from: Date;
  given: number;
}

/** The last automatic answer to an address. */
export interface AutomaticAnswer {
  /** `<workspace>:<address>` */
  _id: string;
  entryId: string;
  at: Date;
}

/** Every address of these mailboxes, in small letters. */
export const addressesOf = (mailboxes: Pick<Mailbox, 'address' | 'sending'>[]): Set<string> =>
  new Set(mailboxes.flatMap(({ address, sending }) => [address, ...(sending?.aliases ?? [])]));

/** The collections of the mail channel. */
export class MailStore {
  readonly mailboxes: Collection<Mailbox>;
  readonly ledger: Collection<LedgerLine>;
  readonly known: Collection<KnownMail>;
  readonly deliveries: Collection<Delivery>;
  readonly automaticAnswers: Collection<AutomaticAnswer>;
  readonly paces: Collection<MailPace>;
  readonly #ownAddresses = new Gathered((workspaceIds: string[]) => this.#addressesOfEach(workspaceIds));
  readonly #claims = new Gathered((claims: together.Claim[]) => together.claimKeys(this.ledger, claims));
  readonly #decisions = new Gathered((all: together.Decision[]) => together.keepChoices(this.ledger, all));
  readonly #changes = new Gathered((changes: together.Change[]) => together.changeLines(this.ledger, changes));
  readonly #remembered = new Gathered((mails: KnownMail[]) => together.rememberMails(this.known, mails));
  readonly #named = new Gathered((named: together.NamedMail[]) => together.findKnown(this.known, named));
  readonly #counted = new Gathered((asked: together.Alike[]) => together.countAlike(this.ledger, asked));

  constructor(db: Database) {
    this.mailboxes = db.collection<Mailbox>('mailboxes');
    this.ledger = db.collection<LedgerLine>('mail_ledger');
    this.known = db.collection<KnownMail>('mail_known');
    this.deliveries = db.collection<Delivery>('deliveries');
    this.paces = db.collection<MailPace>('mail_paces');
    this.automaticAnswers = db.collection<AutomaticAnswer>('mail_automatic_answers');
  }

  async prepare(): Promise<void> {
    await this.#moveCursorsIntoFolders();
    await this.mailboxes.createIndex({ workspaceId: 1, address: 1 }, { unique: true });
    await this.ledger.createIndexes([
      { key: { mailboxId: 1, key: 1 }, unique: true, partialFilterExpression: { key: { $exists: true } } },
      { key: { mailboxId: 1, state: 1, nextTryAt: 1, uid: 1 } },
      { key: { entryId: 1 }, sparse: true },
      { key: { state: 1, at: -1 }, partialFilterExpression: { state: 'suspended' } },
      { key: { mailboxId: 1, sender: 1, receivedAt: 1 }, partialFilterExpression: { sender: { $exists: true } } },
      {
        key: { mailboxId: 1, 'chosen.conversationId': 1, receivedAt: 1 },
        partialFilterExpression: { 'chosen.conversationId': { $exists: true } },
      },
    ]);
    await this.known.createIndexes([
      { key: { workspaceId: 1, messageId: 1 } },
      { key: { conversationId: 1, people: 1 } },
    ]);
    await this.deliveries.createIndexes([
      { key: { entryId: 1, recipients: 1 }, unique: true },
      { key: { state: 1, dueAt: 1, seq: 1 } },
      { key: { recorded: 1 }, partialFilterExpression: { recorded: false } },
      { key: { 'copy.state': 1, 'copy.dueAt': 1 }, partialFilterExpression: { 'copy.state': 'wanted' } },
    ]);
  }

  /** Mailboxes were once INBOX alone. */
  async #moveCursorsIntoFolders(): Promise<void> {
    const cursor = { $mergeObjects: [{ startUid: '$cursor.lastUid' }, '$cursor'] };
    const inbox = { path: inboxPath, cursor, oldUntil: '$oldUntil', history: null, problem: null };
    await this.mailboxes.updateMany({ folders: { $exists: false } }, [
      { $set: { folders: [inbox] } },
      { $unset: ['cursor', 'oldUntil'] },
    ]);
  }

  /** Every address at which the workspace reads mail itself, in small letters. */
  ownAddresses(workspaceId: string): Promise<Set<string>> {
    return this.#ownAddresses.ask(workspaceId);
  }

  async #addressesOfEach(workspaceIds: string[]): Promise<(workspaceId: string) => Set<string>> {
    const projection = { workspaceId: 1, address: 1, 'sending.aliases': 1 };
    const found = await this.mailboxes.find({ workspaceId: { $in: workspaceIds } }, { projection }).toArray();
    return (workspaceId) => addressesOf(found.filter((mailbox) => mailbox.workspaceId === workspaceId));
  }

  /** From now on only what is done under this lease moves the cursor. False if a newer one was there before. */
  async takeOver(mailboxId: string, fetcher: number): Promise<boolean> {
    const notNewer = { _id: mailboxId, fetcher: { $not: { $gt: fetcher } } };
    return (await this.mailboxes.updateOne(notNewer, { $set: { fetcher } })).matchedCount === 1;
  }

  /** Adds lines one after the other; one that is there already stays as it is. */
  async addLines(lines: LedgerLine[]): Promise<void> {
    await this.ledger.insertMany(lines, { ordered: false }).catch(refusedAsDuplicates);
  }

  /** False if another mail of the mailbox has the key: this one is its copy. */
  claimKey(line: LedgerLine, key: string): Promise<boolean> {
    return this.#claims.ask({ line, key });
  }

  /**
   * Writes the choice down under the mail's key, with `also` what was judged, unless there is one: the first stands.
   * Null if another mail of the mailbox has the key.
   */
  choose(line: LedgerLine, key: string, chosen: Chosen, also: Partial<LedgerLine> = {}): Promise<Chosen | null> {
    return this.#decisions.ask({ line, key, chosen, also });
  }

  change(line: LedgerLine, what: Partial<LedgerLine>): Promise<void> {
    return this.#changes.ask({ line, what });
  }

  settle(line: LedgerLine, outcome: Pick<LedgerLine, 'state' | 'reason' | 'entryId' | 'copyOf'>): Promise<void> {
    return this.change(line, outcome);
  }

  remember(mail: KnownMail): Promise<void> {
    return this.#remembered.ask(mail);
  }

  /** The mails known under a Message-ID in the workspace: the same may have reached several mailboxes. */
  knownBy(workspaceId: string, messageId: string): Promise<KnownMail[]> {
    return this.#named.ask({ workspaceId, messageId });
  }

  /** When the mails alike came, the newest at least. */
  timesOf(alike: together.Alike): Promise<Date[]> {
    return this.#counted.ask(alike);
  }

  /** The blob of the raw mail that an entry was made of. Null where it was no mail. */
  async rawOf(entryId: string): Promise<string | null> {
    return (await this.ledger.findOne({ entryId }, { projection: { rawFileId: 1 } }))?.rawFileId ?? null;
  }

  /** The mail that an entry was made of, and the copies of it that came. */
  async linesOf(entryId: string): Promise<{ lines: LedgerLine[]; copies: LedgerLine[] }> {
    const lines = await this.ledger.find({ entryId }).toArray();
    const ofSame = lines.map(({ mailboxId, key }) => ({ mailboxId, state: 'ignored' as const, copyOf: key ?? '' }));
    return { lines, copies: ofSame.length > 0 ? await this.ledger.find({ $or: ofSame }).toArray() : [] };
  }

  async forgetSubject({ _id, conversationId }: Pick<Entry, '_id' | 'conversationId'>): Promise<void> {
    await this.known.updateMany({ conversationId, entryId: _id }, { $unset: { subject: true } });
  }

  /** The subjects that mails of the conversation had. */
  async subjectsOf(conversationId: string): Promise<string[]> {
    const named = { conversationId, subject: { $exists: true } };
    const known = await this.known
      .find(named, { projection: { subject: 1 } })
      .limit(200)
      .toArray();
    return known.flatMap(({ subject }) => subject ?? []);
  }

  /** Everybody who wrote or got a mail of the conversation. */
  async participantsOf(conversationId: string): Promise<string[]> {
    return (await this.known.distinct('people', { conversationId })).sort();
  }

  async isKnownIn(conversationId: string, address: string): Promise<boolean> {
    return (await this.known.findOne({ conversationId, people: address }, { projection: { _id: 1 } })) !== null;
  }
}
