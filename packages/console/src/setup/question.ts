import { css, html, LitElement, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';

export interface Question {
  title: string;
  hint: string;
  /** What is done if so. */
  action: string;
  isDangerous?: boolean;
}

/** Asks once more before something is done. */
export class ConsoleQuestion extends LitElement {
  static override properties = { question: { state: true } };
  declare question: Question | null;
  #answer: (isYes: boolean) => void = () => {};

  constructor() {
    super();
    this.question = null;
  }

  async ask(question: Question): Promise<boolean> {
    this.question = question;
    await this.updateComplete;
    this.#dialog?.showModal();
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  }

  override render() {
    const { question } = this;
    return html`<dialog aria-labelledby="title" @cancel=${() => this.#answer(false)}>
      ${
        question
          ? html`<h3 id="title">${question.title}</h3>
              <p>${question.hint}</p>
              <p class="answers">
                <button type="button" @click=${() => this.#settle(false)}>${t('console.cancel')}</button>
                <button type="button" class=${question.isDangerous ? 'danger' : 'primary'} @click=${() => this.#settle(true)}>
                  ${question.action}
                </button>
              </p>`
          : nothing
      }
    </dialog>`;
  }

  #settle(isYes: boolean): void {
    this.#answer(isYes);
    this.#dialog?.close();
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  static override styles = [
    controls,
    css`
      dialog[open] {
        display: grid;
        gap: 0.75rem;
        padding: 1.25rem;
      }
      h3 {
        font-size: 1rem;
        overflow-wrap: anywhere;
      }
      .answers {
        display: flex;
        justify-content: end;
        gap: 0.5rem;
      }
    `,
  ];
}
customElements.define('console-question', ConsoleQuestion);

declare global {
  interface HTMLElementTagNameMap {
    'console-question': ConsoleQuestion;
  }
}
