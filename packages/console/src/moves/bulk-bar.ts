import type { Conversation, MoveTo, Output } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { nameOfContact } from '../entries/context.js';
import { sayRefusal, t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { StoreElement } from '../ui/store-element.js';
import { bulkBarStyles } from './bulk-bar-styles.js';
import type { Destination } from './destinations.js';
import '../assign-dialog.js';

type Refused = Output<'conversation.moveMany'>['refused'][number];

/** What can be done with the conversations that are selected, and what became of it. */
export class BulkBar extends StoreElement {
  static override properties = {
    ...StoreElement.properties,
    chosen: { attribute: false },
    choose: { attribute: false },
    busy: { state: true },
    refused: { state: true },
  };
  declare chosen: ReadonlySet<string>;
  /** Says what is selected now. */
  declare choose: (chosen: ReadonlySet<string>) => void;
  declare busy: boolean;
  /** What was not moved the last time, each with its conversation. */
  declare refused: { why: Refused; conversation: Conversation | undefined }[];

  constructor() {
    super();
    this.busy = false;
    this.refused = [];
  }

  override render() {
    return html`
      ${this.chosen.size > 0 ? this.#renderActions() : nothing}
      ${this.refused.length > 0 ? this.#renderRefused() : nothing}
    `;
  }

  #renderActions() {
    const n = this.chosen.size;
    return html`<p class="bar">
      <span role="status">${this.busy ? t('console.bulk.moving') : t('console.bulk.selected', { n })}</span>
      <button type="button" class="primary" aria-disabled=${this.busy} @click=${this.ask}>${t('console.bulk.move')}</button>
      <button type="button" class="quiet" aria-disabled=${this.busy} @click=${() => this.choose(new Set())}>${t('console.bulk.clear')}</button>
    </p>
    <console-assign-dialog
      .known=${this.store.state}
      .count=${n}
      .choose=${(to: Destination, word: string) => void this.#move(to, word)}
    ></console-assign-dialog>`;
  }

  #renderRefused() {
    return html`<div class="refused" role="alert">
      <p class="bad">
        ${icon('warn')}${t('console.bulk.refused', { n: this.refused.length })}
        <button type="button" class="quiet" aria-label=${t('console.close')} @click=${() => this.#tell([])}>${icon('close')}</button>
      </p>
      <ul>
        ${this.refused.map(
          ({ why, conversation }) =>
            html`<li><bdi>${conversation ? nameOfContact(conversation.contact) : why.id}</bdi>: ${sayRefusal(why)}</li>`,
        )}
      </ul>
    </div>`;
  }

  readonly ask = (): void => {
    if (!this.busy && this.chosen.size > 0) this.renderRoot.querySelector('console-assign-dialog')?.ask();
  };

  async #move(to: Destination, word: string): Promise<void> {
    if (!isForMany(to)) return;
    this.busy = true;
    const moving = this.store.client.moveMany({ ids: [...this.chosen], to, ...(word ? { text: word } : {}) });
    if (await this.store.attempt(moving)) this.#tellOutcome(await moving);
    this.busy = false;
  }

  #tellOutcome({ moved, refused }: Output<'conversation.moveMany'>): void {
    this.store.say(t('console.bulk.moved', { n: moved.length }));
    this.#tell(refused);
    this.choose(new Set(refused.map(({ id }) => id)));
    void this.store.loadList();
  }

  #tell(refused: Refused[]): void {
    this.refused = refused.map((why) => ({ why, conversation: this.store.state.known.get(why.id) }));
  }

  static override styles = [controls, bulkBarStyles];
}

const isForMany = (to: Destination): to is MoveTo => to.kind !== 'brand' && to.kind !== 'escalate';

customElements.define('console-bulk-bar', BulkBar);

declare global {
  interface HTMLElementTagNameMap {
    'console-bulk-bar': BulkBar;
  }
}
