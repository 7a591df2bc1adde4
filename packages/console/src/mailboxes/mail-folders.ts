import type { MailFolder } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import type { Store } from '../store.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { failed } from '../ui/states.js';
import { mailboxPageStyles } from './mailbox-page-styles.js';

/** The folders of a mailbox, and which of them are watched. Asked of the server only when somebody looks. */
export class MailFolders extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailboxId: { attribute: false },
    folders: { state: true },
    error: { state: true },
    busy: { state: true },
  };
  declare store: Store;
  declare mailboxId: string;
  declare folders: MailFolder[] | null;
  declare error: HelplineError | null;
  declare busy: boolean;

  constructor() {
    super();
    this.folders = null;
    this.error = null;
    this.busy = false;
  }

  override render() {
    return html`
      <details class="card" @toggle=${this.#onToggle}>
        <summary>${t('console.folders')}</summary>
        ${this.#renderFolders()}
      </details>
    `;
  }

  #renderFolders() {
    if (this.error) return failed(this.error, this.#load);
    if (!this.folders) return html`<p class="muted" role="status">${t('console.folders.loading')}</p>`;
    return html`
      <form @submit=${this.#save}>
        <p class="muted">${t('console.folders.hint')}</p>
        <ul>
          ${this.folders.map((folder) => this.#renderFolder(folder))}
        </ul>
        <button class="primary" ?disabled=${this.busy}>${t('console.folders.save')}</button>
      </form>
    `;
  }

  #renderFolder({ path, mails, watched, problem, use }: MailFolder) {
    return html`<li>
      <label class="check">
        <input type="checkbox" name="path" value=${path} ?checked=${watched} ?disabled=${path === 'INBOX'} />
        <bdi class="folder">${path}</bdi>
      </label>
      ${use && use !== 'inbox' ? html`<span class="muted">${t(`console.folder.${use}`)}</span>` : nothing}
      ${problem ? html`<span class="bad">${t('console.folder.gone')}</span>` : nothing}
      ${mails === null ? nothing : html`<span class="muted">${t('console.folder.mails', { mails })}</span>`}
    </li>`;
  }

  readonly #load = (): Promise<void> => this.#use(this.store.client.mailFolders(this.mailboxId));

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.busy || !(event.target instanceof HTMLFormElement)) return;
    const paths = new FormData(event.target).getAll('path').map(String);
    await this.#use(this.store.client.watchMailFolders(this.mailboxId, paths));
    if (!this.error) this.store.say(t('console.folders.saved'));
  }

  async #use(work: Promise<MailFolder[]>): Promise<void> {
    this.busy = true;
    try {
      this.folders = await work;
      this.error = null;
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.error = error;
    } finally {
      this.busy = false;
    }
  }

  #onToggle({ target }: Event): void {
    if (target instanceof HTMLDetailsElement && target.open && !this.folders) void this.#load();
  }

  static override styles = [controls, mailboxPageStyles];
}
customElements.define('console-mail-folders', MailFolders);
