import { type Conversation, type Payloads, priorities } from '@helpline/protocol';
import { html, nothing, type PropertyDeclarations } from 'lit';
import { localTime } from '../drafts.js';
import { t } from '../texts.js';
import { FormDialog } from './form-dialog.js';
import { readSkills, saySkills } from './skills.js';

/** Asks how urgent a conversation is, until when, and what whoever gets it must be able to. */
export class TriageDialog extends FormDialog {
  static override properties: PropertyDeclarations = {
    conversation: { attribute: false },
    choose: { attribute: false },
    isWrong: { state: true },
  };
  declare conversation: Conversation;
  declare choose: (needs: Payloads['triaged']) => void;
  /** What stands in the field of skills is none. */
  declare isWrong: boolean;

  constructor() {
    super();
    this.isWrong = false;
  }

  override ask(): Promise<void> {
    this.isWrong = false;
    return super.ask();
  }

  protected override renderTitle(): string {
    return t('console.triage');
  }

  protected override renderFields() {
    const { priority, dueAt, skills } = this.conversation;
    return html`
      <label>
        ${t('console.triage.priority')}
        <select name="priority" autofocus>
          ${priorities.map(
            (one) => html`<option value=${one} ?selected=${one === priority}>${t(`console.priority.${one}`)}</option>`,
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
    `;
  }

  protected override take(form: FormData): void {
    const skills = readSkills(String(form.get('skills') ?? ''));
    this.isWrong = skills === null;
    if (!skills) return;
    const priority = priorities.find((one) => one === form.get('priority')) ?? this.conversation.priority;
    const due = String(form.get('due') ?? '');
    this.close();
    this.choose({ priority, dueAt: this.#dueOf(due), skills });
  }

  /** A field knows minutes only: what was not touched stays as it is. */
  #dueOf(typed: string): string | null {
    const { dueAt } = this.conversation;
    if (dueAt && typed === localTime(dueAt)) return dueAt;
    return typed ? new Date(typed).toISOString() : null;
  }
}

customElements.define('console-triage-dialog', TriageDialog);

declare global {
  interface HTMLElementTagNameMap {
    'console-triage-dialog': TriageDialog;
  }
}
