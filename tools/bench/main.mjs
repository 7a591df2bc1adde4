/** `pnpm bench NAME… [--json]`: speed as ratios to a baseline of the same run. Progress goes to standard error. */
import { parseArgs } from 'node:util';
import { benchChat } from './chat.mjs';
import { benchFlood } from './flood.mjs';
import { benchGrowth } from './growth.mjs';
import { benchMail } from './mail.mjs';
import { benchMemory } from './memory.mjs';
import { benchNodes } from './nodes.mjs';
import { killAll } from './processes.mjs';
import { report } from './report.mjs';
import { benchRouting } from './routing.mjs';
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
  mail: benchMail,
  routing: benchRouting,
};

const usage = `pnpm bench NAME… [--json] [--write] [--repetitions 3] [--seconds 5] [--conversations 50,200,1000] [--small]
  NAME      ${Object.keys(benches).join(', ')}, all, or report (only makes the page anew)
  --json    print one object {"figures": […]}
  --write   keep the figures in docs/performance.json and make docs/performance.md and its picture anew
  --small   a shorter form, to see that a bench works: its figures mean little`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    repetitions: { type: 'string' },
    seconds: { type: 'string' },
    conversations: { type: 'string', default: '50,200,1000' },
  },
});
if (positionals[0] === 'report') {
  report([]);
  process.exit(0);
}
const all = positionals[0] === 'all'; // shorter runs, so that all of it takes a quarter of an hour
const names = all ? Object.keys(benches) : positionals;
if (names.length === 0 || !names.every((name) => name in benches)) {
  console.error(usage);
  process.exit(2);
}
const options = {
  small: values.small,
  repetitions: Number(values.repetitions ?? (values.small ? 1 : 3)),
  seconds: Number(values.seconds ?? (values.small ? 2 : all ? 3 : 5)),
  conversations: values.conversations.split(',').map(Number),
  say: (line) => console.error(line),
};
const figures = [];
for (const name of names) {
  const began = Date.now();
  try {
    const found = await benches[name](options);
    figures.push(...found);
    if (values.write) report(found);
  } catch (error) {
    console.error(`The bench ${name} failed: ${error.stack}`);
    process.exitCode = 1;
    killAll();
  }
  console.error(`${name} took ${Math.round((Date.now() - began) / 1000)} s`);
}
if (values.json) console.log(JSON.stringify({ figures }));
else console.table(figures.map(({ bar, ...figure }) => ({ ...figure, bar: bar ? JSON.stringify(bar) : '' })));
process.exit();
