import { setTimeout as sleep } from 'node:timers/promises';
import { createVisitorClient, type VisitorClient } from '@helpline/sdk';
import { SignJWT } from 'jose';
import { chatInbox, identitySecret } from '../cluster/people.js';
import { type ClientView, keyOf } from '../history.js';
import type { Participant, Role } from './participant.js';
import { memory, unlessRefused } from './sdk-visitor.js';
import { Sends } from './sends.js';
import { waitUntil } from './wait.js';

/** A customer we know, who asks in the chat and is gone before anybody answers: the answer follows him by mail. */
export class Leaver implements Participant {
  readonly name: string;
  readonly #role: Role;
  readonly #address: string;
  readonly #sends = new Sends();
  readonly #storage = memory();
  #said = 0;
  #epoch = 0;
  #resting = false;
  #closed = false;
  #busy = false;

  constructor(role: Role, address: string) {
    this.name = role.name;
    this.#role = role;
    this.#address = address;
  }

  async start(): Promise<void> {
    void this.#work();
  }

  rest(): void {
    this.#resting = true;
  }

  isIdle(): boolean {
    return this.#resting && !this.#busy;
  }

  /** He is not there to look. */
  async views(): Promise<ClientView[]> {
    return [];
  }

  async close(): Promise<void> {
    this.#resting = true;
    this.#closed = true;
  }

  async #work(): Promise<void> {
    while (!this.#resting) {
      this.#busy = true;
      await this.#visit();
      this.#busy = false;
      await sleep(2_000 + 2_000 * this.#role.random.next());
    }
  }

  /** One question, in one visit; he stays until it is confirmed. */
  async #visit(): Promise<void> {
    const { name, history, node, url } = this.#role;
    const client = createVisitorClient({ serverUrl: url, inbox: chatInbox, storage: this.#storage, origin: url });
    if (await this.#identify(client)) {
      const key = keyOf(name, ++this.#said);
      const text = `${name} asks and leaves: ${key}`;
      const conv = client.conversationId;
      const head = { proc: name, node, epoch: ++this.#epoch, key, text, ...(conv && { conv }) };
      this.#sends.add(client.send(text), history.invoke({ ...head, f: conv ? 'send' : 'start' }));
      const found = () => (client.conversationId ? { conv: client.conversationId } : {});
      client.on('changed', () => this.#sends.look(found));
      await waitUntil(() => this.#sends.count === 0 || this.#closed, { upToMs: Number.POSITIVE_INFINITY });
    }
    client.close();
    this.#sends.giveUp();
  }

  async #identify(client: VisitorClient): Promise<boolean> {
    const token = await new SignJWT({ email: this.#address, name: this.name })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(this.name)
      .setAudience(chatInbox)
      .setIssuedAt()
      .setExpirationTime('10 minutes')
      .sign(new TextEncoder().encode(identitySecret));
    const identify = async () => {
      await client.connect();
      await client.identify(token);
      return true;
    };
    return identify().catch(unlessRefused);
  }
}
