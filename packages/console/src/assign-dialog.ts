import type { Agent, Conversation } from '@helpline/protocol';
import { html, LitElement, nothing } from 'lit';
import { assignDialogStyles } from './assign-dialog-styles.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { dialogStyles } from './ui/dialog-styles.js';
import { icon } from './ui/icons.js';

/** Asks who shall have a conversation: somebody, or the queue. */
export class AssignDialog extends LitElement {
  static override properties = {
    agents: { attribute: false },
    conversation: { attribute: false },
    myId: { attribute: false },
    choose: { attribute: false },
    filter: { state: true },
  };
  declare agents: ReadonlyMap<string, Agent>;
  declare conversation: Conversation;
  declare myId: string;
  declare choose: (agentId: string | null) => void;
  declare filter: string;

  constructor() {
    super();
    this.filter = '';
  }

  ask(): void {
    this.filter = '';
    this.#dialog?.showModal();
  }

  override render() {
    const wanted = this.filter.trim().toLocaleLowerCase();
    const found = [...this.agents.values()].filter((one) => one.name.toLocaleLowerCase().includes(wanted));
    return html`
      <dialog aria-labelledby="title" @keydown=${this.#onKey}>
        <div class="top">
          <h2 id="title">${t('console.assign')}</h2>
          <button type="button" class="quiet" aria-label=${t('console.close')} @click=${this.#close}>${icon('close')}</button>
        </div>
        <input
          type="search"
          autofocus
          aria-label=${t('console.assign.filter')}
          placeholder=${t('console.assign.filter')}
          .value=${this.filter}
          @input=${this.#onInput}
        />
        <ul>
          ${found.sort(freestFirst).map((agent) => this.#renderAgent(agent))}
          ${found.length === 0 ? html`<li class="muted none">${t('console.assign.nobody')}</li>` : nothing}
          ${
            this.conversation.assigneeId
              ? html`<li class="queue">
                  <button type="button" class="quiet" @click=${() => this.#pick(null)}>
                    ${icon('queue')}${t('console.assign.queue')}
                  </button>
                </li>`
              : nothing
          }
        </ul>
      </dialog>
    `;
  }

  #renderAgent(agent: Agent) {
    const { channel, assigneeId } = this.conversation;
    const isCurrent = agent.id === assigneeId;
    return html`<li>
      <button type="button" class="quiet" ?disabled=${isCurrent} @click=${() => this.#pick(agent.id)}>
        <span class="dot" data-availability=${agent.availability}></span>
        <span class="who"><bdi>${agent.name}</bdi>${agent.id === this.myId ? ` (${t('console.you')})` : ''}</span>
        <span class="muted">
          ${isCurrent ? t('console.assign.current') : t(`console.availability.${agent.availability}`)} ·
          ${t('console.load', { used: agent.used[channel], capacity: agent.capacity[channel] })}
        </span>
      </button>
    </li>`;
  }

  #pick(agentId: string | null): void {
    this.#close();
    this.choose(agentId);
  }

  #onInput(event: InputEvent): void {
    if (event.target instanceof HTMLInputElement) this.filter = event.target.value;
  }

  /** Arrows walk over the names; Enter in the field takes the first. */
  #onKey(event: KeyboardEvent): void {
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

/** Whoever is available first, then by name. */
function freestFirst(a: Agent, b: Agent): number {
  const isFree = (one: Agent): number => Number(one.availability === 'available');
  return isFree(b) - isFree(a) || a.name.localeCompare(b.name);
}

customElements.define('console-assign-dialog', AssignDialog);

declare global {
  interface HTMLElementTagNameMap {
    'console-assign-dialog': AssignDialog;
  }
}
