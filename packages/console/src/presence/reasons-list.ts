import { type AvailabilityReason, may } from '@helpline/protocol';
import { css, html, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';

const excusable = ['break', 'busy', 'training'] as const;

/** Why people of the workspace are busy, on a break or in training: what is offered to everybody, besides no reason. */
export class ReasonsList extends StoreElement {
  override render() {
    const { reasons, me } = this.store.state;
    if (!me || !may(me.role, 'routing.manage')) return nothing;
    return html`
      <h3>${t('console.reasons')}</h3>
      <p class="muted">${t('console.reasons.hint')}</p>
      ${
        reasons.length === 0
          ? html`<p class="muted">${t('console.reasons.none')}</p>`
          : html`<ul class="rows">${reasons.map((reason) => this.#renderReason(reason))}</ul>`
      }
      <form @submit=${this.#add} aria-label=${t('console.reasons.add')}>
        <select name="availability" aria-label=${t('console.reasons.for')}>
          ${excusable.map((one) => html`<option value=${one}>${t(`console.availability.${one}`)}</option>`)}
        </select>
        <input name="name" required maxlength="40" autocomplete="off" aria-label=${t('console.reasons.name')} placeholder=${t('console.reasons.name')} />
        <button>${t('console.reasons.add')}</button>
      </form>
    `;
  }

  #renderReason({ id, availability, name }: AvailabilityReason) {
    return html`<li>
      <p class="what"><span class="name"><bdi>${name}</bdi></span> <span class="muted">${t(`console.availability.${availability}`)}</span></p>
      <button type="button" aria-label="${t('console.setup.remove')}: ${name}" @click=${() => this.#remove(id)}>
        ${t('console.setup.remove')}
      </button>
    </li>`;
  }

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const said = new FormData(form);
    const availability = excusable.find((one) => one === said.get('availability'));
    const name = String(said.get('name')).trim();
    if (!availability || name === '') return;
    if (!(await this.store.attempt(this.store.client.addAvailabilityReason({ availability, name })))) return;
    form.reset();
    await this.store.attempt(this.store.loadReasons());
    form.querySelector('input')?.focus();
  }

  async #remove(reasonId: string): Promise<void> {
    await this.store.attempt(this.store.client.removeAvailabilityReason(reasonId));
    await this.store.attempt(this.store.loadReasons());
    await this.updateComplete;
    this.renderRoot.querySelector('input')?.focus();
  }

  static override styles = [
    controls,
    pageStyles,
    css`
      :host {
        display: grid;
        gap: 0.75rem;
      }
      h3 {
        font-size: 1rem;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }
      select {
        inline-size: 11rem;
      }
      input {
        flex: 1 1 10rem;
        inline-size: auto;
        max-inline-size: 20rem;
      }
    `,
  ];
}

customElements.define('console-reasons', ReasonsList);
