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
    return [ok(name, `answers in ${ms} ms`), await policy(client)];
  } catch (error) {
    const todo =
      'Start it, or put REDIS_URL right. Until then nodes show each other’s changes some seconds late; nothing is lost.';
    return [failure(name, messageOf(error), todo)];
  } finally {
    client.destroy();
  }
}

interface AsksConfig {
  sendCommand(command: string[]): Promise<unknown>;
}

async function policy(client: AsksConfig): Promise<Check> {
  const answer = await inTime(patienceMs, client.sendCommand(['CONFIG', 'GET', 'maxmemory-policy'])).catch(() => null);
  const found = Array.isArray(answer) ? String(answer[1]) : null;
  if (found === null) return ok('Redis memory policy', 'the server does not say');
  return found === 'noeviction'
    ? ok('Redis memory policy', found)
    : warning(
        'Redis memory policy',
        found,
        'Give Helpline a Redis of its own with maxmemory-policy noeviction: a cache’s Redis is emptied under load.',
      );
}
