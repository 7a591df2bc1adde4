import { setTimeout as sleep } from 'node:timers/promises';
import { type AgentClient, type AgentConversation, createAgentClient } from '@helpline/sdk/agent';
import { keyOf } from '../history.js';
import { Crowd, type CrowdRole } from './crowd.js';
import { MailCrowd } from './mail-crowd.js';
import { waitUntil } from './wait.js';

const conversations = 100;
const atOnce = 10;
const pauseMs = 200;

/** Emil answers a hundred mails again and again: each answer is a mail. */
export class AnswerCrowd extends Crowd {
  readonly #answers: number;
  readonly #questions: MailCrowd;
  #begun = 0;
  #acknowledged = 0;
  #ended = false;

  constructor(role: CrowdRole & { answers: number }) {
    super(role);
    this.#answers = role.answers;
    this.#questions = new MailCrowd({ ...role, name: `${role.name}-asks`, mails: conversations });
  }

  override async start(): Promise<void> {
    await this.#questions.start();
    await waitUntil(() => this.#questions.isDone(), { upToMs: 60_000 });
    await super.start();
  }

  isIdle(): boolean {
    return this.#ended;
  }

  async isDone(): Promise<boolean> {
    return this.#ended && (await this.#sent()) >= this.#acknowledged;
  }

  get progress(): string {
    return `${this.#acknowledged} of ${this.#answers} answers are acknowledged`;
  }

  protected async work(): Promise<void> {
    const client = createAgentClient({
      serverUrl: this.cluster.clientUrl(0),
      cookie: await this.cluster.cookieOf('emil'),
    });
    client.connect();
    const asked = await this.#asked();
    const writers = Array.from({ length: atOnce }, (_, i) => asked.filter((_, k) => k % atOnce === i));
    await Promise.all(writers.map((some) => this.#answerInTurn(client, some)));
    client.close();
    this.#ended = true;
  }

  async #asked(): Promise<string[]> {
    const found = this.cluster.mongo.db.collection<{ _id: string }>('conversations').find({ channel: 'email' });
    return (await found.sort({ _id: -1 }).limit(conversations).toArray()).map(({ _id }) => _id);
  }

  async #answerInTurn(client: AgentClient, asked: readonly string[]): Promise<void> {
    const open: AgentConversation[] = [];
    for (const id of asked) open.push(await client.open(id));
    while (this.#acknowledged < this.#answers && !this.resting)
      for (const conversation of open) {
        await this.#answer(conversation);
        await sleep(pauseMs);
      }
  }

  /** Until it is confirmed or refused, whatever breaks meanwhile. */
  async #answer(conversation: AgentConversation): Promise<void> {
    const key = keyOf(this.name, ++this.#begun);
    const text = `${this.name} answers ${key}`;
    const ending = this.history.invoke({ proc: this.name, f: 'reply', conv: conversation.id, key, text });
    const sending = conversation.reply(text);
    while (sending.state === 'pending' && !this.resting) await sleep(20);
    if (sending.state === 'sent') {
      this.#acknowledged += 1;
      ending('ok');
    } else if (sending.state === 'failed') {
      ending('fail', { error: sending.error?.code ?? 'unknown' });
      conversation.discard(sending.clientId);
    } else ending('info');
  }

  /** Answers that are on no way any more. */
  #sent(): Promise<number> {
    const deliveries = this.cluster.mongo.db.collection('deliveries');
    return deliveries.countDocuments({ state: { $nin: ['queued', 'claimed', 'data'] }, recorded: true });
  }
}
