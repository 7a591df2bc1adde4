import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { dialogStyles } from '../ui/dialog-styles.js';
import { icon } from '../ui/icons.js';
import { formStyles } from './form-styles.js';

/** A dialog that asks something by a form, which is made anew each time it opens. */
export abstract class FormDialog extends LitElement {
  static override properties: PropertyDeclarations = { isOpen: { state: true } };
  declare isOpen: boolean;

  constructor() {
    super();
    this.isOpen = false;
  }

  protected abstract renderTitle(): string;
  protected abstract renderFields(): TemplateResult;
  /** What was filled in; the dialog stays open unless it is closed. */
  protected abstract take(form: FormData): void;

  async ask(): Promise<void> {
    this.isOpen = true;
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  override render() {
    return html`
      <dialog aria-labelledby="title" @close=${this.#onClose}>
        <div class="top">
          <h2 id="title">${this.renderTitle()}</h2>
          <button type="button" class="quiet" aria-label=${t('console.close')} @click=${this.close}>${icon('close')}</button>
        </div>
        ${this.isOpen ? this.#renderForm() : nothing}
      </dialog>
    `;
  }

  #renderForm() {
    return html`
      <form @submit=${this.#submit}>
        ${this.renderFields()}
        <p class="answers"><button class="primary">${t('console.save')}</button></p>
      </form>
    `;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (event.target instanceof HTMLFormElement) this.take(new FormData(event.target));
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  protected readonly close = (): void => this.#dialog?.close();
  readonly #onClose = (): void => {
    this.isOpen = false;
  };

  static override styles = [controls, dialogStyles, formStyles];
}
