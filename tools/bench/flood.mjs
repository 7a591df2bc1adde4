/** One visitor floods a server whose limits are on: what the others notice of it. */
import { compared, medianOf } from './figures.mjs';
import { runLoad, startHelpline, told } from './load.mjs';
import { lineOf, loadCore, start, stop, withMongo } from './processes.mjs';

const conversations = 200;
const rate = 100;
const floodRate = 2_000;

export const benchFlood = ({ repetitions, seconds, say }) =>
  withMongo(say, async (mongo) => {
    const results = { calm: [], flooded: [] };
    for (let i = 0; i < repetitions; i++)
      for (const name of Object.keys(results)) {
        // Only the address of the agents is spared; each visitor has one of his own, as behind a load balancer.
        const { child, port } = await startHelpline(mongo, { env: { HELPLINE_TRUSTED_PROXIES: '127.0.0.1' } });
        const flooder = name === 'flooded' ? await startFlooder(port) : null;
        const result = await runLoad({
          port,
          conversations,
          rate,
          seconds,
          ours: true,
          env: { HELPLINE_BENCH_ADDRESSES: '1' },
          watched: { server: child.pid },
        });
        if (flooder) await stop(flooder);
        await stop(child);
        results[name].push(result);
        say(`flood: ${name.padEnd(7)} ${told(result)}`);
      }
    return [
      compared('flood.others-p99', 'ms', medianOf(results.flooded, 'p99'), medianOf(results.calm, 'p99'), {
        atMost: 1.5,
      }),
      compared('flood.others-p50', 'ms', medianOf(results.flooded, 'p50'), medianOf(results.calm, 'p50')),
    ];
  });

async function startFlooder(port) {
  const flooder = start(loadCore, ['tools/bench/flooder.mjs', '--port', String(port), '--rate', String(floodRate)]);
  await lineOf(flooder, (line) => line === 'floods');
  return flooder;
}
