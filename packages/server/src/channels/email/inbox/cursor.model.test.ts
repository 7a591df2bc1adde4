import { describe, expect, test } from 'vitest';
import { explore, findsNothing, isLong, type Model, type Step } from '../../../testing/explore.js';

/*
 * Two fetchers on one mailbox (fetch-new.ts), as when a lease changed hands, and what is fetched being taken in
 * (take-in.ts). Mails come and are deleted, the server numbers all mails anew, a fetcher ends after any step.
 */

interface Mail {
  id: string;
  uid: number;
  /** It lay there before the mailbox was connected. */
  isOld: boolean;
}

interface Line {
  validity: number;
  uid: number;
  /** Null if it was gone before it could be fetched. */
  mail: string | null;
  isOld: boolean;
  state: 'fetched' | 'claimed' | 'received' | 'ignored';
}

interface Cursor {
  validity: number;
  lastUid: number;
  rescanBelow: number;
}

/** Where a fetcher is on its way through what is new. */
interface Fetcher {
  cursor: Cursor;
  /** Null until it has asked the server. */
  uids: number[] | null;
  /** How many of the batch have their line. */
  done: number;
  fetched: { mail: string | null; isOld: boolean } | null;
}

interface World {
  validity: number;
  mails: Mail[];
  /** Of mails that are yet to come. */
  coming: number;
  uidNext: number;
  cursor: Cursor;
  ledger: Line[];
  fetchers: (Fetcher | null)[];
  luck: { renumberings: number; deletions: number; crashes: number };
}

const rules = {
  isSameLine: (a: Line, b: Line) => a.validity === b.validity && a.uid === b.uid,
  /** Where the mailbox begins after it was numbered anew. */
  afterRenumbering: (validity: number, _before: Cursor, uidNext: number): Cursor => ({
    validity,
    lastUid: 0,
    rescanBelow: uidNext,
  }),
  advances: (stored: Cursor, own: Cursor) => stored.validity === own.validity,
  advancesFirst: false,
  knowsOld: true,
  knowsCopies: true,
};
type Rules = typeof rules;

const racing = { mails: 1, fetchers: 2, luck: { renumberings: 1, deletions: 0, crashes: 0 } };
const crashing = { mails: 2, fetchers: 1, luck: { renumberings: 1, deletions: 1, crashes: 1 } };
const long = { mails: 2, fetchers: 2, luck: { renumberings: 1, deletions: 1, crashes: 1 } };
const batchSize = 2;

function mailbox(changed: Partial<Rules> = {}, { mails, fetchers, luck } = crashing): Model<World> {
  const rule = { ...rules, ...changed };
  return {
    start: {
      validity: 1,
      mails: [{ id: 'old', uid: 1, isOld: true }],
      coming: mails,
      uidNext: 2,
      cursor: { validity: 1, lastUid: 1, rescanBelow: 0 },
      ledger: [],
      fetchers: Array.from({ length: fetchers }, () => null),
      luck,
    },
    steps: (world) => [
      ...happens(world),
      ...world.fetchers.flatMap((fetcher, f) => (fetcher ? fetches(rule, world, fetcher, f) : begins(rule, world, f))),
      ...world.ledger.flatMap((line, i) => takesIn(rule, world, line, i)),
    ],
    wrong: (world) => wrong(rule, world),
    settled: ({ mails, ledger, cursor, validity }) =>
      cursor.validity === validity &&
      ledger.every(({ state }) => state === 'received' || state === 'ignored') &&
      mails.every(({ id, isOld }) => isOld || ledger.some((line) => line.mail === id && line.state === 'received')),
    key: ({ fetchers, ...world }) => JSON.stringify([world, fetchers.map((fetcher) => JSON.stringify(fetcher)).sort()]),
  };
}

function happens(world: World): Step<World>[] {
  const { mails, coming, uidNext, validity, luck } = world;
  const steps: Step<World>[] = [];
  if (coming > 0) {
    const mail = { id: `mail-${coming}`, uid: uidNext, isOld: false };
    const to = { ...world, mails: [...mails, mail], coming: coming - 1, uidNext: uidNext + 1 };
    steps.push({ what: `${mail.id} comes as ${uidNext}`, to, maybe: true });
  }
  if (luck.renumberings > 0) {
    const to = {
      ...world,
      validity: validity + 1,
      mails: mails.map((mail, i) => ({ ...mail, uid: i + 1 })),
      uidNext: mails.length + 1,
      luck: { ...luck, renumberings: luck.renumberings - 1 },
    };
    steps.push({ what: 'the server numbers all mails anew', to, maybe: true });
  }
  for (const mail of luck.deletions > 0 ? mails : []) {
    const to = {
      ...world,
      mails: mails.filter((one) => one !== mail),
      luck: { ...luck, deletions: luck.deletions - 1 },
    };
    steps.push({ what: `${mail.id} is deleted`, to, maybe: true });
  }
  return steps;
}

function begins(rule: Rules, world: World, f: number): Step<World>[] {
  const { cursor, validity, uidNext } = world;
  const isSame = cursor.validity === validity;
  const own = isSame ? cursor : rule.afterRenumbering(validity, cursor, uidNext);
  const to = withFetcher(world, f, { cursor: own, uids: null, done: 0, fetched: null });
  return [{ what: `fetcher ${f} reads the cursor`, to: isSame ? to : { ...to, cursor: own } }];
}

function fetches(rule: Rules, world: World, fetcher: Fetcher, f: number): Step<World>[] {
  const { luck } = world;
  const crash = {
    what: `fetcher ${f} ends`,
    to: { ...withFetcher(world, f, null), luck: { ...luck, crashes: luck.crashes - 1 } },
    maybe: true,
  } as const;
  return [goesOn(rule, world, fetcher, f), ...(luck.crashes > 0 ? [crash] : [])];
}

