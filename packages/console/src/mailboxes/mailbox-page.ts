import type { Mailbox } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, nothing } from 'lit';
import { toMailboxes } from '../route.js';
import { managesMailboxes, reachesMailboxes } from '../state.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { signInAgain } from './form/sign-in-fields.js';
import { mailboxPageStyles } from './mailbox-page-styles.js';
import { mailboxStateStyles } from './mailbox-state-styles.js';
import { renderProgress } from './progress.js';
import './mail-count.js';
import './mail-folders.js';
import './mail-ledger.js';
import './form/mailbox-form.js';
import './sending-form.js';

/** One mailbox: whether every mail in it is accounted for, what became of each, its folders and its servers. */
export class MailboxPage extends StoreElement {
  static override properties = {
    ...StoreElement.properties,
    mailboxId: { attribute: false },
    isChanging: { state: true },
  };
  declare mailboxId: string;
  /** Whether the form for other servers is shown. */
  declare isChanging: boolean;
  readonly #mailbox = new Loaded<Mailbox>(this, {
    wanted: () => (reachesMailboxes(this.store.state) ? this.mailboxId : null),
    load: () => this.#find(this.mailboxId),
    looksAgain: () => !this.isChanging,
  });

  constructor() {
    super();
    this.isChanging = false;
  }

  override render() {
    if (!managesMailboxes(this.store.state)) return html`<p class="state">${t('console.mailboxes.denied')}</p>`;
    return this.#mailbox.render((mailbox) => this.#renderMailbox(mailbox));
  }

  #renderMailbox(mailbox: Mailbox) {
    const { id, address, state, detail, history } = mailbox;
    return html`
      <section class="page">
        <a class="back" href=${toMailboxes}>${icon('back')}${t('console.mailbox.back')}</a>
        <header>
          <h2><bdi>${address}</bdi></h2>
          <p class="mailbox-state" data-state=${state}>${t(`console.mailbox.state.${state}`)}</p>
        </header>
        ${detail ? html`<p class="bad" role="alert">${detail}</p>` : nothing}
        ${this.#renderSignIn(mailbox)}
        ${history ? renderProgress(history) : nothing}
        <console-mail-count .store=${this.store} .mailboxId=${id}></console-mail-count>
        <console-mail-folders .store=${this.store} .mailboxId=${id}></console-mail-folders>
        ${this.#renderServers(mailbox)}
        <console-sending .store=${this.store} .mailbox=${mailbox} @saved=${this.#mailbox.load}></console-sending>
        <console-mail-ledger .store=${this.store} .mailboxId=${id}></console-mail-ledger>
      </section>
    `;
  }

  #renderSignIn({ id, state, signIn }: Mailbox) {
    if (!signIn) return nothing;
    const isOut = state === 'signed_out';
    return html`<p class="servers">
      <span class="muted">${t(isOut ? 'console.mailbox.sign_in.was' : 'console.mailbox.sign_in.as', { account: signIn.account })}</span>
      <button
        type="button"
        class=${isOut ? 'primary' : ''}
        @click=${() => signInAgain(this.store, id, signIn.provider)}
      >
        ${t('console.mailbox.sign_in.again')}
      </button>
    </p>`;
  }

  #renderServers(mailbox: Mailbox) {
    const { imap, smtp } = mailbox;
    if (this.isChanging)
      return html`<console-mailbox-form
        .store=${this.store}
        .mailbox=${mailbox}
        @connected=${this.#onChanged}
        @cancelled=${() => this.#toggleForm(false)}
      ></console-mailbox-form>`;
    return html`<p class="servers">
      <span class="muted"><bdi>${imap.host}:${imap.port}</bdi> · <bdi>${smtp.host}:${smtp.port}</bdi> · <bdi>${imap.user}</bdi></span>
      <button type="button" @click=${() => this.#toggleForm(true)}>${t('console.mailbox.change_servers')}</button>
    </p>`;
  }

  async #find(mailboxId: string): Promise<Mailbox> {
    const mailbox = (await this.store.client.mailboxes()).find(({ id }) => id === mailboxId);
    if (!mailbox) throw notThere();
    return mailbox;
  }

  #toggleForm(isShown: boolean): void {
    this.isChanging = isShown;
  }

  #onChanged({ detail: mailbox }: CustomEvent<Mailbox>): void {
    this.#toggleForm(false);
    void this.#mailbox.take(Promise.resolve(mailbox));
    this.store.say(t('console.mailboxes.connected', { address: mailbox.address }));
  }

  static override styles = [controls, pageStyles, mailboxStateStyles, mailboxPageStyles];
}

const notThere = (): HelplineError => new HelplineError({ code: 'not_found', status: 404, title: 'not_found' });

customElements.define('console-mailbox', MailboxPage);
