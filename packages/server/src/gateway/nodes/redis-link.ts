import { createClient } from '@redis/client';
import { sleep } from '../../platform/clock.js';
import { newId } from '../../platform/ids.js';

const beatMs = 1_000;
const silentMs = 4_000;
const unansweredAtMost = 1_000;

type Client = ReturnType<typeof open>;
type Listener = (payload: Buffer) => void;

/**
 * A link to Redis that no state of Redis can harm: what can't be published at once is dropped, and a link over which
 * this node does not hear its own beat (down, frozen, cut off) is made anew.
 */
export class RedisLink {
  readonly #url: string;
  readonly #listeners = new Map<string, Listener>();
  readonly #beat: string;
  readonly #closing = new AbortController();
  readonly #keeping: Promise<void>;
  #publisher: Client | null = null;
  #subscriber: Client | null = null;
  #unanswered = 0;
  #heardAt = Number.NEGATIVE_INFINITY;

  constructor(url: string, house: string) {
    this.#url = url;
    this.#beat = `${house}:beat:${newId()}`;
    this.#listeners.set(this.#beat, () => {
      this.#heardAt = performance.now();
    });
    this.#keeping = this.#keep();
  }

  get alive(): boolean {
    return performance.now() - this.#heardAt < silentMs;
  }

  subscribe(channels: string[], listener: Listener): void {
    for (const channel of channels) {
      this.#listeners.set(channel, listener);
      void this.#subscriber?.subscribe(channel, listener, true).catch(dropped);
    }
  }

  async publish(channel: string, payload: Buffer | string): Promise<void> {
    if (!this.#publisher?.isReady || this.#unanswered >= unansweredAtMost) return;
    this.#unanswered++;
    await this.#publisher.publish(channel, payload).catch(dropped);
    this.#unanswered--;
  }

  /** What was published just now still gets a moment to go out. */
  async close(): Promise<void> {
    for (let waited = 0; this.#unanswered > 0 && waited < 500; waited += 10) await sleep(10);
    this.#closing.abort();
    await this.#keeping;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const publisher = this.#open();
      const subscriber = this.#open();
      const end = () => {
        publisher.destroy();
        subscriber.destroy();
      };
      signal.addEventListener('abort', end, { once: true });
      try {
        await Promise.all([publisher.connect(), subscriber.connect()]);
        for (const [channel, listener] of this.#listeners) await subscriber.subscribe(channel, listener, true);
        this.#publisher = publisher;
        this.#subscriber = subscriber;
        await this.#whileHeard(signal);
      } catch {
        // as good as silent
      }
      this.#publisher = null;
      this.#subscriber = null;
      signal.removeEventListener('abort', end);
      end();
      await sleep(500 + 500 * Math.random(), signal);
    }
  }

  #open(): Client {
    const client = open(this.#url);
    client.on('error', () => {
      this.#heardAt = Number.NEGATIVE_INFINITY;
    });
    return client;
  }

  async #whileHeard(signal: AbortSignal): Promise<void> {
    this.#heardAt = performance.now();
    while (this.alive && !signal.aborted) {
      void this.publish(this.#beat, '');
      await sleep(beatMs, signal);
    }
  }
}

const open = (url: string) =>
  createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: silentMs, socketTimeout: silentMs, reconnectStrategy: false },
  });

function dropped(): void {}
