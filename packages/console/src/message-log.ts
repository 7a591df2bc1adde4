import type { Agent, AgentEntry, Brand, Team } from '@helpline/protocol';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { OpenConversation, OutgoingWriting } from './client.js';
import { draftOf, type Rewritten } from './drafts.js';
import { type EntryContext, isCustomer, nameOf, nameOfContact, readEntries } from './entries/context.js';
import { renderEntry } from './entries/entry.js';
import { mailStyles } from './entries/mail-styles.js';
import { entryStyles } from './entries/styles.js';
import { reasonTableStyles } from './explain/reason-table.js';
import { dayOf, isSameDay } from './format.js';
import { logStyles } from './message-log-styles.js';
import { type OutgoingActions, renderOutgoing, stillOutgoing } from './outgoing.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { icon } from './ui/icons.js';
import { loading } from './ui/states.js';

const nearEndPx = 40;
const togetherMs = 5 * 60_000;

/** The entries of one conversation, and what is on its way. Stays at the end if it is at the end. */
export class MessageLog extends LitElement {
  static override properties = {
    open: { attribute: false },
    revision: { attribute: false },
    agents: { attribute: false },
    teams: { attribute: false },
    brands: { attribute: false },
    typing: { attribute: false },
    openFile: { attribute: false },
    mailPage: { attribute: false },
    openOriginal: { attribute: false },
    callBack: { attribute: false },
    forward: { attribute: false },
    hasNewBelow: { state: true },
    announced: { state: true },
  };
  declare open: OpenConversation;
  /** Goes up with every change of the conversation. */
  declare revision: number;
  declare agents: ReadonlyMap<string, Agent>;
  declare teams: ReadonlyMap<string, Team>;
  declare brands: ReadonlyMap<string, Brand>;
  declare typing: { name: string; from: 'customer' | 'agent' } | null;
  declare openFile: (fileId: string) => void;
  declare mailPage: EntryContext['mailPage'];
  declare openOriginal: EntryContext['openOriginal'];
  declare callBack: EntryContext['callBack'];
  declare forward: EntryContext['forward'];
  declare hasNewBelow: boolean;
  declare announced: string;
  #isAtEnd = true;
  #head = 0;
  readonly #onResize = new ResizeObserver(() => this.#isAtEnd && this.toEnd());

  constructor() {
    super();
    this.hasNewBelow = false;
    this.announced = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#onResize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#onResize.disconnect();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open')) this.#begin();
    const fresh = this.open.entries.slice(this.#head);
    if (fresh.length === 0) return;
    if (this.#head > 0) this.#tell(fresh);
    this.#head = this.open.entries.length;
  }

  override updated(): void {
    const list = this.renderRoot.querySelector('ol');
    if (list) this.#onResize.observe(list); // mails grow when they are shown
    if (this.#isAtEnd) this.toEnd();
  }

  toEnd(): void {
    const scroller = this.renderRoot.querySelector('.scroller');
    scroller?.scrollTo({ top: scroller.scrollHeight });
    this.#isAtEnd = true;
    this.hasNewBelow = false;
  }

  override render() {
    const { conversation, entries } = this.open;
    if (!conversation) return loading();
    const { openFile, mailPage, openOriginal, callBack, forward, agents, teams, brands } = this;
    const read = readEntries(entries, this.open.seenByCustomer);
    const asks = { openFile, mailPage, openOriginal, callBack, forward };
    const context: EntryContext = { conversation, agents, teams, brands, ...read, ...asks };
    return html`
      <div class="scroller" tabindex="0" role="region" aria-label=${t('console.messages')} @scroll=${this.#onScroll}>
        ${entries.length === 0 ? html`<p class="state loading">${t('console.conversation.empty')}</p>` : nothing}
        <ol>
          ${repeat(
            entries,
            (entry) => entry.seq,
            (entry, at) => this.#renderWithDay(entry, entries[at - 1], context),
          )}
          ${repeat(
            stillOutgoing(this.open),
            (item) => item.clientId,
            (item) => renderOutgoing(item, this.open, context, this.#actions),
          )}
        </ol>
        ${this.typing ? html`<p class="typing">${t(`console.typing.${this.typing.from}`, { name: this.typing.name || nameOfContact(conversation.contact) })}</p>` : nothing}
      </div>
      ${
        this.hasNewBelow
          ? html`<button type="button" class="below" @click=${this.toEnd}>${icon('down')}${t('console.new_below')}</button>`
          : nothing
      }
      <p class="hidden-text" aria-live="polite">${this.announced}</p>
    `;
  }

  #renderWithDay(entry: AgentEntry, before: AgentEntry | undefined, context: EntryContext) {
    const isNewDay = !before || !isSameDay(before.at, entry.at);
    return html`
      ${isNewDay ? html`<li class="day"><time datetime=${entry.at}>${dayOf(entry.at)}</time></li>` : nothing}
      ${renderEntry(entry, context, !isNewDay && continues(entry, before))}
    `;
  }

  #begin(): void {
    this.#head = 0;
    this.#isAtEnd = true;
    this.hasNewBelow = false;
    this.announced = '';
  }

  /** What the customer says is read out; a screen that is scrolled up says that there is more. */
  #tell(fresh: readonly AgentEntry[]): void {
    const { conversation } = this.open;
    const incoming = fresh.findLast((entry) => entry.type === 'message' && isCustomer(entry.actor));
    if (incoming?.type === 'message' && conversation) {
      const name = nameOf(incoming.actor, { conversation, agents: this.agents });
      this.announced = t('console.announce', { name, text: incoming.payload.text });
    }
    if (!this.#isAtEnd) this.hasNewBelow = true;
  }

  #onScroll({ currentTarget }: Event): void {
    if (!(currentTarget instanceof HTMLElement)) return;
    const { scrollHeight, scrollTop, clientHeight } = currentTarget;
    this.#isAtEnd = scrollHeight - scrollTop - clientHeight < nearEndPx;
    if (this.#isAtEnd) this.hasNewBelow = false;
  }

  readonly #actions: OutgoingActions = {
    retry: (item) => this.open.retry(item.clientId),
    discard: (item) => this.open.discard(item.clientId),
    sendAnyway: (item) => {
      this.open.discard(item.clientId);
      const { kind: _, text, ...addressed } = item.body;
      if ('expectedSeq' in addressed) {
        const { expectedSeq: __, attachments, ...rest } = addressed;
        this.open.reply(text, rest, attachments);
      }
    },
    edit: (item) => this.#edit(item),
  };

  #edit(item: OutgoingWriting): void {
    this.open.discard(item.clientId);
    const detail = draftOf(item.body);
    this.dispatchEvent(new CustomEvent('edit-again', { detail, bubbles: true, composed: true }));
  }

  static override styles = [controls, entryStyles, reasonTableStyles, mailStyles, logStyles];
}

/** Whether the same person goes on within minutes, the same way. */
function continues(entry: AgentEntry, before: AgentEntry | undefined): boolean {
  return (
    entry.type === 'message' &&
    before?.type === 'message' &&
    entry.actor.kind === before.actor.kind &&
    entry.actor.id === before.actor.id &&
    entry.payload.channel === before.payload.channel &&
    !entry.payload.mail &&
    Date.parse(entry.at) - Date.parse(before.at) < togetherMs
  );
}

customElements.define('console-log', MessageLog);

declare global {
  interface HTMLElementTagNameMap {
    'console-log': MessageLog;
  }
  interface HTMLElementEventMap {
    'edit-again': CustomEvent<Rewritten>;
  }
}
