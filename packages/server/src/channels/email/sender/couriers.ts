import type { ReachableServer } from '../reach.js';
import type { Mailbox } from '../store.js';
import { Lane } from './lane.js';
import type { Outcome } from './outcome.js';
import type { Sending } from './smtp-line.js';

/** Who carries mails to the servers of the mailboxes, by connections that stay open for a while. */
export class Couriers {
  readonly #connections: number;
  readonly #lanes = new Map<string, Lane>();

  /** `connections`: how many a mailbox may have at once. */
  constructor(connections = 2) {
    this.#connections = connections;
  }

  /** The mailboxes for which enough is waiting, and how much that is. */
  get full(): Map<string, number> {
    return new Map([...this.#lanes].flatMap(([id, lane]) => (lane.isFull ? [[id, lane.waiting] as const] : [])));
  }

  send(
    { _id, smtp, grant }: Pick<Mailbox, '_id' | 'smtp' | 'grant'>,
    server: () => Promise<ReachableServer>,
    sending: Sending,
  ): Promise<Outcome> {
    const lane = this.#lanes.get(_id) ?? new Lane(this.#connections, () => this.#lanes.delete(_id));
    this.#lanes.set(_id, lane);
    return lane.send({ ...sending, server, access: JSON.stringify([smtp, grant?.account]) });
  }

  /** What waits is not sent any more, what is on its way may arrive. */
  stop(): void {
    for (const lane of this.#lanes.values()) lane.stop();
  }
}
