// Agents who watch the conversations given on the command line. `count` on standard input: how many links have ended.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { connectAgent, eachOf, signIn } from './clients.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { port: { type: 'string' }, agents: { type: 'string' } },
});
const port = Number(values.port);
const cookie = await signIn(port);
let ended = 0;
await eachOf(Number(values.agents), 1, async () => {
  const agent = await connectAgent(port, cookie, { onClose: () => ended++ });
  for (const conversationId of positionals) await agent.call('conversation.watch', { conversationId });
});
console.log('watching');
for await (const line of createInterface({ input: process.stdin })) if (line === 'count') console.log(`ended ${ended}`);
