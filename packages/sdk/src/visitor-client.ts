import type { Doors, Input, Output, QueuePlace, VisitorEntry, VisitorEvents, VisitorSession } from '@helpline/protocol';
import { Connection, type ConnectionState } from './connection.js';
import { Emitter } from './emitter.js';
import { HelplineError } from './errors.js';
import { callByHttp } from './http.js';
import { Log } from './log.js';
import { Outbox, type Outgoing } from './outbox.js';
import { type KeyValue, shelfIn } from './shelf.js';

export interface VisitorOptions {
  serverUrl: string;
  /** The inbox's public key. */
  inbox: string;
  /** Without it the session ends with the page, and what was on its way with it. */
  storage?: KeyValue;
  /** Only outside a browser: what the page's origin would be. */
  origin?: string;
}

export interface VisitorClientEvents {
  /** Something that is shown changed: entries, what is on its way, the session, the place in the queue, unread. */
  changed: undefined;
  state: ConnectionState;
  typing: { name: string };
}

const heartbeatMs = 8_000;
/** Without a conversation there is little to miss, and of a place in the queue too. */
const idleBeats = 4;
const open: Doors['visitor.open']['http'] = 'POST /visitor/sessions';

/** A visitor's side of the chat in one inbox: his session, his current conversation, what he is sending. */
export class VisitorClient {
  readonly #options: VisitorOptions;
  readonly #emitter = new Emitter<VisitorClientEvents>();
  readonly on = this.#emitter.on.bind(this.#emitter);
  readonly #headers: Record<string, string>;
  readonly #connection: Connection;
  readonly #outbox: Outbox<string>;
  #log: Log<VisitorEntry> | null = null;
  #conversationId: string | null = null;
  #session: VisitorSession | null = null;
  #token: string | null;
  #seen = 0;
  #place: QueuePlace | null = null;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #beats = 0;

