import { setTimeout as sleep } from 'node:timers/promises';
import { letClaimsRunOut } from '../faults/means/let-claims-run-out.js';
import type { History } from '../history.js';
import type { Workload } from '../workload/workload.js';
import { readStored, type Scene, type Stored } from './final-state.js';

interface SettleOptions {
  history: History;
  /** For how long nothing may change before the wait is given up. */
  patienceMs: number;
  say: (line: string) => void;
}

const sayEveryMs = 4_000;
/** Whoever lives has sent his mail by then, if nothing is broken. */
const sentWithinMs = 4_000;
/** Looks running at which nothing moved: an answer by mail is followed by what became of it. */
const looksAtRest = 4;

/** Waits until everything has come to rest, for as long as it comes nearer to that. What did not is named, and left to the checks. */
export async function settle(scene: Scene, workload: Workload, options: SettleOptions): Promise<string[]> {
  const { history, patienceMs, say } = options;
  let before = '';
  let calm = 0;
  let changed = performance.now();
  for (let said = changed; ; ) {
    const restless = await whatIsRestless(scene, workload, history);
    const now = performance.now();
    if (restless.join() !== before) changed = now;
    calm = restless.length === 0 ? calm + 1 : 0;
    if (calm === looksAtRest || now - changed > patienceMs) return restless;
    if (restless.length > 0 && restless.every(isAboutSending) && now - changed > sentWithinMs)
      await letClaimsRunOut(scene.cluster);
    before = restless.join();
    if (now - said > sayEveryMs) {
      say(`waiting: ${restless.join('; ')}`);
      said = now;
    }
    await sleep(250);
  }
}

const notSent = 'mails are not sent';
const isAboutSending = (what: string): boolean => what.endsWith(notSent);

async function whatIsRestless(scene: Scene, workload: Workload, history: History): Promise<string[]> {
  const busy = workload.busy();
  if (busy.length > 0) return [`busy: ${busy.join(', ')}`];
  const stored = await readStored(scene);
  const found = [...unprojected(stored), ...mailsOnTheWay(stored, history), ...(await behind(scene, stored))];
  return found;
}

function unprojected({ entries, conversations }: Stored): string[] {
  const states = new Map(conversations.map(({ _id, seq }) => [_id, seq]));
  const heads = headsOf(entries);
  const late = [...heads].filter(([id, { seq }]) => states.get(id) !== seq);
  return late.length > 0 ? [`${late.length} conversations are not projected`] : [];
}

function mailsOnTheWay({ ledger, deliveries }: Stored, history: History): string[] {
  const accepted = history.all().filter(({ f, type }) => f === 'mailIn' && type === 'ok').length;
  const taken = ledger.filter(({ state }) => state !== 'fetched').length;
  const sending = deliveries.filter(isBeingSent).length;
  return [
    ...(taken < accepted ? [`${accepted - taken} mails are not taken in`] : []),
    ...(sending > 0 ? [`${sending} ${notSent}`] : []),
  ];
}

/** Being tried now or in a moment, or its outcome is not in the conversation yet. A later try is not waited for. */
function isBeingSent({ state, dueAt, recorded, recipients }: Stored['deliveries'][number]): boolean {
  const isDue = state === 'queued' && dueAt.getTime() < Date.now() + 5_000;
  const isTried = state === 'claimed' || state === 'data';
  return recipients.length > 0 && (!recorded || isDue || isTried);
}

async function behind({ participants }: Scene, { entries }: Stored): Promise<string[]> {
  const heads = headsOf(entries);
  const views = (await Promise.all(participants.map((one) => one.views({ fresh: false })))).flat();
  const late = views.filter(({ conv, who, entries: held, source }) => {
    const head = heads.get(conv ?? '');
    if (!head || source === 'dom') return false;
    return held.length < (who.kind === 'visitor' ? head.pub : head.seq);
  });
  return late.length > 0 ? [`behind: ${[...new Set(late.map(({ proc }) => proc))].join(', ')}`] : [];
}

/** The newest numbers of each conversation. */
function headsOf(entries: Stored['entries']): Map<string, { seq: number; pub: number }> {
  return new Map(entries.map(({ conversationId, seq, pub }) => [conversationId, { seq, pub }]));
}
