import type { HistoryRecord } from '../history.js';
import type { FinalState } from './final-state.js';

/** A broken promise. */
export interface Finding {
  /** `C1` … `C13` */
  check: string;
  what: string;
  evidence: unknown;
}

/** Pure: what the history and the final state say against one promise. */
export type Check = (history: readonly HistoryRecord[], final: FinalState) => Finding[];
