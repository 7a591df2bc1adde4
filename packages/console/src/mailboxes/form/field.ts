import type { HelplineError } from '@helpline/sdk/agent';
import { html, nothing, type TemplateResult } from 'lit';
import { sayError, sayKind } from '../../texts.js';

export interface Field {
  /** Where the value stands in what is sent, as the server's errors name it. */
  pointer: string;
  label: string;
  type?: 'text' | 'email' | 'number' | 'password';
  /** What it begins with; what was typed stays until this changes. */
  value?: string;
  autocomplete?: string;
  onChange?: (event: Event) => void;
}

/** What the server refused a form for, if it did. */
export type Refused = HelplineError | null;

/** A field that must be filled in, with what is wrong with it. */
export function renderField(
  { pointer, label, type = 'text', value = '', autocomplete = 'off', onChange }: Field,
  refused: Refused,
): TemplateResult {
  const error = errorAt(pointer, refused);
  return html`
    <label for=${pointer}>${label}</label>
    <input
      id=${pointer}
      name=${pointer}
      type=${type}
      .value=${value}
      @change=${onChange ?? nothing}
      autocomplete=${autocomplete}
      required
      min=${type === 'number' ? 1 : nothing}
      max=${type === 'number' ? 65535 : nothing}
      aria-invalid=${error ? 'true' : 'false'}
      aria-describedby=${error ? `error:${pointer}` : nothing}
    />
    ${renderError(pointer, refused)}
  `;
}

export function renderError(pointer: string, refused: Refused) {
  const error = errorAt(pointer, refused);
  return error ? html`<p class="bad error" id=${`error:${pointer}`}>${error}</p>` : nothing;
}

/** What is wrong altogether, and with anything that has no field. */
export function renderOtherErrors(refused: Refused, hasField: (pointer: string) => boolean) {
  if (!refused) return nothing;
  const { errors = [] } = refused.problem;
  const homeless = errors.filter(({ pointer }) => !hasField(pointer));
  return html`<div class="bad" role="alert">
    <p>${errors.length > 0 ? sayKind(refused) : sayError(refused)}</p>
    ${homeless.map(({ detail }) => html`<p>${detail}</p>`)}
  </div>`;
}

export const errorAt = (pointer: string, refused: Refused): string | undefined =>
  refused?.problem.errors?.find((one) => one.pointer === pointer)?.detail;
