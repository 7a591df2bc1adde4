import { setTimeout as sleep } from 'node:timers/promises';
import { consoleJoins, widgetJoins } from '../browser/pages-join.js';
import type { TcpProxy } from '../proxy/tcp-proxy.js';
import type { Fault, Scene } from './fault.js';
import { repeatedly } from './means/repeatedly.js';
import { anyNodeServesAnybody, noPolling } from './network-any-node.js';
import { longAway, slowReader } from './network-behind.js';

/** The ways of all clients, one to each node. */
const everyWay = ({ cluster }: Scene): TcpProxy[] => cluster.nodes.map(({ clients }) => clients);

/** Longer than a ping, the patience for its answer and the first tries to connect. */
const noticedWithinMs = 12_000;

const halfOpen: Fault = {
  id: 'F26',
  title: 'connections die without a word to either side',
  meets: ['network'],
  async inject(scene) {
    const visitor = await widgetJoins(scene, 'widget');
    for (const way of everyWay(scene)) way.halfOpen();
    const key = await visitor.say();
    return async () => {
      // Nothing has healed yet: the dead connections are still dead.
      if (!(await visitor.sees(key, 'sent', noticedWithinMs)))
        scene.report('a widget stayed on a dead connection', key);
      for (const way of everyWay(scene)) way.heal();
    };
  },
};

const oneWayLoss: Fault = {
  id: 'F27',
  title: 'what the server says is lost, what the widget sends arrives; for others it is the other way round',
  meets: ['network'],
  async inject(scene) {
    const visitor = await widgetJoins(scene, 'widget');
    visitor.way.drop('down');
    const [first, ...others] = everyWay(scene);
    first?.drop(scene.random.pick(['down', 'none']));
    for (const way of others) way.drop('up');
    const key = await visitor.say();
    return async () => {
      for (const way of [visitor.way, ...everyWay(scene)]) way.heal();
      if (!(await visitor.sees(key, 'sent'))) scene.report('a widget never showed what became of its message', key);
    };
  },
};

const slowAndUneven: Fault = {
  id: 'F28',
  title: 'everything takes two to three seconds to arrive and be answered',
  meets: ['network', 'smtp'],
  seconds: { short: 6, long: 30 },
  async inject(scene) {
    const ways = [...everyWay(scene), scene.cluster.mail.smtp];
    for (const way of ways) way.delay(1_000, 500);
    return async () => {
      for (const way of ways) way.heal();
    };
  },
};

const singleBytes: Fault = {
  id: 'F29',
  title: 'bytes arrive one by one',
  meets: ['network'],
  async inject(scene) {
    for (const way of everyWay(scene)) for (const link of way.connections.slice(0, 3)) link.slice(1);
    return async () => {
      for (const way of everyWay(scene)) way.heal();
    };
  },
};

const resetMidFrame: Fault = {
  id: 'F30',
  title: 'connections are reset in the middle of a frame, again and again',
  meets: ['network'],
  async inject(scene) {
    await consoleJoins(scene, await widgetJoins(scene, 'widget', { everyMs: 800 }));
    return repeatedly(500, () => {
      for (const way of everyWay(scene)) way.resetMidFrame(scene.random.pick(['up', 'down']));
    });
  },
};

const reconnectStorm: Fault = {
  id: 'F31',
  title: 'everybody is cut off and comes back at once, three times',
  meets: ['network'],
  async inject(scene) {
    for (let times = 0; times < 3; times++) {
      for (const way of everyWay(scene)) {
        way.stallNewConnections();
        way.cut();
      }
      await sleep(1_500);
      for (const way of everyWay(scene)) way.heal();
      await sleep(scene.random.between(100, 1_000));
    }
    return async () => {};
  },
};

export const networkFaults: readonly Fault[] = [
  halfOpen,
  oneWayLoss,
  slowAndUneven,
  singleBytes,
  resetMidFrame,
  reconnectStorm,
  noPolling,
  anyNodeServesAnybody,
  longAway,
  slowReader,
];
