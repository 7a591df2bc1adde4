import type { Agent, Explanation, Team } from '@helpline/protocol';
import { html, LitElement, nothing } from 'lit';
import type { OpenConversation } from '../client.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { dialogStyles } from '../ui/dialog-styles.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { explainStyles } from './explain-styles.js';
import { reasonTableStyles } from './reason-table.js';
import { renderDecision, renderWaiting } from './render-explanation.js';
import { titleOf } from './title.js';

/** Says why nobody is on a conversation, or why whoever has it does; anew whenever something happens in it. */
export class ExplainDialog extends LitElement {
  static override properties = {
    open: { attribute: false },
    revision: { attribute: false },
    agents: { attribute: false },
    teams: { attribute: false },
    myId: { attribute: false },
    isOpen: { state: true },
  };
  declare open: OpenConversation;
  declare revision: number;
  declare agents: ReadonlyMap<string, Agent>;
  declare teams: ReadonlyMap<string, Team>;
  declare myId: string;
  declare isOpen: boolean;
  readonly #explained = new Loaded<Explanation>(this, {
    wanted: () => (this.isOpen ? `${this.open.id} ${this.open.conversation?.seq}` : null),
    load: () => this.open.explain(),
    looksAgain: () => this.isOpen,
  });

  constructor() {
    super();
    this.isOpen = false;
  }

  async ask(): Promise<void> {
    this.isOpen = true;
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
  }

  override render() {
    const { conversation } = this.open;
    return html`
      <dialog aria-labelledby="title" @close=${this.#onClose}>
        <div class="top">
          <h2 id="title">${conversation ? titleOf(conversation, this.agents, this.myId) : ''}</h2>
          <button type="button" class="quiet" autofocus aria-label=${t('console.close')} @click=${this.#close}>${icon('close')}</button>
        </div>
        <div class="body" tabindex="0" role="group" aria-labelledby="title">
          ${this.isOpen ? this.#explained.render((explanation) => this.#renderExplanation(explanation)) : nothing}
        </div>
      </dialog>
    `;
  }

  #renderExplanation({ waiting, decisions }: Explanation) {
    if (waiting) return renderWaiting(waiting, this);
    if (decisions.length === 0) return html`<p>${t('console.explain.nothing')}</p>`;
    return decisions.map((decision) => renderDecision(decision, this));
  }

  readonly #onClose = (): void => {
    this.isOpen = false;
  };

  readonly #close = (): void => this.renderRoot.querySelector('dialog')?.close();

  static override styles = [controls, dialogStyles, reasonTableStyles, explainStyles];
}

customElements.define('console-explain-dialog', ExplainDialog);

declare global {
  interface HTMLElementTagNameMap {
    'console-explain-dialog': ExplainDialog;
  }
}
