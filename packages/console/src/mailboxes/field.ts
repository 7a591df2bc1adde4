import { html, nothing, type TemplateResult } from 'lit';

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

/** A field that must be filled in, with what is wrong with it. */
export function renderField(
  { pointer, label, type = 'text', value = '', autocomplete = 'off', onChange }: Field,
  error: string | undefined,
): TemplateResult {
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
    ${renderError(pointer, error)}
  `;
}

export const renderError = (pointer: string, error: string | undefined) =>
  error ? html`<p class="bad error" id=${`error:${pointer}`}>${error}</p>` : nothing;
