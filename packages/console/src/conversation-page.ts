import { html, nothing, type PropertyValues } from 'lit';
import { renderContactPane } from './contact-pane.js';
import { renderHead } from './conversation-head.js';
import { conversationStyles } from './conversation-styles.js';
import type { EntryContext } from './entries/context.js';
import { OpenConversationController } from './open-conversation.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { openInTab } from './ui/open-in-tab.js';
import { failed, loading } from './ui/states.js';
import { StoreElement } from './ui/store-element.js';
import './assign-dialog.js';
import './composer.js';
import './message-log.js';

const roomForDetails = '(min-width: 1280px)';

/** One conversation: its head, its entries, where one writes, and who the customer is. */
export class ConversationPage extends StoreElement {
  static override properties = {
    ...StoreElement.properties,
    conversationId: { attribute: false },
    connected: { attribute: false },
    hasDetails: { state: true },
  };
  declare conversationId: string;
  /** Whether there is a link to the server now. */
  declare connected: boolean;
  declare hasDetails: boolean;
  readonly #shown = new OpenConversationController(this, () => this.store.client);

  constructor() {
    super();
    this.hasDetails = matchMedia(roomForDetails).matches;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conversationId')) this.#shown.leave();
    if (this.connected && (changed.has('conversationId') || changed.has('connected'))) this.#show();
  }

  override render() {
    const { open, error } = this.#shown;
    const { state } = this.store;
    if (error?.code === 'not_found')
      return html`<p class="state" role="alert">${t('console.conversation.not_found')}</p>`;
    if (error) return failed(error, this.#show);
    if (!open?.conversation) return loading();
    return html`
      <section class="main" aria-label=${t('console.conversation')}>
        ${renderHead(open.conversation, this.store, {
          assign: (agentId) => this.#decide(open.assign(agentId)),
          askWhom: () => this.askWhom(),
          toggleResolved: () => this.toggleResolved(),
          toggleDetails: () => this.toggleDetails(),
          hasDetails: this.hasDetails,
        })}
        <console-log
          .open=${open}
          .revision=${this.#shown.revision}
          .agents=${state.agents}
          .typing=${this.#shown.typing}
          .openFile=${this.#openFile}
          .mailPage=${this.#mailPage}
          .openOriginal=${this.#openOriginal}
          @edit-again=${this.#editAgain}
        ></console-log>
        <console-composer .store=${this.store} .open=${open} .revision=${this.#shown.revision}></console-composer>
      </section>
      ${this.hasDetails ? renderContactPane(open.conversation, state, () => this.toggleDetails()) : nothing}
      <console-assign-dialog
        .agents=${state.agents}
        .conversation=${open.conversation}
        .myId=${state.me?.id ?? ''}
        .choose=${(agentId: string | null) => this.#decide(open.assign(agentId))}
      ></console-assign-dialog>
    `;
  }

  /** Puts the agent into the composer. */
  write(kind: 'reply' | 'note'): void {
    void this.renderRoot.querySelector('console-composer')?.write(kind);
  }

  askWhom(): void {
    void this.store.attempt(this.store.loadAgents());
    this.renderRoot.querySelector('console-assign-dialog')?.ask();
  }

  take(): void {
    const { open } = this.#shown;
    const { me } = this.store.state;
    if (open && me) this.#decide(open.assign(me.id));
  }

  toggleResolved(): void {
    const { open } = this.#shown;
    if (!open?.conversation) return;
    const isDone = open.conversation.status === 'resolved' || open.conversation.status === 'closed';
    this.#decide(isDone ? open.reopen() : open.resolve());
  }

  toggleDetails(): void {
    this.hasDetails = !this.hasDetails;
  }

  #decide(work: Promise<void>): void {
    void this.store.attempt(work);
  }

  readonly #show = (): void => {
    void this.#shown.show(this.conversationId);
  };

  readonly #openFile = (fileId: string): void => {
    const { open } = this.#shown;
    if (open) void this.store.attempt(open.fileLink(fileId).then(({ url }) => openInTab(url)));
  };

  readonly #openOriginal = (seq: number): void => {
    const { open } = this.#shown;
    if (open) void this.store.attempt(open.mailOriginal(seq).then(({ url }) => openInTab(url)));
  };

  readonly #mailPage: EntryContext['mailPage'] = async (seq, images) => {
    const { open } = this.#shown;
    return open ? open.mailPage(seq, images) : { url: '', expiresAt: '', remoteImages: 0 };
  };

  #editAgain({ detail }: HTMLElementEventMap['edit-again']): void {
    void this.renderRoot.querySelector('console-composer')?.write(detail.kind, detail.text);
  }

  static override styles = [controls, conversationStyles];
}
customElements.define('console-conversation', ConversationPage);

declare global {
  interface HTMLElementTagNameMap {
    'console-conversation': ConversationPage;
  }
}
