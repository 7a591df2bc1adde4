import { isOpen } from '../../calendar/index.js';
import { turnOf } from '../../journal/index.js';
import type { PolicyOf } from '../policy/policies.js';
import type { Waits } from '../policy/policy.js';
import { isRelaxed } from '../policy/skills.js';
import type { Episode } from './episodes.js';

/** A wait that is gone through anew. */
export interface Job extends Waits {
  episode: Episode;
  turn: string;
  /** What needs the same finds the same. */
  needs: string;
  heldMs: number;
  rerouted: { homeTeamId: string | null; steps: number; asClosed: boolean };
}

export function jobOf(episode: Episode, policyOf: PolicyOf, usualMs: number): Job {
  const { state, given, endedAt, pendingMs } = episode;
  const { workspaceId, brandId, inboxId, teamId, channel, skills, waitingSince, lastAssigneeId } = state;
  const heldMs = given && endedAt !== null ? endedAt - given.at : usualMs;
  const { pendingCounts } = policyOf(state).settings;
  return {
    ...{ workspaceId, brandId, inboxId, teamId, channel, skills, waitingSince, lastAssigneeId },
    passedBy: [],
    passedAt: null,
    episode,
    turn: turnOf(state) ?? '',
    needs: '',
    heldMs: pendingCounts ? heldMs : Math.max(0, heldMs - pendingMs),
    rerouted: { homeTeamId: teamId, steps: 0, asClosed: false },
  };
}

/** When something changes for it though nobody does anything, while it is where it is. */
export function momentsOf(job: Job, policyOf: PolicyOf): number[] {
  const home = policyOf({ ...job, teamId: job.rerouted.homeTeamId }).settings;
  const seconds = [
    policyOf(job).settings.anybodyAfterSeconds,
    ...home.overflow.map(({ afterSeconds }) => afterSeconds),
  ];
  return seconds.flatMap((after) => (after === null ? [] : [job.episode.since + after * 1000]));
}

/** Puts it where it belongs by then, as move-on.ts does with what waits in earnest; tells whether it was elsewhere. */
export function moveOn(job: Job, policyOf: PolicyOf, now: Date): boolean {
  const { hours, whenClosed } = policyOf(job).settings;
  if (hours && !isOpen(hours, now)) {
    if (whenClosed.kind !== 'team' || job.rerouted.asClosed || job.teamId === whenClosed.teamId) return false;
    job.rerouted.asClosed = true;
    job.teamId = whenClosed.teamId;
    return true;
  }
  const next = overflowOf(job, policyOf, now);
  if (!next) return false;
  job.rerouted.steps++;
  job.teamId = next.teamId;
  return true;
}

function overflowOf({ inboxId, teamId, rerouted, episode }: Job, policyOf: PolicyOf, now: Date) {
  const { hours, overflow } = policyOf({ inboxId, teamId: rerouted.homeTeamId }).settings;
  if (hours && !isOpen(hours, now)) return undefined;
  const waited = (now.getTime() - episode.since) / 1000;
  return overflow.find((step, i) => i >= rerouted.steps && waited >= step.afterSeconds && step.teamId !== teamId);
}

export function needsOf(job: Job, policyOf: PolicyOf, now: Date): string {
  const { inboxId, brandId, teamId, channel, skills } = job;
  const asked = isRelaxed(job, policyOf(job).settings, now) ? null : skills;
  return JSON.stringify([inboxId, brandId, teamId, channel, asked]);
}

const quarterHourMs = 900_000;

/** For those of which nobody knows yet how long they take: what is in the middle of the others. */
export function usualHeldMs(episodes: readonly Episode[]): number {
  const held = episodes.flatMap(({ given, endedAt }) => (given && endedAt !== null ? [endedAt - given.at] : []));
  return held.sort((a, b) => a - b)[Math.floor(held.length / 2)] ?? quarterHourMs;
}
