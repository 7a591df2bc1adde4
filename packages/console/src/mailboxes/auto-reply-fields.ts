import type { AutoReply } from '@helpline/protocol';
import { html, type TemplateResult } from 'lit';
import { locale, t } from '../texts.js';

/** Monday first; 0 is Sunday. */
const days = [1, 2, 3, 4, 5, 6, 0] as const;
const usual: AutoReply = {
  hours: {
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    days: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
  },
  whenOpen: '',
  whenClosed: '',
};

const nameOfDay = (day: number): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 4 + day)));

/** What whoever writes is answered at once, and when somebody works. */
export function renderAutoReply({ hours, whenOpen, whenClosed }: AutoReply = usual): TemplateResult {
  return html`
    <label>
      ${t('console.auto_reply.open')}
      <textarea name="whenOpen" rows="3" maxlength="2000" dir="auto" .value=${whenOpen}></textarea>
    </label>
    <label>
      ${t('console.auto_reply.closed')}
      <textarea name="whenClosed" rows="3" maxlength="2000" dir="auto" .value=${whenClosed}></textarea>
    </label>
    <fieldset class="hours">
      <legend>${t('console.auto_reply.hours')}</legend>
      ${days.map((day) => {
        const open = hours.days.find((one) => one.day === day);
        const name = nameOfDay(day);
        return html`
          <span>${name}</span>
          <input type="time" name=${`from-${day}`} aria-label=${t('console.auto_reply.from', { day: name })} value=${open?.from ?? ''} />
          <input type="time" name=${`to-${day}`} aria-label=${t('console.auto_reply.to', { day: name })} value=${open?.to ?? ''} />
        `;
      })}
    </fieldset>
    <label>${t('console.auto_reply.time_zone')}<input name="timeZone" required value=${hours.timeZone} /></label>
  `;
}

/** The same as the form has it; a day without times is closed. */
export function readAutoReply(form: FormData): AutoReply {
  const said = (name: string): string => String(form.get(name) ?? '').trim();
  const open = days.map((day) => ({ day, from: said(`from-${day}`), to: said(`to-${day}`) }));
  return {
    whenOpen: said('whenOpen'),
    whenClosed: said('whenClosed'),
    hours: { timeZone: said('timeZone'), days: open.filter(({ from, to }) => from !== '' && to !== '') },
  };
}
