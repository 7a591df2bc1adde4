import { html, nothing, type PropertyValues } from 'lit';
import { appStyles } from './app-styles.js';
import { DraftFiles } from './files/draft-files.js';
import { actionOf, type KeyAction } from './keys.js';
import { WorkSignals } from './presence/work-signals.js';
import { type Route, toConversation, toView } from './route.js';
import { renderSetup } from './setup/pages.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { icon } from './ui/icons.js';
import { loading } from './ui/states.js';
import { StoreElement } from './ui/store-element.js';
import './conversation-list.js';
import './conversation-page.js';
import './follow-ups/follow-ups-page.js';
import './keys-dialog.js';
import './mailboxes/mailbox-page.js';
import './mail/mail-dialog.js';
import './mailboxes/mailboxes-page.js';
import './mailboxes/signed-in-page.js';
import './offers/offer-notice.js';
import './presence/away-notice.js';
import './sign-in.js';
import './suspended/suspended-page.js';
import './views-rail.js';

/** The whole console: who is not signed in sees the door, everybody else the views, the list and what is open. */
export class ConsoleApp extends StoreElement {
  #lastRoute: Route | null = null;
  #signals: WorkSignals | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', this.#onHash);
    addEventListener('keydown', this.#onKey);
    this.#onHash();
    void this.store.start();
    this.#signals = new WorkSignals(this.store);
    this.#signals.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#signals?.stop();
    removeEventListener('hashchange', this.#onHash);
    removeEventListener('keydown', this.#onKey);
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const { session, counts } = this.store.state;
    const mine = session === 'signed_in' ? (counts?.mine ?? 0) : 0;
    this.#keepFocus();
    document.title = mine > 0 ? t('console.title', { mine }) : t('console.name');
  }

  override render() {
    const { session } = this.store.state;
    if (session === 'starting') return loading();
    if (session === 'unreachable') return this.#renderUnreachable();
    if (session !== 'signed_in')
      return html`<console-sign-in .store=${this.store} ?ended=${session === 'ended'}></console-sign-in>`;
    return html`
      ${this.#renderBanner()}
      <header class="hidden-text"><h1>${t('console.name')}</h1></header>
      <button type="button" class="skip" @click=${this.#skip}>${t('console.skip')}</button>
      <console-away-notice .store=${this.store}></console-away-notice>
      <console-offers .store=${this.store}></console-offers>
      ${this.#renderPanes()}
      ${this.#renderNotice()}
      <console-keys-dialog></console-keys-dialog>
      <console-mail-dialog></console-mail-dialog>
    `;
  }

  #renderPanes() {
    const { route } = this.store.state;
    const wide = renderSetup(this.store, route) ?? this.#renderWide(route);
    return html`
      <div class="panes" data-page=${wide ? 'wide' : route.page} @ask-keys=${() => this.#act('help')} @ask-mail=${() => this.#act('compose')}>
        <console-views .store=${this.store}></console-views>
        ${wide ? html`<main tabindex="-1">${wide}</main>` : this.#renderDesk()}
      </div>
    `;
  }

  /** A page beside which there is no list of conversations. */
  #renderWide(route: Route) {
    switch (route.page) {
      case 'mailbox':
        return html`<console-mailbox .store=${this.store} .mailboxId=${route.mailboxId}></console-mailbox>`;
      case 'mailboxes':
        return html`<console-mailboxes .store=${this.store}></console-mailboxes>`;
      case 'signed_in':
        return html`<console-signed-in .store=${this.store} .answer=${route.answer}></console-signed-in>`;
      case 'suspended':
        return html`<console-suspended .store=${this.store}></console-suspended>`;
      case 'follow_ups':
        return html`<console-follow-ups .store=${this.store} .whose=${route.whose}></console-follow-ups>`;
      default:
        return null;
    }
  }

