import type { BusinessHours, Output } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { momentOf } from '../format.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { Loaded } from '../ui/loaded.js';
import { StoreElement } from '../ui/store-element.js';
import { isWhole } from './hours-fields.js';

/** Whether it would be open now by these hours, and when that changes. */
export class HoursPreview extends StoreElement {
  static override properties = { ...StoreElement.properties, hours: { attribute: false } };
  declare hours: BusinessHours;
  readonly #preview = new Loaded<Output<'routing.previewHours'> | null>(this, {
    wanted: () => (isWhole(this.hours) ? JSON.stringify(this.hours) : null),
    load: () => this.store.client.setup.previewHours(this.hours).catch(() => null), // the form says what is wrong when it is sent
  });

  override render() {
    return html`<p role="status" class="muted">
      ${this.#preview.render((preview) => (preview && isWhole(this.hours) ? sayOpening(preview) : nothing), html``)}
    </p>`;
  }

  static override styles = [controls];
}

function sayOpening({ isOpen, changesAt }: Output<'routing.previewHours'>): string {
  if (changesAt === null) return t(isOpen ? 'console.hours.now_always' : 'console.hours.never');
  const time = `${momentOf(changesAt)} (${t('console.hours.here')})`;
  return t(isOpen ? 'console.hours.now_open' : 'console.hours.now_closed', { time });
}

customElements.define('console-hours-preview', HoursPreview);
