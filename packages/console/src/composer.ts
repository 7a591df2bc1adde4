import { type ChannelName, limits } from '@helpline/protocol';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import type { OpenConversation } from './client.js';
import { composerStyles } from './composer-styles.js';
import { isCustomer, nameOfContact } from './entries/context.js';
import { renderMailTrouble } from './mail-trouble.js';
import type { Store } from './store.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { icon } from './ui/icons.js';

type Kind = 'reply' | 'note';
const kinds = ['reply', 'note'] as const;
const typingEveryMs = 3_000;

/** Where an agent writes: to the customer, or a note for the team. */
export class Composer extends LitElement {
  static override properties = {
    store: { attribute: false },
    open: { attribute: false },
    revision: { attribute: false },
    kind: { state: true },
    text: { state: true },
  };
  declare store: Store;
  declare open: OpenConversation;
  /** Goes up with every change of the conversation. */
  declare revision: number;
  declare kind: Kind;
  declare text: string;
  #lastTyping = 0;

  constructor() {
    super();
    this.kind = 'reply';
    this.text = '';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    const draft = this.store.drafts.get(this.open.id);
    this.kind = draft?.kind ?? 'reply';
    this.text = draft?.text ?? '';
  }

  /** Puts the agent where he can write. */
  async write(kind: Kind, text?: string): Promise<void> {
    this.#change(kind, text ?? this.text);
    await this.updateComplete;
    this.renderRoot.querySelector('textarea')?.focus();
  }

  override render() {
    const over = this.text.length - limits.messageCharacters;
    const isNote = this.kind === 'note';
    const { conversation } = this.open;
    const name = conversation ? nameOfContact(conversation.contact) : '';
    return html`
      <form class=${this.kind} aria-label=${t('console.compose')} @submit=${this.#onSubmit}>
        <fieldset class="modes">
          <legend class="hidden-text">${t('console.compose.mode')}</legend>
          ${kinds.map((kind) => this.#renderKind(kind))}
          <p class="where">${isNote ? t('console.compose.internal') : this.#sayWhere()}</p>
        </fieldset>
        ${conversation && !isNote && answersGoBy(this.open) === 'email' ? renderMailTrouble(conversation.contact) : nothing}
        <textarea
          dir="auto"
          rows="2"
          aria-label=${isNote ? t('console.compose.note_to') : t('console.compose.reply_to', { name })}
          placeholder=${isNote ? t('console.compose.note_to') : t('console.compose.reply_to', { name })}
          .value=${live(this.text)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        ></textarea>
        <div class="send">
          ${over > 0 ? html`<span class="bad" role="alert">${t('console.compose.too_long', { n: over })}</span>` : nothing}
          <kbd aria-hidden="true">${isMac ? '⌘' : 'Ctrl'} ↵</kbd>
          <button class="primary" ?disabled=${this.text.trim() === '' || over > 0} aria-keyshortcuts="Control+Enter">
            ${isNote ? icon('note') : nothing}${t(isNote ? 'console.compose.save_note' : 'console.compose.send')}
          </button>
        </div>
      </form>
    `;
  }

  #renderKind(kind: Kind) {
    return html`
      <label class="mode">
        <input type="radio" name="kind" value=${kind} .checked=${live(this.kind === kind)} @change=${() => this.#change(kind, this.text)} />
        <span>${icon(kind === 'note' ? 'note' : 'chat')}${t(`console.compose.${kind}`)}</span>
      </label>
    `;
  }

  #sayWhere(): string {
    const { conversation } = this.open;
    if (!conversation) return '';
    const { address, proof } = conversation.contact;
    if (answersGoBy(this.open) === 'email') return t('console.compose.by_mail', { address: address ?? '—' });
    const canMail = address !== null && proof !== 'none' && proof !== 'cookie';
    return canMail ? t('console.compose.by_chat_or_mail', { address }) : t('console.compose.by_chat');
  }

  #onInput(event: InputEvent): void {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.#change(this.kind, event.target.value);
    const now = Date.now();
    if (this.kind === 'note' || this.text === '' || now - this.#lastTyping < typingEveryMs) return;
    this.#lastTyping = now;
    this.open.typing();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur();
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    this.#send();
  }

  #send(): void {
    const text = this.text.trim();
    if (text === '' || text.length > limits.messageCharacters) return;
    if (this.kind === 'note') this.open.note(text);
    else this.open.reply(text);
    this.#lastTyping = 0;
    this.#change('reply', '');
  }

  #change(kind: Kind, text: string): void {
    this.kind = kind;
    this.text = text;
    if (text === '') this.store.drafts.delete(this.open.id);
    else this.store.drafts.set(this.open.id, { kind, text });
  }

  static override styles = [controls, composerStyles];
}

/** An answer goes back the way the customer wrote last. */
function answersGoBy({ entries, conversation }: OpenConversation): ChannelName | undefined {
  const last = entries.findLast((entry) => entry.type === 'message' && isCustomer(entry.actor));
  return last?.type === 'message' ? last.payload.channel : conversation?.channel;
}

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

customElements.define('console-composer', Composer);

declare global {
  interface HTMLElementTagNameMap {
    'console-composer': Composer;
  }
}
