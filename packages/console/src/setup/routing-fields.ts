import { priorities, type RoutingSettings, type Team } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { type Refused, renderError } from '../mailboxes/form/field.js';
import { t } from '../texts.js';
import { renderCheck, renderNumber, renderSelect } from './fields.js';
import { renderHours, usualHours } from './hours-fields.js';

const strategies = ['balanced', 'round_robin', 'most_skilled', 'manual'] as const;
const closedKinds = ['queue', 'form', 'team'] as const;
const stepsAtMost = 3;
const minutesAtMost = 7 * 24 * 60;

interface Fields {
  draft: RoutingSettings;
  /** To which it can be passed on. */
  teams: readonly Team[];
  refused: Refused;
  onChange: (change: Partial<RoutingSettings>) => void;
}

export function renderWhoGetsIt({ draft, refused, onChange }: Fields): TemplateResult {
  const strategy = {
    pointer: '/settings/strategy',
    label: t('console.routing.strategy'),
    value: draft.strategy,
    options: strategies.map((one) => [one, t(`console.routing.strategy.${one}`)] as const),
  };
  const priority = {
    pointer: '/settings/priority',
    label: t('console.routing.priority'),
    hint: t('console.routing.priority_hint'),
    value: draft.priority,
    options: priorities.map((one) => [one, t(`console.routing.priority.${one}`)] as const),
  };
  const offer = {
    pointer: '/settings/offerSeconds',
    label: t('console.routing.offer'),
    hint: t('console.routing.offer_hint'),
  };
  const sticky = {
    pointer: '/settings/stickyHours',
    label: t('console.routing.sticky'),
    hint: t('console.routing.sticky_hint'),
  };
  return html`<fieldset>
    <legend>${t('console.routing.who')}</legend>
    ${renderSelect(strategy, refused, (value) => onChange({ strategy: strategies.find((one) => one === value) ?? 'balanced' }))}
    ${renderNumber({ ...offer, value: draft.offerSeconds, min: 5, max: 600, isOptional: true }, refused, (offerSeconds) => onChange({ offerSeconds }))}
    ${renderNumber({ ...sticky, value: draft.stickyHours, min: 1, max: 24 * 90, isOptional: true }, refused, (stickyHours) => onChange({ stickyHours }))}
    ${renderSelect(priority, refused, (value) => onChange({ priority: priorities.find((one) => one === value) ?? 'normal' }))}
  </fieldset>`;
}

export function renderOverflow({ draft, teams, refused, onChange }: Fields): TemplateResult {
  const { overflow } = draft;
  const anybody = {
    pointer: '/settings/anybodyAfterSeconds',
    label: t('console.routing.anybody'),
    hint: t('console.routing.anybody_hint'),
    value: minutesOf(draft.anybodyAfterSeconds),
  };
  const add = (): void => {
    const afterSeconds = (overflow.at(-1)?.afterSeconds ?? 0) + 600;
    onChange({ overflow: [...overflow, { afterSeconds, teamId: teams[0]?.id ?? '' }] });
  };
  return html`<fieldset>
    <legend>${t('console.routing.overflow')}</legend>
    ${
      draft.skills.length > 0
        ? renderNumber({ ...anybody, ...minutes, isOptional: true }, refused, (value) =>
            onChange({ anybodyAfterSeconds: secondsOf(value) }),
          )
        : nothing
    }
    <p class="whole hint muted">${overflow.length > 0 ? t('console.routing.overflow_hint') : t('console.routing.overflow_none')}</p>
    ${overflow.map((_, i) => renderStep(i, { draft, teams, refused, onChange }))}
    <p class="add">
      ${
        teams.length === 0
          ? html`<span class="muted">${t('console.routing.no_teams')}</span>`
          : overflow.length < stepsAtMost
            ? html`<button type="button" @click=${add}>${t('console.routing.overflow_add')}</button>`
            : nothing
      }
    </p>
  </fieldset>`;
}

