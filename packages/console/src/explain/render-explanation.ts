import type { Agent, Explanation, NextStep, RoutingReason, Team } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { nameOfAgent } from '../entries/context.js';
import { momentOf, timeOf } from '../format.js';
import { t } from '../texts.js';
import { renderReasonTable } from './reason-table.js';

interface Known {
  agents: ReadonlyMap<string, Agent>;
  teams: ReadonlyMap<string, Team>;
}

type Waiting = NonNullable<Explanation['waiting']>;
type Decision = Explanation['decisions'][number];

/** What keeps a conversation from everybody, and what comes next. */
export function renderWaiting(waiting: Waiting, known: Known): TemplateResult {
  const { since, skills, reason, next } = waiting;
  const named = skills.map(({ skill, level }) => `${skill} (${level})`).join(', ');
  return html`
    <p><strong>${sayVerdict(waiting, known)}</strong> ${t('console.explain.since', { time: momentOf(since) })}</p>
    ${named ? html`<p>${t('console.explain.skills', { skills: named })}</p>` : nothing}
    ${renderReason(reason, known)}
    <h3>${t('console.explain.next')}</h3>
    ${
      next.length > 0
        ? html`<ul>${next.map((step) => html`<li><time datetime=${step.at}>${momentOf(step.at)}</time>: ${sayStep(step, known)}</li>`)}</ul>`
        : html`<p>${t('console.explain.next_none')}</p>`
    }
  `;
}

function sayVerdict({ reason: { blocked, candidates }, next }: Waiting, { agents }: Known): string {
  const held = next.find((step) => step.kind === 'offer_ends');
  if (held?.kind === 'offer_ends')
    return t('console.explain.held', { name: nameOfAgent(held.agentId, agents), time: timeOf(held.at) });
  if (blocked) return t(`console.explain.blocked.${blocked}`);
  const chosen = candidates.find((one) => one.chosen);
  if (chosen) return t('console.explain.goes_to', { name: nameOfAgent(chosen.agentId, agents) });
  return t('console.explain.none_there');
}

function sayStep(step: NextStep, { agents, teams }: Known): string {
  const team = step.kind === 'overflow' ? (teams.get(step.teamId)?.name ?? step.teamId) : '';
  const name = step.kind === 'offer_ends' ? nameOfAgent(step.agentId, agents) : '';
  return t(`console.explain.next.${step.kind}`, { team, name });
}

/** How somebody got it: the reason that was written down, or who decided. */
export function renderDecision({ at, by, kind, agentId, reason }: Decision, known: Known): TemplateResult {
  const name = nameOfAgent(agentId, known.agents);
  return html`
    <h3>${t(`console.explain.${kind}`, { name, time: momentOf(at) })}</h3>
    ${reason ? renderReason(reason, known) : html`<p>${sayWho(by, agentId, known)}</p>`}
  `;
}

function sayWho(by: Decision['by'], agentId: string, { agents }: Known): string {
  const name = by.name ?? nameOfAgent(by.id, agents);
  return by.id === agentId ? t('console.explain.taken', { by: name }) : t('console.explain.by_hand', { by: name });
}

const renderReason = (reason: RoutingReason, { agents }: Known) => html`
  ${reason.candidates.length > 0 ? renderReasonTable(reason, agents) : nothing}
  <p class="muted">
    ${reason.others ? t('console.explain.others', { n: reason.others }) : ''}
    ${t('console.explain.policy', { policy: reason.policy })}
  </p>
`;
