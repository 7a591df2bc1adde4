import { html, nothing, type TemplateResult } from 'lit';
import { errorAt, type Refused, renderError, renderOtherErrors } from '../mailboxes/form/field.js';
import { t } from '../texts.js';

interface Common {
  /** Where the value stands in what is sent, as the server's errors name it. */
  pointer: string;
  label: string;
  hint?: string;
  /** Whether the label is said only to those who do not see where the field stands. */
  isBare?: boolean;
}

interface TextField extends Common {
  type?: 'text' | 'email' | 'date' | 'time' | 'password';
  value: string;
  list?: string;
  isOptional?: boolean;
  maxlength?: number;
  autocomplete?: 'off' | 'current-password' | 'new-password';
  minlength?: number;
}

/** A field for a line of text. */
export function renderText(field: TextField, refused: Refused, onChange: (value: string) => void): TemplateResult {
  const { pointer, type = 'text', value, list, isOptional, maxlength, minlength, autocomplete = 'off' } = field;
  return framed(
    field,
    refused,
    html`<input
      id=${pointer}
      type=${type}
      .value=${value}
      list=${list ?? nothing}
      maxlength=${maxlength ?? nothing}
      minlength=${minlength ?? nothing}
      autocomplete=${autocomplete}
      aria-label=${field.isBare ? field.label : nothing}
      aria-invalid=${isWrong(field, refused)}
      aria-describedby=${describedBy(field, refused)}
      ?required=${!isOptional}
      @change=${(event: Event) => onChange(said(event))}
    />`,
  );
}

interface NumberField extends Common {
  /** Null is an empty field, where that means something. */
  value: number | null;
  min: number;
  max: number;
  step?: 'any';
  isOptional?: boolean;
}

export function renderNumber(
  field: NumberField,
  refused: Refused,
  onChange: (value: number | null) => void,
): TemplateResult {
  const { pointer, value, min, max, step, isOptional } = field;
  return framed(
    field,
    refused,
    html`<input
      id=${pointer}
      type="number"
      .value=${value === null ? '' : String(value)}
      min=${min}
      max=${max}
      step=${step ?? nothing}
      autocomplete="off"
      aria-label=${field.isBare ? field.label : nothing}
      aria-invalid=${isWrong(field, refused)}
      aria-describedby=${describedBy(field, refused)}
      ?required=${!isOptional}
      @change=${(event: Event) => onChange(said(event) === '' ? null : Number(said(event)))}
    />`,
  );
}

interface SelectField extends Common {
  value: string;
  options: readonly (readonly [value: string, label: string])[];
}

export function renderSelect(field: SelectField, refused: Refused, onChange: (value: string) => void): TemplateResult {
  const { pointer, value, options } = field;
  return framed(
    field,
    refused,
    html`<select
      id=${pointer}
      aria-label=${field.isBare ? field.label : nothing}
      aria-invalid=${isWrong(field, refused)}
      aria-describedby=${describedBy(field, refused)}
      @change=${(event: Event) => onChange(said(event))}
    >
      ${options.map(([one, label]) => html`<option value=${one} ?selected=${one === value} .selected=${one === value}>${label}</option>`)}
    </select>`,
  );
}

export function renderCheck(label: string, isChecked: boolean, onChange: (isChecked: boolean) => void): TemplateResult {
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${isChecked}
      @change=${({ target }: Event) => target instanceof HTMLInputElement && onChange(target.checked)}
    />${label}
  </label>`;
}

function framed({ pointer, label, hint, isBare }: Common, refused: Refused, control: TemplateResult): TemplateResult {
  return html`
    ${isBare ? nothing : html`<label for=${pointer}>${label}</label>`}
    ${control}
    ${hint ? html`<p class="hint muted" id=${`hint:${pointer}`}>${hint}</p>` : nothing}
    ${renderError(pointer, refused)}
  `;
}

const isWrong = ({ pointer }: Common, refused: Refused): 'true' | 'false' =>
  errorAt(pointer, refused) ? 'true' : 'false';

function describedBy({ pointer, hint }: Common, refused: Refused) {
  const ids = [hint ? `hint:${pointer}` : '', errorAt(pointer, refused) ? `error:${pointer}` : ''];
  return ids.filter(Boolean).join(' ') || nothing;
}

function said({ target }: Event): string {
  if (target instanceof HTMLSelectElement) return target.value;
  if (!(target instanceof HTMLInputElement)) return '';
  return target.type === 'password' ? target.value : target.value.trim();
}

/** What is wrong altogether, and with anything that has no field. */
export function renderRefusal(refused: Refused, hasField: (pointer: string) => boolean) {
  const { errors = [] } = refused?.problem ?? {};
  if (errors.length === 0 || !errors.every(({ pointer }) => hasField(pointer)))
    return renderOtherErrors(refused, hasField);
  return html`<p class="bad" role="alert">${t('console.setup.look_above')}</p>`;
}
