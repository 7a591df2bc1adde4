import type { Attachment, Payloads } from '@helpline/protocol';
import { html, nothing, type PropertyValues } from 'lit';
import type { EntryOf, OpenConversation } from './client.js';
import { renderContactPane } from './contact-pane.js';
import { renderHead } from './conversation-head.js';
import { conversationStyles } from './conversation-styles.js';
import { draftOfMail } from './drafts.js';
import { type EntryContext, type Ours, readEntries } from './entries/context.js';
import { isWaiting } from './entries/delivery.js';
import { canBeAsked } from './explain/title.js';
import { DraftFiles } from './files/draft-files.js';
import { renderPromises } from './follow-ups/promises.js';
import type { People } from './mail/people.js';
import { typedAll } from './mail/people.js';
import type { Later } from './moves/choices.js';
import type { Destination } from './moves/destinations.js';
import { doLater, moveTo } from './moves/move.js';
import { OpenConversationController } from './open-conversation.js';
import { Participants } from './participants.js';
import { toConversation, toView } from './route.js';
import { t } from './texts.js';
import { controls } from './ui/controls.js';
import { download } from './ui/download.js';
import { openInTab } from './ui/open-in-tab.js';
import { failed, loading } from './ui/states.js';
import { StoreElement } from './ui/store-element.js';
import './assign-dialog.js';
import './mail/mail-dialog.js';
import './moves/later-dialog.js';
import './explain/explain-dialog.js';
import './moves/triage-dialog.js';
import './composer.js';
import './message-log.js';

