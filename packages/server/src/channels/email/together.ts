import { type Collection, refusedAsDuplicates } from '../../platform/database.js';
import { grouped } from '../../platform/grouped.js';
import type { Chosen, KnownMail, LedgerLine } from './store.js';

/** What each mail asks of the store, for many mails at once. */

type Ledger = Collection<LedgerLine>;

const unordered = { ordered: false } as const;
const none: ReadonlySet<number> = new Set();

const setOn = (line: LedgerLine, what: Partial<LedgerLine>, unless = {}) => ({
  updateOne: { filter: { _id: line._id, ...unless }, update: { $set: what } },
});

export interface Claim {
  line: LedgerLine;
  key: string;
}

/** False where another mail of the mailbox has the key. */
export async function claimKeys(ledger: Ledger, claims: Claim[]): Promise<(claim: Claim, index: number) => boolean> {
  const writes = claims.map(({ line, key }) => setOn(line, { key }));
  const taken = await ledger.bulkWrite(writes, unordered).then(() => none, refusedAsDuplicates);
  return (_, index) => !taken.has(index);
}

export interface Decision {
  line: LedgerLine;
  key: string;
  chosen: Chosen;
  /** What else is decided with it. */
  also: Partial<LedgerLine>;
}

/** Gives the choice that stands: the very one, or that of whoever was first. Null where another mail has the key. */
export async function keepChoices(
  ledger: Ledger,
  decisions: Decision[],
): Promise<(decision: Decision, index: number) => Chosen | null> {
  const unlessChosen = { chosen: { $exists: false } };
  const writes = decisions.map(({ line, key, chosen, also }) => setOn(line, { ...also, key, chosen }, unlessChosen));
  const copies = await ledger
    .bulkWrite(writes, unordered)
    .then(({ matchedCount }) => (matchedCount === writes.length ? null : none), refusedAsDuplicates);
  if (!copies) return ({ chosen }) => chosen;
  const ids = decisions.map(({ line }) => line._id);
  const lines = await ledger.find({ _id: { $in: ids } }, { projection: { chosen: 1 } }).toArray();
  const standing = new Map(lines.map(({ _id, chosen }) => [_id, chosen]));
  return ({ line, chosen }, index) => (copies.has(index) ? null : (standing.get(line._id) ?? chosen));
}

export interface Change {
  line: LedgerLine;
  what: Partial<LedgerLine>;
}

export async function changeLines(ledger: Ledger, changes: Change[]): Promise<() => void> {
  const writes = changes.map(({ line, what }) => setOn(line, what));
  await ledger.bulkWrite(writes, unordered);
  return () => {};
}

export async function rememberMails(known: Collection<KnownMail>, mails: KnownMail[]): Promise<() => void> {
  await known.insertMany(mails, unordered).catch(refusedAsDuplicates);
  return () => {};
}

export interface NamedMail {
  workspaceId: string;
  messageId: string;
}

export async function findKnown(
  known: Collection<KnownMail>,
  named: NamedMail[],
): Promise<(one: NamedMail) => KnownMail[]> {
  const workspaceId = { $in: [...new Set(named.map((one) => one.workspaceId))] };
  const messageId = { $in: [...new Set(named.map((one) => one.messageId))] };
  const found = grouped(await known.find({ workspaceId, messageId }).toArray(), nameOf);
  return (one) => found.get(nameOf(one)) ?? [];
}

const nameOf = ({ workspaceId, messageId }: NamedMail): string => `${workspaceId} ${messageId}`;

/** The mails of a mailbox that have one thing in common, and came after a moment, up to another. */
export interface Alike {
  mailboxId: string;
  by: 'sender' | 'chosen.conversationId';
  value: string;
  after: Date;
  upTo: Date;
  /** So many of the newest are enough. */
  most: number;
}

type Counted = Pick<LedgerLine, 'sender' | 'receivedAt' | 'chosen'>;

/** Where there are more somebody floods us, and each is looked at by itself. */
const countedTogether = 2_000;

/** When the mails alike came. */
export async function countAlike(ledger: Ledger, asked: Alike[]): Promise<(one: Alike) => Date[]> {
  const groups = grouped(asked, ({ mailboxId, by }) => `${mailboxId} ${by}`);
  const counted = await Promise.all([...groups.values()].map((group) => countGroup(ledger, group)));
  const times = new Map(counted.flat());
  return (one) => times.get(one) ?? [];
}

async function countGroup(ledger: Ledger, group: Alike[]): Promise<[Alike, Date[]][]> {
  const [first] = group;
  if (!first) return [];
  const { mailboxId, by } = first;
  const after = new Date(Math.min(...group.map((one) => one.after.getTime())));
  const upTo = new Date(Math.max(...group.map((one) => one.upTo.getTime())));
  const values = [...new Set(group.map(({ value }) => value))];
  const lines = await ledger
    .find<Counted>(
      { mailboxId, [by]: { $in: values }, receivedAt: { $gt: after, $lte: upTo } },
      { projection: { _id: 0, [by]: 1, receivedAt: 1 }, limit: countedTogether },
    )
    .toArray();
  if (lines.length === countedTogether)
    return Promise.all(group.map(async (one): Promise<[Alike, Date[]]> => [one, await countOne(ledger, one)]));
  const byValue = grouped(lines, (line) => (by === 'sender' ? line.sender : line.chosen?.conversationId));
  return group.map((one) => [one, timesOf(byValue.get(one.value) ?? [])]);
}

async function countOne(ledger: Ledger, { mailboxId, by, value, after, upTo, most }: Alike): Promise<Date[]> {
  const lines = await ledger
    .find(
      { mailboxId, [by]: value, receivedAt: { $gt: after, $lte: upTo } },
      { projection: { _id: 0, receivedAt: 1 }, sort: { receivedAt: -1 }, limit: most },
    )
    .toArray();
  return timesOf(lines);
}

const timesOf = (lines: Counted[]): Date[] => lines.flatMap(({ receivedAt }) => receivedAt ?? []);
