import type { ClientView } from '../history.js';

/** Somebody who takes part: writes and reads by the SDK, in a browser or by mail, and notes in the history what he does. */
export interface Participant {
  readonly name: string;
  start(): Promise<void>;
  /** Begins nothing new; what is under way goes on. */
  rest(): void;
  /** Whether nothing of his is on its way any more. */
  isIdle(): boolean;
  /** What he holds of each conversation now, as he sees it. */
  views(): Promise<ClientView[]>;
  close(): Promise<void>;
}
