import { setTimeout as sleep } from 'node:timers/promises';
import { HelplineError } from '@helpline/sdk';
import { type AgentClient, type AgentConversation, createAgentClient } from '@helpline/sdk/agent';
import { type ClientView, keyIn, keyOf, type NewRecord } from '../history.js';
import type { Participant, Role } from './participant.js';
import { Sends } from './sends.js';

export interface AgentRole extends Role {
  agentId: string;
  cookie: string;
  /** Whether he takes what routing gives him, or looks into what others work on. */
  takesPart: 'own' | 'others';
}

/** An agent at work by the SDK: watches, answers what he has seen, notes, resolves, assigns. */
export class SdkAgent implements Participant {
  readonly name: string;
  readonly agentId: string;
  readonly #role: AgentRole;
  readonly #client: AgentClient;
  readonly #open = new Map<string, Desk>();
  #said = 0;
  #resting = false;
  #busy = false;
  #closed = false;

  constructor(role: AgentRole) {
    this.name = role.name;
    this.agentId = role.agentId;
    this.#role = role;
    this.#client = createAgentClient({ serverUrl: role.url, cookie: role.cookie });
  }

  async start(): Promise<void> {
    this.#client.connect();
    void this.#work();
  }

  rest(): void {
    this.#resting = true;
  }

  isIdle(): boolean {
    return this.#resting && !this.#busy && [...this.#open.values()].every(({ sends }) => sends.count === 0);
  }

  async views(): Promise<ClientView[]> {
    return [...this.#open.values()].map(({ conversation }) => ({
      proc: this.name,
      source: 'sdk',
      who: { kind: 'agent', agentId: this.agentId },
      conv: conversation.id,
      entries: conversation.entries.map(({ seq, type, id, payload }) => ({ n: seq, type, id, text: textIn(payload) })),
      pending: conversation.outgoing.length,
    }));
  }

  async close(): Promise<void> {
    this.#resting = true;
    this.#closed = true;
    this.#client.close();
    for (const { sends } of this.#open.values()) sends.giveUp();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    let available = this.#role.takesPart === 'others';
    while (!this.#resting) {
      await sleep(150 + 250 * this.#role.random.next());
      if (this.#resting) break;
      await quietly(async () => {
        if (!available) await this.#client.setAvailability('available');
        available = true;
        await this.#lookAround();
        for (const desk of this.#open.values()) await this.#attend(desk);
      });
    }
    this.#busy = false;
  }

  async #lookAround(): Promise<void> {
    const { takesPart, random } = this.#role;
    const { items } = await this.#client.list({ view: takesPart === 'own' ? 'mine' : 'open' });
    this.#note({ f: 'list', type: 'ok', convs: items.map(({ id }) => id) });
    const unopened = items.filter(({ id }) => !this.#open.has(id));
    const chosen = takesPart === 'own' ? unopened : unopened.filter(() => random.chance(0.2)).slice(0, 1);
    for (const { id } of chosen) await this.#openConversation(id);
  }

  async #openConversation(id: string): Promise<void> {
    const conversation = await this.#client.open(id);
    const desk: Desk = { conversation, sends: new Sends(), received: 0 };
    this.#open.set(id, desk);
    conversation.on('changed', () => this.#look(desk));
    this.#look(desk);
  }

  /** What he does about a conversation this time; mostly nothing. */
  async #attend(desk: Desk): Promise<void> {
    const { random } = this.#role;
    const { conversation, sends } = desk;
    const newest = conversation.entries.filter(({ type }) => type === 'message').at(-1);
    if (sends.count > 0 || !newest || this.#resting) return;
    const isOver = conversation.conversation?.status === 'resolved';
    const waits = newest.actor.kind !== 'agent' && !isOver;
    const addsByMail = !isOver && conversation.conversation?.channel === 'email';
    const whim = random.next();
    if ((waits && whim < 0.35) || (addsByMail && whim < 0.15)) this.#write(desk, 'reply');
    else if (whim > 0.99) this.#write(desk, 'note');
    else if (!waits && !isOver && whim > 0.97) await this.#decide(desk, 'resolve', () => conversation.resolve());
    else if (this.#role.takesPart === 'others' && whim > 0.96)
      await this.#decide(desk, 'assign', () => conversation.assign(random.pick(['ana', 'ben', 'dana'])));
  }

  #write({ conversation, sends }: Desk, kind: 'reply' | 'note'): void {
    const key = keyOf(this.name, ++this.#said);
    const text = `${this.name} ${kind === 'reply' ? 'answers' : 'notes'} ${key}`;
    const ending = this.#role.history.invoke({ ...this.#head, f: kind, conv: conversation.id, key, text });
    sends.add(kind === 'reply' ? conversation.reply(text) : conversation.note(text), ending);
  }

  async #decide({ conversation }: Desk, f: 'resolve' | 'assign', decide: () => Promise<void>): Promise<void> {
    const ending = this.#role.history.invoke({ ...this.#head, f, conv: conversation.id });
    try {
      await decide();
      ending('ok');
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      ending(error.code === 'timeout' || error.code === 'internal' ? 'info' : 'fail', { error: error.code });
    }
  }

  #look(desk: Desk): void {
    if (this.#closed) return;
    const { conversation, sends } = desk;
    const conv = conversation.id;
    sends.look(
      (clientId) => {
        const seq = conversation.entries.find((entry) => entry.clientId === clientId)?.seq;
        return seq === undefined ? {} : { seq };
      },
      ({ clientId }) => conversation.discard(clientId),
    );
    const news = conversation.entries.slice(desk.received);
    desk.received = conversation.entries.length;
    for (const { seq, payload } of news) {
      const key = keyIn(textIn(payload));
      this.#note({ f: 'recv', type: 'ok', conv, seq, ...(key && { key }) });
    }
  }

  get #head() {
    return { proc: this.name, node: this.#role.node };
  }

  #note(record: Omit<NewRecord, 'proc'>): void {
    this.#role.history.record({ ...this.#head, ...record });
  }
}

interface Desk {
  conversation: AgentConversation;
  sends: Sends;
  received: number;
}

const textIn = (payload: unknown): string =>
  typeof payload === 'object' && payload !== null && 'text' in payload ? String(payload.text) : '';

/** The server is away: he looks again. */
async function quietly(work: () => Promise<void>): Promise<void> {
  await work().catch((error) => {
    if (!(error instanceof HelplineError)) throw error;
  });
}
