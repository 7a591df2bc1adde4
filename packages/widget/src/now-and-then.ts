/** What changes often is read out now and then: the newest, and not before the one before has had its time. */
export class NowAndThen {
  readonly #redraw: () => void;
  readonly #everyMs: number;
  #said = '';
  #saidAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(redraw: () => void, everyMs = 30_000) {
    this.#redraw = redraw;
    this.#everyMs = everyMs;
  }

  /** What is to be said now, of what there is to say. */
  say(text: string): string {
    const left = this.#saidAt + this.#everyMs - Date.now();
    if (text === this.#said) return text;
    if (text === '') this.#said = '';
    else if (left <= 0) this.#sayNow(text);
    else this.#timer ??= setTimeout(() => this.#again(), left);
    return this.#said;
  }

  #sayNow(text: string): void {
    this.#said = text;
    this.#saidAt = Date.now();
  }

  #again(): void {
    this.#timer = undefined;
    this.#redraw();
  }
}
