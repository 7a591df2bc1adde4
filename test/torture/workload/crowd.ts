import type { Cluster } from '../cluster/cluster.js';
import type { ClientView, History } from '../history.js';
import type { Participant } from './participant.js';

export interface CrowdRole {
  name: string;
  history: History;
  cluster: Cluster;
}

/** So much work at once that the faults strike again and again before it is done. */
export abstract class Crowd implements Participant {
  readonly name: string;
  protected readonly history: History;
  protected readonly cluster: Cluster;
  /** Nobody adds to it any more. */
  protected resting = false;
  #working: Promise<void> = Promise.resolve();

  constructor({ name, history, cluster }: CrowdRole) {
    this.name = name;
    this.history = history;
    this.cluster = cluster;
  }

  async start(): Promise<void> {
    this.#working = this.work();
  }

  rest(): void {
    this.resting = true;
  }

  abstract isIdle(): boolean;

  /** Whether all of it arrived where it should, as far as the database tells. */
  abstract isDone(): Promise<boolean>;

  abstract get progress(): string;

  async views(): Promise<ClientView[]> {
    return [];
  }

  async close(): Promise<void> {
    this.resting = true;
    await this.#working;
  }

  protected abstract work(): Promise<void>;
}
