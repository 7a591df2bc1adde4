import type {
  Agent,
  AgentEntry,
  AgentEvents,
  Availability,
  AvailabilityInterval,
  AvailabilityReason,
  Conversation,
  Doors,
  FolderCount,
  Inbox,
  Input,
  LedgerPage,
  Mailbox,
  MailboxSettings,
  MailboxSignIn,
  MailFolder,
  Me,
  NewSendingSettings,
  Output,
  SignInProvider,
  UploadedFile,
  WorkInterval,
} from '@helpline/protocol';
import { AgentConversation } from './agent-conversation.js';
import { Connection, type ConnectionState } from './connection.js';
import { Emitter } from './emitter.js';
import { HelplineError } from './errors.js';
import { callByHttp } from './http.js';
import { type SendingFile, sendFile } from './send-file.js';
import { Setup } from './setup.js';

export interface AgentOptions {
  serverUrl: string;
  /** Only outside a browser: the session's cookie. */
  cookie?: string;
}

export interface AgentClientEvents {
  state: ConnectionState;
  me: Me;
  /** A conversation is new or changed, by its newest `seq`. */
  conversation: Conversation;
  /** A conversation was passed on to where one may not see it. */
  gone: { conversationId: string };
  /** Now and then: time to load what is shown of a list again, as announcements may have been lost. */
  heartbeat: undefined;
}

export interface Uploading extends SendingFile {
  /** Where it is to be said; left out, in a mail that begins a conversation. */
  conversationId?: string | undefined;
  /** The same for every try. */
  clientId?: string | undefined;
}

type Moved = Output<'conversation.moveMany'>;

const heartbeatMs = 8_000;
/** For what is answered only after a mail server, or two and a provider, have been asked. */
const asksMailServerMs = 45_000;
/** For up to 200 decisions. */
const movesManyMs = 45_000;
/** How many conversations are compared with the server's, and how many of them fetched, with each heartbeat. */
const comparedAtMost = 200;
const fetchedAtMost = 20;
const routes = {
  signIn: 'POST /sessions',
  signOut: 'DELETE /sessions/current',
  me: 'GET /me',
} as const satisfies {
  signIn: Doors['agent.signIn']['http'];
  signOut: Doors['agent.signOut']['http'];
  me: Doors['agent.me']['http'];
};

/** An agent's side: who is signed in, the lists, and the conversations that are open on the screen. */
export class AgentClient {
  readonly #options: AgentOptions;
  readonly #emitter = new Emitter<AgentClientEvents>();
  readonly on = this.#emitter.on.bind(this.#emitter);
  readonly #headers: Record<string, string>;
  readonly #connection: Connection;
  /** What administrators set up. */
  readonly setup: Setup;
  readonly #watched = new Map<string, AgentConversation>();
  /** The newest number of each conversation that the page was told of, the latest told last. */
  readonly #told = new Map<string, number>();
  #me: Me | null = null;
  #heartbeat: ReturnType<typeof setInterval> | undefined;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#headers = options.cookie ? { cookie: options.cookie } : {};
    this.#connection = new Connection(`${options.serverUrl}/agent`, () => ({}), this.#headers);
    this.setup = new Setup(this.#connection);
    this.#connection.on('state', (state) => this.#onState(state));
    this.#connection.on('event', ({ name, data }) => this.#hear(name, data));
  }

  get state(): ConnectionState {
    return this.#connection.state;
  }

  get me(): Me | null {
    return this.#me;
  }

  /** Signs in; the session is an HttpOnly cookie. Rejects with `wrong_credentials` or `too_many`. */
  async signIn(email: string, password: string): Promise<Me> {
    this.#useMe(
      await callByHttp<'agent.signIn'>(this.#options.serverUrl, routes.signIn, { email, password }, 'include'),
    );
    this.connect();
    return this.#me as Me;
  }

  /** Goes on with the session of an earlier visit; null if there is none. */
  async resume(): Promise<Me | null> {
    try {
      this.#useMe(await callByHttp<'agent.me'>(this.#options.serverUrl, routes.me, {}, 'include', this.#headers));
    } catch (error) {
      if (error instanceof HelplineError && error.code === 'unauthenticated') return null;
      throw error;
    }
    this.connect();
    return this.#me;
  }

