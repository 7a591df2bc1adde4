import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Carrier } from './nodes.js';
import { RedisLink } from './redis-link.js';

/**
 * Over Redis, by the Redis Streams adapter. Of it only what servers tell each other is used, which goes by publish and
 * subscribe and is stored nowhere; its stream, for what is broadcast to rooms, stays empty and is not read.
 */
export function overRedis(url: string, house: string): Carrier {
  const link = new RedisLink(url, house);
  const kind = { sSubscribe() {} }; // by this the adapter tells one client library from the other
  const listening = {
    ...kind,
    on() {},
    async connect() {},
    disconnect() {},
    subscribe: (channels: string[], listener: (payload: Buffer) => void) => link.subscribe(channels, listener),
    xRead: () => new Promise(() => {}),
  };
  const publishing = {
    ...kind,
    duplicate: () => listening,
    publish: (channel: string, payload: Buffer) => link.publish(channel, payload),
  };
  return {
    name: 'redis',
    adapter: createAdapter(publishing, { channelPrefix: house }),
    gatherMs: 0,
    connected: () => link.alive,
    close: () => link.close(),
  };
}
