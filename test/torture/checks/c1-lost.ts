import type { Entry } from '@helpline/server/dist/journal/index.js';
import { type HistoryRecord, keyIn } from '../history.js';
import { acts, entriesByKey, isWriting, textOf } from './facts.js';
import type { FinalState } from './final-state.js';
import type { Check, Finding } from './finding.js';

/** Lost: what was acknowledged, or shown to somebody, and is not there in the end, or is something else. */
export const c1Lost: Check = (history, final) => [...acknowledgedOnly(history, final), ...shownOnly(history, final)];

function acknowledgedOnly(history: readonly HistoryRecord[], final: FinalState): Finding[] {
  const byKey = entriesByKey(final);
  const byNumber = numbered(final);
  return acts(history).flatMap(({ invoke, end }) => {
    if (end?.type !== 'ok') return [];
    const { conv, seq, key } = { ...invoke, ...end };
    if (isWriting(invoke) && key !== undefined && !byKey.has(key))
      return [finding('an acknowledged message is gone', end)];
    if ((invoke.f === 'assign' || invoke.f === 'resolve') && seq !== undefined && !byNumber.has(`${conv}#${seq}`))
      return [finding('an acknowledged decision is gone', end)];
    return [];
  });
}

function shownOnly(history: readonly HistoryRecord[], final: FinalState): Finding[] {
  const byNumber = numbered(final);
  return history
    .filter(({ f }) => f === 'recv')
    .flatMap((record) => {
      const { conv, seq, pub, key } = record;
      const entry = byNumber.get(seq === undefined ? `${conv}.${pub}` : `${conv}#${seq}`);
      if (!entry) return [finding('somebody was shown an entry that is not there', record)];
      if (key !== undefined && keyIn(textOf(entry)) !== key)
        return [finding('somebody was shown another entry under this number', { shown: record, stored: entry })];
      return [];
    });
}

/** Every entry by its number, the public ones also by the visitor's. */
function numbered({ entries }: FinalState): Map<string, Entry> {
  const byNumber = new Map<string, Entry>();
  for (const entry of entries) {
    byNumber.set(`${entry.conversationId}#${entry.seq}`, entry);
    if (entry.audience === 'public') byNumber.set(`${entry.conversationId}.${entry.pub}`, entry);
  }
  return byNumber;
}

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C1', what, evidence });
