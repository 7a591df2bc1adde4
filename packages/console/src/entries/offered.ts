import { nothing, type TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { timeOf } from '../format.js';
import { t } from '../texts.js';
import { renderReason } from './assigned.js';
import { type EntryContext, nameOfAgent } from './context.js';
import { renderLine } from './line.js';

/** For whom it was held, until when, and why him. */
export function renderOffered(entry: EntryOf<'offered'>, context: EntryContext): TemplateResult {
  const { agentId, until, reason } = entry.payload;
  const said = t('console.entry.offered', { to: nameOfAgent(agentId, context.agents), time: timeOf(until) });
  return renderLine(
    entry,
    'clock',
    said,
    reason && reason.candidates.length > 0 ? renderReason(reason, context) : nothing,
  );
}

/** He does not get it. */
export function renderOfferEnded(entry: EntryOf<'offer_ended'>, context: EntryContext): TemplateResult {
  const { agentId, how } = entry.payload;
  return renderLine(entry, 'clock', t(`console.entry.offer.${how}`, { to: nameOfAgent(agentId, context.agents) }));
}
