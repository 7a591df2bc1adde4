import { limits } from '@helpline/protocol';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { live } from 'lit/directives/live.js';
import type { OpenConversation } from './client.js';
import { answersGoBy, sayWhere, wasInChat } from './compose/answers-by.js';
import { renderLater } from './compose/later.js';
import { renderPeopleLine, typedPeople } from './compose/people-line.js';
import { UsualRecipients } from './compose/usual-recipients.js';
import { composerStyles } from './composer-styles.js';
import { addressedBy, type Draft, emptyDraft, type Rewritten } from './drafts.js';
import { nameOfContact } from './entries/context.js';
import type { DraftFiles } from './files/draft-files.js';
import { draftFilesStyles, renderDraftFiles } from './files/file-list.js';
import { dropOn, renderAttach, takePasted } from './files/take-files.js';
import { WatchedFiles } from './files/watched-files.js';
import { isUnusable } from './mail/people.js';
import { peopleFieldsStyles } from './mail/people-fields.js';
import { renderMailTrouble } from './mail-trouble.js';
import type { Store } from './store.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { icon } from './ui/icons.js';

type Kind = Draft['kind'];
const kinds = ['reply', 'note'] as const;
const typingEveryMs = 3_000;

/** Where an agent writes: to the customer, or a note for the team. */
export class Composer extends LitElement {
  static override properties = {
    store: { attribute: false },
    open: { attribute: false },
    revision: { attribute: false },
    draft: { state: true },
    hasPeople: { state: true },
    hasLater: { state: true },
  };
  declare store: Store;
  declare open: OpenConversation;
  /** Goes up with every change of the conversation. */
  declare revision: number;
  declare draft: Draft;
  declare hasPeople: boolean;
  declare hasLater: boolean;
  readonly #usual = new UsualRecipients(this);
  readonly #watched = new WatchedFiles(this);
  #lastTyping = 0;

  constructor() {
    super();
    this.draft = emptyDraft;
    this.hasPeople = false;
    this.hasLater = false;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    this.#take(this.store.drafts.get(this.open.id) ?? emptyDraft);
    this.#watched.show(this.store.filesOf(this.open.id));
  }

  /** Puts the agent where he can write. */
  async write(kind: Kind): Promise<void> {
    this.#change({ kind });
    await this.updateComplete;
    this.renderRoot.querySelector('textarea')?.focus();
  }

  /** The same with what was written before, above what is being written. */
  async writeAgain({ text, attachments, ...draft }: Rewritten): Promise<void> {
    this.#files.restore(attachments);
    const meanwhile = this.draft.text.trim();
    this.#take({ ...draft, text: [text, meanwhile].filter(Boolean).join('\n\n') });
    await this.write(draft.kind);
  }

  override render() {
    const { kind, text } = this.draft;
    const over = text.length - limits.messageCharacters;
    const isNote = kind === 'note';
    const byMail = !isNote && answersGoBy(this.open) === 'email';
    const { conversation } = this.open;
    const files = this.#files;
    const drop = dropOn(files);
    const name = conversation ? nameOfContact(conversation.contact) : '';
    return html`
      <form
        class=${kind}
        aria-label=${t('console.compose')}
        @submit=${this.#onSubmit}
        @dragover=${drop.over}
        @dragleave=${drop.leave}
        @drop=${drop.drop}
      >
        <fieldset class="modes">
          <legend class="hidden-text">${t('console.compose.mode')}</legend>
          ${kinds.map((kind) => this.#renderKind(kind))}
          <p class="where">${isNote ? t('console.compose.internal') : sayWhere(this.open)}</p>
        </fieldset>
        ${byMail ? this.#renderPeople() : nothing}
        ${conversation && byMail ? renderMailTrouble(conversation.contact) : nothing}
        <textarea
          dir="auto"
          rows="2"
          aria-label=${isNote ? t('console.compose.note_to') : t('console.compose.reply_to', { name })}
          placeholder=${isNote ? t('console.compose.note_to') : t('console.compose.reply_to', { name })}
          .value=${live(text)}
          @input=${this.#onInput}
          @keydown=${this.#onKey}
          @paste=${(event: ClipboardEvent) => takePasted(event, files)}
        ></textarea>
        ${renderDraftFiles(files, byMail)}
        <div class="send">
          ${renderAttach(files)}
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
    return renderPeopleLine({
      people: this.draft.people,
      usual: this.#usual.known,
      isOpen: this.hasPeople,
      toggle: () => {
        this.hasPeople = !this.hasPeople;
      },
      change: (field, typed) => {
        const people = typedPeople(this.draft.people, this.#usual.known);
        this.#change({ people: { ...people, [field]: typed } });
      },
    });
  }

  #renderLater() {
    return renderLater({
      sendAt: this.draft.sendAt,
      isOpen: this.hasLater,
      toggle: () => {
        this.hasLater = !this.hasLater;
        this.#change({ sendAt: '' });
      },
      change: (sendAt) => this.#change({ sendAt }),
    });
  }

  #renderKind(kind: Kind) {
    return html`
      <label class="mode">
        <input type="radio" name="kind" value=${kind} .checked=${live(this.draft.kind === kind)} @change=${() => this.#change({ kind })} />
        <span>${icon(kind === 'note' ? 'note' : 'chat')}${t(`console.compose.${kind}`)}</span>
      </label>
    `;
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

  get #files(): DraftFiles {
    return this.#watched.files ?? this.store.filesOf(this.open.id);
  }

  get #isReady(): boolean {
    const { kind, text, people } = this.draft;
    const saysSomething = text.trim() !== '' || this.#files.items.length > 0;
    if (!saysSomething || text.length > limits.messageCharacters || !this.#files.areReady) return false;
    return kind === 'note' || people === null || !isUnusable(people);
  }

  #send(): void {
    if (!this.#isReady) return;
    const text = this.draft.text.trim();
    const { attachments } = this.#files;
    if (this.draft.kind === 'note') this.open.note(text, attachments);
    else this.open.reply(text, addressedBy(this.draft), attachments);
    this.#lastTyping = 0;
    this.#take(emptyDraft);
    this.#files.clear();
    this.store.drafts.delete(this.open.id);
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

  static override styles = [controls, peopleFieldsStyles, draftFilesStyles, composerStyles];
}

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

customElements.define('console-composer', Composer);

declare global {
  interface HTMLElementTagNameMap {
    'console-composer': Composer;
  }
}
