import { createVisitorClient } from '@helpline/sdk';
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { type ChatClient, type ChatMessage, ChatSession } from './chat-session.js';
import type { HelplineMessage } from './events.js';
import { NowAndThen } from './now-and-then.js';
import { PanelDialog } from './panel-dialog.js';
import { StickToBottom } from './stick-to-bottom.js';
import { storage } from './storage.js';
import { styles } from './styles/index.js';
import { sendable } from './views/composer.js';
import { launcher } from './views/launcher.js';
import { panel } from './views/panel.js';
import { sayWaiting } from './views/waiting.js';
import { type Words, wordsFor } from './words.js';

const announcedForMs = 10_000;

/**
 * The chat of one inbox: a launcher in the corner of the page, and the panel it opens.
 *
 * @element helpline-chat
 * @attr server-url - Where Helpline runs; by default where this script comes from.
 * @attr inbox - The inbox's public key.
 * @attr locale - The language to speak; by default the page's.
 * @attr theme - `auto` (as the page), `light` or `dark`.
 * @attr open - Whether the panel is open.
 * @fires helpline-open - The panel was opened.
 * @fires helpline-close - The panel was closed.
 * @fires helpline-message - A message came or was sent: `HelplineMessage`.
 * @fires helpline-unread - The number of unread messages changed: `{ count }`.
 * @cssprop --helpline-accent - Launcher, header and the visitor's own messages.
 * @cssprop --helpline-on-accent - Text on the accent.
 * @cssprop --helpline-surface - The panel.
 * @cssprop --helpline-text - Text on the panel.
 * @cssprop --helpline-muted - Lesser text on the panel.
 * @cssprop --helpline-radius - The panel's corners.
 * @cssprop --helpline-font - The font family.
 * @cssprop --helpline-z - The z-index.
 * @cssprop --helpline-inset-inline - The distance from the page's side.
 * @cssprop --helpline-inset-block - The distance from the page's bottom.
 * @cssprop --helpline-width - The panel's width.
 * @cssprop --helpline-height - The panel's height.
 */
export class HelplineChat extends LitElement {
  static override properties = {
    serverUrl: { attribute: 'server-url' },
    inbox: {},
    locale: {},
    theme: { reflect: true },
    open: { type: Boolean, reflect: true },
    client: { attribute: false },
    draft: { state: true },
    heard: { state: true },
  };
  static override styles = styles;

  declare serverUrl: string;
  declare inbox: string;
  declare locale: string;
  declare theme: 'auto' | 'light' | 'dark';
  declare open: boolean;
  /** Instead of a client of its own. */
  declare client: ChatClient | null;
  declare protected draft: string;
  /** The newest message from the other side, for the live region. */
  declare protected heard: ChatMessage | null;

  readonly #stick = new StickToBottom(this, '.log');
  readonly #dialog = new PanelDialog(this);
  readonly #waiting = new NowAndThen(() => this.requestUpdate());
  #session: ChatSession | null = null;
  #words: Words = wordsFor('en');

  constructor() {
    super();
    this.serverUrl = new URL(import.meta.url).origin;
    this.inbox = '';
    this.locale = '';
    this.theme = 'auto';
    this.open = false;
    this.client = null;
    this.draft = '';
    this.heard = null;
  }

  /** Opens the panel and goes to its composer. */
  async show(): Promise<void> {
    this.#dialog.rememberFocus();
    this.open = true;
    await this.updateComplete;
    this.#dialog.focusComposer();
  }

  hide(): void {
    this.open = false;
  }

  toggle(): void {
    if (this.open) this.hide();
    else void this.show();
  }

  /** Sends in the visitor's name; the panel may stay closed. */
  async sendMessage(text: string): Promise<void> {
    if (!sendable(text)) return;
    (await this.#ready()).send(text.trim());
    this.#stick.stick();
  }

  /** Says who the visitor is, by a token that the company's server signed. */
  async identify(token: string): Promise<void> {
    const session = await this.#ready();
    await session.open();
    if (session.failure) throw session.failure;
    await session.client.identify(token);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#redraw);
    if (this.hasUpdated && !this.#session) this.#begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#redraw);
    queueMicrotask(() => this.isConnected || this.#end()); // moved within the page is not removed
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#words = wordsFor(this.locale || document.documentElement.lang || navigator.language);
    if (changed.has('client') || changed.has('inbox') || changed.has('serverUrl')) this.#begin();
    if (this.open) void this.#session?.open();
  }

  protected override render(): TemplateResult {
    const words = this.#words;
    const session = this.#session;
    return html`
      ${launcher({ words, open: this.open, unread: session?.client.unread ?? 0, toggle: () => this.toggle() })}
      ${panel({
        words,
        session,
        draft: this.draft,
        atBottom: this.#stick.stuck,
        close: () => this.hide(),
        toBottom: () => this.#stick.stick(),
        write: (draft) => this.#write(draft),
        send: () => this.#sendDraft(),
      })}
      <div class="visually-hidden" aria-live="polite" lang=${words.language}>${this.#announcement()}</div>
      <div class="visually-hidden waiting-aloud" aria-live="polite" lang=${words.language}>${this.#waiting.say(this.open && session ? sayWaiting(session.client, words) : '')}</div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('open') && (this.open || changed.get('open'))) this.#openedOrClosed();
    const seeing = this.open && document.visibilityState === 'visible' && this.#stick.stuck;
    if (seeing) this.#session?.client.seen();
  }

  /** What is asked of an element that is just being set up waits until it is. */
  async #ready(): Promise<ChatSession> {
    await this.updateComplete;
    if (!this.#session) throw new Error('<helpline-chat> has no inbox.');
    return this.#session;
  }

  /** A node of its own for each message, so that the same words are read out twice if they are said twice. */
  #announcement(): unknown {
    if (!this.heard) return nothing;
    const { n, from, attachments } = this.heard;
    const text = this.heard.text || attachments.map(({ filename }) => filename).join(', ');
    return keyed(n, html`<p>${this.#words.t('widget.says', { name: from.name, text })}</p>`);
  }

  #write(draft: string): void {
    this.draft = draft;
    if (draft !== '') this.#session?.tellTyping();
  }

  #sendDraft(): void {
    if (!sendable(this.draft)) return;
    void this.sendMessage(this.draft);
    this.draft = '';
    this.#dialog.focusComposer();
  }

  #openedOrClosed(): void {
    this.#dialog.toggle(this.open);
    this.#tell(this.open ? 'helpline-open' : 'helpline-close');
  }

  #begin(): void {
    this.#end();
    if (!this.client && !this.inbox) return;
    const client = this.client ?? createVisitorClient({ serverUrl: this.serverUrl, inbox: this.inbox, storage });
    this.#session = new ChatSession(client, {
      changed: this.#redraw,
      message: (message) => this.#hear(message),
      unread: (count) => this.#tell('helpline-unread', { count }),
    });
    if (client.known) void this.#session.open(); // there may be an answer to an earlier visit
  }

  #end(): void {
    this.#session?.close();
    this.#session = null;
  }

  #hear(message: ChatMessage): void {
    const direction = message.from.kind === 'you' ? 'outgoing' : 'incoming';
    if (direction === 'incoming') this.#announce(message);
    this.#tell<HelplineMessage>('helpline-message', { message, direction });
  }

  /** Taken back when it has been read out: who walks through the page should find each message once. */
  #announce(message: ChatMessage): void {
    this.heard = message;
    setTimeout(() => {
      if (this.heard === message) this.heard = null;
    }, announcedForMs);
  }

  #tell<Detail>(type: string, detail?: Detail): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  readonly #redraw = (): void => this.requestUpdate();
}
