import { HelplineError } from '@helpline/sdk/agent';
import { css, html, LitElement } from 'lit';
import type { Store } from './store.js';
import { sayError, t } from './texts.js';
import { controls } from './ui/controls.js';

/** The door: an address and a password. */
export class SignIn extends LitElement {
  static override properties = {
    store: { attribute: false },
    ended: { type: Boolean },
    busy: { state: true },
    error: { state: true },
  };
  declare store: Store;
  /** Whether an earlier session ran out, which is worth telling. */
  declare ended: boolean;
  declare busy: boolean;
  declare error: string | null;

  constructor() {
    super();
    this.ended = false;
    this.busy = false;
    this.error = null;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    return html`
      <main>
        <form @submit=${this.#submit} aria-labelledby="title">
          <img src="./icon.svg" alt="" width="40" height="40" />
          <h1 id="title">${t('console.name')}</h1>
          <p class="muted">${t('console.sign_in_hint')}</p>
          ${this.ended && !this.error ? html`<p class="told" role="status">${t('console.session_ended')}</p>` : ''}
          <label for="email">${t('console.email')}</label>
          <input id="email" name="email" type="email" autocomplete="username" required />
          <label for="password">${t('console.password')}</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required />
          <p class="bad" role="alert">${this.error ?? ''}</p>
          <button class="primary" ?disabled=${this.busy}>
            ${this.busy ? t('console.signing_in') : t('console.sign_in')}
          </button>
        </form>
      </main>
    `;
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy || !(event.target instanceof HTMLFormElement)) return;
    const fields = new FormData(event.target);
    this.busy = true;
    this.error = null;
    try {
      await this.store.signIn(String(fields.get('email')), String(fields.get('password')));
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.error = sayError(error);
    } finally {
      this.busy = false;
    }
  }

  static override styles = [
    controls,
    css`
      :host {
        display: block;
        block-size: 100%;
        overflow: auto;
      }
      main {
        display: grid;
        min-block-size: 100%;
        padding: 1.5rem;
        place-items: center;
      }
      form {
        display: grid;
        gap: 0.35rem;
        inline-size: min(22rem, 100%);
        padding: 2rem;
        border: 1px solid var(--line);
        border-radius: calc(var(--radius) * 2);
        background: var(--surface);
      }
      h1 {
        margin-block-start: 0.6rem;
        font-size: 1.35rem;
        letter-spacing: -0.01em;
      }
      h1 + .muted {
        margin-block-end: 0.8rem;
      }
      label {
        margin-block-start: 0.4rem;
        font-weight: 550;
      }
      input {
        min-block-size: 2.4rem;
      }
      button {
        min-block-size: 2.4rem;
      }
      [role='alert'] {
        min-block-size: 1.45em;
      }
      .told {
        padding: 0.5rem 0.7rem;
        border-radius: var(--radius);
        background: var(--raised);
      }
    `,
  ];
}
customElements.define('console-sign-in', SignIn);

declare global {
  interface HTMLElementTagNameMap {
    'console-sign-in': SignIn;
  }
}
