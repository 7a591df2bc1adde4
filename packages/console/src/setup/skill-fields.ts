import type { Skill } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { Refused } from '../mailboxes/form/field.js';
import { t } from '../texts.js';
import { renderNumber, renderText } from './fields.js';

/** Skills and languages, each with a level. `pointer` is where they stand in what is sent. */
export function renderSkills(
  legend: string,
  pointer: string,
  skills: readonly Skill[],
  refused: Refused,
  onChange: (skills: Skill[]) => void,
): TemplateResult {
  const put = (at: number, change: Partial<Skill>): void =>
    onChange(skills.map((one, i) => (i === at ? { ...one, ...change } : one)));
  return html`<fieldset>
    <legend>${legend}</legend>
    ${skills.map((one, i) => renderSkill(`${pointer}/${i}`, one, i, refused, put, () => onChange(skills.toSpliced(i, 1))))}
    ${skills.length > 0 ? html`<p class="whole hint muted">${t('console.setup.skill_hint')}</p>` : nothing}
    <p class="add">
      <button type="button" @click=${() => onChange([...skills, { skill: '', level: 3 }])}>${t('console.setup.add_skill')}</button>
    </p>
  </fieldset>`;
}

function renderSkill(
  pointer: string,
  { skill, level }: Skill,
  i: number,
  refused: Refused,
  put: (at: number, change: Partial<Skill>) => void,
  remove: () => void,
): TemplateResult {
  const n = i + 1;
  const name = { pointer: `${pointer}/skill`, label: `${t('console.setup.skill')} ${n}`, value: skill, maxlength: 40 };
  const height = {
    pointer: `${pointer}/level`,
    label: `${t('console.setup.level')} ${n}`,
    value: level,
    min: 1,
    max: 5,
  };
  return html`<div class="line">
    <div class="grow">${renderText({ ...name, isBare: true }, refused, (value) => put(i, { skill: value }))}</div>
    <div>${renderNumber({ ...height, isBare: true }, refused, (value) => put(i, { level: value ?? 1 }))}</div>
    <button type="button" aria-label=${t('console.setup.remove_skill', { n })} @click=${remove}>${t('console.setup.remove')}</button>
  </div>`;
}
