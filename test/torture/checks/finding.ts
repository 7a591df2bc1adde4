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

/** One line for each kind of thing found, however often it was. */
export function told(findings: readonly Finding[]): string[] {
  const times = new Map<string, number>();
  for (const { check, what } of findings) times.set(`${check} ${what}`, (times.get(`${check} ${what}`) ?? 0) + 1);
  return [...times].map(([line, count]) => (count > 1 ? `${line} (${count} times)` : line));
}
