// Visitors in conversations who lose their server at once and come back to another one as the SDK does. Lines on
// standard input: `settle N` (sessions, conversations and links at --port), then `move PORT` just before the server dies.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connectVisitor, eachOf, openSession } from './clients.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' } } });
let next = Number(values.port);
let waiting = 0;
const times = [];

/** The reconnection of socket.io-client as packages/sdk/src/connection.ts sets it. */
const delayMs = (tries) => Math.min(4_000, 1_000 * 2 ** tries * (1 + 0.9 * (2 * Math.random() - 1)));

async function settle(i) {
  const token = await openSession(next);
  let lost;
  const gone = new Promise((resolve) => {
    lost = resolve;
  });
  const visitor = await connectVisitor(next, token, { onClose: () => lost() });
  const { conversationId, entry } = await visitor.call('visitor.start', { clientId: `storm-${i}`, text: 'Hello' });
  gone.then(() => comeBack(token, conversationId, entry.n));
}

/** What the SDK asks when its link is back: the entries after the one it holds. One is missing, and must come. */
async function comeBack(token, conversationId, head) {
  const began = performance.now();
  for (let tries = 0; ; tries++) {
    await sleep(delayMs(tries));
    try {
      const visitor = await connectVisitor(next, token);
      const page = await visitor.call('visitor.sync', { conversationId, after: head - 1 });
      if (page.head !== head || page.entries.length !== 1) throw new Error(`${conversationId} is not caught up.`);
      break;
    } catch (error) {
      if (tries > 100) throw error;
    }
  }
  times.push(performance.now() - began);
  if (times.length === waiting) console.log(`caught-up ${JSON.stringify(times)}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, value] = line.split(' ');
  if (name === 'move') next = Number(value);
  else {
    waiting = Number(value);
    await eachOf(waiting, 50, settle);
  }
  console.log(`done ${line}`);
}