function renderStep(i: number, { draft, teams, refused, onChange }: Fields): TemplateResult {
  const n = i + 1;
  const { overflow } = draft;
  const { afterSeconds = 60, teamId = '' } = overflow[i] ?? {};
  const put = (change: Partial<(typeof overflow)[number]>): void =>
    onChange({ overflow: overflow.map((one, at) => (at === i ? { ...one, ...change } : one)) });
  const pointer = `/settings/overflow/${i}`;
  const after = { pointer: `${pointer}/afterSeconds`, label: t('console.routing.overflow_after', { n }), isBare: true };
  const to = { pointer: `${pointer}/teamId`, label: t('console.routing.overflow_team', { n }), isBare: true };
  return html`<div class="line">
    <span>${t('console.routing.overflow_line')}</span>
    ${renderNumber({ ...after, ...minutes, value: minutesOf(afterSeconds) }, refused, (value) => put({ afterSeconds: secondsOf(value) ?? 60 }))}
    <span>${t('console.routing.overflow_line_to')}</span>
    ${renderSelect({ ...to, value: teamId, options: optionsOf(teams) }, refused, (value) => put({ teamId: value }))}
    <button type="button" aria-label=${t('console.routing.overflow_remove', { n })} @click=${() => onChange({ overflow: overflow.toSpliced(i, 1) })}>
      ${t('console.setup.remove')}
    </button>
  </div>`;
}

/** `preview` says what the hours come to. */
export function renderClosed({ draft, teams, refused, onChange }: Fields, preview: unknown): TemplateResult {
  const { hours, whenClosed } = draft;
  const kinds = closedKinds.filter((kind) => kind !== 'team' || teams.length > 0 || whenClosed.kind === 'team');
  const closed = {
    pointer: '/settings/whenClosed/kind',
    label: t('console.routing.closed'),
    value: whenClosed.kind,
    options: kinds.map((kind) => [kind, t(`console.routing.closed.${kind}`)] as const),
  };
  const choose = (kind: string): void =>
    onChange({
      whenClosed: kind === 'team' ? { kind, teamId: teams[0]?.id ?? '' } : { kind: kind === 'form' ? kind : 'queue' },
    });
  return html`<fieldset>
    <legend>${t('console.hours')}</legend>
    ${renderCheck(t('console.hours.always'), hours === null, (always) => onChange({ hours: always ? null : usualHours() }))}
    ${
      hours === null
        ? nothing
        : html`
            ${renderHours('/settings/hours', hours, refused, (change) => onChange({ hours: { ...hours, ...change } }))}
            <div class="whole">${preview}</div>
            ${renderSelect(closed, refused, choose)}
            ${whenClosed.kind === 'team' ? renderClosedTeam(whenClosed.teamId, teams, refused, onChange) : nothing}
          `
    }
  </fieldset>`;
}

function renderClosedTeam(value: string, teams: readonly Team[], refused: Refused, onChange: Fields['onChange']) {
  const field = { pointer: '/settings/whenClosed/teamId', label: t('console.routing.closed_team'), value };
  return renderSelect({ ...field, options: optionsOf(teams) }, refused, (teamId) =>
    onChange({ whenClosed: { kind: 'team', teamId } }),
  );
}

export function renderWork({ draft, refused, onChange }: Fields): TemplateResult {
  const { ceilings, wrapUpSeconds, pendingCounts } = draft;
  const wrapUp = {
    pointer: '/settings/wrapUpSeconds',
    label: t('console.routing.wrap_up'),
    hint: t('console.routing.wrap_up_hint'),
  };
  return html`<fieldset>
    <legend>${t('console.routing.work')}</legend>
    ${renderCheck(t('console.routing.pending'), pendingCounts, (is) => onChange({ pendingCounts: is }))}
    ${renderNumber({ ...wrapUp, value: wrapUpSeconds, min: 0, max: 3600 }, refused, (value) => onChange({ wrapUpSeconds: value ?? 0 }))}
    ${(['chat', 'email'] as const).map((channel) =>
      renderNumber(
        {
          pointer: `/settings/ceilings/${channel}`,
          label: t(`console.routing.ceiling_${channel}`),
          ...(channel === 'email' ? { hint: t('console.routing.ceiling_hint') } : {}),
          value: ceilings[channel],
          min: 0,
          max: 100_000,
          isOptional: true,
        },
        refused,
        (value) => onChange({ ceilings: { ...ceilings, [channel]: value } }),
      ),
    )}
    ${renderError('/settings/ceilings', refused)}
  </fieldset>`;
}

const minutes = { min: 0, max: minutesAtMost, step: 'any' } as const;
const minutesOf = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(seconds / 0.6) / 100;
const secondsOf = (value: number | null): number | null =>
  value === null ? null : Math.max(1, Math.round(value * 60));

const optionsOf = (teams: readonly Team[]) => teams.map(({ id, name }) => [id, name] as const);
