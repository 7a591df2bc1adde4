import type { TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { momentOf } from '../format.js';
import { saySkills } from '../moves/skills.js';
import { t } from '../texts.js';
import { type EntryContext, nameOf } from './context.js';
import { renderLine } from './line.js';

/** What was said of how urgent it is and what it needs. */
export function renderTriaged(entry: EntryOf<'triaged'>, context: EntryContext): TemplateResult {
  const by = nameOf(entry.actor, context);
  return renderLine(entry, 'flag', t('console.entry.triaged', { by, what: sayNeeds(entry.payload) }));
}

function sayNeeds({ priority, dueAt, skills }: EntryOf<'triaged'>['payload']): string {
  const said = [
    ...(priority ? [t(`console.priority.${priority}`)] : []),
    ...(dueAt === undefined ? [] : [sayDue(dueAt)]),
    ...(skills ? [saySkillsNeeded(saySkills(skills))] : []),
  ];
  return said.join(', ');
}

const sayDue = (dueAt: string | null): string =>
  dueAt ? t('console.due', { time: momentOf(dueAt) }) : t('console.entry.no_due');

const saySkillsNeeded = (skills: string): string =>
  skills ? t('console.entry.needs', { skills }) : t('console.entry.needs_nothing');
