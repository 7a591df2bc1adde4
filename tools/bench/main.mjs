/** `pnpm bench NAME [--json] [--repetitions N] [--seconds S] [--conversations 50,200]`: speed as ratios to a baseline of the same run. */
import { parseArgs } from 'node:util';
import { benchChat } from './chat.mjs';

const benches = { chat: benchChat };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    repetitions: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    conversations: { type: 'string', default: '50,200' },
  },
});
const bench = benches[positionals[0]];
if (!bench) {
  console.error(`Which bench? ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
const figures = await bench({
  repetitions: Number(values.repetitions),
  seconds: Number(values.seconds),
  conversations: values.conversations.split(',').map(Number),
  say: (line) => console.error(line),
});
if (values.json) console.log(JSON.stringify({ figures }));
else console.table(figures);
process.exit(0);
