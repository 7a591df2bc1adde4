import type { FolderCount } from '@helpline/protocol';
import { css, html, LitElement, nothing } from 'lit';
import type { Store } from '../store.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { cardStyles } from './card-styles.js';

/** "The server has N, we have N": what lies on the server now, against the ledger. */
export class MailCount extends LitElement {
  static override properties = {
    store: { attribute: false },
    mailboxId: { attribute: false },
  };
  declare store: Store;
  declare mailboxId: string;
  readonly #folders = new Loaded<FolderCount[]>(this, {
    wanted: () => this.mailboxId,
    load: () => this.store.client.compareMailbox(this.mailboxId),
  });

  override render() {
    const { isBusy, load } = this.#folders;
    const counting = html`<p class="muted" role="status">${t('console.count.counting')}</p>`;
    return html`
      <section class="card" aria-label=${t('console.count')} aria-busy=${isBusy}>
        <header>
          <h3>${t('console.count')}</h3>
          <button type="button" aria-disabled=${isBusy} @click=${isBusy ? nothing : load}>${icon('again')}${t('console.count.again')}</button>
        </header>
        ${this.#folders.render(renderCount, counting)}
      </section>
    `;
  }

  static override styles = [
    controls,
    pageStyles,
    cardStyles,
    css`
      .sum {
        display: flex;
        align-items: center;
        gap: 0.5rem;
        font-weight: 550;
      }
      .sum .icon {
        color: var(--good);
      }
      .sum[data-whole='false'] .icon {
        color: var(--warn);
      }
    `,
  ];
}

function renderCount(folders: FolderCount[]) {
  const { server, ours, coming, missing } = sumOf(folders);
  return html`
    <p class="sum" role="status" data-whole=${server === ours}>
      ${icon(missing > 0 ? 'warn' : 'resolved')}<span>${t('console.count.sum', { server, ours })}
      ${missing > 0 ? t('console.count.missing', { missing }) : coming > 0 ? t('console.count.coming', { coming }) : t('console.count.whole')}</span>
    </p>
    <ul>
      ${folders.map(
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
