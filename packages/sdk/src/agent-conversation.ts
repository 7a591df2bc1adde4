import type { AgentEntry, AgentEvents, Attachment, Conversation, Explanation, Input, Output } from '@helpline/protocol';
import type { Connection } from './connection.js';
import { Emitter } from './emitter.js';
import { HelplineError } from './errors.js';
import { Log } from './log.js';
import { Outbox, type Outgoing } from './outbox.js';

export interface AgentConversationEvents {
  /** Entries, what is on its way, or the conversation itself changed. */
  changed: undefined;
  typing: { name: string; from: 'customer' | 'agent' };
}

/** What an agent writes: `expectedSeq` is the newest entry he had seen when he wrote it. */
export type Writing =
  | ({ kind: 'reply'; text: string; expectedSeq: number; attachments?: Attachment[] } & Addressed)
  | { kind: 'note'; text: string; attachments?: Attachment[] };

/** Whom an answer goes to by mail, and when; left out, to whom the answered mail says, now. */
export type Addressed = Pick<Input<'conversation.reply'>, 'to' | 'cc' | 'bcc' | 'sendAt'>;

export type Forward = Pick<Input<'conversation.forward'>, 'of' | 'text' | 'to' | 'cc' | 'bcc' | 'attachments'>;

/** One conversation that is open on an agent's screen. */
export class AgentConversation {
  readonly id: string;
  readonly #connection: Connection;
  readonly #onClose: () => void;
  readonly #emitter = new Emitter<AgentConversationEvents>();
  readonly on = this.#emitter.on.bind(this.#emitter);
  readonly #log: Log<AgentEntry>;
  readonly #outbox: Outbox<Writing>;
  #conversation: Conversation | null = null;
  #seenByCustomer = 0;

  constructor(id: string, connection: Connection, onClose: () => void) {
    this.id = id;
    this.#connection = connection;
    this.#onClose = onClose;
    const fetchAfter = (after: number) => connection.call('conversation.sync', { conversationId: id, after });
    this.#log = new Log((entry) => entry.seq, fetchAfter, this.#changed);
    this.#outbox = new Outbox((writing, clientId) => this.#deliver(writing, clientId), this.#changed);
  }

  /** Null until the first `watch` came back. */
  get conversation(): Conversation | null {
    return this.#conversation;
  }

  get entries(): readonly AgentEntry[] {
    return this.#log.entries;
  }

  get outgoing(): readonly Outgoing<Writing>[] {
    return this.#outbox.items;
  }

  /** The newest entry the customer has seen in the chat. */
  get seenByCustomer(): number {
    return this.#seenByCustomer;
  }

  async watch(): Promise<void> {
    const { conversation, seen } = await this.#connection.call('conversation.watch', { conversationId: this.id });
    this.#seenByCustomer = Math.max(this.#seenByCustomer, seen);
    this.hearConversation(conversation);
    await this.#log.sync();
  }

  /** After a break: watch again, fetch what was missed, then send what waits. */
  async resume(): Promise<void> {
    await this.#quietly(this.watch());
    await this.#outbox.run();
  }

  close(): void {
    this.#connection.hint('conversation.unwatch', { conversationId: this.id });
    this.#onClose();
  }

  /** Refused with `stale` (shown on the outgoing item) if somebody else wrote publicly since what is shown now. */
  reply(text: string, addressed: Addressed = {}, attachments: Attachment[] = []): Outgoing<Writing> {
    const files = attachments.length > 0 ? { attachments } : {};
    return this.#outbox.add({ kind: 'reply', text, expectedSeq: this.#log.head, ...addressed, ...files });
  }

