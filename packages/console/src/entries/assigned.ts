import type { RoutingReason } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { renderReasonTable } from '../explain/reason-table.js';
import { t } from '../texts.js';
import { type EntryContext, nameOf, nameOfAgent } from './context.js';
import { renderLine } from './line.js';
import { renderWord } from './word.js';

/** Who has it now, by whom, and on request why. */
export function renderAssigned(entry: EntryOf<'assigned'>, context: EntryContext): TemplateResult {
  const { agentId, reason, text } = entry.payload;
  const isWorthTelling = reason !== null && reason.candidates.length > 0;
  const why = isWorthTelling ? renderReason(reason, context) : nothing;
  return renderLine(entry, agentId ? 'mine' : 'queue', sayAssigned(entry, context), [
    why,
    renderWord(entry.seq, text, context),
  ]);
}

function sayAssigned({ actor, payload: { agentId } }: EntryOf<'assigned'>, context: EntryContext): string {
  const by = nameOf(actor, context);
  if (!agentId) return actor.kind === 'agent' ? t('console.entry.queued_by', { by }) : t('console.entry.queued');
  const to = nameOfAgent(agentId, context.agents);
  if (actor.kind !== 'agent') return t('console.entry.routed', { to });
  return actor.id === agentId ? t('console.entry.taken', { by }) : t('console.entry.assigned', { by, to });
}

export const renderReason = (reason: RoutingReason, context: EntryContext) => html`
  <details class="why">
    <summary>${t('console.why')}</summary>
    ${renderReasonTable(reason, context.agents)}
  </details>
`;
