import type {
  Agent,
  Availability,
  AvailabilityInterval,
  AvailabilityReason,
  Brand,
  Conversation,
  FolderCount,
  Inbox,
  Input,
  LedgerLine,
  LedgerPage,
  ListedFollowUp,
  Mailbox,
  MailboxSettings,
  MailboxSignIn,
  MailFolder,
  MailServer,
  MailServerSettings,
  Me,
  NewSendingSettings,
  Output,
  Problem,
  SignInProvider,
  SuspendedMail,
  UploadedFile,
  WorkInterval,
} from '@helpline/protocol';
import { type AgentClientEvents, type ConnectionState, HelplineError, type Uploading } from '@helpline/sdk/agent';
import type { Client } from '../client.js';
import { inView, type View } from '../views.js';
import { FakeConversation } from './fake-conversation.js';
import { FakeSetup } from './fake-setup.js';
import { FakeUploads } from './fake-uploads.js';
import { Listeners } from './listeners.js';
import { anasChat, ben, carla, fromBen, ownStint, repairs, sales, sentAsUsual, shopChat, shopMail } from './people.js';

export const refusal = (code: Problem['code'], more: Partial<Problem> = {}): HelplineError =>
  new HelplineError({ code, status: 400, title: code, ...more });

/** A server's stand-in behind the SDK's shape: holds conversations, and says what was asked of it. */
export class FakeClient implements Client {
  readonly #listeners = new Listeners<AgentClientEvents>();
  readonly on = this.#listeners.on.bind(this.#listeners);
  readonly conversations = new Map<string, FakeConversation>();
  readonly asked: string[] = [];
  /** What was told of who looks at what. */
  readonly looks: string[] = [];
  readonly uploads = new FakeUploads();
  readonly setup = new FakeSetup(this.asked);
  state: ConnectionState = 'idle';
  me: Me | null = null;
  /** Who has a session already; null asks for a sign-in. */
  session: Me | null = ben;
  staff: Agent[] = [ben, carla];
  reasons: AvailabilityReason[] = [];
  boxes: Mailbox[] = [];
  brands: Brand[] = [shopChat.brand];
  promised: ListedFollowUp[] = [];
  /** What can not be moved. */
  unmovable: string | null = null;
  /** At which providers Helpline is registered. */
  providers: SignInProvider[] = [];
  refuseAnswer: HelplineError | null = null;
  folders: MailFolder[] = [];
  lines: LedgerLine[] = [];
  /** What counting on the mail server gives, or is refused with. */
  counts: FolderCount[] = [];
  refuseCount: HelplineError | null = null;
  suspended: SuspendedMail[] = [];
  pageSize = 50;
  /** What the next sign-in, list or mailbox is refused with. */
  refuse: HelplineError | null = null;

  add(conversation: FakeConversation): FakeConversation {
    this.conversations.set(conversation.id, conversation);
    return conversation;
  }

  /** The server tells that a conversation is new or changed. */
  tell(conversation: Conversation): void {
    const known = this.conversations.get(conversation.id);
    if (known) known.become(conversation);
    else this.add(new FakeConversation(conversation));
    this.#listeners.emit('conversation', conversation);
  }

  /** The server tells that a conversation is where one may not see it. */
  lose(conversationId: string): void {
    this.conversations.delete(conversationId);
    this.#listeners.emit('gone', { conversationId });
  }

  become(state: ConnectionState): void {
    this.state = state;
    this.#listeners.emit('state', state);
  }

  async signIn(email: string): Promise<Me> {
    this.#refuseIfTold();
    return this.#enter({ ...ben, email });
  }

  async resume(): Promise<Me | null> {
    return this.session && this.#enter(this.session);
  }

  async signOut(): Promise<void> {
    this.me = null;
    this.become('closed');
  }

  connect(): void {
    this.become('connected');
  }

  close(): void {
    this.become('closed');
  }

  async setPassword(current: string, password: string): Promise<void> {
    this.asked.push(`password ${current} ${password}`);
    this.#refuseIfTold();
    this.#useMe({ ...(this.me ?? ben), hasOneTimePassword: false });
  }

  async setAvailability(availability: Availability, reasonId?: string): Promise<Me> {
    this.asked.push(`availability ${[availability, reasonId].filter(Boolean).join(' ')}`);
    this.#refuseIfTold();
    const reason = this.reasons.find(({ id }) => id === reasonId) ?? null;
    return this.hearMe({ availability, stint: { ...ownStint, since: new Date().toISOString(), reason } });
  }

  /** The server tells how Ben is now. */
  hearMe(change: Partial<Me>): Me {
    return this.#useMe({ ...(this.me ?? ben), ...change });
  }

  async setAvailabilityOf(agentId: string, availability: Availability, reasonId?: string): Promise<Agent> {
    this.asked.push(`availability of ${[agentId, availability, reasonId].filter(Boolean).join(' ')}`);
    this.#refuseIfTold();
    const agent = this.staff.find(({ id }) => id === agentId);
    if (!agent) throw refusal('not_found');
    return { ...agent, availability };
  }