  note(text: string, attachments: Attachment[] = []): Outgoing<Writing> {
    return this.#outbox.add({ kind: 'note', text, ...(attachments.length > 0 ? { attachments } : {}) });
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  /** `text` is an internal word for whoever gets it. Rejects with `at_capacity` where more takes a supervisor. */
  assign(agentId: string | null, text?: string): Promise<void> {
    const asked = { ...this.#write(), agentId, ...(text ? { text } : {}) };
    return this.#decide(this.#connection.call('conversation.assign', asked));
  }

  /** It is held for this agent and becomes his. Rejects with `too_late` if it is not held for him any more. */
  accept(): Promise<void> {
    return this.#decide(this.#connection.call('conversation.accept', this.#write()));
  }

  /** It is held for this agent, and somebody else is asked. Rejects as `accept` does. */
  decline(): Promise<void> {
    return this.#decide(this.#connection.call('conversation.decline', this.#write()));
  }

  /** Takes it from whoever is known to have it. Rejects with `stale` if it went to somebody else meanwhile. */
  takeOver(agentId: string): Promise<void> {
    const asked = { ...this.#write(), agentId, expectedSeq: this.#log.head };
    return this.#decide(this.#connection.call('conversation.assign', asked));
  }

  /** Makes it another team's or brand's matter. Says whether it is still to be seen here. */
  transfer(to: Pick<Input<'conversation.transfer'>, 'teamId' | 'brandId' | 'text'>): Promise<boolean> {
    const input = { ...this.#write(), ...to };
    return this.#passOn(() => this.#connection.call('conversation.transfer', input));
  }

  /** To the team that its team escalates to. Says whether it is still to be seen here. */
  escalate(text: string): Promise<boolean> {
    const input = { ...this.#write(), text };
    return this.#passOn(() => this.#connection.call('conversation.escalate', input));
  }

  /** Says how urgent it is, until when, and what it needs; what is left out stays. */
  triage(needs: Pick<Input<'conversation.triage'>, 'priority' | 'dueAt' | 'skills'>): Promise<void> {
    return this.#decide(this.#connection.call('conversation.triage', { ...this.#write(), ...needs }));
  }

  /** It waits for the customer. */
  pend(): Promise<void> {
    return this.#decide(this.#connection.call('conversation.pend', this.#write()));
  }

  /** It sleeps until then, or until the customer writes. */
  snooze(until: string): Promise<void> {
    return this.#decide(this.#connection.call('conversation.snooze', { ...this.#write(), until }));
  }

  /** Promises something to the customer; the owner is oneself, if nobody is named. */
  promise(what: Pick<Input<'followUp.promise'>, 'dueAt' | 'ownerId' | 'text'>): Promise<void> {
    return this.#decide(this.#connection.call('followUp.promise', { ...this.#write(), ...what }));
  }

  settleFollowUp(id: string, state: 'kept' | 'cancelled'): Promise<void> {
    return this.#decide(this.#connection.call('followUp.settle', { ...this.#write(), id, state }));
  }

  /** What the customer begins comes one step earlier from now on, or no longer. */
  async setVip(vip: boolean): Promise<void> {
    this.hearConversation(await this.#connection.call('conversation.setVip', { conversationId: this.id, vip }));
  }

  resolve(): Promise<void> {
    return this.#decide(this.#connection.call('conversation.resolve', this.#write()));
  }

  reopen(): Promise<void> {
    return this.#decide(this.#connection.call('conversation.reopen', this.#write()));
  }

  /** Why nobody is on it, or why whoever has it does. */
  explain(): Promise<Explanation> {
    return this.#connection.call('conversation.explain', { conversationId: this.id });
  }

  /** Whom an answer by mail goes to, unless one says otherwise, and who takes part by mail. */
  recipients(): Promise<Output<'conversation.recipients'>> {
    return this.#connection.call('conversation.recipients', { conversationId: this.id });
  }

  /** Stops the mail of the entry with number `of`. Rejects with `too_late` if it is on its way. */
  callBack(of: number): Promise<void> {
    return this.#decide(this.#connection.call('conversation.callBack', { ...this.#write(), of }));
  }

  /** Sends a message on to somebody. Rejects with `do_not_contact`, `no_recipient`. */
  forward(forward: Forward): Promise<void> {
    return this.#decide(this.#connection.call('conversation.forward', { ...this.#write(), ...forward }));
  }

  /** Makes the message with number `of` the beginning of a conversation of its own, and gives its id. */
  async split(of: number): Promise<string> {
    return (await this.#connection.call('conversation.split', { conversationId: this.id, of })).conversationId;
  }

  /** Nothing may be sent to the customer any more, or it may again. */
  async setDoNotContact(doNotContact: boolean): Promise<void> {
    const asked = { conversationId: this.id, doNotContact };
    this.hearConversation(await this.#connection.call('conversation.setDoNotContact', asked));
  }

  /** Mails to the customer are fine, whatever came back or whatever he complained of. */
  async clearMailTrouble(): Promise<void> {
    const asked = { conversationId: this.id };
    this.hearConversation(await this.#connection.call('conversation.clearMailTrouble', asked));
  }

  typing(): void {
    this.#connection.hint('conversation.typing', { conversationId: this.id });
  }

  seen(): void {
    this.#connection.hint('conversation.seen', { conversationId: this.id, seq: this.#log.head });
  }

  /** A link to a file of this conversation, good for a few minutes. */
  fileLink(fileId: string): Promise<{ url: string; expiresAt: string }> {
    return this.#connection.call('file.link', { conversationId: this.id, fileId });
  }

  /** The mail of an entry as a page for a sandboxed frame; with `images`, those of other servers are fetched for it. */
  mailPage(seq: number, images: boolean): Promise<Output<'mail.page'>> {
    return this.#connection.call('mail.page', { conversationId: this.id, seq, images });
  }

  /** A link to the raw mail of an entry. Refused with `not_found` once it is not kept any more. */
  mailOriginal(seq: number): Promise<Output<'mail.original'>> {
    return this.#connection.call('mail.original', { conversationId: this.id, seq });
  }

  hearEntries(entries: AgentEntry[]): void {
    void this.#quietly(this.#log.hear(entries));
  }

  hearHead(head: number): void {
    if (head > this.#log.head) void this.#quietly(this.#log.sync());
  }

  hearConversation(conversation: Conversation): void {
    if (this.#conversation && conversation.seq < this.#conversation.seq) return;
    this.#conversation = conversation;
    this.#changed();
  }

  hearTyping(typing: AgentEvents['typing']): void {
    this.#emitter.emit('typing', typing);
  }

  hearSeen(seq: number): void {
    this.#seenByCustomer = Math.max(this.#seenByCustomer, seq);
    this.#changed();
  }

  readonly #changed = (): void => this.#emitter.emit('changed', undefined);

  #write(): { conversationId: string; clientId: string } {
    return { conversationId: this.id, clientId: crypto.randomUUID() };
  }

  async #deliver(writing: Writing, clientId: string): Promise<void> {
    const { kind: _, attachments, ...written } = writing;
    const named = attachments?.map(({ fileId, inline }) => ({ fileId, inline }));
    const write = { conversationId: this.id, clientId, ...written, ...(named ? { attachments: named } : {}) };
    const { entry } =
      'expectedSeq' in write ? await this.#answer(write) : await this.#connection.call('conversation.note', write);
    this.hearEntries([entry]);
  }

  /** An answer is refused together with what its author had not seen, also where no announcement of it came. */
  async #answer(reply: Input<'conversation.reply'>): Promise<Output<'conversation.reply'>> {
    try {
      return await this.#connection.call('conversation.reply', reply);
    } catch (error) {
      if (error instanceof HelplineError && error.code === 'stale') await this.#quietly(this.#log.sync());
      throw error;
    }
  }

  /** Without an answer it is asked once more: whoever sees it no more afterwards could not ask anew. */
  async #passOn(ask: () => Promise<Output<'conversation.transfer'>>): Promise<boolean> {
    const call = ask().catch((error) => {
      if (error instanceof HelplineError && error.code === 'timeout') return ask();
      throw error;
    });
    const { visible } = await call;
    await this.#decide(call);
    return visible;
  }

  async #decide(call: Promise<{ entry: AgentEntry }>): Promise<void> {
    const { entry } = await call;
    await this.#quietly(this.#log.hear([entry]));
  }

  async #quietly(work: Promise<void>): Promise<void> {
    await work.catch((error) => {
      if (!(error instanceof HelplineError)) throw error;
    });
  }
}
