import { type ChannelName, limits, type Output } from '@helpline/protocol';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import type { OpenConversation } from './client.js';
import { composerStyles } from './composer-styles.js';
import { addressedBy, type Draft, emptyDraft, localTime } from './drafts.js';
import { isCustomer, nameOfContact } from './entries/context.js';
import { isUnusable, named, nobody, type People, typedAll } from './mail/people.js';
import { peopleFieldsStyles, renderPeopleFields } from './mail/people-fields.js';
import { renderMailTrouble } from './mail-trouble.js';
import type { Store } from './store.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { icon } from './ui/icons.js';

type Kind = Draft['kind'];
type Usual = Output<'conversation.recipients'>;
const kinds = ['reply', 'note'] as const;
const typingEveryMs = 3_000;

/** Where an agent writes: to the customer, or a note for the team. */
export class Composer extends LitElement {
  static override properties = {
    store: { attribute: false },
    open: { attribute: false },
    revision: { attribute: false },
    draft: { state: true },
    usual: { state: true },
    hasPeople: { state: true },
    hasLater: { state: true },
  };
  declare store: Store;
  declare open: OpenConversation;
  /** Goes up with every change of the conversation. */
  declare revision: number;
  declare draft: Draft;
  /** Whom an answer by mail goes to, unless one says otherwise; null until that is known. */
  declare usual: Usual | null;
  declare hasPeople: boolean;
  declare hasLater: boolean;
  #lastTyping = 0;
  #askedFor = '';

  constructor() {
    super();
    this.draft = emptyDraft;
    this.usual = null;
    this.hasPeople = false;
    this.hasLater = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open')) this.#take(this.store.drafts.get(this.open.id) ?? emptyDraft);
    void this.#askUsual();
  }

  /** Puts the agent where he can write. */
  async write(kind: Kind): Promise<void> {
    this.#change({ kind });
    await this.updateComplete;
    this.renderRoot.querySelector('textarea')?.focus();
  }

  /** The same with what was written before, above what is being written. */
  async writeAgain({ text, ...draft }: Draft): Promise<void> {
    const meanwhile = this.draft.text.trim();
    this.#take({ ...draft, text: meanwhile ? `${text}\n\n${meanwhile}` : text });
    await this.write(draft.kind);
  }

  override render() {
    const { kind, text } = this.draft;
    const over = text.length - limits.messageCharacters;
    const isNote = kind === 'note';
    const byMail = !isNote && answersGoBy(this.open) === 'email';
    const { conversation } = this.open;
    const name = conversation ? nameOfContact(conversation.contact) : '';
    return html`
      <form class=${kind} aria-label=${t('console.compose')} @submit=${this.#onSubmit}>
        <fieldset class="modes">
          <legend class="hidden-text">${t('console.compose.mode')}</legend>
          ${kinds.map((kind) => this.#renderKind(kind))}
          <p class="where">${isNote ? t('console.compose.internal') : this.#sayWhere()}</p>
        </fieldset>
        ${byMail ? this.#renderPeople() : nothing}
        ${conversation && !isNote && answersGoBy(this.open) === 'email' ? renderMailTrouble(conversation.contact) : nothing}
        <textarea
          dir="auto"
          rows="2"
          aria-label=${isNote ? t('console.compose.note_to') : t('console.compose.reply_to', { name })}
          placeholder=${isNote ? t('console.compose.note_to') : t('console.compose.reply_to', { name })}
          .value=${live(text)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
        ></textarea>
        <div class="send">
          ${over > 0 ? html`<span class="bad" role="alert">${t('console.compose.too_long', { n: over })}</span>` : nothing}
          ${byMail && !wasInChat(this.open) ? this.#renderLater() : nothing}
          <kbd aria-hidden="true">${isMac ? '⌘' : 'Ctrl'} ↵</kbd>
          <button class="primary" ?disabled=${!this.#isReady} aria-keyshortcuts="Control+Enter">
            ${isNote ? icon('note') : nothing}${this.#sayDone()}
          </button>
        </div>
      </form>
    `;
  }

