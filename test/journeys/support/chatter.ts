import { createVisitorClient, type KeyValue, type VisitorClient } from '@helpline/sdk';
import type { House } from './house.js';

const inFlight = 3;

/** A visitor who chats by the SDK and goes on whatever becomes of the server. */
export class Chatter {
  readonly name: string;
  readonly client: VisitorClient;
  readonly said: string[] = [];
  readonly #open: () => VisitorClient;

  constructor(house: House, name: string, inbox = 'web_tulip_garden') {
    const storage = memory();
    const { url } = house.ready;
    this.name = name;
    this.#open = () => createVisitorClient({ serverUrl: url, inbox, storage, origin: url });
    this.client = this.#open();
  }

  /** Says one thing after the other, a few at a time. */
  async chat(lines: number): Promise<void> {
    for (let line = 0; line < lines; line += 1) {
      await this.#until(() => this.client.outgoing.length < inFlight);
      const text = `${this.name} says ${this.said.length + 1}`;
      this.client.send(text);
      this.said.push(text);
    }
    await this.#until(() => this.client.outgoing.length === 0);
  }

  /** What the server has confirmed, as this client holds it. */
  get confirmed(): string[] {
    return ownTexts(this.client);
  }

  /** What a page that is opened again gets. */
  async readAgain(): Promise<string[]> {
    const client = this.#open();
    await client.connect();
    const head = client.session?.conversation?.head ?? 0;
    await whenChanged(client, () => client.entries.length >= head);
    client.close();
    return ownTexts(client);
  }

  #until(condition: () => boolean): Promise<void> {
    return whenChanged(this.client, condition);
  }
}

function ownTexts({ entries }: VisitorClient): string[] {
  return entries.flatMap((entry) => (entry.type === 'message' && entry.from.kind === 'you' ? [entry.text] : []));
}

async function whenChanged(client: VisitorClient, condition: () => boolean): Promise<void> {
  if (condition()) return;
  await new Promise<void>((resolve) => {
    const stop = client.on('changed', () => {
      if (!condition()) return;
      stop();
      resolve();
    });
  });
}

function memory(): KeyValue {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}