  async availabilityReasons(): Promise<AvailabilityReason[]> {
    this.#refuseIfTold();
    return this.reasons;
  }

  async addAvailabilityReason(reason: Input<'availabilityReason.add'>): Promise<AvailabilityReason> {
    this.asked.push(`add reason ${reason.availability} ${reason.name}`);
    this.#refuseIfTold();
    const added = { id: reason.name.toLowerCase(), ...reason };
    this.reasons = [...this.reasons, added];
    return added;
  }

  async removeAvailabilityReason(reasonId: string): Promise<void> {
    this.asked.push(`remove reason ${reasonId}`);
    this.#refuseIfTold();
    this.reasons = this.reasons.filter(({ id }) => id !== reasonId);
  }

  async availabilityIntervals(): Promise<AvailabilityInterval[]> {
    return [];
  }

  async workIntervals(): Promise<WorkInterval[]> {
    return [];
  }

  lookAt(conversationId: string, how: Input<'conversation.lookedAt'>['how']): void {
    this.looks.push(`${conversationId} ${how}`);
  }

  async agents(): Promise<Agent[]> {
    return this.staff;
  }

  async inboxes(): Promise<Inbox[]> {
    return [shopChat, shopMail];
  }

  async list({ view, cursor = '0' }: { view: View; cursor?: string | undefined }) {
    this.asked.push(`list ${view} ${cursor}`);
    this.#refuseIfTold();
    const all = [...this.conversations.values()].map((one) => one.conversation);
    const count = (one: View): number => inView(one, all, ben.id).length;
    const from = Number(cursor);
    const items = inView(view, all, ben.id).slice(from, from + this.pageSize);
    const next = count(view) > from + this.pageSize ? String(from + this.pageSize) : null;
    return { items, next, counts: { mine: count('mine'), queue: count('queue'), open: count('open') } };
  }

  async open(conversationId: string): Promise<FakeConversation> {
    const found = this.conversations.get(conversationId);
    if (!found) throw refusal('not_found');
    return found;
  }

  async compose(mail: Input<'conversation.compose'>): Promise<Output<'conversation.compose'>> {
    this.asked.push(`compose ${JSON.stringify(mail)}`);
    this.#refuseIfTold();
    const { id } = this.add(
      new FakeConversation(anasChat({ id: 'composed', subject: mail.subject, channel: 'email' })),
    );
    return { conversationId: id, entry: fromBen(1, mail.text, 'email') };
  }

  async targets(): Promise<Output<'conversation.targets'>> {
    return { teams: [repairs, sales], brands: this.brands };
  }

  async moveMany(asked: Omit<Input<'conversation.moveMany'>, 'clientId'>): Promise<Output<'conversation.moveMany'>> {
    this.asked.push(`move ${JSON.stringify(asked)}`);
    this.#refuseIfTold();
    const refused = asked.ids.filter((id) => id === this.unmovable);
    const moved = asked.ids.filter((id) => id !== this.unmovable);
    return { moved, refused: refused.map((id) => ({ id, code: 'unprocessable' as const })) };
  }

  async handBack(availability: 'break' | 'offline', onProgress: (left: number) => void = () => {}): Promise<void> {
    this.asked.push(`hand back ${availability}`);
    onProgress(0);
    this.#useMe({ ...(this.me ?? ben), availability, used: { chat: 0, email: 0 } });
  }

  async offers(): Promise<Conversation[]> {
    const all = [...this.conversations.values()].map(({ conversation }) => conversation);
    return all.filter(({ offer }) => offer?.agentId === this.me?.id);
  }

  async followUps(whose: Input<'followUp.list'>['whose']): Promise<Output<'followUp.list'>> {
    this.asked.push(`follow-ups ${whose}`);
    this.#refuseIfTold();
    return { items: this.promised.filter(({ isForgotten }) => isForgotten === (whose === 'forgotten')), more: false };
  }

  async settleFollowUp(_conversationId: string, id: string, state: 'kept' | 'cancelled'): Promise<void> {
    this.asked.push(`${state} ${id}`);
    this.promised = this.promised.filter((one) => one.id !== id);
  }

  async setSending(mailboxId: string, settings: NewSendingSettings): Promise<void> {
    this.asked.push(`sending ${mailboxId} ${JSON.stringify(settings)}`);
    this.#refuseIfTold();
  }

  async mailboxes(): Promise<Mailbox[]> {
    return this.boxes;
  }

