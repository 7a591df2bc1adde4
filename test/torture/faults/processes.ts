import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { HelplineNode } from '../cluster/helpline-node.js';
import type { Fault, Heal, Scene } from './fault.js';
import { untilHealed } from './until-healed.js';

const run = promisify(execFile);
const oneOf = ({ cluster, random }: Scene): HelplineNode => random.pick(cluster.nodes);
const drainsWithinMs = 10_000;

const killed: Fault = {
  id: 'F01',
  title: 'nodes are killed at any moment, also between commit and acknowledgement',
  meets: ['nodes'],
  seconds: { short: 6, long: 30 },
  async inject(scene) {
    return untilHealed(async () => {
      const node = oneOf(scene);
      await node.kill();
      await node.start();
      await sleep(scene.random.between(0, 500));
    });
  },
};

/** What the node commits while Redis can't hear it is never told to the other nodes. */
const killedBeforeTelling: Fault = {
  id: 'F02',
  title: 'a node is killed between its acknowledgements and telling the other nodes',
  meets: ['nodes', 'redis'],
  async inject(scene) {
    const node = oneOf(scene);
    node.redis.drop('up');
    await sleep(700);
    await node.kill();
    node.redis.cut();
    node.redis.heal();
    return () => node.start();
  },
};

const stopped: Fault = {
  id: 'F03',
  title: 'a node stands still for longer than its leases last, and goes on as if nothing had been',
  meets: ['nodes'],
  seconds: { short: 6, long: 30 },
  async inject(scene) {
    const node = oneOf(scene);
    node.pause();
    return async () => node.resume();
  },
};

const rollingRestart: Fault = {
  id: 'F04',
  title: 'all nodes are restarted one after the other',
  meets: ['nodes'],
  async inject(scene) {
    for (const node of scene.cluster.nodes) {
      await stopInOrder(scene, node);
      await node.start();
    }
    return async () => {};
  },
};

async function stopInOrder(scene: Scene, node: HelplineNode): Promise<void> {
  const began = performance.now();
  const code = await node.stop();
  const tookMs = Math.round(performance.now() - began);
  if (code !== 0 || tookMs > drainsWithinMs)
    scene.report('a node did not drain in order', { node: node.index, code, tookMs });
}

const startAtOnce: Fault = {
  id: 'F05',
  title: 'two nodes start at once on an empty database',
  meets: [],
  async inject({ cluster, report }) {
    const name = `empty-${Date.now()}`;
    const uri = cluster.mongo.uri.replace('/helpline?', `/${name}?`);
    const nodes = [await cluster.newNode({ MONGODB_URI: uri }), await cluster.newNode({ MONGODB_URI: uri })];
    const started = await Promise.allSettled(nodes.map((node) => node.start()));
    if (started.some(({ status }) => status === 'rejected'))
      report('a node did not start on an empty database', started);
    return async () => {
      const db = cluster.mongo.sibling(name);
      const unique = (await db.collection('entries').indexes()).filter((index) => index.unique).length;
      if (unique < 2) report('the unique indexes of the journal are not there', { unique });
      await Promise.all(nodes.map((node) => node.kill()));
      await Promise.all(nodes.flatMap((node) => [node.clients.close(), node.redis.close()]));
      await db.dropDatabase();
    };
  },
};

const outOfMemory: Fault = {
  id: 'F06',
  title: 'a node runs out of memory and is gone in the middle of its work',
  long: true,
  meets: ['nodes'],
  async inject(scene) {
    const node = oneOf(scene);
    await node.stop();
    await node.start({ nodeArgs: ['--max-old-space-size=128'] });
    await sleep(1_000);
    await node.evaluate('globalThis.hoard = []; setInterval(() => hoard.push(new Array(2e5).fill({})), 5); true');
    await node.gone();
    return () => node.start();
  },
};

const uncaught: Fault = {
  id: 'F07',
  title: 'a handler throws what nobody catches, and frames arrive that are none',
  meets: ['nodes'],
  async inject(scene) {
    const [node] = scene.cluster.nodes;
    if (!node) return async () => {};
    const { pid } = node;
    for (const frame of malformed) await sendFrame(node.port, frame);
    if (node.pid !== pid) scene.report('a node ended because of a malformed frame');
    await node.evaluate("setTimeout(() => { throw new Error('nobody catches this') }, 0); true").catch(() => {});
    return () => node.start(); // as whatever supervises it does, if it has ended
  },
};

const malformed = [
  '',
  '4',
  '42',
  '42[',
  '42["visitor.send"',
  '40/visitor,{',
  '451-["x",{"_placeholder":true,"num":9}]',
  '\u0000',
];

async function sendFrame(port: number, frame: string): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket.io/?EIO=4&transport=websocket`);
  await new Promise((resolve) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', resolve);
  });
  if (socket.readyState === WebSocket.OPEN) socket.send(frame);
  await sleep(50);
  socket.close();
}

const blocked: Fault = {
  id: 'F08',
  title: 'a node computes for five seconds and hears nothing meanwhile',
  meets: ['nodes'],
  async inject(scene) {
    const node = oneOf(scene);
    const busy = node.evaluate('{ const end = Date.now() + 5000; while (Date.now() < end); } true');
    return async () => {
      await busy.catch(() => {});
    };
  },
};

const noMoreFiles: Fault = {
  id: 'F09',
  title: 'a node has no file descriptor left for anything new',
  meets: ['nodes'],
  async inject(scene) {
    const node = oneOf(scene);
    const pid = String(node.pid);
    const { stdout: before } = await run('prlimit', ['--pid', pid, '--nofile', '--output', 'SOFT', '--noheadings']);
    const open = (await readdir(`/proc/${pid}/fd`)).length;
    await run('prlimit', ['--pid', pid, `--nofile=${open}:`]);
    node.clients.reset(); // everybody comes back at once, and nobody can be let in
    return async () => {
      await run('prlimit', ['--pid', pid, `--nofile=${before.trim()}:`]);
    };
  },
};

/** Mails are at the point of no return when the order to stop comes, and messages are on their way. */
const stoppedInTheMiddle: Fault = {
  id: 'F10',
  title: 'nodes are stopped in order in the middle of sending',
  meets: ['nodes', 'smtp'],
  async inject(scene): Promise<Heal> {
    const { sink, cluster } = scene;
    sink.onText = () => sleep(1_000);
    await sleep(1_500);
    for (const node of cluster.nodes) {
      await stopInOrder(scene, node);
      await node.start();
    }
    return async () => sink.heal();
  },
};

export const processFaults: readonly Fault[] = [
  killed,
  killedBeforeTelling,
  stopped,
  rollingRestart,
  startAtOnce,
  outOfMemory,
  uncaught,
  blocked,
  noMoreFiles,
  stoppedInTheMiddle,
];
