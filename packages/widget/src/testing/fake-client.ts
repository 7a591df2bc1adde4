import type { Problem, QueuePlace, VisitorEntry, VisitorSession } from '@helpline/protocol';
import {
  type ConnectionState,
  HelplineError,
  type Outgoing,
  type SendState,
  type Unsubscribe,
  type VisitorClientEvents,
} from '@helpline/sdk';
import type { ChatClient } from '../chat-session.js';

type LeftMessage = Parameters<ChatClient['leaveMessage']>[0];
type Event = keyof VisitorClientEvents;

/** The SDK's visitor client as the widget sees it, with a server that does what the test says. */
export class FakeClient implements ChatClient {
  known = false;
  state: ConnectionState = 'idle';
  session: VisitorSession | null = null;
  conversationId: string | null = null;
  entries: VisitorEntry[] = [];
  /** What is there from earlier visits. */
  history: VisitorEntry[] = [];
  outgoing: Outgoing<string>[] = [];
  place: QueuePlace | null = null;
  hours: VisitorSession['hours'] = { isOpen: true, opensAt: null, asksForMessage: false };
  /** How often each of these was called. */
  readonly calls = { connect: 0, close: 0, typing: 0 };
  identity: string | null = null;
  /** The files that were asked for. */
  readonly files: string[] = [];
  /** What the next file is refused with. */
  refusesFile: Problem | null = null;
  /** The messages that were left, and what the next is refused with. */
  readonly left: LeftMessage[] = [];
  refusesLeft: Problem | null = null;
  /** What `connect` is refused with. */
  refusal: Problem | null = null;
  #seen = 0;
  #ids = 0;
  readonly #listeners = new Map<Event, Set<(event: never) => void>>();

  get unread(): number {
    return this.entries.filter((entry) => entry.n > this.#seen && entry.type === 'message' && entry.from.kind !== 'you')
      .length;
  }

  on = <K extends Event>(name: K, listener: (event: VisitorClientEvents[K]) => void): Unsubscribe => {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  };

  async connect(): Promise<void> {
    this.calls.connect += 1;
    await Promise.resolve();
    if (this.refusal) throw new HelplineError(this.refusal);
    const head = this.history.length;
    if (head > 0) this.conversationId = 'c1';
    this.session = {
      inbox: { name: 'Shop chat', brand: 'Tulip Garden' },
      visitor: { name: '', address: null, proof: 'none' },
      hours: this.hours,
      conversation: head > 0 ? { id: 'c1', head, seen: this.#seen, place: this.place } : null,
    };
    this.emit('changed', undefined);
    this.become('connected');
    await Promise.resolve();
    this.entries = [...this.history, ...this.entries];
    this.emit('changed', undefined);
  }

  close(): void {
    this.calls.close += 1;
    this.become('closed');
  }

  send(text: string): Outgoing<string> {
    this.#ids += 1;
    const outgoing = {
      clientId: `m${this.#ids}`,
      body: text,
      at: new Date().toISOString(),
      state: 'pending' as const,
      error: null,
    };
    this.outgoing = [...this.outgoing, outgoing];
    this.emit('changed', undefined);
    return outgoing;
  }

  retry(clientId: string): void {
    this.#mark(clientId, 'pending');
  }

  typing(): void {
    this.calls.typing += 1;
  }

  seen(): void {
    if (this.entries.length <= this.#seen) return;
    this.#seen = this.entries.length;
    this.emit('changed', undefined);
  }

  async leaveMessage(left: LeftMessage): Promise<void> {
    this.left.push(left);
    if (this.refusesLeft) throw new HelplineError(this.refusesLeft);
    this.session = this.session && { ...this.session, visitor: { ...this.session.visitor, address: left.address } };
    this.send(left.text);
    this.confirm();
  }

  async identify(token: string): Promise<void> {
    this.identity = token;
  }

  async fileLink(n: number, index: number): Promise<string> {
    this.files.push(`${n}.${index}`);
    if (this.refusesFile) throw new HelplineError(this.refusesFile);
    return URL.createObjectURL(new Blob(['a bill']));
  }

  /** The server takes the oldest message on its way. */
  confirm(): void {
    const [first, ...rest] = this.outgoing;
    if (!first) throw new Error('Nothing is on its way.');
    this.conversationId ??= 'c1';
    this.#append({
      type: 'message',
      clientId: first.clientId,
      from: { kind: 'you', name: '' },
      text: first.body,
      channel: 'chat',
      attachments: [],
    });
    this.outgoing = rest;
    this.emit('changed', undefined);
  }

  /** The server refuses the oldest message on its way. */
  refuse(): void {
    const [first] = this.outgoing;
    if (first) this.#mark(first.clientId, 'failed');
  }

  receive(name: string, text: string, more: Partial<Extract<VisitorEntry, { type: 'message' }>> = {}): void {
    this.conversationId ??= 'c1';
    this.#append({ type: 'message', from: { kind: 'agent', name }, text, channel: 'chat', attachments: [], ...more });
    this.emit('changed', undefined);
  }

  receiveStatus(to: 'open' | 'resolved' | 'closed'): void {
    this.#append({ type: 'status', from: { kind: 'system', name: '' }, to });
    this.emit('changed', undefined);
  }

  receiveRedaction(of: number): void {
    this.#append({ type: 'redacted', from: { kind: 'system', name: '' }, of });
    this.emit('changed', undefined);
  }

  become(state: ConnectionState): void {
    this.state = state;
    this.emit('state', state);
  }

  emit<K extends Event>(name: K, event: VisitorClientEvents[K]): void {
    for (const listener of this.#listeners.get(name) ?? [])
      (listener as (event: VisitorClientEvents[K]) => void)(event);
  }

  #append(entry: NewEntry): void {
    this.entries = [...this.entries, { n: this.entries.length + 1, at: new Date().toISOString(), ...entry }];
  }

  #mark(clientId: string, state: SendState): void {
    this.outgoing = this.outgoing.map((one) => (one.clientId === clientId ? { ...one, state } : one));
    this.emit('changed', undefined);
  }
}

type Numbered = 'n' | 'at';
type Without<E> = E extends VisitorEntry ? Omit<E, Numbered> & { at?: string } : never;
type NewEntry = Without<VisitorEntry>;
