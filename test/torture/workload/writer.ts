import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientView } from '../history.js';
import type { Participant, Role } from './participant.js';

/** Somebody who writes again and again, with pauses, and looks at nothing. */
export abstract class Writer implements Participant {
  readonly name: string;
  readonly #random: Role['random'];
  readonly #pause: { atLeastMs: number; spreadMs: number };
  #resting = false;
  #busy = false;

  constructor({ name, random }: Pick<Role, 'name' | 'random'>, pause: { atLeastMs: number; spreadMs: number }) {
    this.name = name;
    this.#random = random;
    this.#pause = pause;
  }

  async start(): Promise<void> {
    void this.#work();
  }

  rest(): void {
    this.#resting = true;
  }

  isIdle(): boolean {
    return this.#resting && !this.#busy;
  }

  async views(): Promise<ClientView[]> {
    return [];
  }

  async close(): Promise<void> {
    this.#resting = true;
  }

  protected abstract write(): Promise<void>;

  async #work(): Promise<void> {
    while (!this.#resting) {
      this.#busy = true;
      await this.write();
      this.#busy = false;
      await sleep(this.#pause.atLeastMs + this.#pause.spreadMs * this.#random.next());
    }
  }
}
