import {
  type Mailbox,
  type MailProvider,
  providerOfAddress,
  providerOfHost,
  type SignInProvider,
} from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import type { Store } from '../../store.js';
import { t } from '../../texts.js';
import { controls } from '../../ui/controls.js';
import { renderOtherErrors } from './field.js';
import { renderOldMail, renderSenders } from './further-fields.js';
import { mailboxFormStyles } from './mailbox-form-styles.js';
import { readAuthservId, readMailbox, readServers } from './read-settings.js';
import { renderServer } from './server-fields.js';
import { goToProvider, renderAccess, signInAt } from './sign-in-fields.js';
import { renderWho } from './who-fields.js';

const servers = ['imap', 'smtp'] as const;

/** Asks for a mailbox's settings, or for other servers of one that is connected; what is wrong is said at the field it is about. */
export class MailboxForm extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailbox: { attribute: false },
    provider: { state: true },
    signIns: { state: true },
    typesPassword: { state: true },
    busy: { state: true },
    error: { state: true },
    hasOneSignIn: { state: true },
  };
  declare store: Store;
  /** The one whose servers are changed; null for a new one. */
  declare mailbox: Mailbox | null;
  declare provider: MailProvider | null;
  /** The providers at which one can sign in instead of typing a password. */
  declare signIns: SignInProvider[];
  declare typesPassword: boolean;
  declare busy: boolean;
  declare error: HelplineError | null;
  /** Whether sending takes the user and password of receiving. */
  declare hasOneSignIn: boolean;

  constructor() {
    super();
    this.mailbox = null;
    this.provider = null;
    this.signIns = [];
    this.typesPassword = false;
    this.busy = false;
    this.error = null;
    this.hasOneSignIn = true;
  }

  override firstUpdated(): void {
    this.typesPassword = this.mailbox !== null && this.mailbox.signIn === null;
    void this.#loadSignIns();
    this.renderRoot.querySelector<HTMLElement>('select, input')?.focus();
  }

  override render() {
    const { mailbox } = this;
    const title = mailbox
      ? t('console.mailbox.changing', { address: mailbox.address })
      : t('console.mailboxes.connect');
    return html`
      <form @submit=${this.#submit} aria-label=${title}>
        ${mailbox ? nothing : this.#renderWho()}
        ${this.#possibleSignIn ? renderAccess(this.typesPassword, this.#switchAccess) : nothing}
        ${this.#signIn ? nothing : this.#renderServers()}
        ${mailbox ? nothing : renderOldMail()}
        ${mailbox && this.#signIn ? nothing : renderSenders(mailbox?.authservId ?? '')}
        ${renderOtherErrors(this.error, this.#hasField)}
        <p class="answers">
          <button type="button" ?disabled=${this.busy} @click=${this.#cancel}>${t('console.cancel')}</button>
          <button class="primary" aria-disabled=${this.busy}>${this.#nameOfSubmit()}</button>
        </p>
      </form>
    `;
  }

  /** At which provider one could sign in for this mailbox. */
  get #possibleSignIn(): SignInProvider | undefined {
    return signInAt(this.mailbox ? providerOfHost(this.mailbox.imap.host) : this.provider, this.signIns);
  }

  get #signIn(): SignInProvider | undefined {
    return this.typesPassword ? undefined : this.#possibleSignIn;
  }

  #nameOfSubmit(): string {
    const signIn = this.#signIn;
    if (signIn) return t(`console.mailbox.sign_in.${signIn}`);
    if (this.busy) return t('console.mailboxes.connecting');
    return t(this.mailbox ? 'console.mailbox.save_servers' : 'console.mailboxes.connect');
  }

  #renderWho() {
    return renderWho({
      store: this.store,
      provider: this.provider,
      asksPassword: !this.#signIn,
      refused: this.error,
      onAddress: this.#onAddress,
      onProvider: (provider) => {
        this.provider = provider;
      },
    });
  }

  #renderServers() {
    const { mailbox, provider, hasOneSignIn, error: refused } = this;
    const onSwitchSignIn = this.#switchSignIn;
    return servers.map((server) => renderServer(server, { mailbox, provider, hasOneSignIn, refused, onSwitchSignIn }));
  }

  readonly #hasField = (pointer: string): boolean => {
    if (this.hasOneSignIn && (pointer === '/smtp/user' || pointer === '/smtp/password')) return false;
    return /^\/(brandId|address|displayName|(imap|smtp)(\/(host|port|user|password))?)$/.test(pointer);
  };

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy || !(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    this.busy = true;
    this.error = null;
    try {
      await this.#send(form);
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.error = error;
      void this.#goToFirstError();
    } finally {
      this.busy = false;
    }
  }

  async #send(form: FormData): Promise<void> {
    const provider = this.#signIn;
    if (provider) await goToProvider(this.#begin(form, provider));
    else this.dispatchEvent(new CustomEvent('connected', { detail: await this.#connect(form) }));
  }

  #begin(form: FormData, provider: SignInProvider): Promise<string> {
    const { client } = this.store;
    return this.mailbox
      ? client.signInAgain(this.mailbox.id, provider)
      : client.signInForMailbox({ ...readMailbox(form), provider });
  }

  #connect(form: FormData): Promise<Mailbox> {
    const { client } = this.store;
    const both = readServers(form, this.hasOneSignIn);
    if (!this.mailbox) return client.connectMailbox({ ...readMailbox(form), ...both });
    return client.setMailServers(this.mailbox.id, { ...both, authservId: readAuthservId(form) });
  }

  async #loadSignIns(): Promise<void> {
    const loading = this.store.client.signInProviders();
    if (await this.store.attempt(loading)) this.signIns = await loading;
  }

  async #goToFirstError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  readonly #onAddress = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    this.provider = providerOfAddress(target.value) ?? this.provider;
    const user = this.renderRoot.querySelector<HTMLInputElement>('[name="/imap/user"]');
    if (user && user.value === '') user.value = target.value;
  };

  readonly #switchAccess = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.typesPassword = target.checked;
  };

  readonly #switchSignIn = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.hasOneSignIn = target.checked;
  };

  #cancel(): void {
    this.dispatchEvent(new CustomEvent('cancelled'));
  }

  static override styles = [controls, mailboxFormStyles];
}

customElements.define('console-mailbox-form', MailboxForm);
