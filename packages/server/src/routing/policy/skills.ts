import type { RoutingSettings, Skill } from '@helpline/protocol';
import type { ConversationState } from '../../journal/index.js';

type Waits = Pick<ConversationState, 'skills' | 'waitingSince'>;

/** What whoever gets it should be able to: what its inbox or team asks for, and what it asks for itself. */
export function skillsAsked({ skills }: Pick<Waits, 'skills'>, settings: RoutingSettings): Skill[] {
  const levels = new Map<string, number>();
  for (const { skill, level } of [...settings.skills, ...skills])
    levels.set(skill, Math.max(level, levels.get(skill) ?? 0));
  return [...levels].map(([skill, level]) => ({ skill, level }));
}

/** Whether it has waited so long that anybody will do. */
export const isRelaxed = ({ waitingSince }: Waits, { anybodyAfterSeconds }: RoutingSettings, now: Date): boolean =>
  anybodyAfterSeconds !== null &&
  waitingSince !== null &&
  now.getTime() >= waitingSince.getTime() + anybodyAfterSeconds * 1000;

export const levelOf = (skills: readonly Skill[], name: string): number =>
  skills.find(({ skill }) => skill === name)?.level ?? 0;

export const masters = (skills: readonly Skill[], needed: readonly Skill[]): boolean =>
  needed.every(({ skill, level }) => levelOf(skills, skill) >= level);
