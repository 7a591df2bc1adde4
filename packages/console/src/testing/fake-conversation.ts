import type { AgentEntry, Attachment, Conversation, Input, Output } from '@helpline/protocol';
import type {
  Addressed,
  AgentConversationEvents,
  Forward,
  HelplineError,
  Outgoing,
  SendState,
  Writing,
} from '@helpline/sdk/agent';
import type { OpenConversation } from '../client.js';
import { Listeners } from './listeners.js';

interface Item {
  clientId: string;
  body: Writing;
  at: string;
  state: SendState;
  error: HelplineError | null;
}

/** One conversation of the stand-in: what is written stays on its way until the test says what becomes of it. */
export class FakeConversation implements OpenConversation {
  readonly #listeners = new Listeners<AgentConversationEvents>();
  readonly on = this.#listeners.on.bind(this.#listeners);
  readonly asked: string[] = [];
  conversation: Conversation;
  entries: readonly AgentEntry[];
  outgoing: readonly Outgoing<Writing>[] = [];
  seenByCustomer = 0;
  /** Whom an answer by mail goes to. */
  usual: Output<'conversation.recipients'> = { to: [], cc: [], participants: [] };
  /** What is called back or forwarded is refused. */
  refuseNext: HelplineError | null = null;
  /** Why somebody has it, or nobody. */
  explanation: Output<'conversation.explain'> | null = null;
  /** Whether one may see it where it is passed on to. */
  staysVisible = true;
  /** Where every mail's page is. */
  mail = { url: 'about:blank', remoteImages: 0 };

  constructor(conversation: Conversation, entries: readonly AgentEntry[] = []) {
    this.conversation = conversation;
    this.entries = entries;
  }

  get id(): string {
    return this.conversation.id;
  }

  become(conversation: Conversation): void {
    this.conversation = conversation;
    this.#changed();
  }

  hearEntries(entries: readonly AgentEntry[]): void {
    this.entries = [...this.entries, ...entries];
    this.#changed();
  }

  hearSeen(seq: number): void {
    this.seenByCustomer = seq;
    this.#changed();
  }

  hearTyping(typing: { name: string; from: 'customer' | 'agent' }): void {
    this.#listeners.emit('typing', typing);
  }

  hearHead(): void {}

  hearConversation(conversation: Conversation): void {
    this.become(conversation);
  }

  /** What is on its way is refused. */
  refuse(error: HelplineError): void {
    this.outgoing = this.outgoing.map((item) => ({ ...item, state: 'failed', error }));
    this.#changed();
  }

  reply(text: string, addressed: Addressed = {}, attachments: Attachment[] = []): Outgoing<Writing> {
    return this.#add({ kind: 'reply', text, expectedSeq: this.entries.length, ...addressed, ...named(attachments) });
  }

  note(text: string, attachments: Attachment[] = []): Outgoing<Writing> {
    return this.#add({ kind: 'note', text, ...named(attachments) });
  }