/** A forward that was written before. */
interface Forwarding {
  text?: string;
  people?: People;
  attachments?: Attachment[] | undefined;
}

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
  readonly #participants = new Participants(this, () => (this.hasDetails ? this.#shown.open : null));

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
        <div>
        ${renderHead(open.conversation, this.store, {
          take: () => this.take(),
          askWhom: () => this.askWhom(),
          askLater: () => this.askLater(),
          askNeeds: () => this.askNeeds(),
          askWhy: () => this.askWhy(),
          toggleResolved: () => this.toggleResolved(),
          toggleDetails: () => this.toggleDetails(),
          hasDetails: this.hasDetails,
        })}
        ${renderPromises(open.conversation, open.entries, state, (id, to) => this.#decide(open.settleFollowUp(id, to)))}
        </div>
        <console-log
          .open=${open}
          .revision=${this.#shown.revision}
          .agents=${state.agents}
          .teams=${state.teams}
          .brands=${state.brands}
          .typing=${this.#shown.typing}
          .openFile=${this.#openFile}
          .mailPage=${this.#mailPage}
          .openOriginal=${this.#openOriginal}
          @split-off=${this.#split}
          .callBack=${(entry: Ours) => this.#callBack(entry)}
          .forward=${(entry: EntryOf<'message'>) => this.#askForward(entry)}
          @edit-again=${this.#editAgain}
        ></console-log>
        <console-composer .store=${this.store} .open=${open} .revision=${this.#shown.revision}></console-composer>
      </section>
      ${
        this.hasDetails
          ? renderContactPane(open.conversation, this.#participants.others, state, {
              close: () => this.toggleDetails(),
              setDoNotContact: (doNotContact) => this.#decide(open.setDoNotContact(doNotContact)),
              clearMailTrouble: () => this.#decide(open.clearMailTrouble()),
              setVip: (vip) => this.#decide(open.setVip(vip)),
            })
          : nothing
      }
      <console-mail-dialog></console-mail-dialog>
      <console-assign-dialog
        .known=${state}
        .conversation=${open.conversation}
        .choose=${(to: Destination, word: string) => this.#decide(this.#move(open, to, word))}
      ></console-assign-dialog>
      <console-later-dialog
        .agents=${state.agents}
        .myId=${state.me?.id ?? ''}
        .choose=${(later: Later) => this.#decide(doLater(open, later))}
      ></console-later-dialog>
      <console-triage-dialog
        .conversation=${open.conversation}
        .choose=${(needs: Payloads['triaged']) => this.#decide(open.triage(needs))}
      ></console-triage-dialog>
      <console-explain-dialog
        .open=${open}
        .revision=${this.#shown.revision}
        .agents=${state.agents}
        .teams=${state.teams}
        .myId=${state.me?.id ?? ''}
      ></console-explain-dialog>
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
    if (open && me) this.#decide(open.takeOver(me.id));
  }

  askLater(): void {
    if (!this.#isOver) void this.renderRoot.querySelector('console-later-dialog')?.ask();
  }

  askWhy(): void {
    const conversation = this.#shown.open?.conversation;
    if (conversation && canBeAsked(conversation)) void this.renderRoot.querySelector('console-explain-dialog')?.ask();
  }

  askNeeds(): void {
    if (!this.#isOver) void this.renderRoot.querySelector('console-triage-dialog')?.ask();
  }

  toggleResolved(): void {
    const { open } = this.#shown;
    if (!open?.conversation) return;
    this.#decide(this.#isOver ? open.reopen() : open.resolve());
  }

  /** Asks whom to forward the newest message to. */
  forward(): void {
    const last = this.#shown.open?.entries.findLast((entry) => entry.type === 'message');
    if (last?.type === 'message') this.#askForward(last);
  }

  /** Calls back what we sent last, if it is still to go. */
  undo(): void {
    const { open } = this.#shown;
    if (!open) return;
    const read = readEntries(open.entries, 0);
    const last = open.entries.findLast(
      (entry): entry is Ours => (entry.type === 'message' || entry.type === 'forwarded') && isWaiting(entry, read),
    );
    if (last) void this.#callBack(last);
  }

  toggleDetails(): void {
    this.hasDetails = !this.hasDetails;
  }

  /** The text of a mail that is called back is there to be written on. */
  async #callBack(entry: Ours): Promise<void> {
    const { open } = this.#shown;
    if (!open || !(await this.store.attempt(open.callBack(entry.seq)))) return;
    if (entry.type === 'message')
      await this.renderRoot.querySelector('console-composer')?.writeAgain(draftOfMail(entry.payload));
    else {
      const { of: seq, text, envelope, attachments } = entry.payload;
      this.#askForward({ seq }, { text, people: typedAll(envelope), attachments });
    }
  }

  #askForward({ seq }: { seq: number }, before: Forwarding = {}): void {
    const { open } = this.#shown;
    if (!open) return;
    const { attachments = [], ...written } = before;
    const files = new DraftFiles(this.store.client, open.id);
    files.restore(attachments);
    void this.renderRoot.querySelector('console-mail-dialog')?.ask({
      kind: 'forward',
      files,
      inboxes: [],
      async send({ text, to, cc, bcc, attachments }) {
        await open.forward({ of: seq, text, to, cc, bcc, ...(attachments ? { attachments } : {}) });
      },
      ...written,
    });
  }

  #split({ detail }: HTMLElementEventMap['split-off']): void {
    const { open } = this.#shown;
    if (open)
      this.#decide(
        open.split(detail).then((id) => {
          location.hash = toConversation(id);
        }),
      );
  }

  get #isOver(): boolean {
    const status = this.#shown.open?.conversation?.status;
    return status === 'resolved' || status === 'closed';
  }

  /** Whoever passes it on to where he may not see it goes back to his list. */
  async #move(open: OpenConversation, to: Destination, word: string): Promise<void> {
    if (await moveTo(open, to, word)) return;
    this.store.say(t('console.moved.unseen'));
    location.hash = toView(this.store.state.view);
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
    if (open) void this.store.attempt(open.mailOriginal(seq).then(({ url }) => download(url)));
  };

  readonly #mailPage: EntryContext['mailPage'] = async (seq, images) => {
    const { open } = this.#shown;
    return open ? open.mailPage(seq, images) : { url: '', expiresAt: '', remoteImages: 0 };
  };

  #editAgain({ detail }: HTMLElementEventMap['edit-again']): void {
    void this.renderRoot.querySelector('console-composer')?.writeAgain(detail);
  }

  static override styles = [controls, conversationStyles];
}
customElements.define('console-conversation', ConversationPage);

declare global {
  interface HTMLElementTagNameMap {
    'console-conversation': ConversationPage;
  }
}
