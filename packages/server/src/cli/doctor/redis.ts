import { createClient } from '@redis/client';
import { type Check, failure, inTime, messageOf, ok, warning } from './check.js';

const patienceMs = 5_000;
const name = 'Redis';

/** Only hints go through Redis, so nothing here is worse than slow lists. */
export async function checkRedis(url: string | null): Promise<Check[]> {
  if (!url) return [ok(name, 'REDIS_URL is not set: nodes hear of each other through MongoDB')];
  const socket = { connectTimeout: patienceMs, reconnectStrategy: false as const };
  const client = createClient({ url, disableOfflineQueue: true, socket });
  client.on('error', () => {}); // told by the call that waits for it
  try {
    await inTime(patienceMs, client.connect());
    const began = performance.now();
    await inTime(patienceMs, client.ping());
    const ms = Math.round(performance.now() - began);
    return [ok(name, `answers in ${ms} ms`), await policy(client.configGet('maxmemory-policy'))];
  } catch (error) {
    const todo =
      'Start it, or put REDIS_URL right. Until then nodes show each other’s changes some seconds late; nothing is lost.';
    return [failure(name, messageOf(error), todo)];
  } finally {
    client.destroy();
  }
}

/** Not every host of Redis lets its settings be read. */
async function policy(asked: Promise<Record<string, string>>): Promise<Check> {
  const settings = await inTime(patienceMs, asked).catch(() => null);
  const found = settings?.['maxmemory-policy'];
  if (!found) return ok('Redis memory policy', 'the server does not say');
  const todo =
    'Give Helpline a Redis of its own with maxmemory-policy noeviction: one that is a cache has other worries.';
  return found === 'noeviction' ? ok('Redis memory policy', found) : warning('Redis memory policy', found, todo);
}
