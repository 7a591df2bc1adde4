import { setTimeout as sleep } from 'node:timers/promises';
import { createVisitorClient, HelplineError, type KeyValue, type VisitorClient } from '@helpline/sdk';
import { chatInbox } from '../cluster/people.js';
import { type ClientView, keyIn, keyOf } from '../history.js';
import type { Participant, Role } from './participant.js';
import { Sends } from './sends.js';
import { waitUntil } from './wait.js';

export interface VisitorRole extends Role {
  /** Shared by the tabs of one browser. */
  storage: KeyValue;
  /** Milliseconds between two messages, about. */
  paceMs: number;
  /** How often he begins anew as another visitor, of all times he could write. */
  leaves?: number;
}

const atOnce = 3;

/** A visitor who chats by the SDK: a few messages on their way at once, now and then a new conversation. */
export class SdkVisitor implements Participant {
  readonly name: string;
  readonly #role: VisitorRole;
  readonly #received = new Map<string, number>();
  #storage: KeyValue;
  #client: VisitorClient;
  #sends = new Sends();
  #epoch = 0;
  #said = 0;
  #resting = false;
  #work: Promise<void> | null = null;

  constructor(role: VisitorRole) {
    this.name = role.name;
    this.#role = role;
    this.#storage = role.storage;
    this.#client = this.#open();
  }

  async start(): Promise<void> {
    this.#work = this.#chat();
  }

  rest(): void {
    this.#resting = true;
  }

  isIdle(): boolean {
    return this.#resting && this.#sends.count === 0 && this.#client.outgoing.length === 0;
  }

  async views({ fresh } = { fresh: true }): Promise<ClientView[]> {
    const views = [this.#viewOf(this.#client)];
    if (fresh && this.#client.conversationId) views.push(await this.#freshView());
    return views;
  }

  async close(): Promise<void> {
    this.#resting = true;
    this.#client.close();
    await this.#work;
    this.#sends.giveUp();
  }

  async #chat(): Promise<void> {
    const { random, paceMs, leaves = 0 } = this.#role;
    await this.#connect(this.#client);
    while (!this.#resting) {
      await sleep(paceMs * (0.5 + random.next()));
      if (this.#resting) return;
      if (this.#sends.count === 0 && random.chance(leaves)) await this.#beginAnew();
      else if (this.#sends.count < atOnce) this.#say();
    }
  }

  #say(): void {
    const { name, history, node } = this.#role;
    const key = keyOf(name, ++this.#said);
    const text = `${name} asks ${key}`;
    const conv = this.#client.conversationId;
    const f = conv ? 'send' : 'start';
    const ending = history.invoke({ proc: name, f, key, text, node, epoch: this.#epoch, ...(conv && { conv }) });
    this.#sends.add(this.#client.send(text), ending);
  }

  /** Another visitor on the same machine: nothing is left of the one before. */
  async #beginAnew(): Promise<void> {
    this.#client.close();
    this.#storage = memory();
    this.#epoch += 1;
    this.#received.clear();
    this.#client = this.#open();
    await this.#connect(this.#client);
  }

  #open(): VisitorClient {
    const { url } = this.#role;
    const client = createVisitorClient({ serverUrl: url, inbox: chatInbox, storage: this.#storage, origin: url });
    client.on('changed', () => {
      if (client === this.#client) this.#look();
    });
    return client;
  }

  /** As a page does that is loaded again until it works. */
  async #connect(client: VisitorClient): Promise<void> {
    for (let connected = false; !connected && !this.#resting; ) {
      connected = await client.connect().then(() => true, unlessRefused);
      if (!connected) await sleep(300);
    }
  }

  #look(): void {
    const client = this.#client;
    const conv = client.conversationId ?? undefined;
    this.#sends.look((clientId) => {
      const pub = client.entries.find((entry) => entry.clientId === clientId)?.n;
      return { ...(conv && { conv }), ...(pub && { pub }) };
    });
    if (!conv) return;
    const known = this.#received.get(conv) ?? 0;
    this.#received.set(conv, client.entries.length);
    for (const entry of client.entries.slice(known)) {
      const key = entry.type === 'message' ? keyIn(entry.text) : undefined;
      const { name: proc, history, node } = this.#role;
      const raw = JSON.stringify(entry);
      history.record({
        proc,
        type: 'ok',
        f: 'recv',
        epoch: this.#epoch,
        node,
        conv,
        pub: entry.n,
        raw,
        ...(key && { key }),
      });
    }
  }

  /** What a page gets that is opened now. */
  async #freshView(): Promise<ClientView> {
    const { url } = this.#role;
    const client = createVisitorClient({ serverUrl: url, inbox: chatInbox, storage: this.#storage, origin: url });
    await client.connect().catch(unlessRefused);
    await waitUntil(() => client.entries.length >= (client.session?.conversation?.head ?? 1), { upToMs: 15_000 });
    client.close();
    return { ...this.#viewOf(client), fresh: true };
  }

  #viewOf({ conversationId, entries, outgoing, unread }: VisitorClient): ClientView {
    return {
      proc: this.name,
      epoch: this.#epoch,
      source: 'sdk',
      who: { kind: 'visitor' },
      conv: conversationId,
      entries: entries.map((entry) => ({
        n: entry.n,
        type: entry.type,
        text: entry.type === 'message' ? entry.text : '',
      })),
      pending: outgoing.length,
      unread,
    };
  }
}

/** A server that is away is looked for again; anything else is a bug of ours. */
export function unlessRefused(error: unknown): false {
  if (!(error instanceof HelplineError)) throw error;
  return false;
}

export function memory(): KeyValue {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}
