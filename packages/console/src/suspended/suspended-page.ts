import type { Output, SuspendedMail } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { dayOf, momentOf } from '../format.js';
import { managesMailboxes, reachesMailboxes } from '../state.js';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { focusRow } from '../ui/focus-row.js';
import { icon } from '../ui/icons.js';
import { Loaded } from '../ui/loaded.js';
import { pageStyles } from '../ui/page-styles.js';
import { StoreElement } from '../ui/store-element.js';
import { suspendedStyles } from './suspended-styles.js';

/** The mails that were held back before they became messages, and what to do with each. */
export class SuspendedPage extends StoreElement {
  static override properties = {
    ...StoreElement.properties,
    busy: { state: true },
    chosen: { state: true },
  };
  /** The mail that is being released or deleted, or `chosen` for those; until then nothing else is. */
  declare busy: string | null;
  declare chosen: ReadonlySet<string>;
  readonly #held = new Loaded<Output<'suspended.list'>>(this, {
    wanted: () => (reachesMailboxes(this.store.state) ? 'suspended' : null),
    load: () => this.store.client.suspendedMails(),
    looksAgain: () => this.busy === null,
  });

  constructor() {
    super();
    this.busy = null;
    this.chosen = new Set();
  }

  override render() {
    if (!managesMailboxes(this.store.state)) return html`<p class="state">${t('console.suspended.denied')}</p>`;
    return html`
      <section class="page">
        <h2 tabindex="-1">${t('console.suspended')}</h2>
        <p class="muted">${t('console.suspended.hint')}</p>
        ${this.#held.render((held) => this.#renderList(held))}
      </section>
    `;
  }

  #renderList({ items, total }: Output<'suspended.list'>) {
    if (items.length === 0)
      return html`<div class="state">
        ${icon('resolved')}
        <p>${t('console.suspended.none')}</p>
      </div>`;
    return html`
      ${this.#renderChoice(items)}
      <ul class="rows">
        ${repeat(
          items,
          (mail) => mail.id,
          (mail) => this.#renderMail(mail),
        )}
      </ul>
      ${total > items.length ? html`<p class="muted">${t('console.suspended.more', { n: total - items.length })}</p>` : nothing}
    `;
  }

  #renderChoice(items: SuspendedMail[]) {
    const chosen = items.filter(({ id }) => this.chosen.has(id));
    const isAll = chosen.length === items.length;
    return html`<p class="choice">
      <label>
        <input
          type="checkbox"
          .checked=${live(isAll)}
          .indeterminate=${live(chosen.length > 0 && !isAll)}
          @change=${() => this.#choose(isAll ? [] : items)}
        />
        ${t('console.suspended.choose_all')}
      </label>
      <button type="button" aria-disabled=${this.busy !== null} ?disabled=${chosen.length === 0} @click=${() => this.#releaseMany(chosen)}>
        ${t('console.suspended.release_many', { n: chosen.length })}
      </button>
    </p>`;
  }

  #choose(mails: SuspendedMail[]): void {
    this.chosen = new Set(mails.map(({ id }) => id));
  }

  #toggle({ id }: SuspendedMail): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }

  #renderMail(mail: SuspendedMail) {
    const { id, from, mailbox, receivedAt, keptUntil } = mail;
    const subject = mail.subject || t('console.no_subject');
    const isBusy = this.busy !== null;
    return html`<li aria-busy=${this.busy === id || (this.busy === 'chosen' && this.chosen.has(id))}>
      <input
        type="checkbox"
        aria-label="${t('console.suspended.choose')}: ${subject}"
        .checked=${live(this.chosen.has(id))}
        @change=${() => this.#toggle(mail)}
      />
      <div class="what">
        <p class="subject name"><bdi>${subject}</bdi></p>
        <p class="muted"><bdi>${from.name || from.address || t('console.suspended.nobody')}</bdi> · <bdi>${t('console.mail.to', { to: mailbox })}</bdi> · ${momentOf(receivedAt)}</p>
        <p class="why">${icon('warn')}<span>${sayWhy(mail)}</span></p>
        <p class="muted">${t('console.suspended.kept', { day: dayOf(keptUntil) })}</p>
      </div>
      <p class="answers">
        <button type="button" class="primary" aria-disabled=${isBusy} aria-label="${t('console.suspended.release')}: ${subject}" @click=${() => this.#release(mail)}>
          ${t('console.suspended.release')}
        </button>
        <button type="button" aria-disabled=${isBusy} aria-label="${t('console.suspended.delete')}: ${subject}" @click=${() => this.#delete(mail)}>
          ${t('console.suspended.delete')}
        </button>
      </p>
    </li>`;
  }

  #release(mail: SuspendedMail): Promise<void> {
    return this.#settle(mail, () => this.store.client.releaseMail(mail.id), t('console.suspended.released'));
  }

  async #releaseMany(mails: SuspendedMail[]): Promise<void> {
    if (this.busy !== null) return;
    this.busy = 'chosen';
    const released = this.store.client.releaseMails(mails.map(({ id }) => id));
    if (await this.store.attempt(released)) {
      this.store.say(t('console.suspended.released_many', { n: await released }));
      this.#choose([]);
    }
    await this.#held.load();
    this.busy = null;
    await this.updateComplete;
    focusRow(this.renderRoot, 0);
  }

  #delete(mail: SuspendedMail): Promise<void> {
    return this.#settle(mail, () => this.store.client.deleteSuspendedMail(mail.id), t('console.suspended.deleted'));
  }

  async #settle({ id }: SuspendedMail, work: () => Promise<void>, done: string): Promise<void> {
    if (this.busy !== null) return;
    const place = this.#held.value?.items.findIndex((mail) => mail.id === id) ?? 0;
    this.busy = id;
    if (await this.store.attempt(work())) this.store.say(done);
    await this.#held.load();
    this.busy = null;
    await this.updateComplete;
    focusRow(this.renderRoot, place);
  }

  static override styles = [controls, pageStyles, suspendedStyles];
}

const sayWhy = ({ why, cap }: SuspendedMail): string =>
  t(`console.suspended.why.${why}`, { mails: cap?.mails ?? 0, minutes: cap?.minutes ?? 0 });

customElements.define('console-suspended', SuspendedPage);
