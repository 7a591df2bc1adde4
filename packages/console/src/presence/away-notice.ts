import { css, html, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { StoreElement } from '../ui/store-element.js';

/** Says that the desk has set me away, why, and what that means; one click and I am back. */
export class AwayNotice extends StoreElement {
  override render() {
    const { me } = this.store.state;
    const by = me?.stint.by;
    if (by?.kind !== 'desk' || (by.why !== 'missed_offer' && by.why !== 'connection_lost')) return nothing;
    return html`<p role="alert">
      <span class="why">${icon('warn')}<span>${t(`console.away.${by.why}`)}</span></span>
      <button type="button" @click=${() => this.store.setAvailability('available')}>${t('console.away.back')}</button>
    </p>`;
  }

  static override styles = [
    controls,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: center;
        gap: 0.4rem 0.75rem;
        padding: 0.4rem 1rem;
        background: var(--note);
        color: var(--note-text);
        font-weight: 550;
      }
      .why {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }
    `,
  ];
}

customElements.define('console-away-notice', AwayNotice);
