import type { VisitorEntry } from '@helpline/protocol';
import { HelplineError, type Unsubscribe, type VisitorClient } from '@helpline/sdk';
import { Leaving } from './leaving.js';

/** What the widget needs of the SDK's visitor client. */
export type ChatClient = Pick<
  VisitorClient,
  | 'close'
  | 'connect'
  | 'conversationId'
  | 'entries'
  | 'fileLink'
  | 'identify'
  | 'known'
  | 'leaveMessage'
  | 'on'
  | 'outgoing'
  | 'place'
  | 'retry'
  | 'seen'
  | 'send'
  | 'session'
  | 'state'
  | 'typing'
  | 'unread'
>;

/** Names a file of a message. */
export const fileKey = (n: number, index: number): string => `${n}.${index}`;

export type ChatMessage = Extract<VisitorEntry, { type: 'message' }>;

/** In a tab of its own, so that nothing takes the place of the page. */
function download(href: string): void {
  Object.assign(document.createElement('a'), { href, target: '_blank', rel: 'noopener', download: '' }).click();
}

interface Listener {
  changed(): void;
  /** New since the page was opened: history is not told. */
  message(message: ChatMessage): void;
  unread(count: number): void;
}

const retryAfterMs = 5_000;
const typingLastsMs = 6_000;
const typingToldEveryMs = 3_000;

/** One client on one page: opens it when needed, and knows what is new, who is typing and what went wrong. */
export class ChatSession {
  readonly client: ChatClient;
  readonly leaving: Leaving;
  readonly #listener: Listener;
  readonly #unsubscribe: Unsubscribe[];
  #opening: Promise<void> | null = null;
  #failure: HelplineError | null = null;
  #tryAgain: ReturnType<typeof setTimeout> | undefined;
  #typist: string | null = null;
  #typingEnds: ReturnType<typeof setTimeout> | undefined;
  #typingTold = 0;
  #conversationId: string | null = null;
  #told = 0;
  #unread = 0;
  #failedFile: string | null = null;

  constructor(client: ChatClient, listener: Listener) {
    this.client = client;
    this.leaving = new Leaving(client, () => listener.changed());
    this.#listener = listener;
    this.#unsubscribe = [
      client.on('changed', () => this.#changed()),
      client.on('state', () => listener.changed()),
      client.on('typing', ({ name }) => this.#showTyping(name)),
    ];
  }

  /** Why the session could not be opened; null while all is well. */
  get failure(): HelplineError | null {
    return this.#failure;
  }

  get typist(): string | null {
    return this.#typist;
  }

  /** Whether there is history that has not come yet. */
  get loading(): boolean {
    const { session, entries } = this.client;
    return session ? entries.length < (session.conversation?.head ?? 0) : this.#failure === null;
  }

  /** The file that could not be had when it was asked for. */
  get failedFile(): string | null {
    return this.#failedFile;
  }

  /** Downloads a file of a message. Its link is good for minutes only, so each time it is asked for anew. */
  async openFile(n: number, index: number): Promise<void> {
    this.#failedFile = null;
    try {
      download(await this.client.fileLink(n, index));
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.#failedFile = fileKey(n, index);
    }
    this.#listener.changed();
  }

  /** Opens the session, once; comes back by itself from a failure that may pass. */
  open(): Promise<void> {
    this.#opening ??= this.#connect();
    return this.#opening;
  }

  openAgain(): Promise<void> {
    clearTimeout(this.#tryAgain);
    this.#opening = this.#connect();
    return this.#opening;
  }

  close(): void {
    clearTimeout(this.#tryAgain);
    clearTimeout(this.#typingEnds);
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.client.close();
  }

  send(text: string): void {
    this.#typingTold = 0;
    void this.open();
    this.client.send(text);
  }

  tellTyping(): void {
    if (Date.now() - this.#typingTold < typingToldEveryMs) return;
    this.#typingTold = Date.now();
    this.client.typing();
  }

  async #connect(): Promise<void> {
    try {
      await this.client.connect();
      this.#failure = null;
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.#failure = error;
      if (error.retryable) this.#tryAgain = setTimeout(() => this.openAgain(), error.retryAfterMs ?? retryAfterMs);
    }
    this.#listener.changed();
  }

  #changed(): void {
    this.#tellMessages();
    const { unread } = this.client;
    if (unread !== this.#unread) this.#listener.unread(unread);
    this.#unread = unread;
    this.#listener.changed();
  }

  #tellMessages(): void {
    const { conversationId, entries, session } = this.client;
    if (conversationId !== this.#conversationId) {
      this.#conversationId = conversationId;
      this.#told = session?.conversation?.id === conversationId ? session.conversation.head : 0;
    }
    const fresh = entries.filter((entry) => entry.n > this.#told);
    this.#told = Math.max(this.#told, ...fresh.map((entry) => entry.n));
    for (const entry of fresh) {
      if (entry.type !== 'message') continue;
      if (entry.from.kind !== 'you') this.#hideTyping();
      this.#listener.message(entry);
    }
  }

  #showTyping(name: string): void {
    clearTimeout(this.#typingEnds);
    this.#typist = name;
    this.#typingEnds = setTimeout(() => this.#hideTyping(), typingLastsMs);
    this.#listener.changed();
  }

  #hideTyping(): void {
    clearTimeout(this.#typingEnds);
    this.#typist = null;
    this.#listener.changed();
  }
}
