import { HelplineError } from '@helpline/sdk/agent';
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit';
import { failed, loading } from './states.js';

const lookAgainMs = 10_000;

interface Source<Value> {
  /** Names what is wanted, which is asked for whenever the name is another; null is nothing for now. */
  wanted(): string | null;
  load(): Promise<Value>;
  /** Whether what is shown may be replaced by what the server has meanwhile; without it nobody looks. */
  looksAgain?(): boolean;
}

type Change<Value> = Partial<Pick<Loaded<Value>, 'value' | 'error' | 'isBusy'>>;

/** What an element shows of the server's. An answer counts only as long as nothing was asked after it. */
export class Loaded<Value> implements ReactiveController {
  value: Value | null = null;
  error: HelplineError | null = null;
  isBusy = false;
  readonly #host: ReactiveControllerHost;
  readonly #source: Source<Value>;
  #wanted: string | null = null;
  #asked: Promise<Value> | undefined;
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, source: Source<Value>) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  hostConnected(): void {
    this.#clock = setInterval(this.#lookAgain, lookAgainMs);
  }

  hostDisconnected(): void {
    clearInterval(this.#clock);
  }

  hostUpdate(): void {
    const wanted = this.#source.wanted();
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted !== null) void this.load();
  }

  render(show: (value: Value) => unknown, wait: TemplateResult = loading()): unknown {
    if (this.error) return failed(this.error, this.load);
    return this.value === null ? wait : show(this.value);
  }

  readonly load = (): Promise<boolean> => this.take(this.#source.load());

  /** Shows what comes of this; tells whether it did. */
  async take(asked: Promise<Value>): Promise<boolean> {
    this.#asked = asked;
    this.#become({ isBusy: true });
    try {
      return this.#settle(asked, { value: await asked, error: null });
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      return this.#settle(asked, { error });
    }
  }

  #settle(asked: Promise<Value>, outcome: Change<Value>): boolean {
    if (asked !== this.#asked) return false;
    this.#become({ ...outcome, isBusy: false });
    return this.error === null;
  }

  #become(change: Change<Value>): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }

  readonly #lookAgain = (): void => {
    const isFree = this.#wanted !== null && this.value !== null && !this.isBusy;
    if (isFree && this.#source.looksAgain?.()) void this.load();
  };
}
