import { startProxy } from '../proxy/tcp-proxy.js';
import { memory } from '../workload/sdk-visitor.js';
import type { Fault } from './fault.js';
import { repeatedly } from './means/repeatedly.js';
import { VisitorBehind } from './means/visitor-behind.js';

/** There is no upgrade from polling that could be cut half-way: polling is refused, and a cut handshake is just a failed try. */
export const noPolling: Fault = {
  id: 'F32',
  title: 'handshakes are cut half-way; nobody falls back to polling',
  meets: ['network'],
  async inject({ cluster, report }) {
    for (const { index } of cluster.nodes) {
      const answer = await fetch(`${cluster.clientUrl(index)}/socket.io/?EIO=4&transport=polling`);
      if (answer.ok) report('a node takes polling', { node: index, status: answer.status });
    }
    const ways = cluster.nodes.map(({ clients }) => clients);
    const old = new Set(ways.flatMap(({ connections }) => connections));
    for (const way of ways) way.cut();
    return repeatedly(10, () => {
      for (const link of ways.flatMap(({ connections }) => connections)) {
        if (!old.has(link)) link.resetMidFrame('down');
        old.add(link);
      }
    });
  },
};

/** As behind a load balancer without sticky sessions: every connection of this visitor goes to another node. */
export const anyNodeServesAnybody: Fault = {
  id: 'F33',
  title: 'a visitor is cut off again and again and reaches another node each time',
  meets: ['network'],
  async inject({ cluster, history, random, epoch, join }) {
    const targets = cluster.nodes.map(({ clients }) => ({ port: clients.port }));
    const balancer = await startProxy(targets[0] ?? { port: 0 });
    const name = `wanderer-e${epoch}`;
    const role = { name, history, random: random.fork(name), url: balancer.url, node: 'any' };
    await join(new VisitorBehind(balancer, { ...role, storage: memory(), paceMs: 150 }));
    let turns = 0;
    return repeatedly(700, () => {
      turns += 1;
      balancer.target = targets[turns % targets.length] ?? balancer.target;
      balancer.cut();
    });
  },
};
