import type { Conversation } from '@helpline/protocol';
import { html, LitElement, nothing } from 'lit';
import { assignDialogStyles } from './assign-dialog-styles.js';
import { type Destination, destinationsFor, type Group, type Known, type Row } from './moves/destinations.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { dialogStyles } from './ui/dialog-styles.js';
import { icon } from './ui/icons.js';

/** Asks who shall have a conversation, or many: somebody, another team or brand, or the queue; with a word for them. */
export class AssignDialog extends LitElement {
  static override properties = {
    known: { attribute: false },
    conversation: { attribute: false },
    count: { attribute: false },
    choose: { attribute: false },
    filter: { state: true },
    word: { state: true },
    asksWhy: { state: true },
  };
  declare known: Known;
  /** Null where it is about many. */
  declare conversation: Conversation | null;
  declare count: number;
  declare choose: (to: Destination, word: string) => void;
  declare filter: string;
  declare word: string;
  /** Who escalates must say why. */
  declare asksWhy: boolean;

  constructor() {
    super();
    this.conversation = null;
    this.count = 1;
    this.#forget();
  }

  ask(): void {
    this.#forget();
    this.#dialog?.showModal();
  }

  override render() {
    const groups = destinationsFor(this.known, this.conversation, this.filter);
    const title = this.conversation ? t('console.assign') : t('console.bulk.title', { n: this.count });
    return html`
      <dialog aria-labelledby="title" @keydown=${this.#onKey}>
        <div class="top">
          <h2 id="title">${title}</h2>
          <button type="button" class="quiet" aria-label=${t('console.close')} @click=${this.#close}>${icon('close')}</button>
        </div>
        <input
          type="search"
          autofocus
          aria-label=${t('console.assign.filter')}
          placeholder=${t('console.assign.filter')}
          .value=${this.filter}
          @input=${this.#onFilter}
        />
        ${this.#renderWord()}
        <div class="places">
          ${groups.map((group) => this.#renderGroup(group))}
          ${groups.length === 0 ? html`<p class="muted none">${t('console.assign.nobody')}</p>` : nothing}
          ${this.conversation?.assigneeId || !this.conversation ? this.#renderQueue() : nothing}
        </div>
      </dialog>
    `;
  }

  #renderWord() {
    return html`
      <textarea
        rows="2"
        maxlength="2000"
        aria-label=${t('console.assign.word')}
        placeholder=${t('console.assign.word')}
        aria-invalid=${this.asksWhy}
        aria-describedby=${this.asksWhy ? 'why' : nothing}
        .value=${this.word}
        @input=${this.#onWord}
      ></textarea>
      ${this.asksWhy ? html`<p id="why" class="bad" role="alert">${t('console.assign.say_why')}</p>` : nothing}
    `;
  }

  #renderGroup({ name, rows }: Group) {
    return html`
      ${name ? html`<h3>${name}</h3>` : nothing}
      <ul aria-label=${name ?? nothing}>${rows.map((row) => this.#renderRow(row))}</ul>
    `;
  }

  #renderRow({ to, name, detail, availability, isDisabled }: Row) {
    return html`<li>
      <button type="button" class="quiet" ?disabled=${isDisabled} @click=${() => this.#pick(to)}>
        ${availability ? html`<span class="dot" data-availability=${availability}></span>` : icon(to.kind === 'escalate' ? 'warn' : 'queue')}
        <span class="who"><bdi>${name}</bdi></span>
        <span class="muted">${detail}</span>
      </button>
    </li>`;
  }

  #renderQueue() {
    return html`<ul class="queue">
      <li>
        <button type="button" class="quiet" @click=${() => this.#pick({ kind: 'queue' })}>
          ${icon('queue')}${t('console.assign.queue')}
        </button>
      </li>
    </ul>`;
  }

  #pick(to: Destination): void {
    const word = this.word.trim();
    this.asksWhy = to.kind === 'escalate' && word === '';
    if (this.asksWhy) {
      this.renderRoot.querySelector('textarea')?.focus();
      return;
    }
    this.#close();
    this.choose(to, word);
  }

  #forget(): void {
    this.filter = '';
    this.word = '';
    this.asksWhy = false;
  }

  #onFilter(event: InputEvent): void {
    if (event.target instanceof HTMLInputElement) this.filter = event.target.value;
  }

  #onWord(event: InputEvent): void {
    if (event.target instanceof HTMLTextAreaElement) this.word = event.target.value;
  }

  /** Arrows walk over the names; Enter in the field takes the first. In the word both are for writing. */
  #onKey(event: KeyboardEvent): void {
    if (event.target instanceof HTMLTextAreaElement) return;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('ul button:not(:disabled)')];
    const at = buttons.findIndex((button) => button.matches(':focus'));
    if (event.key === 'ArrowDown') buttons[Math.min(at + 1, buttons.length - 1)]?.focus();
    else if (event.key === 'ArrowUp') buttons[Math.max(at - 1, 0)]?.focus();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) buttons[0]?.click();
    else return;
    event.preventDefault();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  readonly #close = (): void => this.#dialog?.close();

  static override styles = [controls, dialogStyles, assignDialogStyles];
}

customElements.define('console-assign-dialog', AssignDialog);

declare global {
  interface HTMLElementTagNameMap {
    'console-assign-dialog': AssignDialog;
  }
}
