import type { LedgerLine, LedgerPage, LedgerState } from '@helpline/protocol';
import { html, LitElement, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { momentOf, shortMoment } from '../format.js';
import { toConversation } from '../route.js';
import type { Store } from '../store.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { openInTab } from '../ui/open-in-tab.js';
import { pageStyles } from '../ui/page-styles.js';
import { mailLedgerStyles } from './mail-ledger-styles.js';

const states = ['failed', 'ignored', 'suspended', 'fetched', 'received'] as const;

/** What became of each mail of a mailbox: the newest first, all of them or those of one state. */
export class MailLedger extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailboxId: { attribute: false },
    shown: { state: true },
    retrying: { state: true },
  };
  declare store: Store;
  declare mailboxId: string;
  /** Null is every state. */
  declare shown: LedgerState | null;
  /** The line that is being tried again. */
  declare retrying: string | null;
  readonly #page = new Loaded<LedgerPage>(this, {
    wanted: () => `${this.mailboxId} ${this.shown}`,
    load: () => this.#turnTo(),
    looksAgain: () => !this.#isLong,
  });
  /** Who has turned pages is not thrown back to the first. */
  #isLong = false;

  constructor() {
    super();
    this.shown = null;
    this.retrying = null;
  }

  override render() {
    return html`
      <section class="ledger" aria-label=${t('console.ledger')}>
        <h3 tabindex="-1">${t('console.ledger')}</h3>
        ${this.#renderFilter()}
        ${this.#page.render((page) => this.#renderLines(page))}
      </section>
    `;
  }

  #renderFilter() {
    const counts = this.#page.value?.counts;
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

  #renderLines({ items, next }: LedgerPage) {
    if (items.length === 0)
      return html`<div class="state">
        ${icon('email')}
        <p>${t(this.shown ? 'console.ledger.none_of_these' : 'console.ledger.none')}</p>
      </div>`;
    return html`
      <ul class="rows lines">
        ${repeat(
          items,
          ({ id }) => id,
          (line) => this.#renderLine(line),
        )}
      </ul>
      ${
        next
          ? html`<button type="button" class="more" @click=${() => this.#more(next)}>
              ${t('console.list.more')}
            </button>`
          : nothing
      }
    `;
  }

  #renderLine(line: LedgerLine) {
    const { id, folder, uid, at, state, reason, history, from, conversationId } = line;
    const subject = line.subject || t('console.no_subject');
    const isBusy = this.retrying === id;
    return html`<li data-state=${state} aria-busy=${isBusy}>
      <div class="what">
        <p class="subject name"><bdi>${subject}</bdi></p>
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

  #turnTo(cursor?: string): Promise<LedgerPage> {
    const { mailboxId, shown } = this;
    this.#isLong = cursor !== undefined;
    return this.store.client.mailLedger({
      mailboxId,
      ...(shown ? { state: shown } : {}),
      ...(cursor ? { cursor } : {}),
    });
  }

  #more(cursor: string): Promise<boolean> {
    const before = this.#page.value?.items ?? [];
    return this.#page.take(this.#turnTo(cursor).then((page) => ({ ...page, items: [...before, ...page.items] })));
  }

  async #openRaw({ id }: LedgerLine): Promise<void> {
    await this.store.attempt(this.store.client.linkToRawMail(this.mailboxId, id).then(openInTab));
  }

  async #retry({ id }: LedgerLine): Promise<void> {
    this.retrying = id;
    if (await this.store.attempt(this.store.client.retryMail(this.mailboxId, id)))
      this.store.say(t('console.ledger.retrying'));
    this.retrying = null;
    await this.#page.load();
    await this.updateComplete;
    // The line may have left the list, and the focus with it.
    if (!this.shadowRoot?.activeElement) this.renderRoot.querySelector('h3')?.focus();
  }

  static override styles = [controls, pageStyles, mailLedgerStyles];
}
customElements.define('console-mail-ledger', MailLedger);
