import { acts } from './facts.js';
import type { FaultSpan } from './final-state.js';
import type { Check, Finding } from './finding.js';

const withinMs = 30_000;

/** Ends: everything that was begun is over at most 30 seconds after all has healed, and nobody holds anything back for ever. */
export const c12Ends: Check = (history, final) => [
  ...acts(history).flatMap(({ invoke, end }) => {
    const deadline = deadlineFor(invoke.at, end?.at ?? final.readAt, final.faults);
    if (end?.type === 'info') return []; // whoever asked is no more
    if (!end && final.readAt > deadline) return [finding('an operation never ended', invoke)];
    if (!end || end.at <= deadline) return [];
    return [finding('an operation took too long', { invoke, end, late: Math.round(end.at - deadline) })];
  }),
  ...final.views
    .filter(({ pending, fresh }) => pending > 0 && !fresh)
    .map(({ proc, conv, pending }) => finding('a client still holds what it could not send', { proc, conv, pending })),
];

/** 30 seconds, counted from the end of the last fault that it met. */
function deadlineFor(begun: number, ended: number, faults: FaultSpan[]): number {
  const healed = faults.filter(({ from }) => from < ended).map(({ until }) => until);
  return Math.max(begun, ...healed) + withinMs;
}

const finding = (what: string, evidence: unknown): Finding => ({ check: 'C12', what, evidence });
