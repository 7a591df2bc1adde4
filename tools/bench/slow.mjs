/** Clients that take nothing in while much is said to them: what the server keeps for them, and whether it cuts them off. */
import { setTimeout as sleep } from 'node:timers/promises';
import { connectVisitor, eachOf, openSession } from './clients.mjs';
import { compared, measured } from './figures.mjs';
import { startHelpline } from './load.mjs';
import { forgetMost, lineOf, loadCore, memoryOf, start, stop, withMongo } from './processes.mjs';

const slowOnes = 20;
const talkers = 10;
const text = 'x'.repeat(8_000);
const megabyte = 1024 * 1024;

export const benchSlow = ({ seconds, say }) =>
  withMongo(say, async (mongo) => {
    const reading = await benchAgents(mongo, seconds, false);
    const stopped = await benchAgents(mongo, seconds, true);
    say(
      `slow: the server grew by ${reading.grown.toFixed(0)} MB with ${slowOnes} agents who read, by ${stopped.grown.toFixed(0)} MB with as many who do not; ${stopped.ended} were cut off after ${Math.round(stopped.said)} MB each`,
    );
    return [
      compared('slow.memory', 'MB', stopped.grown, reading.grown),
      measured('slow.memory-per-client', 'MB', Math.max(0, stopped.grown - reading.grown) / slowOnes),
      measured('slow.cut-off', 'clients', stopped.ended),
    ];
  });

/** Megabytes the server grew by at most while everything that is said goes to all agents, and how many it cut off. */
async function benchAgents(mongo, seconds, stopped) {
  const { child, port } = await startHelpline(mongo);
  const visitors = await eachOf(talkers, talkers, async () => connectVisitor(port, await openSession(port)));
  const started = await Promise.all(
    visitors.map((visitor, i) => visitor.call('visitor.start', { clientId: `slow-${i}`, text })),
  );
  const conversations = started.map(({ conversationId }) => conversationId);
  const agents = start(loadCore, [
    'tools/bench/slow-agents.mjs',
    '--port',
    String(port),
    '--agents',
    String(slowOnes),
    ...conversations,
  ]);
  await lineOf(agents, (line) => line === 'watching');
  await sleep(1_000);
  const before = memoryOf(child.pid).now;
  forgetMost(child.pid);
  if (stopped) agents.kill('SIGSTOP');
  const until = Date.now() + 2_000 * seconds;
  let sent = 0;
  await eachOf(talkers, talkers, async (i) => {
    while (Date.now() < until) {
      await visitors[i].call('visitor.send', {
        conversationId: conversations[i],
        clientId: `slow-${i}-${sent++}`,
        text,
      });
    }
  });
  const grown = (memoryOf(child.pid).most - before) / megabyte;
  agents.kill('SIGCONT');
  await sleep(2_000);
  agents.stdin.write('count\n');
  const ended = Number((await lineOf(agents, (line) => line.startsWith('ended'))).slice('ended '.length));
  for (const visitor of visitors) visitor.close();
  await stop(agents);
  await stop(child);
  return { grown, ended, said: (sent * text.length) / megabyte };
}
