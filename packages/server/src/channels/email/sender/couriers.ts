import type { ReachableServer } from '../reach.js';
import type { Mailbox } from '../store.js';
import { Lane, type LaneOptions } from './lane.js';
import type { Outcome } from './outcome.js';
import type { Sending } from './smtp-line.js';

/** Who carries mails to the servers of the mailboxes, by connections that stay open for a while. */
export class Couriers {
  readonly #options: LaneOptions;
  readonly #lanes = new Map<string, Lane>();
  #isStopped = false;

  constructor({ connections = 2, pauseMs = 10_000 }: Partial<LaneOptions> = {}) {
    this.#options = { connections, pauseMs };
  }

  /** The mailboxes for which enough is waiting, or whose server can not be reached; and how many mails wait. */
  get full(): Map<string, number> {
    const full = new Map<string, number>();
    for (const [mailboxId, lane] of this.#lanes) {
      if (lane.isFull) full.set(mailboxId, lane.waiting);
      else if (lane.isOver) this.#lanes.delete(mailboxId);
    }
    return full;
  }

  send(
    { _id, smtp, grant }: Pick<Mailbox, '_id' | 'smtp' | 'grant'>,
    server: () => Promise<ReachableServer>,
    sending: Sending,
  ): Promise<Outcome> {
    if (this.#isStopped) return Promise.resolve({ state: 'put_back' });
    const lane = this.#lanes.get(_id) ?? new Lane(this.#options);
    this.#lanes.set(_id, lane);
    return lane.send({ ...sending, server, access: JSON.stringify([smtp, grant?.account]) });
  }

  /** What waits is not sent any more, what is on its way may arrive. */
  stop(): void {
    this.#isStopped = true;
    for (const lane of this.#lanes.values()) lane.stop();
  }
}
