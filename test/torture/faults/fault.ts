import type { Cluster } from '../cluster/cluster.js';
import type { History } from '../history.js';
import type { SmtpSink } from '../mail/sink.js';
import type { Random } from '../random.js';
import type { Participant } from '../workload/participant.js';

/** What a fault breaks. Faults that break different things may run at the same time. */
export type Resource = 'nodes' | 'mongo' | 'redis' | 'network' | 'browser' | 'imap' | 'smtp' | 'clock';

/** One way in which the world breaks while people work. */
export interface Fault {
  /** As in the list of faults: `F12`. */
  id: string;
  title: string;
  meets: readonly Resource[];
  /** Only in the long form. */
  long?: true;
  /** How long the world stays broken before it heals; 3 seconds by default, in the long form 10. */
  seconds?: { short: number; long: number };
  /** Breaks something. The function it gives makes the world whole again. */
  inject(scene: Scene): Promise<Heal>;
}

export type Heal = () => Promise<void>;

/** Where a fault strikes: the running cluster, the people at work, and what is noted of it. */
export interface Scene {
  cluster: Cluster;
  history: History;
  random: Random;
  /** Where answers by mail go. */
  sink: SmtpSink;
  /** Of this run: whoever joins has it in his name, as in `ana-e7`. */
  epoch: number;
  isLong: boolean;
  /** Lets somebody more take part until this fault is over: a browser, a second tab. */
  join(participant: Participant): Promise<void>;
  /** A promise was broken that no general check looks for. */
  report(what: string, evidence?: unknown): void;
}
