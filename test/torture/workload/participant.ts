import type { ClientView, History } from '../history.js';
import type { Random } from '../random.js';

/** Somebody who takes part: writes and reads by the SDK, in a browser or by mail, and notes in the history what he does. */
export interface Participant {
  readonly name: string;
  /** Who he is, if he is an agent. */
  readonly agentId?: string;
  start(): Promise<void>;
  /** Begins nothing new; what is under way goes on. */
  rest(): void;
  /** Whether nothing of his is on its way any more. */
  isIdle(): boolean;
  /** What he holds of each conversation now, as he sees it; and, unless it is not asked for, what he would get who opens it now. */
  views(how?: { fresh: boolean }): Promise<ClientView[]>;
  close(): Promise<void>;
}

/** What everybody needs who takes part. */
export interface Role {
  name: string;
  history: History;
  random: Random;
  /** The server as he reaches it. */
  url: string;
  node: string;
}
