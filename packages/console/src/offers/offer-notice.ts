import type { Conversation } from '@helpline/protocol';
import { css, html } from 'lit';
import { toConversation } from '../route.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { StoreElement } from '../ui/store-element.js';

/** What is held for me, until when, and what I say to it. */
export class OfferNotice extends StoreElement {
  #ticking: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#ticking);
  }

  override updated(): void {
    clearTimeout(this.#ticking);
    if (this.#offers.length > 0) this.#ticking = setTimeout(() => this.requestUpdate(), 1_000);
  }

  override render() {
    const offers = this.#offers;
    return html`<div role="region" aria-label=${t('console.offer')} ?hidden=${offers.length === 0}>
      ${offers.map((one) => this.#renderOffer(one))}
    </div>
    <p class="hidden-text" role="status">${offers.map(({ contact }) => t('console.offer.from', { name: contact.name }))}</p>`;
  }

  #renderOffer(conversation: Conversation) {
    const { contact, preview } = conversation;
    return html`<p>
      <span class="who">${icon('clock')}<span>${t('console.offer.from', { name: contact.name })} <q>${preview.text}</q></span></span>
      <span class="left">${t('console.offer.left', { seconds: secondsLeft(conversation) })}</span>
      <button type="button" class="primary" @click=${() => this.#answer(conversation, 'accept')}>${t('console.offer.accept')}</button>
      <button type="button" @click=${() => this.#answer(conversation, 'decline')}>${t('console.offer.decline')}</button>
    </p>`;
  }

  get #offers(): Conversation[] {
    const { known, me } = this.store.state;
    const mine = [...known.values()].filter(({ offer }) => offer !== null && offer.agentId === me?.id);
    return mine.filter((one) => secondsLeft(one) > 0).sort((a, b) => secondsLeft(a) - secondsLeft(b));
  }

  /** What was accepted is opened. */
  async #answer({ id }: Conversation, answer: 'accept' | 'decline'): Promise<void> {
    const said = this.store.client.open(id).then((open) => open[answer]());
    if ((await this.store.attempt(said)) && answer === 'accept') location.hash = toConversation(id);
  }

  static override styles = [
    controls,
    css`
      p:not(.hidden-text) {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 0.4rem 0.75rem;
        margin: 0;
        padding: 0.4rem 1rem;
        background: var(--note);
        color: var(--note-text);
        font-weight: 550;
      }
      .who {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        min-width: 0;
      }
      q {
        font-weight: 400;
        overflow-wrap: anywhere;
      }
      .left {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}

function secondsLeft({ offer }: Conversation): number {
  return offer ? Math.ceil((Date.parse(offer.until) - Date.now()) / 1_000) : 0;
}

customElements.define('console-offers', OfferNotice);
