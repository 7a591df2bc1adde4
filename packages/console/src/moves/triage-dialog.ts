import { type Conversation, type Payloads, priorities } from '@helpline/protocol';
import { html, LitElement, nothing } from 'lit';
import { localTime } from '../drafts.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { dialogStyles } from '../ui/dialog-styles.js';
import { icon } from '../ui/icons.js';
import { formStyles } from './form-styles.js';
import { readSkills, saySkills } from './skills.js';

/** Asks how urgent a conversation is, until when, and what whoever gets it must be able to. */
export class TriageDialog extends LitElement {
  static override properties = {
    conversation: { attribute: false },
    choose: { attribute: false },
    isWrong: { state: true },
    isOpen: { state: true },
  };
  declare conversation: Conversation;
  declare choose: (needs: Payloads['triaged']) => void;
  /** What stands in the field of skills is none. */
  declare isWrong: boolean;
  declare isOpen: boolean;

  constructor() {
    super();
    this.isWrong = false;
    this.isOpen = false;
  }

  async ask(): Promise<void> {
    this.isWrong = false;
    this.isOpen = true;
    await this.updateComplete;
    this.#dialog?.showModal();
  }

  override render() {
    return html`
      <dialog aria-labelledby="title" @close=${this.#onClose}>
        <div class="top">
          <h2 id="title">${t('console.triage')}</h2>
          <button type="button" class="quiet" aria-label=${t('console.close')} @click=${this.#close}>${icon('close')}</button>
        </div>
        ${this.isOpen ? this.#renderForm() : nothing}
      </dialog>
    `;
  }

  #renderForm() {
    const { priority, dueAt, skills } = this.conversation;
    return html`
      <form @submit=${this.#submit}>
        <label>
          ${t('console.triage.priority')}
          <select name="priority" autofocus>
            ${priorities.map(
              (one) =>
                html`<option value=${one} ?selected=${one === priority}>${t(`console.priority.${one}`)}</option>`,
            )}
          </select>
        </label>
        <label>
          ${t('console.triage.due')}
          <input type="datetime-local" name="due" value=${dueAt ? localTime(dueAt) : ''} />
        </label>
        <label>
          ${t('console.triage.skills')}
          <input
            name="skills"
            value=${saySkills(skills)}
            aria-invalid=${this.isWrong}
            aria-describedby=${this.isWrong ? 'hint wrong' : 'hint'}
          />
        </label>
        <p id="hint" class="muted">${t('console.triage.skills_hint')}</p>
        ${this.isWrong ? html`<p id="wrong" class="bad" role="alert">${t('console.triage.bad_skills')}</p>` : nothing}
        <p class="answers"><button class="primary">${t('console.save')}</button></p>
      </form>
    `;
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = new FormData(event.target);
    const skills = readSkills(String(form.get('skills') ?? ''));
    this.isWrong = skills === null;
    if (!skills) return;
    const priority = priorities.find((one) => one === form.get('priority')) ?? this.conversation.priority;
    const due = String(form.get('due') ?? '');
    this.#close();
    this.choose({ priority, dueAt: this.#dueOf(due), skills });
  }

  /** A field knows minutes only: what was not touched stays as it is. */
  #dueOf(typed: string): string | null {
    const { dueAt } = this.conversation;
    if (dueAt && typed === localTime(dueAt)) return dueAt;
    return typed ? new Date(typed).toISOString() : null;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  readonly #close = (): void => this.#dialog?.close();
  readonly #onClose = (): void => {
    this.isOpen = false;
  };

  static override styles = [controls, dialogStyles, formStyles];
}

customElements.define('console-triage-dialog', TriageDialog);

declare global {
  interface HTMLElementTagNameMap {
    'console-triage-dialog': TriageDialog;
  }
}
