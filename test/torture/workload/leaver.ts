import { createVisitorClient, type VisitorClient } from '@helpline/sdk';
import { SignJWT } from 'jose';
import { chatInbox, identitySecret } from '../cluster/people.js';
import { keyOf } from '../history.js';
import type { Role } from './participant.js';
import { memory, unlessRefused } from './sdk-visitor.js';
import { Sends } from './sends.js';
import { waitUntil } from './wait.js';
import { Writer } from './writer.js';

/** A customer we know, who asks in the chat and is gone before anybody answers: the answer follows him by mail. */
export class Leaver extends Writer {
  readonly #role: Role;
  readonly #address: string;
  readonly #sends = new Sends();
  readonly #storage = memory();
  #said = 0;
  #epoch = 0;
  #closed = false;

  constructor(role: Role, address: string) {
    super(role, { atLeastMs: 2_000, spreadMs: 2_000 });
    this.#role = role;
    this.#address = address;
  }

  override async close(): Promise<void> {
    await super.close();
    this.#closed = true;
  }

  /** One question, in one visit; he stays until it is confirmed. */
  protected async write(): Promise<void> {
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
