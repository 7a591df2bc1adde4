import type { Agent } from '@helpline/protocol';
import { html, nothing, type PropertyDeclarations } from 'lit';
import { localTime } from '../drafts.js';
import { t } from '../texts.js';
import { type Choice, choices, hintOf, type Later } from './choices.js';
import { FormDialog } from './form-dialog.js';

const hourMs = 60 * 60_000;

/** Asks what shall happen later: wait for the customer, come back at a time, or keep a promise. */
export class LaterDialog extends FormDialog {
  static override properties: PropertyDeclarations = {
    agents: { attribute: false },
    myId: { attribute: false },
    choose: { attribute: false },
    choice: { state: true },
    isOver: { state: true },
  };
  declare agents: ReadonlyMap<string, Agent>;
  declare myId: string;
  declare choose: (later: Later) => void;
  declare choice: Choice;
  /** The time that was chosen is over. */
  declare isOver: boolean;

  constructor() {
    super();
    this.choice = 'pend';
    this.isOver = false;
  }

  override ask(): Promise<void> {
    this.choice = 'pend';
    this.isOver = false;
    return super.ask();
  }

  protected override renderTitle(): string {
    return t('console.later');
  }

  protected override renderFields() {
    return html`
      <fieldset>
        <legend class="hidden-text">${t('console.later.what')}</legend>
        ${choices.map((choice) => this.#renderChoice(choice))}
      </fieldset>
      <p class="muted">${hintOf(this.choice)}</p>
      ${this.choice === 'pend' ? nothing : this.#renderWhen()}
      ${this.choice === 'promise' ? this.#renderPromise() : nothing}
    `;
  }

  #renderChoice(choice: Choice) {
    return html`<label class="choice">
      <input
        type="radio"
        name="choice"
        ?autofocus=${choice === 'pend'}
        .checked=${this.choice === choice}
        @change=${() => {
          this.choice = choice;
        }}
      />
      ${t(`console.later.${choice}`)}
    </label>`;
  }

  #renderWhen() {
    const soon = localTime(new Date(Date.now() + hourMs).toISOString());
    return html`
      <label>
        ${t('console.later.when')}
        <input
          type="datetime-local"
          name="at"
          required
          value=${soon}
          aria-invalid=${this.isOver}
          aria-describedby=${this.isOver ? 'over' : nothing}
        />
      </label>
      ${this.isOver ? html`<p id="over" class="bad" role="alert">${t('console.later.over')}</p>` : nothing}
    `;
  }

  #renderPromise() {
    return html`
      <label>${t('console.later.promised')}<textarea name="text" rows="2" maxlength="2000" required></textarea></label>
      <label>
        ${t('console.later.owner')}
        <select name="ownerId">
          ${[...this.agents.values()]
            .filter(({ isActive }) => isActive)
            .map(({ id, name }) => html`<option value=${id} ?selected=${id === this.myId}>${name}</option>`)}
        </select>
      </label>
    `;
  }

  protected override take(form: FormData): void {
    const said = (name: string): string => String(form.get(name) ?? '');
    const at = new Date(said('at'));
    this.isOver = this.choice !== 'pend' && !(at.getTime() > Date.now());
    if (this.isOver) return;
    this.close();
    this.choose(laterOf(this.choice, at, said));
  }
}

function laterOf(choice: Choice, at: Date, said: (name: string) => string): Later {
  if (choice === 'pend') return { choice };
  if (choice === 'snooze') return { choice, at: at.toISOString() };
  return { choice, at: at.toISOString(), ownerId: said('ownerId'), text: said('text').trim() };
}

customElements.define('console-later-dialog', LaterDialog);

declare global {
  interface HTMLElementTagNameMap {
    'console-later-dialog': LaterDialog;
  }
}
