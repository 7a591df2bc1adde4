import type { AvailabilityInterval } from '@helpline/protocol';
import type { Episode } from './episodes.js';

/** From when to when somebody could be given something, in milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** Pure. When somebody was there by what was recorded; what came after a conversation of his is part of that. */
export function spansOf(intervals: readonly AvailabilityInterval[], to: number): Span[] {
  const there = intervals.filter(({ availability }) => availability === 'available' || availability === 'wrap_up');
  return there.map((one) => ({ from: Date.parse(one.from), to: one.to === null ? to : Date.parse(one.to) }));
}

const dayMs = 86_400_000;

/** Pure. When somebody was there as far as his conversations tell: on each day from his first to his last. */
export function guessedSpans(
  episodes: readonly Pick<Episode, 'given' | 'endedAt'>[],
  agentId: string,
  until: number,
): Span[] {
  const days = new Map<number, Span>();
  for (const { given, endedAt } of episodes) {
    if (given?.agentId !== agentId || given.at >= until) continue;
    const day = Math.floor(given.at / dayMs);
    const end = Math.min(endedAt ?? given.at, until, (day + 1) * dayMs);
    const known = days.get(day);
    days.set(day, { from: Math.min(given.at, known?.from ?? given.at), to: Math.max(end, known?.to ?? end) });
  }
  return [...days.values()];
}
