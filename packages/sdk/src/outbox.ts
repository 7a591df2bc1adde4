import { HelplineError } from './errors.js';

export type SendState = 'pending' | 'sent' | 'failed';

/** A message on its way, shown at once. */
export interface Outgoing<T> {
  readonly clientId: string;
  readonly body: T;
  readonly at: string;
  readonly state: SendState;
  readonly error: HelplineError | null;
}

interface Item<T> {
  clientId: string;
  body: T;
  at: string;
  state: SendState;
  error: HelplineError | null;
}

/** What is left of a message on its way when the page goes away. */
export type Kept<T> = Pick<Outgoing<T>, 'clientId' | 'body' | 'at'>;

/** Where messages on their way outlive the page. */
export interface Shelf<T> {
  read(): Kept<T>[];
  put(item: Kept<T>): void;
  drop(clientId: string): void;
}

/**
 * Sends one thing after the other, so that a retry can't overtake. A try with an unknown outcome is repeated
 * under the same clientId until the server answers; a refusal makes it `failed` until somebody retries it.
 */
export class Outbox<T> {
  readonly #send: (body: T, clientId: string) => Promise<void>;
  readonly #changed: () => void;
  readonly #shelf: Shelf<T> | undefined;
  #items: Item<T>[] = [];
  #running = false;
  #wake: ReturnType<typeof setTimeout> | undefined;

  /** What lies on the shelf comes first: a page that went away before the answer came goes on here. */
  constructor(send: (body: T, clientId: string) => Promise<void>, changed: () => void, shelf?: Shelf<T>) {
    this.#send = send;
    this.#changed = changed;
    this.#shelf = shelf;
    this.#items = shelf?.read().map((kept) => ({ ...kept, state: 'pending', error: null })) ?? [];
  }

  /** What is not confirmed yet, oldest first. */
  get items(): readonly Outgoing<T>[] {
    return this.#items;
  }

  add(body: T): Outgoing<T> {
    const item: Item<T> = {
      clientId: crypto.randomUUID(),
      body,
      at: new Date().toISOString(),
      state: 'pending',
      error: null,
    };
    this.#items = [...this.#items, item];
    this.#shelf?.put(item);
    this.#changed();
    void this.run();
    return item;
  }

  retry(clientId: string): void {
    const item = this.#items.find((one) => one.clientId === clientId);
    if (item?.state !== 'failed') return;
    item.state = 'pending';
    item.error = null;
    this.#shelf?.put(item);
    this.#changed();
    void this.run();
  }

  discard(clientId: string): void {
    this.#items = this.#items.filter((one) => one.clientId !== clientId || one.state !== 'failed');
    this.#changed();
  }

  /** Forgets everything: who wrote it is gone. */
  clear(): void {
    for (const { clientId } of this.#items) this.#shelf?.drop(clientId);
    this.#items = [];
    this.#changed();
  }

  /** Works through what is pending. Call it again whenever a link is there. */
  async run(): Promise<void> {
    if (this.#running) return;
    clearTimeout(this.#wake);
    this.#running = true;
    try {
      for (let item = this.#next(); item; item = this.#next()) if (!(await this.#try(item))) break;
    } finally {
      this.#running = false;
    }
  }

  #next(): Item<T> | undefined {
    return this.#items.find((item) => item.state === 'pending');
  }

  async #try(item: Item<T>): Promise<boolean> {
    try {
      await this.#send(item.body, item.clientId);
      item.state = 'sent';
      this.#items = this.#items.filter((one) => one !== item);
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      if (error.retryable) {
        this.#wake = setTimeout(() => void this.run(), error.retryAfterMs ?? 3_000);
        return false;
      }
      item.state = 'failed';
      item.error = error;
    }
    this.#shelf?.drop(item.clientId);
    this.#changed();
    return true;
  }
}