  async connectMailbox(settings: MailboxSettings): Promise<Mailbox> {
    this.asked.push(`connect ${JSON.stringify(settings)}`);
    this.#refuseIfTold();
    const { address, displayName } = settings;
    const box: Mailbox = {
      id: address,
      inboxId: shopMail.id,
      address,
      displayName,
      state: 'connecting',
      detail: null,
      signIn: null,
      lastFetchedAt: null,
      imap: shown(settings.imap),
      smtp: shown(settings.smtp),
      authservId: settings.authservId ?? null,
      history: null,
      sending: sentAsUsual,
    };
    this.boxes = [...this.boxes, box];
    return box;
  }

  async setMailServers(mailboxId: string, servers: Omit<Input<'mailbox.setServers'>, 'mailboxId'>): Promise<Mailbox> {
    this.asked.push(`servers ${mailboxId} ${JSON.stringify(servers)}`);
    this.#refuseIfTold();
    const box = this.boxes.find(({ id }) => id === mailboxId);
    if (!box) throw refusal('not_found');
    return box;
  }

  async signInProviders(): Promise<SignInProvider[]> {
    return this.providers;
  }

  async signInForMailbox(settings: MailboxSignIn): Promise<string> {
    this.asked.push(`sign in ${JSON.stringify(settings)}`);
    this.#refuseIfTold();
    return '#/mailboxes/signed-in/state%3D1';
  }

  async signInAgain(mailboxId: string, provider: SignInProvider): Promise<string> {
    this.asked.push(`sign in again ${mailboxId} ${provider}`);
    this.#refuseIfTold();
    return '#/mailboxes/signed-in/state%3D1';
  }

  async finishSignIn(answer: string): Promise<Mailbox> {
    this.asked.push(`finish ${answer}`);
    if (this.refuseAnswer) throw this.refuseAnswer;
    const [box] = this.boxes;
    if (!box) throw refusal('not_found');
    return box;
  }

  async mailFolders(): Promise<MailFolder[]> {
    this.#refuseIfTold();
    return this.folders;
  }

  async watchMailFolders(mailboxId: string, paths: string[]): Promise<MailFolder[]> {
    this.asked.push(`watch ${mailboxId} ${paths.join(' ')}`);
    this.#refuseIfTold();
    this.folders = this.folders.map((one) => ({ ...one, watched: one.path === 'INBOX' || paths.includes(one.path) }));
    return this.folders;
  }

  async mailLedger({ state, cursor = '0' }: Input<'mailbox.ledger'>): Promise<LedgerPage> {
    this.asked.push(`ledger ${state ?? 'all'} ${cursor}`);
    this.#refuseIfTold();
    const counts = { fetched: 0, received: 0, suspended: 0, ignored: 0, failed: 0 };
    for (const line of this.lines) counts[line.state]++;
    const found = this.lines.filter((line) => !state || line.state === state);
    const from = Number(cursor);
    const to = from + this.pageSize;
    return { items: found.slice(from, to), next: found.length > to ? String(to) : null, counts };
  }

  async compareMailbox(): Promise<FolderCount[]> {
    this.asked.push('compare');
    if (this.refuseCount) throw this.refuseCount;
    return this.counts;
  }

  async linkToRawMail(mailboxId: string, lineId: string): Promise<string> {
    this.asked.push(`raw ${mailboxId} ${lineId}`);
    this.#refuseIfTold();
    return '#raw';
  }

  async retryMail(_mailboxId: string, lineId: string): Promise<void> {
    this.asked.push(`retry ${lineId}`);
    this.#refuseIfTold();
    this.lines = this.lines.map((line) => (line.id === lineId ? { ...line, state: 'fetched', reason: null } : line));
  }

  async disconnectMailbox(mailboxId: string): Promise<void> {
    this.boxes = this.boxes.filter((box) => box.id !== mailboxId);
  }

  uploadFile(file: File, options: Uploading = {}): Promise<UploadedFile> {
    return this.uploads.send(file, options);
  }

  async suspendedMails() {
    return { items: this.suspended, total: this.suspended.length };
  }

  async releaseMail(mailId: string): Promise<void> {
    this.asked.push(`release ${mailId}`);
    this.suspended = this.suspended.filter(({ id }) => id !== mailId);
  }

  async releaseMails(mailIds: string[]): Promise<number> {
    this.asked.push(`release ${mailIds.join(', ')}`);
    this.suspended = this.suspended.filter(({ id }) => !mailIds.includes(id));
    return mailIds.length;
  }

  async deleteSuspendedMail(mailId: string): Promise<void> {
    this.asked.push(`delete ${mailId}`);
    this.suspended = this.suspended.filter(({ id }) => id !== mailId);
  }

  #enter(me: Me): Me {
    this.#useMe(me);
    queueMicrotask(() => this.connect());
    return me;
  }

  #useMe(me: Me): Me {
    this.me = me;
    this.#listeners.emit('me', me);
    return me;
  }

  #refuseIfTold(): void {
    const { refuse } = this;
    this.refuse = null;
    if (refuse) throw refuse;
  }
}

const shown = ({ password: _, ...server }: MailServerSettings): MailServer => server;
