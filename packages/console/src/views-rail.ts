import { type Availability, may } from '@helpline/protocol';
import { css, html } from 'lit';
import { toMailboxes, toView } from './route.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { icon } from './ui/icons.js';
import { StoreElement } from './ui/store-element.js';
import { type View, views } from './views.js';

const availabilities = ['available', 'busy', 'break', 'training', 'wrap_up', 'offline'] as const;

/** Who I am, whether I am available, and the views. */
export class ViewsRail extends StoreElement {
  override render() {
    const { me, route } = this.store.state;
    if (!me) return '';
    return html`
      ${this.#renderMe()}
      <nav aria-label=${t('console.views')}>
        <ul>
          ${views.map((view) => this.#renderView(view))}
        </ul>
        <ul class="more">
          ${
            may(me.role, 'mailbox.manage')
              ? html`<li>
                  <a href=${toMailboxes} aria-current=${route.page === 'mailboxes' ? 'page' : 'false'}>
                    ${icon('mailboxes')}<span>${t('console.mailboxes')}</span>
                  </a>
                </li>`
              : ''
          }
          <li><button class="quiet" @click=${this.#askKeys}>${icon('keys')}<span>${t('console.keys')}</span></button></li>
          <li>
            <button class="quiet" @click=${() => this.store.attempt(this.store.signOut())}>
              ${icon('leave')}<span>${t('console.sign_out')}</span>
            </button>
          </li>
        </ul>
      </nav>
    `;
  }

  #renderMe() {
    const { me } = this.store.state;
    if (!me) return '';
    const { used, capacity } = me;
    return html`
      <header>
        <p class="name">${me.name}</p>
        <label>
          <span class="hidden-text">${t('console.availability')}</span>
          <span class="dot" data-availability=${me.availability}></span>
          <select @change=${this.#changeAvailability} .value=${me.availability}>
            ${availabilities.map(
              (one) => html`<option value=${one} ?selected=${one === me.availability}>
                ${t(`console.availability.${one}`)}
              </option>`,
            )}
          </select>
        </label>
        <p class="load muted" title=${t('console.load_hint', used)}>
          <span>${icon('chat')}<span class="hidden-text">${t('console.channel.chat')}</span>${sayLoad(used.chat, capacity.chat)}</span>
          <span>${icon('email')}<span class="hidden-text">${t('console.channel.email')}</span>${sayLoad(used.email, capacity.email)}</span>
        </p>
      </header>
    `;
  }

  #renderView(view: View) {
    const { view: shown, route, counts } = this.store.state;
    const count = view === 'resolved' ? undefined : counts?.[view];
    return html`<li>
      <a href=${toView(view)} aria-current=${view === shown && route.page !== 'mailboxes' ? 'page' : 'false'}>
        ${icon(view)}<span>${t(`console.view.${view}`)}</span>
        ${count === undefined ? '' : html`<span class="count">${count}</span>`}
      </a>
    </li>`;
  }

  async #changeAvailability(event: Event): Promise<void> {
    const select = event.currentTarget;
    if (!(select instanceof HTMLSelectElement)) return;
    const wanted = availabilities.find((one): one is Availability => one === select.value);
    if (wanted && !(await this.store.setAvailability(wanted))) select.value = this.store.state.me?.availability ?? '';
  }

  #askKeys(): void {
    this.dispatchEvent(new CustomEvent('ask-keys', { bubbles: true, composed: true }));
  }

  static override styles = [
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 1rem;
        padding: 0.9rem 0.6rem;
        overflow: auto;
      }
      header {
        display: grid;
        gap: 0.45rem;
        padding-inline: 0.3rem;
      }
      .name {
        font-weight: 650;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      label {
        position: relative;
        display: block;
      }
      select {
        padding-inline-start: 1.55rem;
      }
      .dot {
        position: absolute;
        inset-block-start: 50%;
        inset-inline-start: 0.65rem;
        inline-size: 0.55rem;
        block-size: 0.55rem;
        margin-block-start: -0.275rem;
        border-radius: 50%;
        background: var(--warn);
        pointer-events: none;
      }
      .dot[data-availability='available'] {
        background: var(--good);
      }
      .dot[data-availability='offline'] {
        background: none;
        box-shadow: inset 0 0 0 2px var(--muted);
      }
      .load {
        display: flex;
        gap: 0.9rem;
        font-size: 0.8rem;
      }
      .load > span {
        display: inline-flex;
        align-items: center;
        gap: 0.3rem;
      }
      .load .icon {
        inline-size: 0.9rem;
      }
      nav {
        display: flex;
        flex: 1;
        flex-direction: column;
        justify-content: space-between;
        gap: 1rem;
      }
      ul {
        display: grid;
        gap: 1px;
      }
      a,
      nav button {
        display: flex;
        align-items: center;
        justify-content: start;
        gap: 0.6rem;
        inline-size: 100%;
        min-block-size: 2rem;
        padding: 0.25rem 0.5rem;
        border-radius: var(--radius);
        color: inherit;
        font-weight: 500;
        text-decoration: none;
      }
      a:hover {
        background: var(--hover);
      }
      a[aria-current='page'] {
        background: var(--selected);
        color: var(--accent);
        font-weight: 650;
      }
      .count {
        margin-inline-start: auto;
        color: var(--muted);
        font-size: 0.8rem;
        font-variant-numeric: tabular-nums;
      }
      a[aria-current='page'] .count {
        color: inherit;
      }
      @media (max-width: 760px) {
        :host {
          gap: 0.6rem;
          padding: 0.6rem;
          overflow: visible;
        }
        header {
          grid-template-columns: 1fr auto;
          align-items: center;
        }
        .load {
          grid-column: 1 / -1;
          display: none;
        }
        nav {
          gap: 0.3rem;
        }
        ul {
          display: flex;
          flex-wrap: wrap;
        }
        a,
        nav button {
          inline-size: auto;
        }
        .more span {
          font-size: 0.8rem;
        }
      }
    `,
  ];
}

const sayLoad = (used: number, capacity: number): string => t('console.load', { used, capacity });

customElements.define('console-views', ViewsRail);
