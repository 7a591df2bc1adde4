import type { Skill } from '@helpline/protocol';

const levels = { least: 1, most: 5 };

/** As one types them: "de 3, billing". */
export const saySkills = (skills: readonly Skill[]): string =>
  skills.map(({ skill, level }) => (level === levels.least ? skill : `${skill} ${level}`)).join(', ');

/** Null where somebody typed something else. */
export function readSkills(typed: string): Skill[] | null {
  const skills: Skill[] = [];
  for (const part of typed
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, skill = '', digits = '1'] = /^(.+?)(?:\s+(\d+))?$/.exec(part) ?? [];
    const level = Number(digits);
    if (skill.length > 40 || level < levels.least || level > levels.most) return null;
    skills.push({ skill, level });
  }
  return skills;
}
