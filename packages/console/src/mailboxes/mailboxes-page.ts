import type { Mailbox } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ago } from '../format.js';
import { toMailbox } from '../route.js';
import { managesMailboxes, reachesMailboxes } from '../state.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { signInAgain } from './form/sign-in-fields.js';
import { mailboxStateStyles } from './mailbox-state-styles.js';
import { mailboxesStyles } from './mailboxes-styles.js';
import { renderProgress } from './progress.js';
import './form/mailbox-form.js';

/** The mailboxes whose mails become conversations: their state, one more, one less. */
export class MailboxesPage extends StoreElement {
  static override properties = {
    ...StoreElement.properties,
    isConnecting: { state: true },
    leaving: { state: true },
  };
  /** Whether the form for one more is shown. */
  declare isConnecting: boolean;
  declare leaving: Mailbox | null;
  readonly #mailboxes = new Loaded<Mailbox[]>(this, {
    wanted: () => (reachesMailboxes(this.store.state) ? 'mailboxes' : null),
    load: () => this.store.client.mailboxes(),
    looksAgain: () => true,
  });

  constructor() {
    super();
    this.isConnecting = false;
    this.leaving = null;
  }

  override render() {
    if (!managesMailboxes(this.store.state)) return html`<p class="state">${t('console.mailboxes.denied')}</p>`;
    return html`
      <section class="page">
        <header>
          <h2>${t('console.mailboxes')}</h2>
          ${
            this.isConnecting
              ? nothing
              : html`<button type="button" class="primary" @click=${() => this.#toggleForm(true)}>${t('console.mailboxes.connect')}</button>`
          }
        </header>
        ${
          this.isConnecting
            ? html`<console-mailbox-form
                .store=${this.store}
                @connected=${this.#onConnected}
                @cancelled=${() => this.#toggleForm(false)}
              ></console-mailbox-form>`
            : nothing
        }
        ${this.#mailboxes.render((mailboxes) => this.#renderList(mailboxes))}
      </section>
      ${this.#renderQuestion()}
    `;
  }

  #renderList(mailboxes: Mailbox[]) {
    if (mailboxes.length === 0)
      return this.isConnecting
        ? nothing
        : html`<div class="state">
            ${icon('mailboxes')}
            <p>${t('console.mailboxes.none')}</p>
            <p>${t('console.mailboxes.none_hint')}</p>
          </div>`;
    return html`<ul class="rows">
      ${repeat(
        mailboxes,
        (mailbox) => mailbox.id,
        (mailbox) => this.#renderMailbox(mailbox),
      )}
    </ul>`;
  }

  #renderMailbox(mailbox: Mailbox) {
    const { id, address, displayName, state, detail, lastFetchedAt, history } = mailbox;
    const brand = this.store.state.inboxes.get(mailbox.inboxId)?.brand.name;
    return html`<li>
      <div class="what">
        <p class="address name"><bdi>${address}</bdi></p>
        <p class="muted"><bdi>${displayName}</bdi>${brand ? html` · <bdi>${brand}</bdi>` : nothing}</p>
        ${detail ? html`<p class="bad">${detail}</p>` : nothing}
        ${this.#renderSignIn(mailbox)}
        ${history && history.fetched < history.total ? renderProgress(history) : nothing}
      </div>
      <div class="how">
        <p class="mailbox-state" data-state=${state}>${t(`console.mailbox.state.${state}`)}</p>
        <p class="muted">
          ${lastFetchedAt ? t('console.mailboxes.fetched', { time: ago(lastFetchedAt) }) : t('console.mailboxes.never')}
        </p>
      </div>
      <p class="answers">
        <a href=${toMailbox(id)} aria-label="${t('console.mailboxes.open')}: ${address}">${t('console.mailboxes.open')}</a>
        <button type="button" aria-label="${t('console.mailboxes.disconnect')}: ${address}" @click=${() => this.#ask(mailbox)}>
          ${t('console.mailboxes.disconnect')}
        </button>
      </p>
    </li>`;
  }

  /** Where a mailbox is of no use until somebody does. */
  #renderSignIn({ id, address, state, signIn }: Mailbox) {
    if (state !== 'signed_out' || !signIn) return nothing;
    return html`<button
      type="button"
      class="primary sign-in"
      aria-label=${t('console.mailbox.sign_in.again_at', { address })}
      @click=${() => signInAgain(this.store, id, signIn.provider)}
    >
      ${t('console.mailbox.sign_in.again')}
    </button>`;
  }

  #renderQuestion() {
    return html`<dialog aria-labelledby="question">
      <h3 id="question">${t('console.mailboxes.disconnect_title', { address: this.leaving?.address ?? '' })}</h3>
      <p>${t('console.mailboxes.disconnect_hint')}</p>
      <p class="answers">
        <button type="button" @click=${this.#closeQuestion}>${t('console.cancel')}</button>
        <button type="button" class="danger" @click=${this.#disconnect}>${t('console.mailboxes.disconnect')}</button>
      </p>
    </dialog>`;
  }

  #toggleForm(isShown: boolean): void {
    this.isConnecting = isShown;
  }

  #onConnected({ detail: mailbox }: CustomEvent<Mailbox>): void {
    this.#toggleForm(false);
    this.store.say(t('console.mailboxes.connected', { address: mailbox.address }));
    void this.#mailboxes.load();
    void this.store.attempt(this.store.loadInboxes());
  }

  #ask(mailbox: Mailbox): void {
    this.leaving = mailbox;
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  readonly #closeQuestion = (): void => this.renderRoot.querySelector('dialog')?.close();

  async #disconnect(): Promise<void> {
    const { leaving } = this;
    this.#closeQuestion();
    if (!leaving) return;
    await this.store.attempt(this.store.client.disconnectMailbox(leaving.id));
    await this.#mailboxes.load();
  }

  static override styles = [controls, pageStyles, mailboxStateStyles, mailboxesStyles];
}
customElements.define('console-mailboxes', MailboxesPage);
