import type { ListedFollowUp, Output } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { nameOfAgent, nameOfContact } from '../entries/context.js';
import { toConversation, toFollowUps, type WhoseFollowUps } from '../route.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { focusRow } from '../ui/focus-row.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { followUpsStyles } from './follow-ups-styles.js';
import { isDue, renderAnswers, sayDue } from './promises.js';

type List = Output<'followUp.list'>;

/** What was promised to customers and is still to be kept: one's own, or what others forgot. */
export class FollowUpsPage extends StoreElement {
  static override properties = { ...StoreElement.properties, whose: { attribute: false }, busy: { state: true } };
  declare whose: WhoseFollowUps;
  /** The promise that is being settled. */
  declare busy: string | null;
  readonly #promised = new Loaded<List>(this, {
    wanted: () => (this.store.state.connection === 'connected' ? this.whose : null),
    load: () => this.store.client.followUps(this.whose),
    looksAgain: () => this.busy === null,
  });

  constructor() {
    super();
    this.busy = null;
  }

  override render() {
    return html`
      <section class="page">
        <header>
          <h2 tabindex="-1">${t('console.follow_ups')}</h2>
          <nav aria-label=${t('console.follow_ups')}>${(['mine', 'forgotten'] as const).map((one) => this.#renderTab(one))}</nav>
        </header>
        ${this.#promised.render((list) => this.#renderList(list))}
      </section>
    `;
  }

  #renderTab(whose: WhoseFollowUps) {
    return html`<a href=${toFollowUps(whose)} aria-current=${whose === this.whose ? 'page' : 'false'}>${t(`console.follow_ups.${whose}`)}</a>`;
  }

  #renderList({ items, more }: List) {
    if (items.length === 0)
      return html`<div class="state">
        ${icon('resolved')}
        <p>${t(this.whose === 'mine' ? 'console.follow_ups.none' : 'console.follow_ups.none_forgotten')}</p>
      </div>`;
    return html`
      <ul class="rows">
        ${repeat(
          items,
          ({ id }) => id,
          (one) => this.#renderOne(one),
        )}
      </ul>
      ${more ? html`<p class="muted">${t('console.follow_ups.more')}</p>` : nothing}
    `;
  }

  #renderOne(one: ListedFollowUp) {
    const { id, ownerId, conversation } = one;
    const text = one.text || t('console.follow_ups.no_text');
    const owner = nameOfAgent(ownerId, this.store.state.agents);
    return html`<li aria-busy=${this.busy === id}>
      <div class="what">
        <p class="name"><bdi>${text}</bdi></p>
        <p class=${isDue(one) ? 'bad' : 'muted'}>${icon(isDue(one) ? 'warn' : 'clock')}<span>${sayDue(one)}</span></p>
        <p class="muted">
          <a href=${toConversation(conversation.id)}><bdi>${nameOfContact(conversation.contact)}</bdi></a> · <bdi>${owner}</bdi>
        </p>
      </div>
      <p class="answers">${renderAnswers(id, text, (_, state) => void this.#settle(one, state))}</p>
    </li>`;
  }

  async #settle({ id, conversation }: ListedFollowUp, state: 'kept' | 'cancelled'): Promise<void> {
    if (this.busy !== null) return;
    const place = this.#promised.value?.items.findIndex((one) => one.id === id) ?? 0;
    this.busy = id;
    await this.store.attempt(this.store.client.settleFollowUp(conversation.id, id, state));
    await this.#promised.load();
    this.busy = null;
    await this.updateComplete;
    focusRow(this.renderRoot, place);
  }

  static override styles = [controls, pageStyles, followUpsStyles];
}

customElements.define('console-follow-ups', FollowUpsPage);

declare global {
  interface HTMLElementTagNameMap {
    'console-follow-ups': FollowUpsPage;
  }
}
