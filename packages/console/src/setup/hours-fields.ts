import type { BusinessHours } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { type Refused, renderError } from '../mailboxes/form/field.js';
import { locale, t } from '../texts.js';
import { renderText } from './fields.js';

type Interval = BusinessHours['days'][number];
type Change = (change: Partial<BusinessHours>) => void;

/** Monday first; 0 is Sunday. */
const week = [1, 2, 3, 4, 5, 6, 0] as const;
const workdays = [1, 2, 3, 4, 5] as const;

/** What opening hours begin with. */
export const usualHours = (): BusinessHours => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  days: workdays.map((day) => ({ day, from: '09:00', to: '17:00' })),
  holidays: [],
});

const nameOfDay = (day: number): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 4 + day)));

/** The week, day by day with as many intervals as wanted, the holidays, and by which clock. */
export function renderHours(pointer: string, hours: BusinessHours, refused: Refused, onChange: Change): TemplateResult {
  const zone = { pointer: `${pointer}/timeZone`, label: t('console.hours.zone'), value: hours.timeZone };
  return html`
    ${renderText({ ...zone, list: 'zones', maxlength: 64 }, refused, (timeZone) => onChange({ timeZone }))}
    <datalist id="zones">${Intl.supportedValuesOf('timeZone').map((one) => html`<option value=${one}></option>`)}</datalist>
    ${week.map((day) => renderDay(pointer, day, hours, refused, onChange))}
    ${renderError(`${pointer}/days`, refused)}
    ${renderHolidays(pointer, hours, refused, onChange)}
  `;
}

function renderDay(pointer: string, day: number, hours: BusinessHours, refused: Refused, onChange: Change) {
  const name = nameOfDay(day);
  const his = hours.days.map((one, at) => ({ one, at })).filter(({ one }) => one.day === day);
  const add = () => onChange({ days: [...hours.days, { day, ...following(his.at(-1)?.one) }] });
  return html`
    <span>${name}</span>
    <div class="choices day" role="group" aria-label=${name}>
      ${his.length === 0 ? html`<span class="muted">${t('console.hours.closed')}</span>` : nothing}
      ${his.map(({ one, at }, i) => renderInterval(pointer, one, at, i + 1, hours, refused, onChange))}
      <p class="add">
        <button type="button" class="link" aria-label=${t('console.hours.add', { day: name })} @click=${add}>+</button>
        ${
          day === 1 && his.length > 0
            ? html`<button type="button" class="link" @click=${() => onChange({ days: likeMonday(hours.days) })}>
                ${t('console.hours.copy', { day: name })}
              </button>`
            : nothing
        }
      </p>
    </div>
  `;
}

function renderInterval(
  pointer: string,
  one: Interval,
  at: number,
  n: number,
  { days }: BusinessHours,
  refused: Refused,
  onChange: Change,
): TemplateResult {
  const put = (change: Partial<Interval>): void =>
    onChange({ days: days.map((other, i) => (i === at ? { ...other, ...change } : other)) });
  const day = nameOfDay(one.day);
  const field = (name: 'from' | 'to') => ({
    pointer: `${pointer}/days/${at}/${name}`,
    label: t(`console.hours.${name}`, { day, n }),
    type: 'time' as const,
    value: name === 'to' && one.to === '24:00' ? '00:00' : one[name],
    isBare: true,
  });
  return html`<div class="line">
    ${renderText(field('from'), refused, (from) => put({ from }))}
    <span>${t('console.hours.until')}</span>
    ${renderText(field('to'), refused, (to) => put({ to: to === '00:00' ? '24:00' : to }))}
    ${one.to <= one.from ? html`<span class="muted">${t('console.hours.overnight')}</span>` : nothing}
    <button
      type="button"
      class="quiet"
      aria-label=${t('console.hours.remove', { day, n })}
      @click=${() => onChange({ days: days.toSpliced(at, 1) })}
    >
      ×
    </button>
  </div>`;
}

function renderHolidays(pointer: string, { holidays = [] }: BusinessHours, refused: Refused, onChange: Change) {
  const put = (at: number, change: Partial<(typeof holidays)[number]>): void =>
    onChange({ holidays: holidays.map((one, i) => (i === at ? { ...one, ...change } : one)) });
  return html`
    <span id="holidays">${t('console.hours.holidays')}</span>
    <div class="choices" role="group" aria-labelledby="holidays">
      <p class="muted">${t('console.hours.holidays_hint')}</p>
      ${holidays.map(({ date, name }, i) => {
        const n = i + 1;
        const at = `${pointer}/holidays/${i}`;
        const when = { pointer: `${at}/date`, label: t('console.hours.holiday_date', { n }), value: date };
        const what = { pointer: `${at}/name`, label: t('console.hours.holiday_name', { n }), value: name };
        return html`<div class="line">
          ${renderText({ ...when, type: 'date', isBare: true }, refused, (value) => put(i, { date: value }))}
          <div class="grow">
            ${renderText({ ...what, isBare: true, isOptional: true, maxlength: 80 }, refused, (value) => put(i, { name: value }))}
          </div>
          <button
            type="button"
            class="quiet"
            aria-label=${t('console.hours.holiday_remove', { n })}
            @click=${() => onChange({ holidays: holidays.toSpliced(i, 1) })}
          >
            ×
          </button>
        </div>`;
      })}
      <p class="add">
        <button type="button" @click=${() => onChange({ holidays: [...holidays, { date: '', name: '' }] })}>
          ${t('console.hours.holiday_add')}
        </button>
      </p>
    </div>
  `;
}

/** Another interval of a day begins where the last one ends. */
const following = (last: Interval | undefined): Pick<Interval, 'from' | 'to'> =>
  last && last.to > last.from && last.to < '23:00' ? { from: last.to, to: '23:00' } : { from: '09:00', to: '17:00' };

function likeMonday(days: readonly Interval[]): Interval[] {
  const monday = days.filter(({ day }) => day === 1);
  const weekend = days.filter(({ day }) => day === 0 || day === 6);
  return [...workdays.flatMap((day) => monday.map((one) => ({ ...one, day }))), ...weekend];
}

/** Whether what was typed can be sent at all. */
export const isWhole = ({ days, holidays = [] }: BusinessHours): boolean =>
  days.every(({ from, to }) => from !== '' && to !== '') && holidays.every(({ date }) => date !== '');
