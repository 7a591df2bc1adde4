import { setTimeout as sleep } from 'node:timers/promises';
import type { Figures } from '../checks/figures.js';
import type { FaultSpan, FinalState } from '../checks/final-state.js';
import { type Finding, told } from '../checks/finding.js';
import { check } from '../checks/index.js';
import type { Cluster } from '../cluster/cluster.js';
import type { Fault } from '../faults/fault.js';
import { History } from '../history.js';
import { SmtpSink } from '../mail/sink.js';
import type { Random } from '../random.js';
import type { Crowd } from '../workload/crowd.js';
import { waitUntil } from '../workload/wait.js';
import { Workload } from '../workload/workload.js';
import { Changes } from './changes.js';
import { readFinal, type Scene } from './final-state.js';
import { clearDesks, groundOf } from './ground.js';
import { resourcesOf } from './resources.js';
import { settle } from './settle.js';
import { suffer, sufferAgainAndAgain } from './suffer.js';

export interface RunOptions {
  /** One fault, several that do not meet, or none. */
  faults: readonly Fault[];
  epoch: number;
  random: Random;
  isLong: boolean;
  /** How long the world stays broken, if another time than each fault's own is wanted. */
  seconds?: number;
  visitors: number;
  /** Nothing breaks before mails go round, whatever it is. */
  mailFirst?: boolean;
  /** Brings so much work that all faults strike one after the other, again and again, until it is done. */
  crowd?: (role: { name: string; history: History; cluster: Cluster }) => Crowd;
  say: (line: string) => void;
}

export interface RunResult {
  findings: Finding[];
  figures: Figures;
  restless: string[];
  settledInMs: number;
  history: History;
  final: FinalState;
}

const warmUpMs = 1_500;
/** Until the first mail was taken in, given to somebody, answered, and its answer sent. */
const everybodyIsAtWorkMs = 60_000;
const afterwardsMs = 1_500;
/** Everything is as it should be so long after the last message, if nothing is broken. */
const rightWithinMs = 10_000;
/** Until a server has noticed that its clients went away. */
const goneAfterMs = 500;

/** People work, things break and heal, everybody comes to rest: what was promised, and what is there? */
export async function runFaults(cluster: Cluster, options: RunOptions): Promise<RunResult> {
  const { faults, epoch, random, isLong, visitors, say } = options;
  const history = new History();
  const reported: Finding[] = [];
  const report = (what: string, evidence: unknown = null): void => void reported.push({ check: 'own', what, evidence });
  const sink = await SmtpSink.start(history, { host: '127.0.0.1', port: cluster.mail.ports.smtp });
  cluster.mail.smtp.target = { port: sink.port };
  const ground = await groundOf(cluster);
  const changes = await Changes.follow(cluster.mongo.db);
  const workload = new Workload(cluster, { history, random, epoch, visitors, report });
  const scene: Scene = { cluster, ground, changes, sink, participants: workload.participants, epoch };
  try {
    const before = await resourcesOf(cluster);
    await workload.start();
    await sleep(warmUpMs);
    await waitUntil(() => acknowledgedIn(history) >= underWay, { upToMs: everybodyIsAtWorkMs });
    if (options.mailFirst || faults.some(isAboutSending))
      await waitUntil(() => sink.mails.length > 0, { upToMs: everybodyIsAtWorkMs });
    const stage = { cluster, history, sink, isLong, epoch, report, join: workload.join.bind(workload) };
    const crowd = options.crowd?.({ name: `crowd-e${epoch}`, history, cluster });
    const spans = crowd
      ? await sufferAgainAndAgain(faults, stage, options, await joined(workload, crowd))
      : await suffer(faults, stage, options);
    await sleep(afterwardsMs);
    workload.rest();
    say(`healed after ${seconds(spans)} s; ${history.all().length} records; waiting for rest`);
    const rested = performance.now();
    const restless = await settle(scene, workload, { history, say, patienceMs: 20_000 });
    const settledInMs = performance.now() - rested;
    const read = await readAtRest(scene, spans, history, say);
    await workload.close();
    await sleep(goneAfterMs);
    const after = crowd ? before : await resourcesOf(cluster); // so many leave full caches
    const final = { ...read, resources: { before, after } };
    const { findings, figures } = check(history.all(), final);
    if (!crowd) reported.push(...(await clearDesks(cluster)));
    return { findings: [...reported, ...findings], figures, restless, settledInMs, history, final };
  } finally {
    await workload.close();
    await changes.close();
    await cluster.heal();
    await sink.stop();
  }
}

async function joined(workload: Workload, crowd: Crowd): Promise<Crowd> {
  await workload.join(crowd);
  return crowd;
}

/** What only time can put right is given some: a slot that is being settled, a mail that has just been sent. */
async function readAtRest(scene: Scene, spans: FaultSpan[], history: History, say: RunOptions['say']) {
  const deadline = performance.now() + rightWithinMs;
  for (;;) {
    const read = await readFinal(scene, spans);
    const { findings } = check(history.all(), { ...read, resources: { before: [], after: [] } });
    const mayPass = findings.length > 0 && findings.every(({ check }) => passing.has(check));
    if (!mayPass || performance.now() > deadline) return read;
    say(`not right yet: ${told(findings).join('; ')}`);
    await sleep(500);
  }
}

const passing: ReadonlySet<string> = new Set(['C6', 'C7', 'C8', 'C9', 'C11']);

/** A busy machine takes a while until everybody is at work; what breaks before that hurts nobody. */
const underWay = 30;

const acknowledgedIn = (history: History): number =>
  history.all().filter(({ op, type }) => op !== undefined && type === 'ok').length;

const isAboutSending = ({ meets }: Fault): boolean => meets.includes('smtp');

const seconds = (spans: FaultSpan[]): string =>
  (Math.max(0, ...spans.map(({ from, until }) => until - from)) / 1_000).toFixed(1);
