import { limitOf } from '@helpline/protocol';
import { html } from 'lit';
import './moves/hand-back.js';
import './presence/availability-menu.js';
import { isWide, toFollowUps, toMailboxes, toSuspended, toView } from './route.js';
import { renderPasswordLink, renderSetupLinks } from './setup/pages.js';
import { isPromiseDue, managesMailboxes } from './state.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { icon } from './ui/icons.js';
import { StoreElement } from './ui/store-element.js';
import { type View, views } from './views.js';
import { railStyles } from './views-rail-styles.js';

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
          <li>
            <a href=${toFollowUps('mine')} aria-current=${route.page === 'follow_ups' ? 'page' : 'false'}>
              ${icon('flag')}<span>${t('console.follow_ups')}</span>
              ${isPromiseDue(this.store.state) ? html`<span class="count due">${t('console.follow_ups.due')}</span>` : ''}
            </a>
          </li>
          <li><button class="quiet" @click=${this.#askMail}>${icon('email')}<span>${t('console.new_mail')}</span></button></li>
          ${
            managesMailboxes(this.store.state)
              ? html`<li>
                  <a href=${toMailboxes} aria-current=${['mailboxes', 'mailbox', 'signed_in'].includes(route.page) ? 'page' : 'false'}>
                    ${icon('mailboxes')}<span>${t('console.mailboxes')}</span>
                  </a>
                </li>
                  <li>
                    <a href=${toSuspended} aria-current=${route.page === 'suspended' ? 'page' : 'false'}>
                      ${icon('held')}<span>${t('console.suspended')}</span>
                    </a>
                  </li>`
              : ''
          }
          ${renderSetupLinks(this.store.state)}
          ${renderPasswordLink(this.store.state)}
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
    const { used } = me;
    return html`
      <section class="me" aria-label=${t('console.availability')}>
        <p class="name">${me.name}</p>
        <console-availability .store=${this.store}></console-availability>
        <console-hand-back .store=${this.store}></console-hand-back>
        <p class="load muted" title=${t('console.load_hint', used)}>
          <span>${icon('chat')}<span class="hidden-text">${t('console.channel.chat')}</span>${sayLoad(used.chat, limitOf(me, 'chat'))}</span>
          <span>${icon('email')}<span class="hidden-text">${t('console.channel.email')}</span>${sayLoad(used.email, limitOf(me, 'email'))}</span>
        </p>
      </section>
    `;
  }

  #renderView(view: View) {
    const { view: shown, route, counts } = this.store.state;
    const count = view === 'resolved' ? undefined : counts?.[view];
    return html`<li>
      <a href=${toView(view)} aria-current=${view === shown && !isWide(route) ? 'page' : 'false'}>
        ${icon(view)}<span>${t(`console.view.${view}`)}</span>
        ${count === undefined ? '' : html`<span class="count">${count}</span>`}
      </a>
    </li>`;
  }

  #askMail(): void {
    this.dispatchEvent(new CustomEvent('ask-mail', { bubbles: true, composed: true }));
  }

  #askKeys(): void {
    this.dispatchEvent(new CustomEvent('ask-keys', { bubbles: true, composed: true }));
  }

  static override styles = [controls, railStyles];
}

const sayLoad = (used: number, capacity: number): string => t('console.load', { used, capacity });

customElements.define('console-views', ViewsRail);
