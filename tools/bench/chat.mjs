/** Persisted chat under the fixed load, as fast as it goes: ours beside the three fixed servers in the same run. */
import { compared, medianOf } from './figures.mjs';
import { runLoad, startBaseline, startHelplineAnew, told } from './load.mjs';
import { stop, withMongo } from './processes.mjs';

const bars = {
  200: { 'vs-plain': { atLeast: 6 }, 'vs-ceiling': { atLeast: 0.6 } },
  50: { 'vs-ceiling': { atLeast: 0.6 } },
  1000: { 'vs-ceiling': { atLeast: 0.6 } },
};

export const benchChat = ({ conversations, repetitions, seconds, say }) =>
  withMongo(say, async (mongo) => {
    const figures = [];
    for (const count of conversations) figures.push(...(await benchCount(count, { repetitions, seconds, say, mongo })));
    return figures;
  });

async function benchCount(count, { repetitions, seconds, say, mongo }) {
  const servers = {
    echo: () => startBaseline('echo', mongo.uri),
    plain: () => startBaseline('plain', mongo.uri),
    ceiling: () => startBaseline('ceiling', mongo.uri),
    ours: () => startHelplineAnew(mongo),
  };
  const results = { echo: [], plain: [], ceiling: [], ours: [] };
  for (let i = 0; i < repetitions; i++)
    for (const [name, startServer] of Object.entries(servers)) {
      if (name === 'echo' && i > 0) continue; // far from anything that is stored: once is enough
      const { child, port } = await startServer();
      const watched = { server: child.pid, mongod: mongo.pid };
      const result = await runLoad({ port, conversations: count, seconds, ours: name === 'ours', watched });
      await stop(child);
      results[name].push({ ...result, ...result.cpu });
      say(`chat: ${count} conversations, ${name.padEnd(7)} ${told(result)}`);
    }
  return figuresOf(count, results);
}

function figuresOf(count, results) {
  const figure = (name, unit, key, other) =>
    compared(
      `chat.${count}.${name}`,
      unit,
      medianOf(results.ours, key),
      medianOf(results[other], key),
      bars[count]?.[name],
    );
  return [
    figure('vs-plain', 'messages/s', 'rate', 'plain'),
    figure('p99-vs-plain', 'ms', 'p99', 'plain'),
    figure('p50-vs-plain', 'ms', 'p50', 'plain'),
    figure('vs-ceiling', 'messages/s', 'rate', 'ceiling'),
    figure('p99-vs-ceiling', 'ms', 'p99', 'ceiling'),
    figure('p50-vs-ceiling', 'ms', 'p50', 'ceiling'),
    figure('vs-echo', 'messages/s', 'rate', 'echo'),
    figure('server-cpu-vs-ceiling', 'µs/message', 'server', 'ceiling'),
    figure('mongod-cpu-vs-ceiling', 'µs/message', 'mongod', 'ceiling'),
    figure('server-cpu-vs-plain', 'µs/message', 'server', 'plain'),
    figure('mongod-cpu-vs-plain', 'µs/message', 'mongod', 'plain'),
  ];
}
