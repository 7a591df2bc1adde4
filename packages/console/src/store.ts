import type { Availability, Conversation, Me } from '@helpline/protocol';
import { type ConnectionState, HelplineError } from '@helpline/sdk/agent';
import type { Client } from './client.js';
import type { Draft } from './drafts.js';
import { DraftFiles } from './files/draft-files.js';
import { sayChange } from './presence/say-stint.js';
import { parseRoute, toView } from './route.js';
import { merge, nothingKnown, type State } from './state.js';
import { sayError, t } from './texts.js';
import { inView, moves, type View } from './views.js';

const countAgainMs = 300;
const noticeMs = 6_000;

/** What the console knows, and what changes it. Views read `state` and call the verbs. */
export class Store {
  readonly client: Client;
  /** What is being written, by conversation, so that nothing is lost by looking elsewhere. */
  readonly drafts = new Map<string, Draft>();
  readonly #files = new Map<string, DraftFiles>();
  readonly #listeners = new Set<() => void>();
  #countAgain: ReturnType<typeof setTimeout> | undefined;
  #state: State;

  constructor(client: Client) {
    this.client = client;
    const route = parseRoute(location.hash);
    this.#state = {
      ...nothingKnown,
      route,
      view: route.page === 'list' ? route.view : 'mine',
      connection: client.state,
    };
    client.on('state', (connection) => this.#onConnection(connection));
    client.on('me', (me) => this.#hearMe(me));
    client.on('conversation', (conversation) => this.#hear(conversation));
    client.on('gone', ({ conversationId }) => this.#lose(conversationId));
    client.on('heartbeat', () => void this.loadList());
  }

  /** The files that go with what is being written; they go on coming while one looks elsewhere. */
  filesOf(conversationId: string): DraftFiles {
    const files = this.#files.get(conversationId) ?? new DraftFiles(this.client, conversationId);
    this.#files.set(conversationId, files);
    return files;
  }

  get state(): State {
    return this.#state;
  }

  /** Calls back after every change; gives what ends that. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Goes on with the session of an earlier visit. */
  async start(): Promise<void> {
    this.#set({ session: 'starting' });
    try {
      const me = await this.client.resume();
      this.#set({ session: me ? 'signed_in' : 'signed_out' });
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.#set({ session: 'unreachable' });
    }
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.client.signIn(email, password);
    this.#set({ session: 'signed_in' });
  }

  async signOut(): Promise<void> {
    await this.client.signOut();
    this.drafts.clear();
    for (const files of this.#files.values()) files.clear();
    this.#files.clear();
    const { route, view } = this.#state;
    this.#set({ ...nothingKnown, route, view, session: 'signed_out', connection: this.client.state });
  }

  setAvailability(availability: Availability, reasonId?: string): Promise<boolean> {
    return this.attempt(this.client.setAvailability(availability, reasonId));
  }

  /** Follows the address. */
  goTo(hash: string): void {
    const route = parseRoute(hash);
    this.#set({ route });
    if (route.page === 'list') this.#show(route.view);
  }

  /** The conversations of the view that is shown. */
  get listed(): Conversation[] {
    const { view, known, me } = this.#state;
    return me ? inView(view, known.values(), me.id) : [];
  }

  /** Loads the next page of the view that is shown, or its first. */
  async loadList(cursor?: string, outdated: State['known'] = new Map()): Promise<void> {
    const { view } = this.#state;
    try {
      const { items, next, counts } = await this.client.list({ view, ...(cursor && { cursor }) });
      const isFirstLook = cursor !== undefined || this.#state.next[view] === undefined;
      const nextPages = isFirstLook ? { ...this.#state.next, [view]: next } : this.#state.next;
      const stillTrue = [...this.#state.known].filter(([id, one]) => outdated.get(id) !== one);
      this.#set({ known: merge(new Map(stillTrue), items), counts, next: nextPages, listError: null });
    } catch (error) {
      this.#set({ listError: error });
    }
  }

  async loadAgents(): Promise<void> {
    const agents = await this.client.agents();
    this.#set({ agents: new Map(agents.map((agent) => [agent.id, agent])) });
  }

  /** What was held for me before anything was told. */
  async loadOffers(): Promise<void> {
    const offers = await this.client.offers();
    this.#set({ known: merge(this.#state.known, offers) });
  }

  async loadInboxes(): Promise<void> {
    const inboxes = await this.client.inboxes();
    this.#set({ inboxes: new Map(inboxes.map((inbox) => [inbox.id, inbox])) });
  }

  async loadReasons(): Promise<void> {
    this.#set({ reasons: await this.client.availabilityReasons() });
  }

  async loadTargets(): Promise<void> {
    const { teams, brands } = await this.client.targets();
    this.#set({ teams: byId(teams), brands: byId(brands) });
  }

  /** Waits for something to be done; a refusal is told to the agent. Says whether it was done. */
  async attempt(work: Promise<unknown>): Promise<boolean> {
    try {
      await work;
      return true;
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.#set({ notice: { text: sayError(error), bad: true } });
      return false;
    }
  }

  /** Tells something that is good to know; it goes away by itself. */
  say(text: string): void {
    const notice = { text, bad: false };
    this.#set({ notice });
    setTimeout(() => this.#state.notice === notice && this.dismiss(), noticeMs);
  }

  dismiss(): void {
    this.#set({ notice: null });
  }

  #onConnection(connection: ConnectionState): void {
    this.#set({ connection });
    if (connection === 'unauthorized') this.#set({ session: 'ended' });
    if (connection === 'connected') void this.#loadAfresh();
  }

  /** After a break nobody told us what changed, so what was known counts for nothing. */
  async #loadAfresh(): Promise<void> {
    const outdated = this.#state.known;
    this.#set({ next: {} });
    const list = this.loadList(undefined, outdated);
    const others = [this.loadOffers(), this.loadAgents(), this.loadInboxes(), this.loadTargets(), this.loadReasons()];
    await Promise.all([list, this.attempt(Promise.all(others))]);
  }

  #show(view: View): void {
    this.#set({ view, listError: null });
    if (this.#state.next[view] === undefined && this.#state.connection === 'connected') void this.loadList();
  }

  #hearMe(me: Me): void {
    const told = sayChange(this.#state.me, me);
    this.#set({ me });
    if (told) this.say(told);
  }

  #hear(conversation: Conversation): void {
    const before = this.#state.known.get(conversation.id);
    this.#set({ known: merge(this.#state.known, [conversation]) });
    if (this.#state.me && moves(before, conversation, this.#state.me.id)) this.#countSoon();
  }

  /** It is somewhere now where one may not see it. */
  #lose(conversationId: string): void {
    const known = new Map(this.#state.known);
    if (known.delete(conversationId)) this.#set({ known });
    this.#countSoon();
    const { route, view } = this.#state;
    if (route.page !== 'conversation' || route.conversationId !== conversationId) return;
    this.say(t('console.gone'));
    location.hash = toView(view);
  }

  #countSoon(): void {
    this.#countAgain ??= setTimeout(() => {
      this.#countAgain = undefined;
      void this.loadList();
    }, countAgainMs);
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.id, item]));
