/** The fixed load of ../shared/bench and the servers it is sent to. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openForSeeding } from '../seed/desk.mjs';
import { cpuSeconds, freePort, lineOf, loadCore, serverCore, start, startProgram, stop } from './processes.mjs';

const fixed = resolve(process.env.HELPLINE_BENCH ?? '../shared/bench');
const secret = '00'.repeat(32);

/** The fixed programs; throws if they are not there. */
export function fixedFile(name) {
  const path = join(fixed, name);
  if (!existsSync(path))
    throw new Error(`${name} is not in ${fixed}: set HELPLINE_BENCH to the folder of the fixed load.`);
  return path;
}

/** One of the fixed servers: echo, plain or ceiling. */
export async function startBaseline(mode, uri) {
  const port = await freePort();
  const child = start(serverCore, [fixedFile('baseline.mjs'), mode, '--port', String(port)], { MONGODB_URI: uri });
  await lineOf(child, (line) => line === 'ready');
  return { child, port };
}

/** The server as `npm start` runs it; only the limits are raised for the load's address. */
export async function startHelpline({ uri, dir }, { nodeOptions = [], env = {}, core = serverCore } = {}) {
  const args = [...nodeOptions, 'packages/server/dist/cli/start.js', '--port', '0', '--data', dir, '--json'];
  return startDesk(args, uri, env, core);
}

/** The same on an empty database: the fixed servers empty theirs too, each time they start. */
export async function startHelplineAnew(mongo, options) {
  const { db, close } = await openForSeeding(mongo.uri);
  await db.dropDatabase();
  await close();
  return startHelpline(mongo, options);
}

/** One of several servers on the same database, which must have been seeded by `startHelpline`. */
export const startNode = ({ uri }, { env = {} } = {}) =>
  startDesk(['packages/server/dist/cli/main.js', 'serve', '--port', '0', '--json'], uri, env);

async function startDesk(args, uri, env, core = serverCore) {
  const child = start(core, args, {
    MONGODB_URI: uri,
    HELPLINE_SECRET_KEY: secret,
    HELPLINE_RATE_EXEMPT: '127.0.0.1',
    ...env,
  });
  const ready = JSON.parse(await lineOf(child, (line) => line.startsWith('{')));
  return { child, port: Number(new URL(ready.url).port) };
}

/** Makes the demo company, for nodes that come after. */
export async function seedCompany(mongo) {
  await stop((await startHelpline(mongo)).child);
}

export async function startRedis() {
  const port = await freePort();
  const child = startProgram(loadCore, [
    'redis-server',
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
  ]);
  await lineOf(child, (line) => line.includes('Ready to accept connections')).catch((error) => {
    throw new Error(`redis-server did not start; on Debian: apt-get install redis-server. ${error.message}`);
  });
  return { child, url: `redis://127.0.0.1:${port}` };
}

/**
 * One run of the fixed load. Besides what it reports: the microseconds of processor time that the processes of
 * `watched` spent on a message, connecting included.
 */
export async function runLoad({ port, agentPort, conversations, seconds, rate, warm, ours, env, watched = {} }) {
  const options = { port, 'agent-port': agentPort, conversations, seconds, rate, warm };
  const args = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value)],
  );
  const adapter = ours ? ['--adapter', 'tools/bench/ours.mjs'] : [];
  const before = timesOf(watched);
  const load = start(loadCore, [fixedFile('load.mjs'), ...args, ...adapter], env);
  const result = JSON.parse(await lineOf(load, (line) => line.startsWith('{')));
  const after = timesOf(watched);
  const cpu = Object.keys(watched).map((name) => [name, ((after[name] - before[name]) * 1e6) / result.sent]);
  return { ...result, cpu: Object.fromEntries(cpu) };
}

const timesOf = (watched) => Object.fromEntries(Object.entries(watched).map(([name, pid]) => [name, cpuSeconds(pid)]));

/** A run in one line, for who is waiting. */
export function told({ rate, p50, p99, refused, cpu }) {
  const times = Object.entries(cpu).map(([name, micros]) => `  ${name} ${micros.toFixed(0)} µs`);
  return `${Math.round(rate)}/s  p50 ${p50?.toFixed(1)} ms  p99 ${p99?.toFixed(1)} ms${times.join('')}${refused ? `  refused ${refused}` : ''}`;
}
