import { type ChannelName, priorities, type Skill } from '@helpline/protocol';
import type { ConversationState } from './fold.js';

/** What is more urgent comes first, then what is due sooner (and what is due at all), then who has waited longer. */
export function turnOf({
  _id,
  priority,
  dueAt,
  waitingSince,
}: Pick<ConversationState, '_id' | 'priority' | 'dueAt' | 'waitingSince'>): string | null {
  if (!waitingSince) return null;
  return `${priorities.length - 1 - priorities.indexOf(priority)} ${dueAt?.toISOString() ?? '~'} ${waitingSince.toISOString()} ${_id}`;
}

/** What whoever waits in one line has in common: who may get it depends on nothing else, but for who passed it by. */
export interface Line {
  inboxId: string;
  brandId: string;
  teamId: string | null;
  channel: ChannelName;
  skills: Skill[];
}

export function lineOf({ waitingSince, inboxId, brandId, teamId, channel, skills }: ConversationState): string | null {
  return waitingSince && JSON.stringify([inboxId, brandId, teamId, channel, skills]);
}

export function lineNamed(name: string): Line {
  const [inboxId, brandId, teamId, channel, skills]: [string, string, string | null, ChannelName, Skill[]] =
    JSON.parse(name);
  return { inboxId, brandId, teamId, channel, skills };
}
