import { HelplineError } from '@helpline/sdk/agent';
import { css, html } from 'lit';
import { toMailbox, toMailboxes } from '../route.js';
import { managesMailboxes, reachesMailboxes } from '../state.js';
import { sayError, t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { StoreElement } from '../ui/store-element.js';

/** Where a mail provider's page comes back to: connects the mailbox with its answer, and goes on to the mailbox. */
export class SignedInPage extends StoreElement {
  static override properties = { ...StoreElement.properties, answer: { attribute: false }, error: { state: true } };
  declare answer: string;
  declare error: unknown;
  /** An answer is good once. */
  #given = '';

  constructor() {
    super();
    this.error = null;
  }

  override willUpdate(): void {
    if (!reachesMailboxes(this.store.state) || this.#given === this.answer) return;
    this.#given = this.answer;
    void this.#finish();
  }

  override render() {
    const { state } = this.store;
    if (state.me && !managesMailboxes(state)) return html`<p class="state">${t('console.mailboxes.denied')}</p>`;
    if (!this.error) return html`<p class="state loading" role="status">${t('console.mailbox.sign_in.finishing')}</p>`;
    return html`<div class="state" role="alert">
      ${icon('warn')}
      <h2>${t('console.mailbox.sign_in.failed')}</h2>
      <p>${wordsOf(this.error)}</p>
      <a href=${toMailboxes}>${t('console.mailbox.back')}</a>
    </div>`;
  }

  async #finish(): Promise<void> {
    const { store } = this;
    this.error = null;
    try {
      const { id, address } = await store.client.finishSignIn(this.answer);
      store.say(t('console.mailboxes.connected', { address }));
      void store.attempt(store.loadInboxes());
      if (this.isConnected) location.replace(toMailbox(id));
    } catch (error) {
      this.error = error;
    }
  }

  static override styles = [
    controls,
    css`
      h2 {
        font-size: 1.15rem;
      }
      p {
        max-inline-size: 36rem;
      }
    `,
  ];
}

/** What went wrong at the provider needs no sentence before it. */
const wordsOf = (error: unknown): string =>
  (error instanceof HelplineError && error.code === 'unprocessable' && error.problem.detail) || sayError(error);

customElements.define('console-signed-in', SignedInPage);