  async signOut(): Promise<void> {
    await callByHttp<'agent.signOut'>(this.#options.serverUrl, routes.signOut, {}, 'include', this.#headers);
    this.close();
    this.#me = null;
  }

  /** Opens the live link for the signed-in session. */
  connect(): void {
    this.#connection.open();
    this.#heartbeat ??= setInterval(() => void this.#beat(), heartbeatMs * (0.9 + 0.2 * Math.random()));
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
    for (const conversation of this.#watched.values()) conversation.close();
    this.#connection.close();
  }

  /** With a reason, it is one of the workspace's own for being so. */
  /** One's own; whoever else is signed in as oneself is so no more. Rejects with `wrong_credentials`. */
  async setPassword(current: string, password: string): Promise<void> {
    await this.#connection.call('agent.setPassword', { current, password });
  }

  async setAvailability(availability: Availability, reasonId?: string): Promise<Me> {
    const input = { availability, ...(reasonId ? { reasonId } : {}) };
    return this.#useMe(await this.#connection.call('agent.setAvailability', input));
  }

  /** Somebody else's, by who supervises him. */
  setAvailabilityOf(agentId: string, availability: Availability, reasonId?: string): Promise<Agent> {
    const input = { agentId, availability, ...(reasonId ? { reasonId } : {}) };
    return this.#connection.call('agent.setAvailabilityOf', input);
  }

  async availabilityReasons(): Promise<AvailabilityReason[]> {
    return (await this.#connection.call('availabilityReason.list', {})).items;
  }

  /** One of the same name is the same one. */
  addAvailabilityReason(reason: Input<'availabilityReason.add'>): Promise<AvailabilityReason> {
    return this.#connection.call('availabilityReason.add', reason);
  }

  /** What was said with it keeps its name. */
  async removeAvailabilityReason(reasonId: string): Promise<void> {
    await this.#connection.call('availabilityReason.remove', { reasonId });
  }

  /** How somebody was available, within 48 hours at most: oneself, or whom one supervises. */
  async availabilityIntervals(spell: Input<'agent.availabilityIntervals'>): Promise<AvailabilityInterval[]> {
    return (await this.#connection.call('agent.availabilityIntervals', spell)).items;
  }

  /** What somebody worked on, as `availabilityIntervals`. */
  async workIntervals(spell: Input<'agent.workIntervals'>): Promise<WorkInterval[]> {
    return (await this.#connection.call('agent.workIntervals', spell)).items;
  }

  /** Tells whether the conversation that is open is looked at; to be said with every change, and twice a minute. */
  lookAt(conversationId: string, how: Input<'conversation.lookedAt'>['how']): void {
    this.#connection.hint('conversation.lookedAt', { conversationId, how });
  }

  async agents(): Promise<Agent[]> {
    return (await this.#connection.call('agent.list', {})).items;
  }

  async inboxes(): Promise<Inbox[]> {
    return (await this.#connection.call('inbox.list', {})).items;
  }

  async list(query: Input<'conversation.list'>): Promise<Output<'conversation.list'>> {
    const page = await this.#connection.call('conversation.list', query);
    for (const conversation of page.items) this.#remember(conversation);
    return page;
  }

  /** Opens a conversation on the screen: its entries come and keep coming until it is closed. */
  async open(conversationId: string): Promise<AgentConversation> {
    const known = this.#watched.get(conversationId);
    if (known) return known;
    const conversation = new AgentConversation(conversationId, this.#connection, () =>
      this.#watched.delete(conversationId),
    );
    this.#watched.set(conversationId, conversation);
    try {
      await conversation.watch();
    } catch (error) {
      this.#watched.delete(conversationId);
      throw error;
    }
    return conversation;
  }

  /** Writes to somebody first. Repeated under the same clientId it is done once. Rejects with `do_not_contact`, `no_recipient`. */
  compose(mail: Input<'conversation.compose'>): Promise<Output<'conversation.compose'>> {
    return this.#connection.call('conversation.compose', mail);
  }

  /** Sends a file ahead, for an answer, note or mail to name. Repeated under the same clientId it is the same file. */
  async uploadFile(file: File, { conversationId, clientId, ...sending }: Uploading = {}): Promise<UploadedFile> {
    const { url } = await this.#connection.call('file.begin', {
      clientId: clientId ?? crypto.randomUUID(),
      filename: file.name,
      size: file.size,
      ...(conversationId ? { conversationId } : {}),
    });
    return sendFile(this.#options.serverUrl + url, file, sending);
  }

  /** Where a conversation can be passed on to, besides agents. */
  targets(): Promise<Output<'conversation.targets'>> {
    return this.#connection.call('conversation.targets', {});
  }

  /** Moves up to 200 conversations; says which were not moved, and why. Repeated under the same clientId each is moved once. */
  moveMany(
    asked: Omit<Input<'conversation.moveMany'>, 'clientId'>,
    clientId: string = crypto.randomUUID(),
  ): Promise<Moved> {
    return this.#connection.call('conversation.moveMany', { ...asked, clientId }, movesManyMs);
  }

  /** One is away, and all one has goes back to the queue; tells how much is left, again and again, until nothing is. */
  async handBack(availability: 'break' | 'offline', onProgress: (left: number) => void = () => {}): Promise<void> {
    for (let left = 1; left > 0; onProgress(left))
      left = (await this.#connection.call('agent.handBack', { availability })).left;
  }

  /** What is held for oneself until one accepts it. */
  async offers(): Promise<Conversation[]> {
    return (await this.#connection.call('conversation.offers', {})).items;
  }

  /** One's own promises, or the forgotten ones of all; what is due first comes first. */
  followUps(whose: Input<'followUp.list'>['whose']): Promise<Output<'followUp.list'>> {
    return this.#connection.call('followUp.list', { whose });
  }

  async settleFollowUp(conversationId: string, id: string, state: 'kept' | 'cancelled'): Promise<void> {
    const clientId = crypto.randomUUID();
    await this.#connection.call('followUp.settle', { conversationId, clientId, id, state });
  }

  async mailboxes(): Promise<Mailbox[]> {
    return (await this.#connection.call('mailbox.list', {})).items;
  }

  /** Tries both servers and connects the mailbox; `mailbox_unreachable` says which one failed and why. */
  connectMailbox(settings: MailboxSettings): Promise<Mailbox> {
    return this.#connection.call('mailbox.connect', settings, asksMailServerMs);
  }

  /** Other servers or passwords for a mailbox, which goes on where it stopped. Fails as `connectMailbox` does. */
  setMailServers(mailboxId: string, servers: Omit<Input<'mailbox.setServers'>, 'mailboxId'>): Promise<Mailbox> {
    return this.#connection.call('mailbox.setServers', { mailboxId, ...servers }, asksMailServerMs);
  }

  /** The providers at which one can sign in for a mailbox, in place of a password. */
  async signInProviders(): Promise<SignInProvider[]> {
    return (await this.#connection.call('mailbox.signInProviders', {})).items;
  }

  /** Begins a sign-in for a new mailbox; gives the provider's page, which sends the browser back to the console. */
  async signInForMailbox(settings: MailboxSignIn): Promise<string> {
    return (await this.#connection.call('mailbox.signIn', settings)).url;
  }

  /** The same for a mailbox that is connected. */
  async signInAgain(mailboxId: string, provider: SignInProvider): Promise<string> {
    return (await this.#connection.call('mailbox.signInAgain', { mailboxId, provider })).url;
  }

  /** Connects the mailbox with the query that the provider's page came back with. Fails as `connectMailbox` does, and with `unprocessable`. */
  finishSignIn(answer: string): Promise<Mailbox> {
    return this.#connection.call('mailbox.finishSignIn', { answer }, asksMailServerMs);
  }

  /** The folders of a mailbox, as its server tells them now. */
  async mailFolders(mailboxId: string): Promise<MailFolder[]> {
    return (await this.#connection.call('mailbox.folders', { mailboxId }, asksMailServerMs)).items;
  }

  /** Has these folders watched, besides INBOX. */
  async watchMailFolders(mailboxId: string, paths: string[]): Promise<MailFolder[]> {
    return (await this.#connection.call('mailbox.watchFolders', { mailboxId, paths }, asksMailServerMs)).items;
  }

  /** What became of each mail of a mailbox, the newest first. */
  mailLedger(query: Input<'mailbox.ledger'>): Promise<LedgerPage> {
    return this.#connection.call('mailbox.ledger', query);
  }

  /** Counts what lies on the server against the ledger; what is missing there is fetched. */
  async compareMailbox(mailboxId: string): Promise<FolderCount[]> {
    return (await this.#connection.call('mailbox.compare', { mailboxId }, asksMailServerMs)).items;
  }

  /** Where a mail lies as it came, for some minutes. */
  async linkToRawMail(mailboxId: string, lineId: string): Promise<string> {
    return (await this.#connection.call('mailbox.rawMail', { mailboxId, lineId })).url;
  }

  /** Has a mail tried again that could not be taken in. */
  async retryMail(mailboxId: string, lineId: string): Promise<void> {
    await this.#connection.call('mailbox.retry', { mailboxId, lineId });
  }

  /** Says how the mails of a mailbox go out from now on. */
  async setSending(mailboxId: string, settings: NewSendingSettings): Promise<void> {
    await this.#connection.call('mailbox.setSending', { mailboxId, ...settings });
  }

  async disconnectMailbox(mailboxId: string): Promise<void> {
    await this.#connection.call('mailbox.disconnect', { mailboxId });
  }

  /** The mails that were held back, the newest first. */
  suspendedMails(): Promise<Output<'suspended.list'>> {
    return this.#connection.call('suspended.list', {});
  }

  /** The mail becomes a message after all. */
  async releaseMail(mailId: string): Promise<void> {
    await this.#connection.call('suspended.release', { mailId });
  }

  /** Gives how many of them were still held back. */
  async releaseMails(mailIds: string[]): Promise<number> {
    return (await this.#connection.call('suspended.releaseMany', { mailIds })).released;
  }

  async deleteSuspendedMail(mailId: string): Promise<void> {
    await this.#connection.call('suspended.delete', { mailId });
  }

  #useMe(me: Me): Me {
    this.#me = me;
    this.#emitter.emit('me', me);
    return me;
  }

  #onState(state: ConnectionState): void {
    if (state === 'connected') for (const conversation of this.#watched.values()) void conversation.resume();
    this.#emitter.emit('state', state);
  }

  #hear(name: string, data: unknown): void {
    if (name === 'me') this.#useMe(data as Me);
    else if (name === 'gone') this.#forget(data as AgentEvents['gone']);
    else if (name === 'conversation') {
      const conversation = data as Conversation;
      this.#remember(conversation);
      this.#watched.get(conversation.id)?.hearConversation(conversation);
      this.#emitter.emit('conversation', conversation);
    } else if (name === 'entries') {
      const { conversationId, entries } = data as { conversationId: string; entries: AgentEntry[] };
      this.#watched.get(conversationId)?.hearEntries(entries);
    } else if (name === 'typing') {
      const typing = data as AgentEvents['typing'];
      this.#watched.get(typing.conversationId)?.hearTyping(typing);
    } else if (name === 'seen') {
      const seen = data as AgentEvents['seen'];
      this.#watched.get(seen.conversationId)?.hearSeen(seen.seq);
    }
  }

  #forget({ conversationId }: AgentEvents['gone']): void {
    this.#told.delete(conversationId);
    this.#watched.delete(conversationId);
    this.#emitter.emit('gone', { conversationId });
  }

  #remember({ id, seq }: Conversation): void {
    const known = this.#told.get(id) ?? 0;
    this.#told.delete(id);
    this.#told.set(id, Math.max(known, seq));
    if (this.#told.size > comparedAtMost) this.#told.delete(this.#told.keys().next().value ?? '');
  }

  async #beat(): Promise<void> {
    if (this.state !== 'connected') return;
    this.#emitter.emit('heartbeat', undefined);
    try {
      this.#useMe(await this.#connection.call('agent.me', {}));
      await this.#compareHeads();
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
    }
  }

  async #compareHeads(): Promise<void> {
    const ids = [...new Set([...this.#watched.keys(), ...this.#told.keys()])].slice(0, comparedAtMost);
    if (ids.length === 0) return;
    const { heads } = await this.#connection.call('conversation.heads', { ids });
    for (const conversationId of ids) if (heads[conversationId] === undefined) this.#forget({ conversationId });
    for (const [id, head] of Object.entries(heads)) this.#watched.get(id)?.hearHead(head);
    const changed = Object.entries(heads).filter(([id, head]) => head > (this.#told.get(id) ?? 0));
    for (const [conversationId] of changed.slice(0, fetchedAtMost))
      this.#hear('conversation', await this.#connection.call('conversation.get', { conversationId }));
  }
}

export const createAgentClient = (options: AgentOptions): AgentClient => new AgentClient(options);
