import { type Contacts, normalAddress } from '../../../contacts/index.js';
import type { Entry, Journal } from '../../../journal/index.js';
import { sleep } from '../../../platform/clock.js';
import { Gathered } from '../../../platform/gathered.js';
import { grouped } from '../../../platform/grouped.js';
import type { KnownMail, Mailbox, MailStore } from '../store.js';
import { rememberMails } from '../together.js';

interface Parts {
  store: MailStore;
  journal: Journal;
  contacts: Contacts;
}

/** How long the mails of a batch are waited for: some are longer in the writing. */
const gatherMs = 5;

interface Asked {
  workspaceId: string;
  addresses: string[];
}

/** What every mail needs of the database, in one step for all that are on their way at once. */
export class AtOnce {
  readonly #entries: Gathered<string, Entry | undefined>;
  readonly #known: Gathered<string, KnownMail[]>;
  readonly #mailboxes: Gathered<string, Mailbox[]>;
  readonly #refusing: Gathered<Asked, string[]>;
  readonly #remembering: Gathered<KnownMail, void>;

  constructor({ store, journal, contacts }: Parts) {
    this.#entries = new Gathered((ids) => entriesOf(journal, ids));
    this.#known = new Gathered((ids) => knownOf(store, ids));
    this.#mailboxes = new Gathered((ids) => mailboxesOf(store, ids));
    this.#refusing = new Gathered((asked) => refusingOf(contacts, asked));
    this.#remembering = new Gathered(async (mails) => {
      await sleep(gatherMs);
      return rememberMails(store.known, mails);
    });
  }

  entry(id: string): Promise<Entry | undefined> {
    return this.#entries.ask(id);
  }

  /** The mails of a conversation that came and went, in their order. */
  known(conversationId: string): Promise<KnownMail[]> {
    return this.#known.ask(conversationId);
  }

  /** Those of a workspace, the first that was connected first. */
  mailboxes(workspaceId: string): Promise<Mailbox[]> {
    return this.#mailboxes.ask(workspaceId);
  }

  /** As `Contacts.refusing`. */
  refusing(workspaceId: string, addresses: string[]): Promise<string[]> {
    return this.#refusing.ask({ workspaceId, addresses });
  }

  /** As `MailStore.remember`. */
  remember(mail: KnownMail): Promise<void> {
    return this.#remembering.ask(mail);
  }
}

async function entriesOf(journal: Journal, ids: string[]): Promise<(id: string) => Entry | undefined> {
  const found = new Map((await journal.entriesById(ids)).map((entry) => [entry._id, entry]));
  return (id) => found.get(id);
}

async function knownOf({ known }: MailStore, conversationIds: string[]): Promise<(id: string) => KnownMail[]> {
  const ofThem = { conversationId: { $in: conversationIds } };
  const found = await known.find(ofThem).sort({ seq: 1 }).toArray();
  const byConversation = grouped(found, ({ conversationId }) => conversationId);
  return (id) => byConversation.get(id) ?? [];
}

async function mailboxesOf({ mailboxes }: MailStore, workspaceIds: string[]): Promise<(id: string) => Mailbox[]> {
  const ofThem = { workspaceId: { $in: workspaceIds } };
  const found = await mailboxes.find(ofThem).sort({ connectedAt: 1 }).toArray();
  const byWorkspace = grouped(found, ({ workspaceId }) => workspaceId);
  return (id) => byWorkspace.get(id) ?? [];
}

async function refusingOf(contacts: Contacts, asked: Asked[]): Promise<(one: Asked) => string[]> {
  const refusing = new Map<string, Set<string>>();
  for (const [workspaceId, some] of grouped(asked, (one) => one.workspaceId)) {
    const addresses = some.flatMap((one) => one.addresses);
    refusing.set(workspaceId, new Set(await contacts.refusing(workspaceId, addresses)));
  }
  return ({ workspaceId, addresses }) =>
    addresses.map(normalAddress).filter((address) => refusing.get(workspaceId)?.has(address));
}