  #sayDone(): string {
    if (this.draft.kind === 'note') return t('console.compose.save_note');
    return t(this.draft.sendAt ? 'console.compose.send_later' : 'console.compose.send');
  }

  #renderPeople() {
    const toggle = () => {
      this.hasPeople = !this.hasPeople;
    };
    return html`
      <div class="who">
        <p>${this.#sayPeople()}</p>
        <button type="button" class="link" aria-expanded=${this.hasPeople} @click=${toggle}>${t('console.compose.people')}</button>
        ${this.hasPeople ? renderPeopleFields(this.#people, (field, typed) => this.#change({ people: { ...this.#people, [field]: typed } })) : nothing}
      </div>
    `;
  }

  #sayPeople(): string {
    const { to, cc } =
      this.draft.people ?? (this.usual ? { to: named(this.usual.to), cc: named(this.usual.cc) } : nobody);
    if (to === '') return '';
    return cc ? t('console.compose.to_cc', { to, cc }) : t('console.compose.to', { to });
  }

  get #people(): People {
    return this.draft.people ?? (this.usual ? typedAll(this.usual) : nobody);
  }

  #renderLater() {
    const toggle = () => {
      this.hasLater = !this.hasLater;
      this.#change({ sendAt: '' });
    };
    const change = ({ target }: Event) => target instanceof HTMLInputElement && this.#change({ sendAt: target.value });
    return html`
      <button type="button" class="quiet" aria-expanded=${this.hasLater} @click=${toggle}>
        ${icon('clock')}${t('console.compose.later')}
      </button>
      ${
        this.hasLater
          ? html`<input
              type="datetime-local"
              aria-label=${t('console.compose.later')}
              min=${localTime(new Date().toISOString())}
              .value=${live(this.draft.sendAt)}
              @change=${change}
            />`
          : nothing
      }
    `;
  }

  #renderKind(kind: Kind) {
    return html`
      <label class="mode">
        <input type="radio" name="kind" value=${kind} .checked=${live(this.draft.kind === kind)} @change=${() => this.#change({ kind })} />
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
    this.#change({ text: event.target.value });
    const now = Date.now();
    if (this.draft.kind === 'note' || this.draft.text === '' || now - this.#lastTyping < typingEveryMs) return;
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

  get #isReady(): boolean {
    const { kind, text, people } = this.draft;
    if (text.trim() === '' || text.length > limits.messageCharacters) return false;
    return kind === 'note' || people === null || !isUnusable(people);
  }

  #send(): void {
    if (!this.#isReady) return;
    const text = this.draft.text.trim();
    if (this.draft.kind === 'note') this.open.note(text);
    else this.open.reply(text, addressedBy(this.draft));
    this.#lastTyping = 0;
    this.#take(emptyDraft);
    this.store.drafts.delete(this.open.id);
  }

  /** Asked anew whenever the customer wrote. */
  async #askUsual(): Promise<void> {
    const { id, entries } = this.open;
    const asking = `${id} ${entries.findLast((entry) => entry.type === 'message' && isCustomer(entry.actor))?.seq ?? 0}`;
    if (asking === this.#askedFor || answersGoBy(this.open) !== 'email') return;
    this.#askedFor = asking;
    this.usual = null;
    const usual = await this.open.recipients().catch(() => null);
    if (asking === this.#askedFor) this.usual = usual;
  }

  #take(draft: Draft): void {
    this.draft = draft;
    this.hasPeople = draft.people !== null;
    this.hasLater = draft.sendAt !== '';
  }

  #change(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change };
    if (this.draft.text === '') this.store.drafts.delete(this.open.id);
    else this.store.drafts.set(this.open.id, this.draft);
  }

  static override styles = [controls, peopleFieldsStyles, composerStyles];
}

/** An answer goes back the way the customer wrote last. */
function answersGoBy({ entries, conversation }: OpenConversation): ChannelName | undefined {
  const last = entries.findLast((entry) => entry.type === 'message' && isCustomer(entry.actor));
  return last?.type === 'message' ? last.payload.channel : conversation?.channel;
}

/** Whoever was in the chat reads answers there at once. */
const wasInChat = ({ entries }: OpenConversation): boolean =>
  entries.some((entry) => entry.type === 'message' && isCustomer(entry.actor) && entry.payload.channel === 'chat');

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

customElements.define('console-composer', Composer);

declare global {
  interface HTMLElementTagNameMap {
    'console-composer': Composer;
  }
}
