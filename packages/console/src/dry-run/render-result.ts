import type { Agent, DryRunResult, DryRunSide } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { nameOfAgent } from '../entries/context.js';
import { momentOf } from '../format.js';
import { locale, t } from '../texts.js';
import { renderPicture } from './picture.js';
import { sayWait } from './say-wait.js';

type Agents = ReadonlyMap<string, Agent>;

/** What both settings would have come to, beside what really was. */
export function renderResult(result: DryRunResult, agents: Agents): TemplateResult {
  const { conversations, from, to, isCutOff, guessedPresence } = result;
  if (conversations === 0) return html`<p class="state">${t('console.dry_run.nothing')}</p>`;
  return html`
    <p>${t('console.dry_run.of', { n: conversations, from: momentOf(from), to: momentOf(to) })}</p>
    ${isCutOff ? html`<p class="muted">${t('console.dry_run.cut_off', { n: conversations })}</p>` : nothing}
    ${guessedPresence > 0 ? html`<p class="muted">${t('console.dry_run.guessed', { n: guessedPresence })}</p>` : nothing}
    ${renderWaits(result)}
    ${renderPicture(result)}
    ${result.agents.length > 0 ? renderLoads(result, agents) : nothing}
  `;
}

function renderWaits({ recorded, current, changed, breachMinutes }: DryRunResult) {
  const sides = [recorded, current, changed];
  const row = (name: string, say: (side: DryRunSide) => string | number) =>
    html`<tr><th scope="row">${name}</th>${sides.map((side) => html`<td><bdi>${say(side)}</bdi></td>`)}</tr>`;
  return html`
    <table>
      <thead>
        <tr>
          <th scope="col">${t('console.dry_run.measure')}</th>
          <th scope="col">${t('console.dry_run.recorded')}</th>
          <th scope="col">${t('console.dry_run.current')}</th>
          <th scope="col">${t('console.dry_run.changed')}</th>
        </tr>
      </thead>
      <tbody>
        ${row(t('console.dry_run.median'), ({ median }) => sayWait(median))}
        ${row(t('console.dry_run.p90'), ({ p90 }) => sayWait(p90))}
        ${row(t('console.dry_run.breaches', { n: breachMinutes }), ({ breaches }) => breaches)}
        ${row(t('console.dry_run.never'), ({ neverGiven }) => neverGiven)}
      </tbody>
    </table>
  `;
}

function renderLoads({ agents: loads }: DryRunResult, agents: Agents) {
  return html`
    <h4>${t('console.dry_run.agents')}</h4>
    <table>
      <thead>
        <tr>
          <th scope="col">${t('console.why.agent')}</th>
          <th scope="col">${t('console.dry_run.current')}</th>
          <th scope="col">${t('console.dry_run.changed')}</th>
        </tr>
      </thead>
      <tbody>
        ${loads.map(
          ({ agentId, current, changed }) => html`<tr>
            <th scope="row"><bdi>${nameOfAgent(agentId, agents)}</bdi></th>
            <td><bdi>${sayLoad(current)}</bdi></td>
            <td><bdi>${sayLoad(changed)}</bdi></td>
          </tr>`,
        )}
      </tbody>
    </table>
  `;
}

const hoursFormat = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

const sayLoad = ({ given, hours }: DryRunResult['agents'][number]['current']): string =>
  t('console.dry_run.given', { n: given, hours: hoursFormat.format(hours) });
