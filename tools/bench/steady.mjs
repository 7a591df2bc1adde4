/** Persisted chat at a steady pace over many conversations: how long a message takes when nothing is at its limit. */
import { compared, measured, medianOf } from './figures.mjs';
import { runLoad, startBaseline, startHelplineAnew, told } from './load.mjs';
import { stop, withMongo } from './processes.mjs';

const conversations = 1000;

export const benchSteady = ({ repetitions, seconds, say }) =>
  withMongo(say, async (mongo) => {
    const servers = { plain: () => startBaseline('plain', mongo.uri), ours: () => startHelplineAnew(mongo) };
    const at = async (rate, times) => {
      const results = { plain: [], ours: [] };
      for (let i = 0; i < times; i++)
        for (const [name, startServer] of Object.entries(servers)) {
          const { child, port } = await startServer();
          const result = await runLoad({ port, conversations, rate, seconds, ours: name === 'ours' });
          await stop(child);
          results[name].push(result);
          say(`steady: ${rate}/s, ${name.padEnd(5)} ${told(result)}`);
        }
      return results;
    };
    const calm = await at(300, repetitions);
    const brisk = await at(1000, 1);
    const ratio = (name, key, { ours, plain }, bar) =>
      compared(`chat.steady.${name}`, 'ms', medianOf(ours, key), medianOf(plain, key), bar);
    return [
      ratio('p99-vs-plain', 'p99', calm, { atMost: 0.5 }),
      ratio('p50-vs-plain', 'p50', calm),
      ratio('1000.p50-vs-plain', 'p50', brisk),
      ratio('1000.p99-vs-plain', 'p99', brisk),
      measured('chat.steady.1000.rate', 'messages/s', medianOf(brisk.ours, 'rate')),
      measured('chat.steady.1000.plain-rate', 'messages/s', medianOf(brisk.plain, 'rate')),
    ];
  });
