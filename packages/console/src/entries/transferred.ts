import type { TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { t } from '../texts.js';
import { type EntryContext, nameOf } from './context.js';
import { renderLine } from './line.js';
import { renderWord } from './word.js';

/** Whose matter it is now, and why. */
export function renderTransferred(entry: EntryOf<'transferred'>, context: EntryContext): TemplateResult {
  const { seq, payload } = entry;
  return renderLine(entry, 'queue', sayTransferred(entry, context), renderWord(seq, payload.text, context));
}

function sayTransferred({ actor, payload }: EntryOf<'transferred'>, context: EntryContext): string {
  const to = sayWhere(payload, context);
  if (payload.why === 'overflow') return t('console.entry.overflow', { to });
  if (payload.why === 'closed') return t('console.entry.out_of_hours', { to });
  const by = nameOf(actor, context);
  return t(payload.why === 'escalation' ? 'console.entry.escalated' : 'console.entry.transferred', { by, to });
}

function sayWhere({ teamId, brandId }: EntryOf<'transferred'>['payload'], { teams, brands }: EntryContext): string {
  const team = teamId ? (teams.get(teamId)?.name ?? teamId) : null;
  const brand = brandId ? (brands.get(brandId)?.name ?? brandId) : null;
  return [team, brand].filter((name) => name !== null).join(', ') || t('console.entry.no_team');
}
