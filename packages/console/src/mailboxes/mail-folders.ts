import type { MailFolder } from '@helpline/protocol';
import { html, LitElement, nothing } from 'lit';
import type { Store } from '../store.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { cardStyles } from './card-styles.js';

/** The folders of a mailbox, and which of them are watched. Asked of the server only when somebody looks. */
export class MailFolders extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailboxId: { attribute: false },
    wasOpened: { state: true },
  };
  declare store: Store;
  declare mailboxId: string;
  declare wasOpened: boolean;
  readonly #folders = new Loaded<MailFolder[]>(this, {
    wanted: () => (this.wasOpened ? this.mailboxId : null),
    load: () => this.store.client.mailFolders(this.mailboxId),
  });

  constructor() {
    super();
    this.wasOpened = false;
  }

  override render() {
    const wait = html`<p class="muted" role="status">${t('console.folders.loading')}</p>`;
    return html`
      <details class="card" @toggle=${this.#onToggle}>
        <summary>${t('console.folders')}</summary>
        ${this.#folders.render((folders) => this.#renderFolders(folders), wait)}
      </details>
    `;
  }

  #renderFolders(folders: MailFolder[]) {
    return html`
      <form @submit=${this.#save}>
        <p class="muted">${t('console.folders.hint')}</p>
        <ul>
          ${folders.map((folder) => this.#renderFolder(folder))}
        </ul>
        <button class="primary" aria-disabled=${this.#folders.isBusy}>${t('console.folders.save')}</button>
      </form>
    `;
  }

  #renderFolder({ path, mails, watched, problem, use }: MailFolder) {
    const isUsedFor = use && use !== 'inbox' ? t(`console.folder.${use}`) : path;
    return html`<li>
      <label class="check">
        <input type="checkbox" name="path" value=${path} ?checked=${watched} ?disabled=${path === 'INBOX'} />
        <bdi class="folder">${path}</bdi>
      </label>
      ${isUsedFor === path ? nothing : html`<span class="muted">${isUsedFor}</span>`}
      ${problem ? html`<span class="bad">${t('console.folder.gone')}</span>` : nothing}
      ${mails === null ? nothing : html`<span class="muted">${t('console.folder.mails', { mails })}</span>`}
    </li>`;
  }

  async #save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.#folders.isBusy || !(event.target instanceof HTMLFormElement)) return;
    const paths = new FormData(event.target).getAll('path').map(String);
    if (await this.#folders.take(this.store.client.watchMailFolders(this.mailboxId, paths)))
      this.store.say(t('console.folders.saved'));
  }

  #onToggle({ target }: Event): void {
    if (target instanceof HTMLDetailsElement && target.open) this.wasOpened = true;
  }

  static override styles = [controls, pageStyles, cardStyles];
}
customElements.define('console-mail-folders', MailFolders);
