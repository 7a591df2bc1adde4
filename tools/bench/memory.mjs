/** What an idle visitor costs in memory, beside an idle connection of a bare Socket.IO server. */
import { compared, measured } from './figures.mjs';
import { inspectable, settledMemory } from './garbage.mjs';
import { startHelpline } from './load.mjs';
import { freePort, lineOf, loadCore, serverCore, start, stop, withMongo } from './processes.mjs';

export const benchMemory = ({ small, say }) =>
  withMongo(say, async (mongo) => {
    const count = small ? 500 : 5_000;
    const inspector = await freePort();
    const startBare = async () => {
      const child = start(serverCore, [...inspectable(inspector), 'tools/bench/idle-baseline.mjs']);
      return { child, port: Number(await lineOf(child, (line) => /^\d+$/.test(line))) };
    };
    const startOurs = () => startHelpline(mongo, { nodeOptions: inspectable(inspector) });
    const bare = await benchServer(startBare, 'bare', { count, inspector, say });
    const ours = await benchServer(startOurs, 'ours', { count, inspector, say });
    return [
      compared('memory.per-visitor', 'bytes', ours.idle, bare.idle, { atMost: 1.3 }),
      measured('memory.per-visitor-in-conversation', 'bytes', ours.chatting),
    ];
  });

/** A first crowd comes and goes, so that what a server keeps for any crowd is there before the count begins. */
async function benchServer(startServer, kind, { count, inspector, say }) {
  const { child, port } = await startServer();
  const clients = start(loadCore, ['tools/bench/idle-clients.mjs', '--port', String(port), '--kind', kind]);
  const tell = async (line) => {
    const done = lineOf(clients, (answer) => answer === `done ${line}`);
    clients.stdin.write(`${line}\n`);
    await done;
  };
  const settled = () => settledMemory(child.pid, inspector);
  await tell(`connect ${count - 1}`);
  await tell('leave');
  const empty = await settled();
  await tell(`connect ${count}`);
  const idle = ((await settled()) - empty) / count;
  say(`memory: ${kind}, ${Math.round(idle)} bytes an idle connection`);
  if (kind === 'ours') await tell('chat');
  const chatting = kind === 'ours' ? ((await settled()) - empty) / count : idle;
  await stop(clients);
  await stop(child);
  return { idle, chatting };
}
