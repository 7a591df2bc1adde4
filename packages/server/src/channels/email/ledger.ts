import type { FolderCount, LedgerPage, LedgerState, LedgerLine as LineView } from '@helpline/protocol';
import { limits } from '@helpline/protocol';
import type { Entry, Journal } from '../../journal/index.js';
import type { Blobs } from '../../platform/blobs.js';
import type { Filter } from '../../platform/database.js';
import { DeskError, notFound } from '../../platform/errors.js';
import { type Visibility, visibleFilter } from '../../platform/visibility.js';
import { askServer } from './ask-server.js';
import { compareFolder } from './inbox/compare-folder.js';
import { hiddenLineId, shownLineId } from './inbox/line-id.js';
import { readHead } from './inbox/read-or-head.js';
import type { Reach } from './reach.js';
import type { MailReader } from './read/read-in-process.js';
import { inboxPath, type LedgerLine, type Mailbox, type MailStore } from './store.js';

interface LedgerParts {
  store: MailStore;
  blobs: Blobs;
  journal: Journal;
  reader: MailReader;
  reach: Reach;
}

const states = ['fetched', 'received', 'suspended', 'ignored', 'failed'] as const;
const byState = { mailboxId: 1, state: 1, nextTryAt: 1, uid: 1 } as const;
/** Of a larger mail nobody reads the head only to show it in a list. */
const headUpTo = 2 * 1024 * 1024;

/** What became of every mail of a mailbox. */
export class Ledger {
  readonly #parts: LedgerParts;

  constructor(parts: LedgerParts) {
    this.#parts = parts;
  }

  /** The newest lines first, of one state or of all. */
  async page(
    visibility: Visibility,
    mailboxId: string,
    { state, cursor }: { state?: LedgerState | undefined; cursor?: string | undefined },
  ): Promise<LedgerPage> {
    const { store } = this.#parts;
    await this.#mailbox(visibility, mailboxId);
    const filter = { mailboxId, state: state ?? { $in: [...states] }, ...before(cursor) };
    const found = await store.ledger
      .find(filter)
      .sort({ nextTryAt: -1, uid: -1 })
      .hint(byState) // while there are few, it would rather sort
      .limit(limits.listPage + 1)
      .toArray();
    const lines = found.slice(0, limits.listPage);
    const last = found.length > limits.listPage ? lines.at(-1) : undefined;
    return {
      items: await this.#show(lines),
      next: last ? cursorOf(last) : null,
      counts: await this.#count(mailboxId),
    };
  }

  /** Every mail on the server against the lines there are; what is missing is fetched anew. Throws `mailbox_unreachable`. */
  async compare(visibility: Visibility, mailboxId: string): Promise<FolderCount[]> {
    const { store, reach } = this.#parts;
    const mailbox = await this.#mailbox(visibility, mailboxId);
    return askServer(reach, mailbox, async (client) => {
      const counts: FolderCount[] = [];
      for (const folder of mailbox.folders) counts.push(await compareFolder(store, client, mailboxId, folder));
      return counts;
    });
  }

  /** A mail that could not be taken in is tried again. */
  async retry(visibility: Visibility, mailboxId: string, lineId: string): Promise<void> {
    const { store } = this.#parts;
    const line = await this.#line(visibility, mailboxId, lineId);
    const anew = { state: 'fetched', tries: 0, nextTryAt: new Date(), reason: null } as const;
    const failed = { _id: line._id, state: 'failed' } as const;
    if ((await store.ledger.updateOne(failed, { $set: anew })).matchedCount === 0) throw new DeskError('already_done');
  }

