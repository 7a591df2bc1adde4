import type { AgentEntry, Conversation } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { nameOfAgent } from '../entries/context.js';
import { momentOf } from '../format.js';
import type { State } from '../state.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';

type OpenFollowUp = Conversation['followUps'][number];
export type Settle = (id: string, state: 'kept' | 'cancelled') => void;

/** What is promised in a conversation and still to be kept. */
export function renderPromises(
  { followUps }: Conversation,
  entries: readonly AgentEntry[],
  { agents }: State,
  settle: Settle,
): TemplateResult | typeof nothing {
  if (followUps.length === 0) return nothing;
  return html`
    <ul class="promises" aria-label=${t('console.follow_ups.promised')}>
      ${followUps.map((one) => {
        const text = textOf(one, entries);
        return html`<li>
          ${icon(isDue(one) ? 'warn' : 'flag')}
          <span class="what">
            <span class="text"><bdi>${text}</bdi></span>
            <span class=${isDue(one) ? 'bad' : 'muted'}><bdi>${nameOfAgent(one.ownerId, agents)}</bdi>, ${sayDue(one)}</span>
          </span>
          ${renderAnswers(one.id, text, settle)}
        </li>`;
      })}
    </ul>
  `;
}

export const renderAnswers = (id: string, text: string, settle: Settle): TemplateResult => html`
  <button type="button" aria-label="${t('console.follow_up.kept')}: ${text}" @click=${() => settle(id, 'kept')}>
    ${icon('resolved')}${t('console.follow_up.kept')}
  </button>
  <button type="button" class="quiet" aria-label="${t('console.follow_up.cancel')}: ${text}" @click=${() => settle(id, 'cancelled')}>
    ${t('console.follow_up.cancel')}
  </button>
`;

export const isDue = ({ dueAt }: Pick<OpenFollowUp, 'dueAt'>): boolean => Date.parse(dueAt) <= Date.now();

export function sayDue(one: OpenFollowUp): string {
  const time = momentOf(one.dueAt);
  if (one.isForgotten) return t('console.follow_up.forgotten', { time });
  return t(isDue(one) ? 'console.follow_up.due' : 'console.follow_up.until', { time });
}

function textOf({ id }: OpenFollowUp, entries: readonly AgentEntry[]): string {
  const promised = entries.find((entry) => entry.type === 'follow_up' && entry.payload.id === id);
  const text = promised?.type === 'follow_up' ? promised.payload.text : '';
  return text || t('console.follow_ups.no_text');
}