  /** The list, and what is open beside it. */
  #renderDesk() {
    return html`<main class="desk">
      <console-list .store=${this.store} role="region" aria-label=${t('console.list')}></console-list>
      <div class="open" tabindex="-1">${this.#renderConversation()}</div>
    </main>`;
  }

  #renderConversation() {
    const { route, connection } = this.store.state;
    if (route.page !== 'conversation')
      return html`<div class="state">
        ${icon('chat')}
        <p>${t('console.conversation.none')}</p>
        <p>${t('console.conversation.none_hint')}</p>
      </div>`;
    return html`<console-conversation
      .store=${this.store}
      .conversationId=${route.conversationId}
      .connected=${connection === 'connected'}
    ></console-conversation>`;
  }

  #renderBanner() {
    const { connection } = this.store.state;
    if (connection !== 'connecting' && connection !== 'reconnecting') return nothing;
    return html`<p class="banner" role="status">${icon('again')}${t(`console.connection.${connection}`)}</p>`;
  }

  #renderNotice() {
    const { notice } = this.store.state;
    return html`<div class="notice" role="status">
      ${
        notice
          ? html`<p class=${notice.bad ? 'failed' : ''}>
              ${notice.bad ? icon('warn') : icon('resolved')}<span>${notice.text}</span>
              <button type="button" class="quiet" aria-label=${t('console.close')} @click=${() => this.store.dismiss()}>
                ${icon('close')}
              </button>
            </p>`
          : nothing
      }
    </div>`;
  }

  #renderUnreachable() {
    return html`<div class="state" role="alert">
      ${icon('warn')}
      <p>${t('console.unreachable')}</p>
      <button type="button" @click=${() => this.store.start()}>${icon('again')}${t('console.retry')}</button>
    </div>`;
  }

  readonly #onHash = (): void => this.store.goTo(location.hash);

  readonly #onKey = (event: KeyboardEvent): void => {
    const action = actionOf(event);
    if (!action || this.store.state.session !== 'signed_in') return;
    event.preventDefault();
    this.#act(action);
  };

  #act(action: KeyAction): void {
    const list = this.renderRoot.querySelector('console-list');
    const conversation = this.renderRoot.querySelector('console-conversation');
    const acts: Record<KeyAction, () => unknown> = {
      next: () => list?.move(1),
      previous: () => list?.move(-1),
      open: () => {},
      reply: () => conversation?.write('reply'),
      note: () => conversation?.write('note'),
      take: () => conversation?.take(),
      assign: () => conversation?.askWhom(),
      resolve: () => conversation?.toggleResolved(),
      later: () => conversation?.askLater(),
      triage: () => conversation?.askNeeds(),
      why: () => conversation?.askWhy(),
      select: () => list?.toggle(),
      details: () => conversation?.toggleDetails(),
      compose: () => this.#askNewMail(),
      forward: () => conversation?.forward(),
      undo: () => conversation?.undo(),
      back: () => this.#back(),
      help: () => this.renderRoot.querySelector('console-keys-dialog')?.show(),
    };
    acts[action]();
  }

  #askNewMail(): void {
    const inboxes = [...this.store.state.inboxes.values()].filter(({ channel }) => channel === 'email');
    if (inboxes.length === 0) this.store.say(t('console.mail_dialog.no_mailbox'));
    else
      void this.renderRoot.querySelector('console-mail-dialog')?.ask({
        kind: 'new',
        files: new DraftFiles(this.store.client),
        inboxes,
        send: async ({ sendAt, ...mail }) => {
          const { conversationId } = await this.store.client.compose({ ...mail, ...(sendAt ? { sendAt } : {}) });
          location.hash = toConversation(conversationId);
        },
      });
  }

  async #back(): Promise<void> {
    location.hash = toView(this.store.state.view);
    this.#onHash();
    await this.updateComplete;
    this.renderRoot.querySelector('console-list')?.focus();
  }

  /** What had the focus may be gone with the last page; the keys go on from the new one. */
  #keepFocus(): void {
    const { route, session } = this.store.state;
    if (route === this.#lastRoute || session !== 'signed_in') return;
    this.#lastRoute = route;
    if (document.activeElement === document.body) this.#page?.focus();
  }

  /** On a narrow screen there may be nothing but the list. */
  #skip(): void {
    (this.#page?.checkVisibility() ? this.#page : this.renderRoot.querySelector('console-list'))?.focus();
  }

  get #page(): HTMLElement | null {
    return this.renderRoot.querySelector('.open, main[tabindex]');
  }

  static override styles = [controls, appStyles];
}
customElements.define('console-app', ConsoleApp);

declare global {
  interface HTMLElementTagNameMap {
    'console-app': ConsoleApp;
  }
}
