import { limits } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { toView } from '../route.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { renderRefusal, renderText } from './fields.js';
import { Sending } from './sending.js';
import { setupStyles } from './setup-styles.js';

/** One's own password. */
export class PasswordPage extends StoreElement {
  static override properties = { ...StoreElement.properties, current: { state: true }, password: { state: true } };
  declare current: string;
  declare password: string;
  readonly #sending = new Sending(this);

  constructor() {
    super();
    this.current = '';
    this.password = '';
  }

  override render() {
    const { refused, isBusy } = this.#sending;
    const n = limits.passwordCharacters;
    const current = { pointer: '/current', label: t('console.own_password.current'), value: this.current };
    const next = { pointer: '/password', label: t('console.own_password.new'), value: this.password, minlength: n };
    return html`<section class="page">
      <header><h2>${t('console.own_password')}</h2></header>
      ${this.store.state.me?.hasOneTimePassword ? html`<p>${t('console.own_password.one_time')}</p>` : nothing}
      <form @submit=${this.#submit} aria-label=${t('console.own_password')}>
        <fieldset>
          ${renderText({ ...current, type: 'password', autocomplete: 'current-password' }, refused, (value) => {
            this.current = value;
          })}
          ${renderText(
            { ...next, type: 'password', autocomplete: 'new-password', hint: t('console.own_password.hint', { n }) },
            refused,
            (value) => {
              this.password = value;
            },
          )}
        </fieldset>
        ${renderRefusal(refused, (pointer) => pointer === '/current' || pointer === '/password')}
        <p class="answers"><button class="primary" aria-disabled=${isBusy}>${t('console.own_password')}</button></p>
      </form>
    </section>`;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { current, password } = this;
    const done = await this.#sending.send(async () => {
      await this.store.client.setPassword(current, password);
      return true;
    });
    if (!done) return;
    this.store.say(t('console.own_password.saved'));
    location.hash = toView(this.store.state.view);
  }

  static override styles = [controls, pageStyles, setupStyles];
}
customElements.define('console-password', PasswordPage);
