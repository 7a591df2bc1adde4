import type { TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { momentOf } from '../format.js';
import { t } from '../texts.js';
import type { IconName } from '../ui/icons.js';
import { type EntryContext, nameOf } from './context.js';
import { renderLine } from './line.js';

const icons = {
  open: 'open',
  pending: 'clock',
  snoozed: 'clock',
  resolved: 'resolved',
  closed: 'resolved',
} as const satisfies Record<EntryOf<'status'>['payload']['to'], IconName>;

export function renderStatus(entry: EntryOf<'status'>, context: EntryContext): TemplateResult {
  const { to, until } = entry.payload;
  const what = until ? t('console.entry.snoozed_until', { time: momentOf(until) }) : t(`console.entry.status.${to}`);
  const by = nameOf(entry.actor, context);
  return renderLine(
    entry,
    icons[to],
    entry.actor.kind === 'system' ? what : t('console.entry.status_by', { what, by }),
  );
}
