import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HelplineNode } from '../cluster/helpline-node.js';
import type { Fault, Scene } from './fault.js';
import { repeatedly } from './means/repeatedly.js';

const hour = 3_600;

/** One node's clock goes five minutes wrong from its start; then it jumps by an hour and by a day, there and back. */
const jumps: Fault = {
  id: 'F48',
  title: "a node's clock is minutes wrong, and jumps by hours and days",
  meets: ['clock', 'nodes'],
  seconds: { short: 6, long: 30 },
  async inject(scene) {
    const node = scene.random.pick(scene.cluster.nodes);
    const clock = await underFakeTime(scene, node, 300);
    const stop = repeatedly(1_000, async () => {
      await clock.setTo(scene.random.pick([-24 * hour, -hour, -300, 0, 300, hour, 24 * hour]));
    });
    return async () => {
      await stop();
      await clock.setTo(0);
      await node.stop();
      await node.start();
    };
  },
};

/** Restarts a node with a clock that goes wrong by as many seconds as are set. Its monotonic clock stays right, as in earnest. */
async function underFakeTime({ cluster }: Scene, node: HelplineNode, seconds: number) {
  const file = join(cluster.dir, `clock-of-node-${node.index}`);
  const setTo = (wrongBy: number) => writeFile(file, `${wrongBy < 0 ? '' : '+'}${wrongBy}\n`);
  await setTo(seconds);
  await node.stop();
  await node.start({
    env: {
      LD_PRELOAD: fakeTimeLibrary(),
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
  });
  return { setTo };
}

/** Where Debian has it depends on the processor. */
function fakeTimeLibrary(): string {
  const folders = readdirSync('/usr/lib', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const folder = folders.find(({ name }) => name.endsWith('-linux-gnu'));
  return join('/usr/lib', folder?.name ?? '', 'faketime/libfaketimeMT.so.1');
}

export const timeFaults: readonly Fault[] = [jumps];