function goesOn(rule: Rules, world: World, fetcher: Fetcher, f: number): Step<World> {
  const { cursor, uids, done, fetched } = fetcher;
  if (!uids) return lists(rule, world, fetcher, f);
  const uid = uids[done];
  if (uid === undefined || done === batchSize) {
    const rest = uids.slice(done);
    const next = rest.length > 0 ? { ...fetcher, uids: rest, done: 0 } : null;
    const to = withFetcher(world, f, next);
    const what = `fetcher ${f} advances`;
    return { what, to: rule.advancesFirst ? to : advance(rule, to, cursor, uids[done - 1] ?? 0) };
  }
  const mail = world.mails.find((one) => one.uid === uid);
  if (!fetched) {
    const found = { mail: mail?.id ?? null, isOld: mail?.isOld ?? false };
    return { what: `fetcher ${f} fetches ${uid}`, to: withFetcher(world, f, { ...fetcher, fetched: found }) };
  }
  const to = withFetcher(world, f, { ...fetcher, done: done + 1, fetched: null });
  if (rule.knowsOld && uid < cursor.rescanBelow && fetched.isOld) return { what: `fetcher ${f} passes ${uid}`, to };
  const state = fetched.mail === null ? 'ignored' : 'fetched';
  const line: Line = { validity: cursor.validity, uid, ...fetched, state };
  const isThere = world.ledger.some((other) => rule.isSameLine(line, other));
  const what = `fetcher ${f} writes ${uid} into the ledger${isThere ? ', where it is' : ''}`;
  return { what, to: isThere ? to : { ...to, ledger: [...world.ledger, line].sort(byPlace) } };
}

function lists(rule: Rules, world: World, fetcher: Fetcher, f: number): Step<World> {
  const uids = world.mails.map(({ uid }) => uid).filter((uid) => uid > fetcher.cursor.lastUid);
  const what = `fetcher ${f} finds ${uids.join(', ') || 'nothing'}`;
  const to = withFetcher(world, f, uids.length > 0 ? { ...fetcher, uids } : null);
  return { what, to: rule.advancesFirst ? advance(rule, to, fetcher.cursor, uids.at(-1) ?? 0) : to };
}

function advance(rule: Rules, world: World, own: Cursor, uid: number): World {
  if (!rule.advances(world.cursor, own)) return world;
  return { ...world, cursor: { ...world.cursor, lastUid: Math.max(world.cursor.lastUid, uid) } };
}

/** First the mail itself is claimed, under what is the same for every copy, then the line is settled. */
function takesIn(rule: Rules, world: World, line: Line, i: number): Step<World>[] {
  const become = (state: Line['state']) => ({ ...world, ledger: world.ledger.with(i, { ...line, state }) });
  const isCopy = world.ledger.some(
    ({ mail, state }) => mail === line.mail && (state === 'claimed' || state === 'received'),
  );
  if (line.state === 'claimed') return [{ what: `${line.mail} is received`, to: become('received') }];
  if (line.state !== 'fetched') return [];
  if (isCopy && rule.knowsCopies) return [{ what: `a copy of ${line.mail} is ignored`, to: become('ignored') }];
  return [{ what: `${line.mail} is claimed`, to: become('claimed') }];
}

const byPlace = (a: Line, b: Line): number => a.validity - b.validity || a.uid - b.uid;
const withFetcher = (world: World, f: number, fetcher: Fetcher | null): World => ({
  ...world,
  fetchers: world.fetchers.with(f, fetcher),
});

function wrong(rule: Rules, { mails, ledger, cursor, validity }: World): string | null {
  const places = new Set(ledger.map((line) => `${line.validity}:${line.uid}`));
  if (places.size < ledger.length) return 'a mail has two ledger lines';
  const received = ledger.filter(({ state }) => state === 'received').map(({ mail }) => mail);
  if (new Set(received).size < received.length) return 'a mail was received twice';
  if (ledger.some(({ isOld }) => isOld)) return 'a mail from before the connection was fetched';
  if (cursor.validity !== validity) return null;
  const passed = mails.filter(({ uid }) => uid <= cursor.lastUid);
  const isKnown = ({ id, isOld }: Mail) =>
    isOld || ledger.some(({ mail, state }) => mail === id && (rule.knowsCopies || state !== 'ignored'));
  return passed.every(isKnown) ? null : 'the cursor has passed a mail that nobody fetched';
}

describe('the way of mails into the ledger', () => {
  test.each(Object.entries(isLong ? { long } : { racing, crashing }))(
    'leads every mail there once: %s',
    async (name, scope) => {
      expect(await findsNothing(`IMAP cursor, ${name}`, mailbox({}, scope))).toBeNull();
    },
    900_000,
  );

  test.each<[string, Partial<Rules>, string, typeof racing?]>([
    ['the cursor advanced before the lines are written', { advancesFirst: true }, 'nobody fetched'],
    ['a fetcher advanced the cursor of other numbers', { advances: () => true }, 'nobody fetched', long],
    [
      'a new numbering were not noticed',
      { afterRenumbering: (validity, before) => ({ ...before, validity }) },
      'nobody fetched',
    ],
    ['the ledger knew mails by number alone', { isSameLine: (a, b) => a.uid === b.uid }, 'nobody fetched'],
    ['the ledger knew no line', { isSameLine: () => false }, 'two ledger lines', racing],
    ['copies were not known', { knowsCopies: false }, 'received twice'],
    ['what is old were not known', { knowsOld: false }, 'before the connection'],
  ])('would go wrong if %s', async (_, change, finding, scope) => {
    const { counterexample } = await explore(mailbox(change, scope));
    expect(counterexample).toContain(finding);
  });
});
