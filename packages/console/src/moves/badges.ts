import type { Conversation } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { shortMoment } from '../format.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';

/** What makes a conversation come before others, or sleep. */
export function renderBadges(one: Conversation): (TemplateResult | typeof nothing)[] {
  const { contact, priority, dueAt, snoozedUntil } = one;
  const isLate = dueAt !== null && Date.parse(dueAt) <= Date.now();
  return [
    contact.vip ? html`<span class="badge">${icon('star')}${t('console.vip')}</span>` : nothing,
    priority === 'normal'
      ? nothing
      : html`<span class="badge" data-priority=${priority}>${icon('flag')}${t(`console.priority.${priority}`)}</span>`,
    dueAt
      ? html`<span class="badge ${isLate ? 'bad' : ''}">${icon('calendar')}${t('console.due', { time: shortMoment(dueAt) })}</span>`
      : nothing,
    snoozedUntil
      ? html`<span class="badge">${icon('clock')}${t('console.entry.snoozed_until', { time: shortMoment(snoozedUntil) })}</span>`
      : nothing,
  ];
}
