import { type Conversation, limits } from '@helpline/protocol';
import { html } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { listStyles } from './conversation-list-styles.js';
import { nameOfContact } from './entries/context.js';
import { durationSince, momentOf, shortMoment } from './format.js';
import { renderBadges } from './moves/badges.js';
import { toConversation } from './route.js';
import { movesMany } from './state.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { icon } from './ui/icons.js';
import { failed, loading } from './ui/states.js';
import { StoreElement } from './ui/store-element.js';
import './moves/bulk-bar.js';

const tickMs = 30_000;

/** The conversations of the view that is shown, as one stop for Tab with arrows inside. */
export class ConversationList extends StoreElement {
  static override properties = { ...StoreElement.properties, cursorId: { state: true }, chosen: { state: true } };
  /** The row the keys are at. */
  declare cursorId: string | null;
  /** What a supervisor has selected. */
  declare chosen: ReadonlySet<string>;
  #tick: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.cursorId = null;
    this.chosen = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#tick = setInterval(() => this.requestUpdate(), tickMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#tick);
  }

  /** Moves the keys by so many rows and goes there. */
  async move(by: number): Promise<void> {
    const { listed } = this.store;
    const at = listed.findIndex((one) => one.id === this.#tabStop);
    const isAtRow = this.cursorId !== null || this.#openId !== null;
    const next = listed[isAtRow ? Math.min(Math.max(at + by, 0), listed.length - 1) : 0];
    if (!next) return;
    this.cursorId = next.id;
    await this.updateComplete;
    this.focus();
  }

  /** Selects the row the keys are at, or no longer. */
  toggle(id = this.#tabStop): void {
    if (!id || !movesMany(this.store.state)) return;
    const chosen = new Set(this.chosen);
    if (!chosen.delete(id) && chosen.size < limits.movesAtOnce) chosen.add(id);
    this.chosen = chosen;
  }

  /** To the row the keys are at. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('a[tabindex="0"]')?.focus();
  }

  override render() {
    const { view } = this.store.state;
    return html`
      <h2 id="title">${t(`console.view.${view}`)}</h2>
      ${
        movesMany(this.store.state)
          ? html`<console-bulk-bar .store=${this.store} .chosen=${this.chosen} .choose=${this.#choose}></console-bulk-bar>`
          : ''
      }
      ${this.#renderRows()}
    `;
  }

  #renderRows() {
    const { view, next, listError } = this.store.state;
    const { listed } = this.store;
    const cursor = next[view];
    if (listError && listed.length === 0) return failed(listError, () => void this.store.loadList());
    if (cursor === undefined && listed.length === 0) return loading();
    if (listed.length === 0) return html`<p class="state">${icon(view)}${t(`console.list.empty.${view}`)}</p>`;
    const tabStop = this.#tabStop;
    return html`
      <ul aria-labelledby="title" @keydown=${this.#onKey}>
        ${repeat(
          listed,
          (one) => one.id,
          (one) => this.#renderRow(one, one.id === tabStop),
        )}
      </ul>
      ${cursor ? html`<button class="quiet more" @click=${() => this.store.loadList(cursor)}>${t('console.list.more')}</button>` : ''}
    `;
  }

  #renderRow(one: Conversation, isTabStop: boolean) {
    return html`<li>
      ${movesMany(this.store.state) ? this.#renderChoice(one, isTabStop) : ''}
      <a
        href=${toConversation(one.id)}
        tabindex=${isTabStop ? 0 : -1}
        aria-current=${one.id === this.#openId ? 'true' : 'false'}
        @focus=${() => {
          this.cursorId = one.id;
        }}
      >
        <span class="line">
          <span class="channel">${icon(one.channel)}<span class="hidden-text">${t(`console.channel.${one.channel}`)}</span></span>
          <bdi class="name">${nameOfContact(one.contact)}</bdi>
          <time class="muted" datetime=${one.lastAt} title=${momentOf(one.lastAt)}>${shortMoment(one.lastAt)}</time>
        </span>
        ${one.channel === 'email' ? html`<span class="subject" dir="auto">${one.subject || t('console.no_subject')}</span>` : ''}
        <span class="preview muted" dir="auto">${this.#sayPreview(one)}</span>
        ${this.#renderMarks(one)}
      </a>
    </li>`;
  }

  #renderChoice({ id, contact }: Conversation, isTabStop: boolean) {
    return html`<input
      type="checkbox"
      tabindex=${isTabStop ? 0 : -1}
      aria-label=${t('console.bulk.select', { name: nameOfContact(contact) })}
      .checked=${live(this.chosen.has(id))}
      @change=${() => this.toggle(id)}
    />`;
  }

  #sayPreview(one: Conversation): string {
    const { text, by } = one.preview;
    if (by !== 'agent') return text;
    return one.assigneeId === this.store.state.me?.id
      ? t('console.list.you', { text })
      : t('console.list.answer', { text });
  }

  #renderMarks(one: Conversation) {
    const { agents, view, me } = this.store.state;
    const assignee = one.assigneeId && one.assigneeId !== me?.id ? agents.get(one.assigneeId)?.name : undefined;
    const isUnanswered = !one.waitingSince && one.handler !== 'none' && isFromCustomer(one.preview.by);
    const isQueued = one.handler === 'queue' && view !== 'queue';
    return html`<span class="marks">
      ${renderBadges(one)}
      ${
        one.waitingSince
          ? html`<span class="waiting">${icon('clock')}${t('console.list.waiting', { time: durationSince(one.waitingSince) })}</span>`
          : ''
      }
      ${isUnanswered ? html`<span class="waiting">${icon('chat')}${t('console.list.unanswered')}</span>` : ''}
      ${isQueued ? html`<span>${icon('queue')}${t('console.unassigned')}</span>` : ''}
      ${assignee ? html`<span>${icon('mine')}<bdi>${assignee}</bdi></span>` : ''}
    </span>`;
  }

  readonly #choose = (chosen: ReadonlySet<string>): void => {
    this.chosen = chosen;
  };

  get #openId(): string | null {
    const { route } = this.store.state;
    return route.page === 'conversation' ? route.conversationId : null;
  }

  get #tabStop(): string | undefined {
    const ids = this.store.listed.map((one) => one.id);
    return ids.find((id) => id === this.cursorId) ?? ids.find((id) => id === this.#openId) ?? ids[0];
  }

  #onKey(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    void this.move(by);
  }

  static override styles = [controls, listStyles];
}
const isFromCustomer = (kind: Conversation['preview']['by']): boolean => kind === 'visitor' || kind === 'contact';

customElements.define('console-list', ConversationList);

declare global {
  interface HTMLElementTagNameMap {
    'console-list': ConversationList;
  }
}
