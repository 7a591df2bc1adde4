import type { DryRunResult } from '@helpline/protocol';
import { html, svg, type TemplateResult } from 'lit';
import { t } from '../texts.js';
import { sayWait } from './say-wait.js';

const sides = ['recorded', 'current', 'changed'] as const;
const [width, height] = [600, 220];
const [left, top, bottom] = [90, 16, 28];
/** The few longest waits would flatten all others. */
const shownShare = 19;

/** The waits of each side from the shortest to the longest, as lines; the table says the same in numbers. */
export function renderPicture(result: DryRunResult): TemplateResult {
  const longest = Math.max(1, ...sides.map((side) => result[side].waits[shownShare] ?? 0));
  return html`
    <figure>
      <figcaption>${t('console.dry_run.picture')}</figcaption>
      <svg viewBox="0 0 ${width} ${height}" role="img" aria-label=${t('console.dry_run.picture_hint')} dir="ltr">
        ${[0, 0.5, 1].map((share) => renderLevel(share, longest))}
        ${[0, 50, 95].map(renderShare)}
        ${sides.map((side) => renderLine(side, result[side].waits, longest))}
      </svg>
      <ul class="legend">
        ${sides.map((side) => html`<li class=${side}><svg viewBox="0 0 30 6" aria-hidden="true">${svg`<path d="M0 3H30" />`}</svg>${t(`console.dry_run.${side}`)}</li>`)}
      </ul>
    </figure>
  `;
}

function renderLine(side: (typeof sides)[number], waits: readonly number[], longest: number) {
  const points = waits.slice(0, shownShare + 1).map((wait, i) => `${xOf(i * 5)} ${yOf(wait / longest)}`);
  return svg`<path class=${side} d="M${points.join('L')}" />`;
}

function renderLevel(share: number, longest: number) {
  const y = yOf(share);
  return svg`<path class="level" d="M${left} ${y}H${width}" />
    <text x=${left - 6} y=${y + 4} text-anchor="end">${sayWait(Math.round(share * longest))}</text>`;
}

const renderShare = (percent: number) =>
  svg`<text x=${xOf(percent)} y=${height - 6} text-anchor=${percent === 0 ? 'start' : percent > 90 ? 'end' : 'middle'}>${t('console.dry_run.share', { n: percent })}</text>`;

const xOf = (percent: number): number => Math.round(left + (percent / (shownShare * 5)) * (width - left));
const yOf = (share: number): number => Math.round(top + (1 - share) * (height - bottom - top));
