import { HelplineError } from '@helpline/sdk/agent';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Client, OpenConversation } from './client.js';

const typingShownMs = 5_000;

/** Keeps one conversation open for an element, follows it, and closes it with the element. */
export class OpenConversationController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: () => Client;
  #wanted: string | null = null;
  #lookedAt = 0;
  #shownHead = 0;
  #stop: (() => void)[] = [];
  #quiet: ReturnType<typeof setTimeout> | undefined;
  open: OpenConversation | null = null;
  error: HelplineError | null = null;
  typing: { name: string; from: 'customer' | 'agent' } | null = null;
  /** Goes up with every change of the conversation. */
  revision = 0;

  constructor(host: ReactiveControllerHost, client: () => Client) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#sayLookedAt);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#sayLookedAt);
    this.leave();
  }

  leave(): void {
    this.#close();
    this.#wanted = null;
  }

  /** Shows another conversation; the same one again only after it failed. */
  async show(conversationId: string): Promise<void> {
    if (this.#wanted === conversationId && !this.error) return;
    this.#close();
    this.#wanted = conversationId;
    try {
      const open = await this.#client().open(conversationId);
      if (this.#wanted === conversationId) this.#follow(open);
      else open.close();
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      if (this.#wanted === conversationId) this.error = error;
    }
    this.#host.requestUpdate();
  }

  #follow(open: OpenConversation): void {
    if (this.open === open) return;
    this.open = open;
    this.#stop = [open.on('changed', () => this.#changed()), open.on('typing', (typing) => this.#onTyping(typing))];
    this.#sayLookedAt();
  }

  #close(): void {
    for (const stop of this.#stop) stop();
    this.#stop = [];
    this.open?.close();
    this.open = null;
    this.#lookedAt = 0;
    this.#shownHead = 0;
    this.error = null;
    this.#showTyping(null);
  }

  #changed(): void {
    this.revision += 1;
    if (this.open && this.open.entries.length > this.#shownHead) this.#showTyping(null);
    this.#shownHead = this.open?.entries.length ?? 0;
    this.#sayLookedAt();
    this.#host.requestUpdate();
  }

  #onTyping(typing: { name: string; from: 'customer' | 'agent' }): void {
    this.#showTyping(typing);
    this.#quiet = setTimeout(() => this.#showTyping(null), typingShownMs);
  }

  #showTyping(typing: { name: string; from: 'customer' | 'agent' } | null): void {
    clearTimeout(this.#quiet);
    this.typing = typing;
    this.#host.requestUpdate();
  }

  readonly #sayLookedAt = (): void => {
    const head = this.open?.entries.length ?? 0;
    if (head <= this.#lookedAt || document.visibilityState !== 'visible') return;
    this.#lookedAt = head;
    this.open?.seen();
  };
}
