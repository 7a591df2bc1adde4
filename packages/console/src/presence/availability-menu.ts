import type { Availability, AvailabilityReason, Me } from '@helpline/protocol';
import { css, html, nothing, type PropertyValues } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { StoreElement } from '../ui/store-element.js';
import { saySince } from './say-stint.js';

const availabilities = ['available', 'busy', 'break', 'training', 'wrap_up', 'offline'] as const;

interface Choice {
  availability: Availability;
  reason: { id: string; name: string } | null;
}

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
    const { me } = this.store.state;
    if (!me) return nothing;
    const now = keyOf({ availability: me.availability, reason: me.stint.reason });
    return html`
      <label>
        <span class="hidden-text">${t('console.availability')}</span>
        <span class="dot" data-availability=${me.availability}></span>
        <select @change=${this.#change} .value=${now}>
          ${this.#renderChoices(me, now)}
        </select>
      </label>
      ${me.stint.until === null ? html`<p class="muted">${saySince(me.stint)}</p>` : this.#renderCountdown(me.stint.until)}
    `;
  }

  #renderCountdown(until: string) {
    return html`<p class="countdown">
      <span class="muted" role="timer">${t('console.availability.left', { time: timeLeft(until) })}</span>
      <button type="button" class="link" @click=${() => this.store.setAvailability('available')}>
        ${t('console.availability.wrapped_up')}
      </button>
    </p>`;
  }

  #renderChoices(me: Me, now: string) {
    return availabilities.map((availability) => {
      const [bare, ...excused] = choicesOf(availability, me, this.store.state.reasons).map(
        (one) => html`<option value=${keyOf(one)} ?selected=${keyOf(one) === now}>
          ${one.reason?.name ?? t(`console.availability.${availability}`)}
        </option>`,
      );
      if (excused.length === 0) return bare;
      return html`<optgroup label=${t(`console.availability.${availability}`)}>${bare}${excused}</optgroup>`;
    });
  }

  async #change(event: Event): Promise<void> {
    const { me } = this.store.state;
    const select = event.currentTarget;
    if (!me || !(select instanceof HTMLSelectElement)) return;
    const wanted = availabilities
      .flatMap((one) => choicesOf(one, me, this.store.state.reasons))
      .find((one) => keyOf(one) === select.value);
    if (!wanted || (await this.store.setAvailability(wanted.availability, wanted.reason?.id))) return;
    const { availability, stint } = this.store.state.me ?? me;
    select.value = keyOf({ availability, reason: stint.reason });
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
    css`
      :host {
        display: grid;
        gap: 0.3rem;
      }
      label {
        position: relative;
        display: block;
      }
      select {
        padding-inline-start: 1.55rem;
        text-overflow: ellipsis;
      }
      .dot {
        position: absolute;
        inset-block-start: 50%;
        inset-inline-start: 0.65rem;
        inline-size: 0.55rem;
        block-size: 0.55rem;
        margin-block-start: -0.275rem;
        border-radius: 50%;
        background: var(--warn);
        pointer-events: none;
      }
      .dot[data-availability='available'] {
        background: var(--good);
      }
      .dot[data-availability='offline'] {
        background: none;
        box-shadow: inset 0 0 0 2px var(--muted);
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

/** Being so without a reason and with each; the present one is among them, though it may be gone from the list. */
function choicesOf(availability: Availability, me: Me, list: readonly AvailabilityReason[]): Choice[] {
  const reasons = list.filter((one) => one.availability === availability);
  const present = me.availability === availability ? me.stint.reason : null;
  const gone = present && !reasons.some(({ id }) => id === present.id) ? [present] : [];
  return [null, ...reasons, ...gone].map((reason) => ({ availability, reason }));
}

const keyOf = ({ availability, reason }: Choice): string => (reason ? `${availability}:${reason.id}` : availability);

/** "1:05", at the last "0:00". */
function timeLeft(until: string): string {
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

customElements.define('console-availability', AvailabilityMenu);
