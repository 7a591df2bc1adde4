import { type Inbox, limits } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DraftFiles } from '../files/draft-files.js';
import { draftFilesStyles, renderDraftFiles } from '../files/file-list.js';
import { dropOn, renderAttach, takePasted } from '../files/take-files.js';
import { WatchedFiles } from '../files/watched-files.js';
import { sayError, t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { dialogStyles } from '../ui/dialog-styles.js';
import { icon } from '../ui/icons.js';
import { mailDialogStyles } from './mail-dialog-styles.js';
import { type Addresses, addressesOf, isUnusable, nobody, type People } from './people.js';
import { peopleFieldsStyles, renderPeopleFields } from './people-fields.js';

/** A mail as it was written. */
export interface Written extends Addresses {
  text: string;
  /** The rest is empty for a forward. */
  subject: string;
  inboxId: string;
  sendAt: string | undefined;
  /** The same for every try. */
  clientId: string;
  attachments?: { fileId: string; inline: boolean }[];
}

/** What is asked for: a mail to somebody new from one of these inboxes, or the people a message is forwarded to. */
export interface Question {
  kind: 'new' | 'forward';
  files: DraftFiles;
  inboxes: readonly Inbox[];
  send: (mail: Written) => Promise<void>;
  people?: People;
  text?: string;
}

/** Where one writes a mail that is no answer. What is refused stays here, with the reason. */
export class MailDialog extends LitElement {
  static override properties = {
    question: { state: true },
    people: { state: true },
    text: { state: true },
    busy: { state: true },
    error: { state: true },
  };
  declare question: Question | null;
  declare people: People;
  declare text: string;
  declare busy: boolean;
  declare error: HelplineError | null;
  readonly #watched = new WatchedFiles(this);
  #clientId = '';

  constructor() {
    super();
    this.question = null;
    this.people = nobody;
    this.text = '';
    this.busy = false;
    this.error = null;
  }

  async ask(question: Question): Promise<void> {
    this.#clientId = crypto.randomUUID();
    this.question = question;
    this.#watched.show(question.files);
    this.people = question.people ?? nobody;
    this.text = question.text ?? '';
    this.error = null;
    await this.updateComplete;
    this.renderRoot.querySelector('dialog')?.showModal();
    this.renderRoot.querySelector<HTMLElement>('[name="to"]')?.focus();
  }

  override render() {
    if (!this.question) return nothing;
    const { files } = this.question;
    const drop = dropOn(files);
    const isNew = this.question.kind === 'new';
    const title = t(isNew ? 'console.mail_dialog.new' : 'console.mail_dialog.forward');
    const over = this.text.length - limits.messageCharacters;
    return html`
      <dialog aria-labelledby="title">
        <form
          @submit=${this.#submit}
          @keydown=${this.#onKey}
          @dragover=${drop.over}
          @dragleave=${drop.leave}
          @drop=${drop.drop}
        >
          <div class="top">
            <h2 id="title">${title}</h2>
            <button type="button" class="quiet" aria-label=${t('console.close')} @click=${this.#close}>${icon('close')}</button>
          </div>
          ${isNew ? this.#renderFrom(this.question.inboxes) : nothing}
          ${renderPeopleFields(this.people, (field, typed) => {
            this.people = { ...this.people, [field]: typed };
          })}
          ${isNew ? html`<label class="line">${t('console.mail_dialog.subject')}<input name="subject" maxlength="250" required /></label>` : nothing}
          <textarea
            name="text"
            dir="auto"
            rows="8"
            ?required=${isNew && files.items.length === 0}
            aria-label=${t('console.mail_dialog.text')}
            placeholder=${t(isNew ? 'console.mail_dialog.text' : 'console.mail_dialog.words')}
            .value=${live(this.text)}
            @input=${this.#onText}
            @paste=${(event: ClipboardEvent) => takePasted(event, files)}
          ></textarea>
          ${renderDraftFiles(files, true)}
          ${over > 0 ? html`<p class="bad" role="alert">${t('console.compose.too_long', { n: over })}</p>` : nothing}
          ${this.error ? html`<p class="bad" role="alert">${icon('warn')}${sayError(this.error)}</p>` : nothing}
          <p class="answers">
            ${renderAttach(files)}
            ${isNew ? html`<label>${t('console.compose.later')}<input type="datetime-local" name="sendAt" /></label>` : nothing}
            <button type="button" @click=${this.#close}>${t('console.cancel')}</button>
            <button class="primary" aria-disabled=${this.busy} ?disabled=${over > 0 || isUnusable(this.people) || !files.areReady}>${title}</button>
          </p>
        </form>
      </dialog>
    `;
  }

  #renderFrom(inboxes: readonly Inbox[]) {
    return html`<label class="line">
      ${t('console.mail_dialog.from')}
      <select name="inboxId" required>
        ${inboxes.map((inbox) => html`<option value=${inbox.id}>${inbox.name} · ${inbox.brand.name}</option>`)}
      </select>
    </label>`;
  }

  #onText({ target }: InputEvent): void {
    if (target instanceof HTMLTextAreaElement) this.text = target.value;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.renderRoot.querySelector('form')?.requestSubmit();
  }

  async #submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { question } = this;
    if (
      !question ||
      this.busy ||
      isUnusable(this.people) ||
      !question.files.areReady ||
      !(event.target instanceof HTMLFormElement)
    )
      return;
    const form = new FormData(event.target);
    const said = (name: string): string => String(form.get(name) ?? '').trim();
    const files = question.files.attachments.map(({ fileId, inline }) => ({ fileId, inline }));
    this.busy = true;
    this.error = null;
    try {
      await question.send({
        ...addressesOf(this.people),
        text: this.text.trim(),
        subject: said('subject'),
        inboxId: said('inboxId'),
        sendAt: said('sendAt') ? new Date(said('sendAt')).toISOString() : undefined,
        clientId: this.#clientId,
        ...(files.length > 0 ? { attachments: files } : {}),
      });
      this.#close();
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  readonly #close = (): void => {
    this.renderRoot.querySelector('dialog')?.close();
    this.question?.files.clear();
    this.question = null;
    this.#watched.show(null);
  };

  static override styles = [controls, dialogStyles, peopleFieldsStyles, draftFilesStyles, mailDialogStyles];
}

customElements.define('console-mail-dialog', MailDialog);

declare global {
  interface HTMLElementTagNameMap {
    'console-mail-dialog': MailDialog;
  }
}
