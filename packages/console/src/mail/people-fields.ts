import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { t } from '../texts.js';
import { fields, type People, parseLine } from './people.js';

/** Where one types who gets a mail; what is no address is named below its line. */
export function renderPeopleFields(
  people: People,
  change: (field: keyof People, typed: string) => void,
): TemplateResult {
  const onInput = (field: keyof People) => (event: InputEvent) => {
    if (event.target instanceof HTMLInputElement) change(field, event.target.value);
  };
  return html`<div class="people-fields">
    ${fields.map((field) => {
      const { wrong } = parseLine(people[field]);
      return html`
        <label for=${`people-${field}`}>${t(`console.people.${field}`)}</label>
        <input
          id=${`people-${field}`}
          name=${field}
          autocomplete="off"
          spellcheck="false"
          inputmode="email"
          .value=${live(people[field])}
          aria-invalid=${wrong.length > 0 ? 'true' : 'false'}
          aria-describedby=${wrong.length > 0 ? `wrong-${field}` : nothing}
          @input=${onInput(field)}
        />
        ${wrong.length > 0 ? html`<p class="bad" id=${`wrong-${field}`}>${t('console.people.wrong', { what: wrong.join(', ') })}</p>` : nothing}
      `;
    })}
  </div>`;
}

export const peopleFieldsStyles = css`
  .people-fields {
    display: grid;
    grid-template-columns: auto 1fr;
    align-items: center;
    gap: 0.3rem 0.6rem;
  }
  .people-fields .bad {
    grid-column: 2;
    font-size: 0.8rem;
  }
`;
