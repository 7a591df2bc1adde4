import type { LedgerLine, LedgerPage, LedgerState } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { momentOf, shortMoment } from '../format.js';
import { toConversation } from '../route.js';
import type { Store } from '../store.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { openInTab } from '../ui/open-in-tab.js';
import { failed, loading } from '../ui/states.js';
import { mailboxPageStyles } from './mailbox-page-styles.js';

const states = ['failed', 'ignored', 'suspended', 'fetched', 'received'] as const;
const lookAgainMs = 10_000;

/** What became of each mail of a mailbox: the newest first, all of them or those of one state. */
export class MailLedger extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailboxId: { attribute: false },
    shown: { state: true },
    page: { state: true },
    error: { state: true },
    busy: { state: true },
  };
  declare store: Store;
  declare mailboxId: string;
  /** Null is every state. */
  declare shown: LedgerState | null;
  declare page: LedgerPage | null;
  declare error: HelplineError | null;
  /** The line that is being tried again, or 'more'. */
  declare busy: string | null;
  #lookAgain: ReturnType<typeof setInterval> | undefined;
  #isLong = false;

  constructor() {
    super();
    this.shown = null;
    this.page = null;
    this.error = null;
    this.busy = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Who has turned pages is not thrown back to the first.
    this.#lookAgain = setInterval(() => this.page && !this.busy && !this.#isLong && this.#load(), lookAgainMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#lookAgain);
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('mailboxId') || changed.has('shown')) void this.#load();
  }

  override render() {
    return html`
      <section class="ledger" aria-label=${t('console.ledger')}>
        <h3 tabindex="-1">${t('console.ledger')}</h3>
        ${this.#renderFilter()}
        ${this.#renderLines()}
      </section>
    `;
  }

  #renderFilter() {
    const counts = this.page?.counts;
    const all = counts && states.reduce((sum, state) => sum + counts[state], 0);
    return html`<fieldset class="filter">
      <legend class="hidden-text">${t('console.ledger.filter')}</legend>
      ${[null, ...states].map((state) => {
        const count = state ? counts?.[state] : all;
        return html`<label class=${state ?? 'all'}>
          <input type="radio" name="state" .checked=${this.shown === state} @change=${() => this.#show(state)} />
          <span>${t(`console.ledger.state.${state ?? 'all'}`)}${count === undefined ? nothing : html` <span class="count">${count}</span>`}</span>
        </label>`;
      })}
    </fieldset>`;
  }

  #renderLines() {
    if (this.error) return failed(this.error, this.#load);
    if (!this.page) return loading();
    const { items, next } = this.page;
    if (items.length === 0)
      return html`<div class="state">
        ${icon('email')}
        <p>${t(this.shown ? 'console.ledger.none_of_these' : 'console.ledger.none')}</p>
      </div>`;
    return html`
      <ul class="lines">
        ${repeat(
          items,
          ({ id }) => id,
          (line) => this.#renderLine(line),
        )}
      </ul>
      ${
        next
          ? html`<button type="button" class="more" ?disabled=${this.busy !== null} @click=${() => this.#more(next)}>
              ${t('console.list.more')}
            </button>`
          : nothing
      }
    `;
  }

  #renderLine(line: LedgerLine) {
    const { id, folder, uid, at, state, reason, history, from, conversationId } = line;
    const subject = line.subject || t('console.no_subject');
    const isBusy = this.busy === id;
    return html`<li data-state=${state} aria-busy=${isBusy}>
      <div class="mail">
        <p class="subject"><bdi>${subject}</bdi></p>
        <p class="muted"><bdi>${from || t('console.ledger.nobody')}</bdi> · <time datetime=${at} title=${momentOf(at)}>${shortMoment(at)}</time> · <bdi>${folder}</bdi> ${uid}${history ? html` · ${t('console.ledger.history')}` : nothing}</p>
        ${reason ? html`<p class="reason">${reason}</p>` : nothing}
      </div>
      <p class="line-state">${t(`console.ledger.state.${state}`)}</p>
      <p class="answers">
        ${conversationId ? html`<a href=${toConversation(conversationId)} aria-label="${t('console.ledger.conversation')}: ${subject}">${t('console.ledger.conversation')}</a>` : nothing}
        <button type="button" class="link" aria-label="${t('console.ledger.raw')}: ${subject}" @click=${() => this.#openRaw(line)}>${t('console.ledger.raw')}</button>
        ${
          state === 'failed'
            ? html`<button type="button" ?disabled=${isBusy} aria-label="${t('console.ledger.retry')}: ${subject}" @click=${() => this.#retry(line)}>${t('console.ledger.retry')}</button>`
            : nothing
        }
      </p>
    </li>`;
  }

  #show(state: LedgerState | null): void {
    this.shown = state;
  }

  readonly #load = (): Promise<void> =>
    this.#ask(async (query) => {
      const page = await this.store.client.mailLedger(query);
      this.#isLong = false;
      return page;
    });

  async #more(cursor: string): Promise<void> {
    const before = this.page?.items ?? [];
    this.busy = 'more';
    await this.#ask(async (query) => {
      const page = await this.store.client.mailLedger({ ...query, cursor });
      this.#isLong = true;
      return { ...page, items: [...before, ...page.items] };
    });
    this.busy = null;
  }

  /** An answer that comes when something else is wanted already is dropped. */
  async #ask(work: (query: { mailboxId: string; state?: LedgerState }) => Promise<LedgerPage>): Promise<void> {
    const { mailboxId, shown } = this;
    const isStale = (): boolean => mailboxId !== this.mailboxId || shown !== this.shown;
    try {
      const page = await work({ mailboxId, ...(shown ? { state: shown } : {}) });
      if (isStale()) return;
      this.page = page;
      this.error = null;
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      if (!isStale()) this.error = error;
    }
  }

  async #openRaw({ id }: LedgerLine): Promise<void> {
    await this.store.attempt(this.store.client.linkToRawMail(this.mailboxId, id).then(openInTab));
  }

  async #retry({ id }: LedgerLine): Promise<void> {
    this.busy = id;
    if (await this.store.attempt(this.store.client.retryMail(this.mailboxId, id)))
      this.store.say(t('console.ledger.retrying'));
    this.busy = null;
    await this.#load();
    await this.updateComplete;
    // The line may have left the list, and the focus with it.
    if (!this.shadowRoot?.activeElement) this.renderRoot.querySelector('h3')?.focus();
  }

  static override styles = [controls, mailboxPageStyles];
}
customElements.define('console-mail-ledger', MailLedger);
