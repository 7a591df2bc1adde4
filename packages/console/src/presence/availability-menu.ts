import { css, html, nothing, type PropertyValues } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { StoreElement } from '../ui/store-element.js';
import { availabilitySelectStyles, renderAvailabilitySelect } from './availability-select.js';
import { saySince } from './say-stint.js';

/** How I am, since when and by whose word; and what I want to be instead. */
export class AvailabilityMenu extends StoreElement {
  #ticking: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tick(false);
  }

  override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    this.#tick(this.store.state.me?.stint.until != null);
  }

  override render() {
    const { me, reasons } = this.store.state;
    if (!me) return nothing;
    const choose = (...wanted: Parameters<typeof this.store.setAvailability>) => this.store.setAvailability(...wanted);
    const { since, until } = me.stint;
    return html`
      ${renderAvailabilitySelect({ label: t('console.availability'), present: me, reasons, choose })}
      ${until === null ? html`<p class="muted">${saySince(me.stint)}</p>` : this.#renderCountdown(since, until)}
    `;
  }

  #renderCountdown(since: string, until: string) {
    return html`<p class="countdown">
      <span class="muted" role="timer">${t('console.availability.left', { time: timeLeft(since, until) })}</span>
      <button type="button" class="link" @click=${() => this.store.setAvailability('available')}>
        ${t('console.availability.wrapped_up')}
      </button>
    </p>`;
  }

  #tick(on: boolean): void {
    if (on) this.#ticking ??= setInterval(() => this.requestUpdate(), 1_000);
    else {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
    }
  }

  static override styles = [
    controls,
    availabilitySelectStyles,
    css`
      :host {
        display: grid;
        gap: 0.3rem;
      }
      p {
        font-size: 0.8rem;
      }
      .countdown {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 0.6rem;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];
}

/** "1:05", at the last "0:00", and never more than there was, whatever the clock here says. */
function timeLeft(since: string, until: string): string {
  const ms = Date.parse(until) - Math.max(Date.parse(since), Date.now());
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

customElements.define('console-availability', AvailabilityMenu);
