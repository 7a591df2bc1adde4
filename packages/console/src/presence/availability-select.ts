import type { Agent, Availability, AvailabilityReason } from '@helpline/protocol';
import { css, html } from 'lit';
import { t } from '../texts.js';

const availabilities = ['available', 'busy', 'break', 'training', 'wrap_up', 'offline'] as const;

type Present = Pick<Agent, 'availability' | 'stint'>;

interface Choice {
  availability: Availability;
  reason: { id: string; name: string } | null;
}

interface Select {
  label: string;
  present: Present;
  reasons: readonly AvailabilityReason[];
  /** Gives whether it is so now. */
  choose: (availability: Availability, reasonId?: string) => Promise<boolean>;
}

/** How somebody is, and what he can be instead. */
export function renderAvailabilitySelect({ label, present, reasons, choose }: Select) {
  const { availability, stint } = present;
  const now = keyOf({ availability, reason: stint.reason });
  const change = async ({ currentTarget: select }: Event): Promise<void> => {
    if (!(select instanceof HTMLSelectElement)) return;
    const wanted = availabilities
      .flatMap((one) => choicesOf(one, present, reasons))
      .find((one) => keyOf(one) === select.value);
    if (wanted && !(await choose(wanted.availability, wanted.reason?.id))) select.value = now;
  };
  return html`<label class="availability">
    <span class="hidden-text">${label}</span>
    <span class="dot" data-availability=${availability}></span>
    <select @change=${change} .value=${now}>
      ${availabilities.map((one) => renderChoices(one, choicesOf(one, present, reasons), now))}
    </select>
  </label>`;
}

function renderChoices(availability: Availability, choices: Choice[], now: string) {
  const name = t(`console.availability.${availability}`);
  const [bare, ...excused] = choices.map(
    (one) => html`<option value=${keyOf(one)} ?selected=${keyOf(one) === now} .selected=${keyOf(one) === now}>
      ${one.reason?.name ?? name}
    </option>`,
  );
  return excused.length === 0 ? bare : html`<optgroup label=${name}>${bare}${excused}</optgroup>`;
}

/** Being so without a reason and with each; the present one is among them, though it may be gone from the list. */
function choicesOf(availability: Availability, { stint, ...present }: Present, list: readonly AvailabilityReason[]) {
  const reasons = list.filter((one) => one.availability === availability);
  const used = present.availability === availability ? stint.reason : null;
  const gone = used && !reasons.some(({ id }) => id === used.id) ? [used] : [];
  return [null, ...reasons, ...gone].map((reason): Choice => ({ availability, reason }));
}

const keyOf = ({ availability, reason }: Choice): string => (reason ? `${availability}:${reason.id}` : availability);

export const availabilitySelectStyles = css`
  .availability {
    position: relative;
    display: block;
  }
  .availability select {
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
`;
