import type { FolderCount } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import type { Store } from '../store.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { failed } from '../ui/states.js';
import { mailboxPageStyles } from './mailbox-page-styles.js';

/** "The server has N, we have N": what lies on the server now, against the ledger. */
export class MailCount extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailboxId: { attribute: false },
    folders: { state: true },
    error: { state: true },
    busy: { state: true },
  };
  declare store: Store;
  declare mailboxId: string;
  declare folders: FolderCount[] | null;
  declare error: HelplineError | null;
  declare busy: boolean;

  constructor() {
    super();
    this.folders = null;
    this.error = null;
    this.busy = false;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('mailboxId')) void this.#count();
  }

  override render() {
    return html`
      <section class="card" aria-label=${t('console.count')} aria-busy=${this.busy}>
        <header>
          <h3>${t('console.count')}</h3>
          <button type="button" ?disabled=${this.busy} @click=${this.#count}>${icon('again')}${t('console.count.again')}</button>
        </header>
        ${this.#renderCount()}
      </section>
    `;
  }

  #renderCount() {
    if (this.error) return failed(this.error, this.#count);
    if (!this.folders) return html`<p class="muted" role="status">${t('console.count.counting')}</p>`;
    const { server, ours, coming, missing } = sumOf(this.folders);
    return html`
      <p class="sum" role="status" data-whole=${server === ours}>
        ${icon(missing > 0 ? 'warn' : 'resolved')}<span>${t('console.count.sum', { server, ours })}
        ${missing > 0 ? t('console.count.missing', { missing }) : coming > 0 ? t('console.count.coming', { coming }) : t('console.count.whole')}</span>
      </p>
      <ul>
        ${this.folders.map(
          (folder) => html`<li>
            <bdi class="folder">${folder.path}</bdi>
            <span>${folder.problem ? html`<span class="bad">${t('console.folder.gone')}</span>` : sayFolder(folder)}</span>
            ${folder.gone > 0 ? html`<span class="muted">${t('console.count.gone', { gone: folder.gone })}</span>` : nothing}
            ${folder.missing.length > 0 ? html`<span class="bad">${t('console.count.missing_uids', { uids: folder.missing.join(', ') })}</span>` : nothing}
          </li>`,
        )}
      </ul>
    `;
  }

  readonly #count = async (): Promise<void> => {
    const wanted = this.mailboxId;
    this.busy = true;
    this.error = null;
    try {
      const folders = await this.store.client.compareMailbox(wanted);
      if (wanted === this.mailboxId) this.folders = folders;
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      if (wanted === this.mailboxId) this.error = error;
    } finally {
      this.busy = false;
    }
  };

  static override styles = [controls, mailboxPageStyles];
}

const sayFolder = ({ onServer, before, taken }: FolderCount): string =>
  t(before > 0 ? 'console.count.folder_before' : 'console.count.folder', { server: onServer, taken, before });

function sumOf(folders: FolderCount[]) {
  const sum = { server: 0, ours: 0, coming: 0, missing: 0 };
  for (const { onServer, before, taken, coming } of folders) {
    sum.server += onServer;
    sum.ours += before + taken;
    sum.coming += coming;
    sum.missing += onServer - before - taken - coming;
  }
  return sum;
}

customElements.define('console-mail-count', MailCount);
