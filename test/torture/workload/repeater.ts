import { setTimeout as sleep } from 'node:timers/promises';
import { chatInbox } from '../cluster/people.js';
import { keyOf } from '../history.js';
import type { Role } from './participant.js';
import { Writer } from './writer.js';

export interface RepeaterRole extends Role {
  /** Every node, as clients reach it. */
  urls: string[];
  report: (what: string, evidence: unknown) => void;
}

const answerWithinMs = 5_000;

interface Answer {
  /** Only of a start. */
  conversationId?: string;
  entry: { n: number };
}

/** Sends everything up to three times at once, to different nodes, under one clientId; and again until it is answered. */
export class Repeater extends Writer {
  readonly #role: RepeaterRole;
  #token = '';
  #conv: string | null = null;
  #said = 0;
  #stopped = new AbortController();

  constructor(role: RepeaterRole) {
    super(role, { atLeastMs: 200, spreadMs: 600 });
    this.#role = role;
  }

  override async close(): Promise<void> {
    await super.close();
    this.#stopped.abort();
  }

  protected write(): Promise<void> {
    return this.#token ? this.#say() : this.#openSession();
  }

  async #openSession(): Promise<void> {
    const [url = ''] = this.#role.urls;
    const opened = await this.#post<{ token: string }>(url, '/visitor/sessions', { inbox: chatInbox });
    this.#token = opened?.token ?? '';
  }

  async #say(): Promise<void> {
    const { name, history, random, urls } = this.#role;
    const key = keyOf(name, ++this.#said);
    const text = `${name} says it again and again: ${key}`;
    const conv = this.#conv;
    const ending = history.invoke({ proc: name, f: conv ? 'send' : 'start', key, text, ...(conv && { conv }) });
    const clientId = crypto.randomUUID();
    const path = conv ? `/visitor/conversations/${conv}/messages` : '/visitor/conversations';
    const send = () => this.#post<Answer>(random.pick(urls), path, { clientId, text });
    while (!this.#stopped.signal.aborted) {
      const times = conv ? random.between(1, 3) : 3; // there is only one start in a run
      const answers = await Promise.all(Array.from({ length: times }, send));
      const answer = answers.find((one) => one !== null);
      this.#checkSame(answers, key);
      if (answer) {
        this.#conv ??= answer.conversationId ?? null;
        ending('ok', { pub: answer.entry.n, ...(this.#conv && { conv: this.#conv }) });
        return;
      }
      await sleep(300);
    }
    ending('info');
  }

  /** Every answer must name the same entry. */
  #checkSame(answers: (Answer | null)[], key: string): void {
    const numbers = new Set(answers.flatMap((one) => (one ? [`${one.conversationId ?? ''}.${one.entry.n}`] : [])));
    if (numbers.size > 1)
      this.#role.report('a repeated message was answered with different entries', { key, numbers: [...numbers] });
  }

  /** Null if the outcome is not known. */
  async #post<T>(url: string, path: string, body: unknown): Promise<T | null> {
    const authorization: Record<string, string> = this.#token ? { authorization: `Bearer ${this.#token}` } : {};
    const signal = AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(answerWithinMs)]);
    try {
      const answer = await fetch(`${url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url, ...authorization },
        body: JSON.stringify(body),
        signal,
      });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }
}