  constructor(options: VisitorOptions) {
    this.#options = options;
    this.#token = options.storage?.getItem(this.#key) ?? null;
    const shelf = options.storage && shelfIn(options.storage, `${this.#key}:outgoing`);
    this.#outbox = new Outbox((text, clientId) => this.#deliver(text, clientId), this.#changed, shelf);
    this.#headers = options.origin ? { origin: options.origin } : {};
    this.#connection = new Connection(
      `${options.serverUrl}/visitor`,
      () => ({ token: this.#token ?? '' }),
      this.#headers,
    );
    this.#connection.on('state', (state) => this.#onState(state));
    this.#connection.on('event', ({ name, data }) => this.#hear(name, data));
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  get session(): VisitorSession | null {
    return this.#session;
  }

  get conversationId(): string | null {
    return this.#conversationId;
  }

  /** Confirmed entries in order. */
  get entries(): readonly VisitorEntry[] {
    return this.#log?.entries ?? [];
  }

  /** What was sent and is not confirmed yet. */
  get outgoing(): readonly Outgoing<string>[] {
    return this.#outbox.items;
  }

  get unread(): number {
    return this.entries.filter((entry) => entry.n > this.#seen && entry.type === 'message' && entry.from.kind !== 'you')
      .length;
  }

  /** Where he stands in the queue; null unless he waits there. */
  get place(): QueuePlace | null {
    return this.#place;
  }

  /** Whether something was kept from an earlier visit: a session, or a message that never left. */
  get known(): boolean {
    return this.#token !== null || this.outgoing.length > 0;
  }

  /** Opens (or finds again) the session, then the live link. Rejects with a HelplineError. */
  async connect(): Promise<void> {
    const { token, session } = await this.#openSession();
    if (token !== this.#token) this.#leaveConversation(); // it belonged to a session that is no more
    this.#token = token;
    this.#useSession(session);
    this.#connection.open();
    this.#heartbeat ??= setInterval(() => void this.#beat(), heartbeatMs * (0.9 + 0.2 * Math.random()));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
    this.#connection.close();
  }

  send(text: string): Outgoing<string> {
    return this.#outbox.add(text);
  }

  /** Instead of waiting: the answer may go to an address. The same `clientId` for each try. Rejects with a HelplineError. */
  async leaveMessage(left: Input<'visitor.leaveMessage'>): Promise<void> {
    const { conversationId, entry } = await this.#connection.call('visitor.leaveMessage', left);
    await this.#quietly(this.#useConversation(conversationId).hear([entry]));
    await this.#quietly(this.#refresh());
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
  }

  typing(): void {
    if (this.#conversationId) this.#connection.hint('visitor.typing', { conversationId: this.#conversationId });
  }

  /** A link to the file at `index` of the entry with number `n`, good for a few minutes. */
  async fileLink(n: number, index: number): Promise<string> {
    const conversationId = this.#conversationId ?? '';
    const { url } = await this.#connection.call('visitor.fileLink', { conversationId, n, index });
    return new URL(url, this.#options.serverUrl).href;
  }

  /** The visitor has seen everything that is there. */
  seen(): void {
    const head = this.#log?.head ?? 0;
    if (!this.#conversationId || head <= this.#seen) return;
    this.#seen = head;
    this.#connection.hint('visitor.seen', { conversationId: this.#conversationId, n: head });
    this.#changed();
  }

  /** Says who the visitor is, by a token that the company's server signed. */
  async identify(identityToken: string): Promise<void> {
    const session = await this.#connection.call('visitor.identify', { identityToken });
    if (session.conversation?.id !== this.#conversationId) this.#leaveConversation();
    this.#useSession(session);
    await this.#catchUp();
  }

  /** Forgets the session on this device. */
  logout(): void {
    this.close();
    this.#options.storage?.removeItem(this.#key);
    this.#token = null;
    this.#session = null;
    this.#leaveConversation();
    this.#outbox.clear();
  }

  /** Two tabs may do this at once: whoever stores a token first has opened the session of both. */
  async #openSession(): Promise<Output<'visitor.open'>> {
    const { serverUrl, inbox, storage } = this.#options;
    const kept = storage?.getItem(this.#key) ?? null;
    const token = kept ?? this.#token ?? undefined;
    const answer = await callByHttp<'visitor.open'>(serverUrl, open, { inbox, token }, 'omit', this.#headers);
    const keptNow = storage?.getItem(this.#key) ?? null;
    if (keptNow !== null && keptNow !== kept) return this.#openSession();
    storage?.setItem(this.#key, answer.token);
    return answer;
  }

  get #key(): string {
    return `helpline:${this.#options.inbox}`;
  }

  readonly #changed = (): void => this.#emitter.emit('changed', undefined);

  #onState(state: ConnectionState): void {
    this.#emitter.emit('state', state);
    if (state !== 'connected') return;
    void this.#catchUp();
    void this.#outbox.run();
  }

  #useSession(session: VisitorSession): void {
    this.#session = session;
    this.#place = session.conversation?.place ?? null;
    if (session.conversation) {
      this.#useConversation(session.conversation.id);
      this.#seen = Math.max(this.#seen, session.conversation.seen);
    }
    this.#changed();
  }

  #useConversation(conversationId: string): Log<VisitorEntry> {
    if (this.#log && this.#conversationId === conversationId) return this.#log;
    this.#conversationId = conversationId;
    this.#seen = 0;
    const fetchAfter = (after: number) => this.#connection.call('visitor.sync', { conversationId, after });
    this.#log = new Log((entry) => entry.n, fetchAfter, this.#changed);
    return this.#log;
  }

  #leaveConversation(): void {
    this.#conversationId = null;
    this.#log = null;
    this.#seen = 0;
    this.#place = null;
  }

  async #deliver(text: string, clientId: string): Promise<void> {
    if (this.#conversationId) {
      const log = this.#log; // by the time of the answer somebody else may sit here
      const conversationId = this.#conversationId;
      const { entry } = await this.#connection.call('visitor.send', { conversationId, clientId, text });
      return this.#quietly(log?.hear([entry]));
    }
    const { conversationId, entry } = await this.#connection.call('visitor.start', { clientId, text });
    await this.#quietly(this.#useConversation(conversationId).hear([entry]));
  }

  #hear(name: string, data: unknown): void {
    if (name === 'entries') {
      const { conversationId, entries } = data as VisitorEvents['entries'];
      if (conversationId === this.#conversationId) void this.#quietly(this.#log?.hear(entries));
    } else if (name === 'typing') this.#emitter.emit('typing', data as VisitorEvents['typing']);
    else if (name === 'queue') this.#moveUp(data as VisitorEvents['queue']);
    else if (name === 'session') void this.#quietly(this.#refresh());
  }

  #moveUp({ conversationId, place }: VisitorEvents['queue']): void {
    if (conversationId !== this.#conversationId) return;
    this.#place = place;
    this.#changed();
  }

  async #beat(): Promise<void> {
    this.#beats++;
    const isNow = this.#beats % idleBeats === 0;
    if (isNow && this.#place)
      await this.#quietly(this.#refresh()); // what was told of the queue may have got lost
    else if (isNow || this.#conversationId) await this.#catchUp();
  }

  /** After any break, and with each heartbeat: what is there that was not announced? */
  async #catchUp(): Promise<void> {
    if (this.state !== 'connected') return;
    await this.#quietly(this.#conversationId ? this.#syncOrLeave() : this.#refresh());
  }

  async #syncOrLeave(): Promise<void> {
    try {
      await this.#log?.sync();
    } catch (error) {
      if (!(error instanceof HelplineError && error.code === 'not_found')) throw error;
      this.#leaveConversation(); // another tab said that somebody else sits here now
      await this.#refresh();
    }
  }

  async #refresh(): Promise<void> {
    this.#useSession(await this.#connection.call('visitor.session', {}));
    await this.#log?.sync();
  }

  /** A link that broke during a sync needs no word: the next connect or heartbeat syncs again. */
  async #quietly(work: Promise<void> | undefined): Promise<void> {
    await work?.catch((error) => {
      if (!(error instanceof HelplineError)) throw error;
    });
  }
}

export const createVisitorClient = (options: VisitorOptions): VisitorClient => new VisitorClient(options);
