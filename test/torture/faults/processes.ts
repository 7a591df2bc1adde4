import { setTimeout as sleep } from 'node:timers/promises';
import type { HelplineNode } from '../cluster/helpline-node.js';
import type { Fault, Scene } from './fault.js';

const oneOf = ({ cluster, random }: Scene): HelplineNode => random.pick(cluster.nodes);

/** Kills nodes at moments nobody chose, again and again, and starts them at once. */
const killedAgainAndAgain: Fault = {
  id: 'F01',
  title: 'nodes are killed at any moment, also between commit and acknowledgement',
  meets: ['nodes'],
  seconds: { short: 6, long: 30 },
  async inject(scene) {
    let over = false;
    const killing = (async () => {
      while (!over) {
        const node = oneOf(scene);
        await node.kill();
        await node.start();
        await sleep(scene.random.between(0, 500));
      }
    })();
    return async () => {
      over = true;
      await killing;
    };
  },
};

export const processFaults: readonly Fault[] = [killedAgainAndAgain];
