import type { HistoryRecord } from '../history.js';
import { acts, entriesByKey } from './facts.js';
import type { FinalState } from './final-state.js';
import type { Finding } from './finding.js';

/** What the last line of a run says. */
export interface Figures {
  invoked: number;
  acknowledged: number;
  lost: number;
  doubled: number;
  disordered: number;
  /** Nobody ever heard how these ended… */
  unknown: number;
  /** …and these of them are there (C4: allowed, counted). */
  recovered: number;
}

export function figuresOf(history: readonly HistoryRecord[], final: FinalState, findings: Finding[]): Figures {
  const all = acts(history);
  const unknown = all.filter(({ end }) => end === null || end.type === 'info');
  const byKey = entriesByKey(final);
  const foundBy = (check: string) => findings.filter((finding) => finding.check === check).length;
  return {
    invoked: all.length,
    acknowledged: all.filter(({ end }) => end?.type === 'ok').length,
    lost: foundBy('C1'),
    doubled: foundBy('C2'),
    disordered: foundBy('C5'),
    unknown: unknown.length,
    recovered: unknown.filter(({ invoke: { key } }) => key !== undefined && byKey.has(key)).length,
  };
}
