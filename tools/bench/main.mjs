/** `pnpm bench NAME… [--json]`: speed as ratios to a baseline of the same run. Progress goes to standard error. */
import { parseArgs } from 'node:util';
import { benchChat } from './chat.mjs';
import { benchFlood } from './flood.mjs';
import { benchGrowth } from './growth.mjs';
import { benchMemory } from './memory.mjs';
import { benchNodes } from './nodes.mjs';
import { benchSlow } from './slow.mjs';
import { benchSteady } from './steady.mjs';
import { benchStorm } from './storm.mjs';

const benches = {
  chat: benchChat,
  steady: benchSteady,
  memory: benchMemory,
  storm: benchStorm,
  nodes: benchNodes,
  flood: benchFlood,
  slow: benchSlow,
  growth: benchGrowth,
};

const usage = `pnpm bench NAME… [--json] [--repetitions 3] [--seconds 5] [--conversations 50,200,1000] [--small]
  NAME      ${Object.keys(benches).join(', ')}, or all
  --json    print one object {"figures": […]}
  --small   a shorter form, to see that a bench works: its figures mean little`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    repetitions: { type: 'string' },
    seconds: { type: 'string' },
    conversations: { type: 'string', default: '50,200,1000' },
  },
});
const names = positionals[0] === 'all' ? Object.keys(benches) : positionals;
if (names.length === 0 || !names.every((name) => name in benches)) {
  console.error(usage);
  process.exit(2);
}
const options = {
  small: values.small,
  repetitions: Number(values.repetitions ?? (values.small ? 1 : 3)),
  seconds: Number(values.seconds ?? (values.small ? 2 : 5)),
  conversations: values.conversations.split(',').map(Number),
  say: (line) => console.error(line),
};
const figures = [];
for (const name of names) {
  const began = Date.now();
  figures.push(...(await benches[name](options)));
  console.error(`${name} took ${Math.round((Date.now() - began) / 1000)} s`);
}
if (values.json) console.log(JSON.stringify({ figures }));
else console.table(figures.map(({ bar, ...figure }) => ({ ...figure, bar: bar ? JSON.stringify(bar) : '' })));
process.exit(0);
