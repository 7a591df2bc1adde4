import type { Agent, RoutingReason } from '@helpline/protocol';
import { css, html, type TemplateResult } from 'lit';
import { nameOfAgent } from '../entries/context.js';
import { t } from '../texts.js';

/** Every agent that was looked at, and what spoke for or against him. */
export const renderReasonTable = (
  { candidates }: RoutingReason,
  agents: ReadonlyMap<string, Agent>,
): TemplateResult => html`
  <table class="reason">
    <thead>
      <tr>
        <th scope="col">${t('console.why.agent')}</th>
        <th scope="col">${t('console.why.reason')}</th>
        <th scope="col">${t('console.why.load')}</th>
      </tr>
    </thead>
    <tbody>
      ${candidates.map(
        (one) => html`<tr class=${one.chosen ? 'chosen' : ''}>
          <th scope="row"><bdi>${nameOfAgent(one.agentId, agents)}</bdi></th>
          <td>${one.chosen ? `${t('console.why.chosen')}: ` : ''}${t(`console.why.${one.why}`)}</td>
          <td><bdi>${t('console.load', { used: one.open, capacity: one.capacity })}</bdi></td>
        </tr>`,
      )}
    </tbody>
  </table>
`;

export const reasonTableStyles = css`
  .reason {
    border: 1px solid var(--line);
    border-radius: var(--radius);
    border-spacing: 0;
    background: var(--surface);
    text-align: start;
  }
  .reason :is(th, td) {
    padding: 0.3rem 0.7rem;
    font-weight: 400;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .reason thead th {
    border-block-end: 1px solid var(--line);
    font-weight: 600;
  }
  .reason .chosen :is(th, td) {
    color: var(--text);
    font-weight: 600;
  }
`;
