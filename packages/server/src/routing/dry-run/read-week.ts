import type { Desk, Parts } from '../giving-out/desk.js';
import { type Episode, episodesOf } from './episodes.js';
import { guessedSpans, type Span, spansOf } from './presence.js';
import type { Week } from './simulate.js';

/** So many conversations are gone through; of more, the newest. */
const conversationsAtMost = 10_000;
const atOnce = 50;

interface Recorded {
  week: Week;
  conversations: number;
  isCutOff: boolean;
  guessedPresence: number;
}

/** What there was in a workspace from then to now, from the journal and from the record of who was there. */
export async function readWeek(desk: Desk, from: Date, to: Date, progress: (done: number) => void): Promise<Recorded> {
  const { conversations, journal } = desk.parts;
  const found = await conversations.idsActiveSince(desk.workspaceId, from, conversationsAtMost + 1);
  const ids = found.slice(0, conversationsAtMost);
  const episodes: Episode[] = [];
  for (let i = 0; i < ids.length; i += atOnce) {
    for (const states of await journal.pasts(ids.slice(i, i + atOnce))) episodes.push(...episodesOf(states));
    progress(i / ids.length);
  }
  const touching = episodes.filter(({ endedAt }) => endedAt === null || endedAt >= from.getTime());
  const { spans, guessed } = await presenceIn(desk, touching, from, to);
  const week = { from: from.getTime(), to: to.getTime(), episodes: touching, agents: desk.members, spans };
  const isCutOff = found.length > conversationsAtMost;
  return { week, conversations: ids.length, isCutOff, guessedPresence: guessed };
}

/** What was recorded; before that, what conversations tell. */
async function presenceIn(
  { members, parts: { staff } }: Pick<Desk, 'members'> & { parts: Parts },
  episodes: Episode[],
  from: Date,
  to: Date,
) {
  const spans = new Map<string, Span[]>();
  let guessed = 0;
  for (const member of members) {
    const intervals = await staff.availability.intervals(member, from, to);
    const since = Math.min(to.getTime(), ...intervals.map((interval) => Date.parse(interval.from)));
    const before = since > from.getTime() ? guessedSpans(episodes, member._id, since) : [];
    if (before.length > 0) guessed++;
    spans.set(member._id, [...before, ...spansOf(intervals, to.getTime())]);
  }
  return { spans, guessed };
}
