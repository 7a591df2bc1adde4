import { css, html, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { dialogStyles } from '../ui/dialog-styles.js';
import { icon } from '../ui/icons.js';
import { StoreElement } from '../ui/store-element.js';
import { formStyles } from './form-styles.js';

/** Who goes hands back all he has, in one go. */
export class HandBack extends StoreElement {
  static override properties = { ...StoreElement.properties, left: { state: true } };
  /** How much is still to go; null while nothing goes. */
  declare left: number | null;

  constructor() {
    super();
    this.left = null;
  }

  override render() {
    const { me } = this.store.state;
    const has = me !== null && me.used.chat + me.used.email > 0;
    return html`
      ${has || this.left !== null ? html`<button type="button" class="quiet ask" @click=${this.#ask}>${icon('leave')}${t('console.hand_back')}</button>` : nothing}
      <dialog aria-labelledby="title">
        <div class="top">
          <h2 id="title">${t('console.hand_back.title')}</h2>
          <button type="button" class="quiet" aria-label=${t('console.close')} @click=${this.#close}>${icon('close')}</button>
        </div>
        <p>${t('console.hand_back.hint')}</p>
        <p role="status">${this.left ? t('console.hand_back.left', { n: this.left }) : nothing}</p>
        <p class="answers">
          <button type="button" class="primary" autofocus aria-disabled=${this.left !== null} @click=${() => this.#go('break')}>${t('console.hand_back.break')}</button>
          <button type="button" aria-disabled=${this.left !== null} @click=${() => this.#go('offline')}>${t('console.hand_back.offline')}</button>
        </p>
      </dialog>
    `;
  }

  async #go(availability: 'break' | 'offline'): Promise<void> {
    if (this.left !== null) return;
    this.left = 0;
    const work = this.store.client.handBack(availability, (left) => {
      this.left = left;
    });
    if (await this.store.attempt(work)) this.store.say(t('console.hand_back.done'));
    this.left = null;
    this.#close();
  }

  readonly #ask = (): void => this.renderRoot.querySelector('dialog')?.showModal();
  readonly #close = (): void => this.renderRoot.querySelector('dialog')?.close();

  static override styles = [
    controls,
    dialogStyles,
    formStyles,
    css`
      .ask {
        inline-size: 100%;
        justify-content: start;
        font-size: 0.82rem;
      }
    `,
  ];
}

customElements.define('console-hand-back', HandBack);

declare global {
  interface HTMLElementTagNameMap {
    'console-hand-back': HandBack;
  }
}