  /** The file of the mail as it came. Throws `not_found` also when it is not kept any more, or its text was taken out. */
  async rawFileId(visibility: Visibility, mailboxId: string, lineId: string): Promise<string> {
    const line = await this.#line(visibility, mailboxId, lineId);
    const entry = (await this.#entriesOf([line])).get(line._id);
    if (entry?.hash === null || !(await this.#parts.blobs.info(line.rawFileId))) throw notFound();
    return line.rawFileId;
  }

  async #count(mailboxId: string): Promise<LedgerPage['counts']> {
    const counts = { fetched: 0, received: 0, suspended: 0, ignored: 0, failed: 0 };
    const count = async (state: LedgerState) => {
      counts[state] = await this.#parts.store.ledger.countDocuments({ mailboxId, state });
    };
    await Promise.all(states.map(count));
    return counts;
  }

  async #mailbox(visibility: Visibility, mailboxId: string): Promise<Mailbox> {
    const mailbox = await this.#parts.store.mailboxes.findOne({ _id: mailboxId, ...visibleFilter(visibility) });
    if (!mailbox) throw notFound();
    return mailbox;
  }

  async #line(visibility: Visibility, mailboxId: string, lineId: string): Promise<LedgerLine> {
    await this.#mailbox(visibility, mailboxId);
    const line = await this.#parts.store.ledger.findOne({ _id: hiddenLineId(mailboxId, lineId) });
    if (!line) throw notFound();
    return line;
  }

  /** A mail that is in a conversation is told from there, so that what was removed there is gone here too. */
  async #show(lines: LedgerLine[]): Promise<LineView[]> {
    const entries = await this.#entriesOf(lines);
    return Promise.all(
      lines.map(async (line) => {
        const entry = entries.get(line._id);
        const mail = entry?.type === 'message' ? entry.payload.mail : entry ? null : await this.#head(line);
        return lineView(line, mail ?? null, entry?.conversationId ?? null);
      }),
    );
  }

  /** What became of mails of one mailbox, by their lines. What became of a copy is what became of the mail it is like. */
  async #entriesOf(lines: LedgerLine[]): Promise<Map<string, Entry>> {
    const { journal, store } = this.#parts;
    const mailboxId = lines[0]?.mailboxId ?? '';
    const keys = lines.flatMap(({ copyOf }) => copyOf ?? []);
    const originals = keys.length > 0 ? await store.ledger.find({ mailboxId, key: { $in: keys } }).toArray() : [];
    const idByKey = new Map(originals.map(({ key, entryId }) => [key, entryId]));
    const idOf = ({ entryId, copyOf }: LedgerLine) => (copyOf ? idByKey.get(copyOf) : entryId) ?? '';
    const entries = await journal.entriesById(lines.map(idOf).filter((id) => id !== ''));
    const byId = new Map(entries.map((entry) => [entry._id, entry]));
    return new Map(
      lines.flatMap((line) => {
        const entry = byId.get(idOf(line));
        return entry ? [[line._id, entry] as const] : [];
      }),
    );
  }

  async #head({ rawFileId, size = 0 }: LedgerLine) {
    const raw = size <= headUpTo ? await this.#parts.blobs.get(rawFileId) : null;
    return raw && readHead(this.#parts.reader, raw.content);
  }
}

interface Head {
  from: { address: string; name: string } | null;
  subject: string;
}

const lineView = (line: LedgerLine, head: Head | null, conversationId: string | null): LineView => ({
  id: shownLineId(line.mailboxId, line._id),
  folder: line.folder ?? inboxPath,
  uid: line.uid,
  at: line.at.toISOString(),
  state: line.state,
  reason: line.reason,
  history: line.history ?? false,
  from: (head?.from?.name || head?.from?.address) ?? '',
  subject: head?.subject ?? '',
  conversationId,
});

const cursorOf = ({ nextTryAt, uid }: LedgerLine): string => `${nextTryAt.getTime()}-${uid}`;

function before(cursor: string | undefined): Filter<LedgerLine> {
  if (cursor === undefined) return {};
  const [, at, uid] = /^(\d{1,15})-(\d{1,10})$/.exec(cursor) ?? [];
  if (!at)
    throw new DeskError('bad_request', { errors: [{ pointer: '/cursor', detail: 'is not a cursor of this list' }] });
  const nextTryAt = new Date(Number(at));
  return { nextTryAt: { $lte: nextTryAt }, $or: [{ nextTryAt: { $lt: nextTryAt } }, { uid: { $lt: Number(uid) } }] };
}