  retry(clientId: string): void {
    this.#put(
      this.outgoing.map((item) => (item.clientId === clientId ? { ...item, state: 'pending', error: null } : item)),
    );
  }

  discard(clientId: string): void {
    this.#put(this.outgoing.filter((item) => item.clientId !== clientId));
  }

  async assign(agentId: string | null, word = ''): Promise<void> {
    this.asked.push(`assign ${agentId}${word && `: ${word}`}`);
    this.become({ ...this.conversation, assigneeId: agentId, handler: agentId ? 'agent' : 'queue' });
  }

  takeOver(agentId: string): Promise<void> {
    return this.assign(agentId);
  }

  async accept(): Promise<void> {
    this.asked.push('accept');
    if (this.refuseNext) throw this.refuseNext;
  }

  async decline(): Promise<void> {
    this.asked.push('decline');
  }

  async explain(): Promise<Output<'conversation.explain'>> {
    this.asked.push('explain');
    if (!this.explanation) throw new Error('The test gave no explanation.');
    return this.explanation;
  }

  async transfer(to: Pick<Input<'conversation.transfer'>, 'teamId' | 'brandId' | 'text'>): Promise<boolean> {
    this.asked.push(`transfer ${JSON.stringify(to)}`);
    if (this.refuseNext) throw this.refuseNext;
    return this.staysVisible;
  }

  async escalate(text: string): Promise<boolean> {
    this.asked.push(`escalate ${text}`);
    return this.staysVisible;
  }

  async triage(needs: Pick<Input<'conversation.triage'>, 'priority' | 'dueAt' | 'skills'>): Promise<void> {
    this.asked.push(`triage ${JSON.stringify(needs)}`);
  }

  async pend(): Promise<void> {
    this.asked.push('pend');
    this.become({ ...this.conversation, status: 'pending' });
  }

  async snooze(until: string): Promise<void> {
    this.asked.push(`snooze ${until}`);
    this.become({ ...this.conversation, status: 'snoozed', snoozedUntil: until });
  }

  async promise(what: Pick<Input<'followUp.promise'>, 'dueAt' | 'ownerId' | 'text'>): Promise<void> {
    this.asked.push(`promise ${JSON.stringify(what)}`);
  }

  async settleFollowUp(id: string, state: 'kept' | 'cancelled'): Promise<void> {
    this.asked.push(`${state} ${id}`);
    const followUps = this.conversation.followUps.filter((one) => one.id !== id);
    this.become({ ...this.conversation, followUps });
  }

  async setVip(vip: boolean): Promise<void> {
    const { vip: _, ...contact } = this.conversation.contact;
    this.become({ ...this.conversation, contact: { ...contact, ...(vip ? { vip: true as const } : {}) } });
  }

  async resolve(): Promise<void> {
    this.asked.push('resolve');
    this.become({ ...this.conversation, status: 'resolved', assigneeId: null, handler: 'none' });
  }

  async reopen(): Promise<void> {
    this.asked.push('reopen');
    this.become({ ...this.conversation, status: 'open', handler: 'queue' });
  }

  async recipients() {
    return this.usual;
  }

  async callBack(of: number): Promise<void> {
    this.asked.push(`call back ${of}`);
    if (this.refuseNext) throw this.refuseNext;
  }

  async forward(forward: Forward): Promise<void> {
    this.asked.push(`forward ${JSON.stringify(forward)}`);
    if (this.refuseNext) throw this.refuseNext;
  }

  async setDoNotContact(doNotContact: boolean): Promise<void> {
    const { doNotContact: _, ...contact } = this.conversation.contact;
    const since = doNotContact ? { doNotContact: new Date().toISOString() } : {};
    this.become({ ...this.conversation, contact: { ...contact, ...since } });
  }

  async clearMailTrouble(): Promise<void> {
    const { mailTrouble: _, ...contact } = this.conversation.contact;
    this.become({ ...this.conversation, contact });
  }

  async split(of: number): Promise<string> {
    this.asked.push(`split ${of}`);
    return 'split-off';
  }

  typing(): void {
    this.asked.push('typing');
  }

  seen(): void {
    this.asked.push(`seen ${this.entries.length}`);
  }

  async fileLink(fileId: string): Promise<{ url: string; expiresAt: string }> {
    this.asked.push(`file ${fileId}`);
    return { url: `about:blank#${fileId}`, expiresAt: new Date().toISOString() };
  }

  async mailPage(seq: number, images: boolean): Promise<Output<'mail.page'>> {
    this.asked.push(`mail ${seq}${images ? ' with images' : ''}`);
    return { ...this.mail, expiresAt: new Date().toISOString() };
  }

  async mailOriginal(seq: number): Promise<Output<'mail.original'>> {
    this.asked.push(`original ${seq}`);
    return { url: URL.createObjectURL(new Blob(['Subject: Kettle'])), expiresAt: new Date().toISOString() };
  }

  async watch(): Promise<void> {}

  async resume(): Promise<void> {}

  close(): void {
    this.asked.push('close');
  }

  #add(body: Writing): Outgoing<Writing> {
    const item: Item = {
      clientId: crypto.randomUUID(),
      body,
      at: new Date().toISOString(),
      state: 'pending',
      error: null,
    };
    this.#put([...this.outgoing, item]);
    return item;
  }

  #put(outgoing: readonly Outgoing<Writing>[]): void {
    this.outgoing = outgoing;
    this.#changed();
  }

  #changed(): void {
    this.#listeners.emit('changed', undefined);
  }
}

const named = (attachments: Attachment[]) => (attachments.length > 0 ? { attachments } : {});
