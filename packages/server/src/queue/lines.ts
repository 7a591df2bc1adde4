import type { QueuePlace } from '@helpline/protocol';
import type { Waiting } from '../conversations/index.js';
import type { ConversationState } from '../journal/index.js';

/** Those who wait for the same agents, in the order in which they come. */
export interface Line {
  name: string;
  waiting: Waiting[];
  /** How many conversations the agents who are there can hold at once. */
  hands: number;
  /** Null where nobody can tell. */
  secondsPerPlace: number | null;
}

export const lineOf = ({ brandId, teamId }: Pick<ConversationState, 'brandId' | 'teamId'>): string =>
  `${brandId} ${teamId ?? '-'}`;

export const placeAt = (position: number, secondsPerPlace: number | null): QueuePlace => ({
  position,
  waitSeconds: secondsPerPlace === null ? null : Math.round(position * secondsPerPlace),
});

const closeToFront = 20;

/**
 * Pure. Whether somebody should hear of his new place: near the front of every step, further back of every twentieth of
 * his way, so that what is told in a second hardly grows with the line.
 */
export function isWorthTelling(told: QueuePlace, now: QueuePlace): boolean {
  const steps = Math.abs(told.position - now.position);
  if (steps > 0 && (now.position <= closeToFront || steps * 20 >= told.position)) return true;
  if (told.waitSeconds === null || now.waitSeconds === null) return told.waitSeconds !== now.waitSeconds;
  return Math.abs(told.waitSeconds - now.waitSeconds) > Math.max(30, told.waitSeconds / 10);
}
