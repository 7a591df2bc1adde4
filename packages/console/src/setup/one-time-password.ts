import { css, html, LitElement } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';

/** Shows a password this once, until it is closed. */
export class OneTimePassword extends LitElement {
  static override properties = { name: { state: true }, password: { state: true }, isCopied: { state: true } };
  declare name: string;
  declare password: string;
  declare isCopied: boolean;
  #closed: () => void = () => {};

  constructor() {
    super();
    this.name = '';
    this.password = '';
    this.isCopied = false;
  }

  async show(name: string, password: string): Promise<void> {
    Object.assign(this, { name, password, isCopied: false });
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
    return new Promise((resolve) => {
      this.#closed = resolve;
    });
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${this.#forget}>
      <h3 id="title">${t('console.people.password_title', { name: this.name })}</h3>
      <p>${t('console.people.password_hint')}</p>
      <p class="password"><code dir="ltr">${this.password}</code></p>
      <p class="answers">
        <span role="status" class="muted">${this.isCopied ? t('console.people.copied') : ''}</span>
        <button type="button" @click=${this.#copy}>${t('console.people.copy')}</button>
        <button type="button" class="primary" @click=${this.#close}>${t('console.close')}</button>
      </p>
    </dialog>`;
  }

  async #copy(): Promise<void> {
    await navigator.clipboard.writeText(this.password);
    this.isCopied = true;
  }

  #close(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  #forget(): void {
    this.password = '';
    this.#closed();
  }

  static override styles = [
    controls,
    css`
      dialog[open] {
        display: grid;
        gap: 0.75rem;
        padding: 1.25rem;
      }
      h3 {
        font-size: 1rem;
        overflow-wrap: anywhere;
      }
      code {
        padding: 0.4rem 0.6rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        font: 1.05rem var(--mono);
        user-select: all;
        overflow-wrap: anywhere;
      }
      .answers {
        display: flex;
        align-items: center;
        justify-content: end;
        gap: 0.5rem;
      }
    `,
  ];
}
customElements.define('console-one-time-password', OneTimePassword);

declare global {
  interface HTMLElementTagNameMap {
    'console-one-time-password': OneTimePassword;
  }
}
