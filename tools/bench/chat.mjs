/** Persisted chat under the fixed load of ../shared/bench, ours beside its three baseline servers in the same run. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedMongo } from '../../packages/server/dist/platform/mongo/index.js';
import { lineOf, pin, start, stop } from './processes.mjs';

const fixed = resolve(process.env.HELPLINE_BENCH ?? '../shared/bench');
const serverCore = 0;
const loadCore = 1;
const port = 4100;

/** @returns {Promise<{name: string, unit: string, ours: number, baseline: number, ratio: number}[]>} */
export async function benchChat({ conversations = [50, 200], repetitions = 3, seconds = 5, say }) {
  if (!existsSync(join(fixed, 'load.mjs')))
    throw new Error(`The fixed load is not in ${fixed}: set HELPLINE_BENCH to its folder.`);
  const dir = mkdtempSync(join(tmpdir(), 'helpline-bench-'));
  const mongo = await startEmbeddedMongo({ dataDir: dir, log: say });
  pin(mongo.pid, loadCore);
  try {
    const figures = [];
    for (const count of conversations)
      figures.push(...(await benchCount(count, { repetitions, seconds, say, uri: mongo.uri, dir })));
    return figures;
  } finally {
    await mongo.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function benchCount(count, { repetitions, seconds, say, uri, dir }) {
  const servers = {
    echo: baseline('echo', uri),
    plain: baseline('plain', uri),
    ceiling: baseline('ceiling', uri),
    ours: ours(uri, dir),
  };
  const results = { echo: [], plain: [], ceiling: [], ours: [] };
  for (let i = 0; i < repetitions; i++)
    for (const [name, startServer] of Object.entries(servers)) {
      const result = await runOnce(startServer, count, seconds, name === 'ours');
      results[name].push(result);
      say(
        `${count} conversations, ${name.padEnd(7)} ${Math.round(result.rate)}/s  p50 ${result.p50?.toFixed(1)} ms  p99 ${result.p99?.toFixed(1)} ms${result.refused ? `  refused ${result.refused}` : ''}`,
      );
    }
  const figure = (name, unit, key, other) => {
    const mine = median(results.ours.map((r) => r[key]));
    const theirs = median(results[other].map((r) => r[key]));
    return { name: `chat.${count}.${name}`, unit, ours: mine, baseline: theirs, ratio: mine / theirs };
  };
  return [
    figure('vs-plain', 'messages/s', 'rate', 'plain'),
    figure('p99-vs-plain', 'ms', 'p99', 'plain'),
    figure('vs-ceiling', 'messages/s', 'rate', 'ceiling'),
    figure('vs-echo', 'messages/s', 'rate', 'echo'),
  ];
}

const baseline = (mode, uri) => async () => {
  const server = start(serverCore, [join(fixed, 'baseline.mjs'), mode, '--port', String(port)], { MONGODB_URI: uri });
  await lineOf(server, (line) => line === 'ready');
  return server;
};

/** The server as `npm start` runs it; only the limits are raised for the load's address. */
const ours = (uri, dir) => async () => {
  const env = { MONGODB_URI: uri, HELPLINE_RATE_EXEMPT: '127.0.0.1' };
  const server = start(
    serverCore,
    ['packages/server/dist/cli/start.js', '--port', String(port), '--data', dir, '--json'],
    env,
  );
  await lineOf(server, (line) => line.startsWith('{'));
  return server;
};

async function runOnce(startServer, count, seconds, isOurs) {
  const server = await startServer();
  try {
    const adapter = isOurs ? ['--adapter', 'tools/bench/ours.mjs'] : [];
    const args = [
      join(fixed, 'load.mjs'),
      '--port',
      String(port),
      '--conversations',
      String(count),
      '--seconds',
      String(seconds),
      ...adapter,
    ];
    return JSON.parse(await lineOf(start(loadCore, args), (line) => line.startsWith('{')));
  } finally {
    await stop(server);
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
