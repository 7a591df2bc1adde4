import { startProxy } from '../proxy/tcp-proxy.js';
import { memory } from '../workload/sdk-visitor.js';
import { waitUntil } from '../workload/wait.js';
import type { Fault, Scene } from './fault.js';
import { appendElsewhere } from './means/append-elsewhere.js';
import { HttpVisitor } from './means/http-visitor.js';
import { SlowReader } from './means/slow-reader.js';
import { VisitorBehind } from './means/visitor-behind.js';

const caughtUpWithinMs = 10_000;

/** As after a day without network: the same, as far as a client can see, as many messages in a short time. */
export const longAway: Fault = {
  id: 'F34',
  title: 'a visitor is off line while his conversation grows by thousands of messages',
  meets: ['network'],
  seconds: { short: 1, long: 5 },
  async inject(scene) {
    const { cluster, history, random, epoch, isLong, report, join } = scene;
    const way = await startProxy({ port: portOf(scene, 0) });
    const name = `traveller-e${epoch}`;
    const role = { name, history, random: random.fork(name), url: way.url, node: '0' };
    const visitor = new VisitorBehind(way, { ...role, storage: memory(), paceMs: 700 });
    await join(visitor);
    const conversation = async () => (await visitor.views({ fresh: false }))[0];
    await waitUntil(async () => Boolean((await conversation())?.conv), { upToMs: 20_000 });
    const conv = (await conversation())?.conv;
    if (!conv) throw new Error('The traveller never began a conversation.');
    way.refuseNewConnections();
    way.cut();
    const many = isLong ? 5_000 : 1_000;
    await appendElsewhere(cluster.mongo.db, conv, many, 'Written from another device.');
    return async () => {
      way.heal();
      const knowsAll = async () => ((await conversation())?.entries.length ?? 0) >= many;
      if (await waitUntil(knowsAll, { upToMs: caughtUpWithinMs })) return;
      report('a visitor who came back did not catch up', { many, has: (await conversation())?.entries.length });
    };
  },
};

/** Together far above what the kernel keeps for one connection. */
const flood = { messages: 30, characters: 10_000, questions: 70 };
const mayGrowByMb = 150;
const cutWithinMs = 20_000;

export const slowReader: Fault = {
  id: 'F35',
  title: 'a client asks for much and reads nothing, but answers every ping',
  meets: ['network'],
  async inject(scene) {
    const { cluster, report } = scene;
    const node = cluster.nodes[0];
    if (!node) throw new Error('There is no node.');
    const visitor = await HttpVisitor.begin(cluster.clientUrl(1));
    await visitor.say(flood.messages, 'x'.repeat(flood.characters));
    const reader = await SlowReader.connect(node.port, visitor);
    const memoryOf = async () => Number(await node.evaluate('process.memoryUsage().rss')) / 2 ** 20;
    const before = await memoryOf();
    reader.ask(flood.questions);
    return async () => {
      const isCut = await waitUntil(() => reader.isCut(), { upToMs: cutWithinMs });
      const grown = (await memoryOf()) - before;
      if (!isCut) report('a client that does not read was not cut off', { grown });
      if (grown > mayGrowByMb) report('a client that does not read made the node grow', { grown });
      reader.close();
      (await SlowReader.connect(node.port, visitor)).close(); // whoever was cut off gets everything when he comes back
    };
  },
};

const portOf = ({ cluster }: Scene, node: number): number => Number(new URL(cluster.clientUrl(node)).port);
