import { type Brand, type Mailbox, type MailProvider, mailProviders, providerOfAddress } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import type { Store } from '../store.js';
import { sayError, sayHint, sayKind, t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { mailboxFormStyles } from './mailbox-form-styles.js';
import { readServers, readSettings } from './read-settings.js';

const servers = ['imap', 'smtp'] as const;
type Server = (typeof servers)[number];
const usualPort: Record<Server, number> = { imap: 993, smtp: 465 };
/** How much mail from before may be taken in. */
const historyDays = [7, 30, 90];

interface Field {
  /** Where the value stands in what is sent, as the server's errors name it. */
  pointer: string;
  label: string;
  type?: 'text' | 'email' | 'number' | 'password';
  /** What it begins with; what was typed stays until this changes. */
  value?: string;
  autocomplete?: string;
  onChange?: (event: Event) => void;
}

/** Asks for a mailbox's settings, or for other servers of one that is connected; what is wrong is said at the field it is about. */
export class MailboxForm extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailbox: { attribute: false },
    provider: { state: true },
    busy: { state: true },
    error: { state: true },
    hasOneSignIn: { state: true },
  };
  declare store: Store;
  /** The one whose servers are changed; null for a new one. */
  declare mailbox: Mailbox | null;
  declare provider: MailProvider | null;
  declare busy: boolean;
  declare error: HelplineError | null;
  /** Whether sending takes the user and password of receiving. */
  declare hasOneSignIn: boolean;

  constructor() {
    super();
    this.mailbox = null;
    this.provider = null;
    this.busy = false;
    this.error = null;
    this.hasOneSignIn = true;
  }

  override firstUpdated(): void {
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
        ${servers.map((server) => this.#renderServer(server))}
        ${mailbox ? nothing : this.#renderOldMail()}
        ${this.#renderOtherErrors()}
        <p class="answers">
          <button type="button" ?disabled=${this.busy} @click=${this.#cancel}>${t('console.cancel')}</button>
          <button class="primary" ?disabled=${this.busy}>
            ${this.busy ? t('console.mailboxes.connecting') : mailbox ? t('console.mailbox.save_servers') : title}
          </button>
        </p>
      </form>
    `;
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
    return html`
      <label for="provider">${t('console.mailbox.provider')}</label>
      <select id="provider" aria-describedby=${provider ? 'provider-hint' : nothing} @change=${this.#onProvider}>
        <option value="" ?selected=${!provider}>${t('console.mailbox.provider.other')}</option>
        ${mailProviders.map(({ id, name }) => html`<option value=${id} ?selected=${id === provider?.id}>${name}</option>`)}
      </select>
      ${provider ? html`<p class="hint muted" id="provider-hint">${sayHint(provider)}</p>` : nothing}
    `;
  }

  #renderOldMail() {
    return html`<fieldset>
      <legend>${t('console.mailbox.old_mail')}</legend>
      <label for="/historyDays">${t('console.mailbox.old_mail.what')}</label>
      <select id="/historyDays" name="/historyDays" aria-describedby="old-mail-hint">
        <option value="0">${t('console.mailbox.old_mail.none')}</option>
        ${historyDays.map((days) => html`<option value=${days}>${t('console.mailbox.old_mail.days', { days })}</option>`)}
      </select>
      <p class="hint muted" id="old-mail-hint">${t('console.mailbox.old_mail.hint')}</p>
    </fieldset>`;
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

  #renderField({ pointer, label, type = 'text', value = '', autocomplete = 'off', onChange }: Field) {
    const error = this.#errorAt(pointer);
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
      ${this.#renderError(pointer)}
    `;
  }

  #renderError(pointer: string) {
    const error = this.#errorAt(pointer);
    return error ? html`<p class="bad error" id=${`error:${pointer}`}>${error}</p>` : nothing;
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
      const mailbox = await this.#send(form);
      this.dispatchEvent(new CustomEvent('connected', { detail: mailbox }));
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.error = error;
      void this.#goToFirstError();
    } finally {
      this.busy = false;
    }
  }

  #send(form: FormData): Promise<Mailbox> {
    const { client } = this.store;
    if (!this.mailbox) return client.connectMailbox(readSettings(form, this.hasOneSignIn));
    return client.setMailServers(this.mailbox.id, readServers(form, this.hasOneSignIn));
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
