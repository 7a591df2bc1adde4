import {
  type Brand,
  type Mailbox,
  type MailProvider,
  mailProviders,
  providerOfAddress,
  providerOfHost,
  type SignInProvider,
} from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import type { Store } from '../store.js';
import { sayError, sayHint, sayKind, t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { type Field, renderError, renderField } from './field.js';
import { renderOldMail, renderSenders } from './further-fields.js';
import { mailboxFormStyles } from './mailbox-form-styles.js';
import { readAuthservId, readMailbox, readServers } from './read-settings.js';
import { goToProvider, renderAccess, signInAt } from './sign-in-fields.js';

const servers = ['imap', 'smtp'] as const;
type Server = (typeof servers)[number];
const usualPort: Record<Server, number> = { imap: 993, smtp: 465 };

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
        ${this.#signIn ? nothing : servers.map((server) => this.#renderServer(server))}
        ${mailbox ? nothing : renderOldMail()}
        ${mailbox && this.#signIn ? nothing : renderSenders(mailbox?.authservId ?? '')}
        ${this.#renderOtherErrors()}
        <p class="answers">
          <button type="button" ?disabled=${this.busy} @click=${this.#cancel}>${t('console.cancel')}</button>
          <button class="primary" ?disabled=${this.busy}>${this.#nameOfSubmit()}</button>
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
    return html`<fieldset>
      <legend>${t('console.mailbox.who')}</legend>
      ${this.#renderBrands()}
      ${this.#renderField({ pointer: '/address', label: t('console.mailbox.address'), type: 'email', onChange: this.#onAddress })}
      ${this.#renderField({ pointer: '/displayName', label: t('console.mailbox.display_name') })}
      ${this.#renderProviders()}
    </fieldset>`;
  }

  /** Fills in where the servers of a provider stand, and says what is special about its passwords. */
  #renderProviders() {
    const { provider } = this;
    const hint = provider && !this.#signIn ? sayHint(provider) : null;
    return html`
      <label for="provider">${t('console.mailbox.provider')}</label>
      <select id="provider" aria-describedby=${hint ? 'provider-hint' : nothing} @change=${this.#onProvider}>
        <option value="" ?selected=${!provider}>${t('console.mailbox.provider.other')}</option>
        ${mailProviders.map(({ id, name }) => html`<option value=${id} ?selected=${id === provider?.id}>${name}</option>`)}
      </select>
      ${hint ? html`<p class="hint muted" id="provider-hint">${hint}</p>` : nothing}
    `;
  }

  #renderBrands() {
    return html`
      <label for="/brandId">${t('console.mailbox.brand')}</label>
      <select id="/brandId" name="/brandId" required>
        ${brandsOf(this.store).map((brand) => html`<option value=${brand.id}>${brand.name}</option>`)}
      </select>
      ${this.#renderError('/brandId')}
    `;
  }

  #renderServer(server: Server) {
    const at = (field: string): string => `/${server}/${field}`;
    const asksSignIn = server === 'imap' || !this.hasOneSignIn;
    const {
      host = '',
      port = usualPort[server],
      secure = true,
    } = this.provider?.[server] ?? this.mailbox?.[server] ?? {};
    const user = this.mailbox?.[server].user ?? '';
    return html`
      <fieldset>
        <legend>${t(`console.mailbox.${server}`)}</legend>
        ${this.#renderError(`/${server}`)}
        ${this.#renderField({ pointer: at('host'), label: t('console.mailbox.host'), value: host })}
        ${this.#renderField({ pointer: at('port'), label: t('console.mailbox.port'), type: 'number', value: String(port) })}
        <span></span>
        <label class="check"><input type="checkbox" name=${at('secure')} .checked=${secure} />${t('console.mailbox.secure')}</label>
        ${
          server === 'smtp'
            ? html`<span></span>
                <label class="check">
                  <input type="checkbox" .checked=${this.hasOneSignIn} @change=${this.#switchSignIn} />
                  ${t('console.mailbox.same_sign_in')}
                </label>`
            : nothing
        }
        ${
          asksSignIn
            ? html`
                ${this.#renderField({ pointer: at('user'), label: t('console.mailbox.user'), value: user })}
                ${this.#renderField({ pointer: at('password'), label: t('console.mailbox.password'), type: 'password', autocomplete: 'new-password' })}
              `
            : nothing
        }
      </fieldset>
    `;
  }

  #renderField(field: Field) {
    return renderField(field, this.#errorAt(field.pointer));
  }

  #renderError(pointer: string) {
    return renderError(pointer, this.#errorAt(pointer));
  }

  /** What is wrong altogether, and with anything that has no field here. */
  #renderOtherErrors() {
    if (!this.error) return nothing;
    const { errors = [] } = this.error.problem;
    const homeless = errors.filter(({ pointer }) => !this.#hasPlaceFor(pointer));
    return html`<div class="bad" role="alert">
      <p>${errors.length > 0 ? sayKind(this.error) : sayError(this.error)}</p>
      ${homeless.map(({ detail }) => html`<p>${detail}</p>`)}
    </div>`;
  }

  #errorAt(pointer: string): string | undefined {
    return this.error?.problem.errors?.find((one) => one.pointer === pointer)?.detail;
  }

  #hasPlaceFor(pointer: string): boolean {
    if (this.hasOneSignIn && (pointer === '/smtp/user' || pointer === '/smtp/password')) return false;
    return /^\/(brandId|address|displayName|(imap|smtp)(\/(host|port|user|password))?)$/.test(pointer);
  }

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

  #onProvider({ target }: Event): void {
    if (target instanceof HTMLSelectElement)
      this.provider = mailProviders.find(({ id }) => id === target.value) ?? null;
  }

  readonly #switchAccess = ({ target }: Event): void => {
    if (target instanceof HTMLInputElement) this.typesPassword = target.checked;
  };

  #switchSignIn({ target }: Event): void {
    if (target instanceof HTMLInputElement) this.hasOneSignIn = target.checked;
  }

  #cancel(): void {
    this.dispatchEvent(new CustomEvent('cancelled'));
  }

  static override styles = [controls, mailboxFormStyles];
}

function brandsOf(store: Store): Brand[] {
  const brands = new Map<string, Brand>();
  for (const { brand } of store.state.inboxes.values()) brands.set(brand.id, brand);
  return [...brands.values()];
}

customElements.define('console-mailbox-form', MailboxForm);
