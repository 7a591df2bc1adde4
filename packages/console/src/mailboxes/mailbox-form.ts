import type { Brand } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import type { Store } from '../store.js';
import { sayError, sayKind, t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { mailboxFormStyles } from './mailbox-form-styles.js';
import { readSettings } from './read-settings.js';

const servers = ['imap', 'smtp'] as const;
type Server = (typeof servers)[number];
const usualPort: Record<Server, number> = { imap: 993, smtp: 465 };

interface Field {
  /** Where the value stands in what is sent, as the server's errors name it. */
  pointer: string;
  label: string;
  type?: 'text' | 'email' | 'number' | 'password';
  value?: string;
  autocomplete?: string;
}

/** Asks for a mailbox's settings; what is wrong is said at the field it is about. */
export class MailboxForm extends LitElement {
  static override properties = {
    store: { attribute: false },
    busy: { state: true },
    error: { state: true },
    hasOneSignIn: { state: true },
  };
  declare store: Store;
  declare busy: boolean;
  declare error: HelplineError | null;
  /** Whether sending takes the user and password of receiving. */
  declare hasOneSignIn: boolean;

  constructor() {
    super();
    this.busy = false;
    this.error = null;
    this.hasOneSignIn = true;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('select')?.focus();
  }

  override render() {
    return html`
      <form @submit=${this.#submit} aria-label=${t('console.mailboxes.connect')}>
        <fieldset>
          <legend>${t('console.mailbox.who')}</legend>
          ${this.#renderBrands()}
          ${this.#renderField({ pointer: '/address', label: t('console.mailbox.address'), type: 'email' })}
          ${this.#renderField({ pointer: '/displayName', label: t('console.mailbox.display_name') })}
        </fieldset>
        ${servers.map((server) => this.#renderServer(server))}
        ${this.#renderOtherErrors()}
        <p class="answers">
          <button type="button" ?disabled=${this.busy} @click=${this.#cancel}>${t('console.cancel')}</button>
          <button class="primary" ?disabled=${this.busy}>
            ${t(this.busy ? 'console.mailboxes.connecting' : 'console.mailboxes.connect')}
          </button>
        </p>
      </form>
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
    return html`
      <fieldset>
        <legend>${t(`console.mailbox.${server}`)}</legend>
        ${this.#renderError(`/${server}`)}
        ${this.#renderField({ pointer: at('host'), label: t('console.mailbox.host') })}
        ${this.#renderField({ pointer: at('port'), label: t('console.mailbox.port'), type: 'number', value: String(usualPort[server]) })}
        <span></span>
        <label class="check"><input type="checkbox" name=${at('secure')} checked />${t('console.mailbox.secure')}</label>
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
                ${this.#renderField({ pointer: at('user'), label: t('console.mailbox.user'), autocomplete: 'off' })}
                ${this.#renderField({ pointer: at('password'), label: t('console.mailbox.password'), type: 'password', autocomplete: 'new-password' })}
              `
            : nothing
        }
      </fieldset>
    `;
  }

  #renderField({ pointer, label, type = 'text', value = '', autocomplete = 'off' }: Field) {
    const error = this.#errorAt(pointer);
    return html`
      <label for=${pointer}>${label}</label>
      <input
        id=${pointer}
        name=${pointer}
        type=${type}
        value=${value}
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
    const settings = readSettings(new FormData(event.target), this.hasOneSignIn);
    this.busy = true;
    this.error = null;
    try {
      const mailbox = await this.store.client.connectMailbox(settings);
      this.dispatchEvent(new CustomEvent('connected', { detail: mailbox }));
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.error = error;
      void this.#goToFirstError();
    } finally {
      this.busy = false;
    }
  }

  async #goToFirstError(): Promise<void> {
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
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
