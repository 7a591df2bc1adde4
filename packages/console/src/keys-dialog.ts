import { css, html, LitElement } from 'lit';
import { areKeysOn, keys, nameOfAction, setKeysOn } from './keys.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { dialogStyles } from './ui/dialog-styles.js';
import { icon } from './ui/icons.js';

/** The list of keys, and the switch for the single-letter ones. */
export class KeysDialog extends LitElement {
  show(): void {
    this.requestUpdate();
    this.#dialog?.showModal();
  }

  override render() {
    return html`
      <dialog aria-labelledby="title">
        <div class="top">
          <h2 id="title">${t('console.keys.title')}</h2>
          <button type="button" class="quiet" aria-label=${t('console.close')} @click=${() => this.#dialog?.close()}>
            ${icon('close')}
          </button>
        </div>
        <dl>
          ${Object.entries(keys).map(([key, action]) => renderRow([key], t(nameOfAction(action))))}
          ${renderRow(['Ctrl', 'Enter'], t('console.keys.send'))}
        </dl>
        <label>
          <input type="checkbox" .checked=${areKeysOn()} @change=${this.#switch} />
          ${t('console.keys.single')}
        </label>
      </dialog>
    `;
  }

  #switch({ target }: Event): void {
    if (target instanceof HTMLInputElement) setKeysOn(target.checked);
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  static override styles = [
    controls,
    dialogStyles,
    css`
      dialog[open] {
        display: grid;
        gap: 0.9rem;
        padding: 1rem 1.25rem 1.25rem;
      }
      dl {
        display: grid;
        gap: 0.45rem;
      }
      dl > div {
        display: flex;
        flex-direction: row-reverse;
        justify-content: space-between;
      }
      dt {
        display: flex;
        gap: 0.25rem;
      }
      label {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        padding-block-start: 0.9rem;
        border-block-start: 1px solid var(--line);
      }
    `,
  ];
}

const renderRow = (pressed: string[], does: string) => html`
  <div>
    <dt>${pressed.map((key) => html`<kbd>${key}</kbd>`)}</dt>
    <dd>${does}</dd>
  </div>
`;

customElements.define('console-keys-dialog', KeysDialog);

declare global {
  interface HTMLElementTagNameMap {
    'console-keys-dialog': KeysDialog;
  }
}
