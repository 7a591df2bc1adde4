import type { Ending, History, NewRecord, Operation } from '../history.js';
import { keysIn } from '../history.js';

/** A message or note as a page shows it. */
export interface Shown {
  type: 'message' | 'note';
  text: string;
  state: 'sent' | 'pending' | 'failed';
}

/** Notes in the history what somebody does on a page, and what the page shows of it. */
export class PageNotes {
  shown: Shown[] = [];
  conv: string | null = null;
  epoch = 0;
  readonly #history: History;
  readonly #proc: string;
  readonly #underWay = new Map<string, Ending>();
  #lastKeys = '';

  constructor(history: History, proc: string) {
    this.#history = history;
    this.#proc = proc;
  }

  get underWay(): number {
    return this.#underWay.size;
  }

  begin(f: Operation, key: string, text: string): void {
    this.#underWay.set(key, this.#history.invoke({ ...this.#who(), f, key, text }));
  }

  /** It never left his hands. */
  giveUp(key: string): void {
    this.#underWay.get(key)?.('info');
    this.#underWay.delete(key);
  }

  /** What the page shows now, from top to bottom: what stands there as sent was acknowledged. */
  see(shown: Shown[]): void {
    this.shown = shown;
    for (const { text, state } of shown) for (const key of keysIn(text)) this.#end(key, state);
    const keys = shown.filter(({ state }) => state !== 'failed').flatMap(({ text }) => keysIn(text));
    if (keys.join() === this.#lastKeys) return;
    this.#lastKeys = keys.join();
    this.#history.record({ ...this.#who(), type: 'ok', f: 'dom', keys });
  }

  /** The page is gone, and with it whoever waited for answers; the next one begins anew. */
  gone(): void {
    for (const end of this.#underWay.values()) end('info');
    this.#underWay.clear();
    this.#lastKeys = '';
    this.shown = [];
    this.epoch += 1;
  }

  #end(key: string, state: Shown['state']): void {
    if (state === 'pending') return;
    this.#underWay.get(key)?.(state === 'sent' ? 'ok' : 'fail', this.conv ? { conv: this.conv } : {});
    this.#underWay.delete(key);
  }

  #who(): Pick<NewRecord, 'proc' | 'epoch' | 'conv'> {
    return { proc: this.#proc, epoch: this.epoch, ...(this.conv ? { conv: this.conv } : {}) };
  }
}
