import type { Store } from '../store.js';

const againMs = 25_000;

/**
 * Tells the server which conversation is open here and whether it is looked at: with every change, and again and again,
 * as silence ends what is counted.
 */
export class WorkSignals {
  readonly #store: Store;
  #open: string | null = null;
  #stop: (() => void) | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  start(): void {
    const stopWatching = this.#store.watch(() => this.#follow());
    const again = setInterval(() => this.#tell(), againMs);
    addEventListener('focus', this.#tell);
    addEventListener('blur', this.#tell);
    addEventListener('pagehide', this.#leave);
    this.#stop = () => {
      stopWatching();
      clearInterval(again);
      removeEventListener('focus', this.#tell);
      removeEventListener('blur', this.#tell);
      removeEventListener('pagehide', this.#leave);
    };
    this.#follow();
  }

  stop(): void {
    this.#leave();
    this.#stop?.();
  }

  #follow(): void {
    const { route, session, connection } = this.#store.state;
    if (session === 'signed_in' && connection !== 'connected') return; // told as soon as there is a link again
    const open = session === 'signed_in' && route.page === 'conversation' ? route.conversationId : null;
    if (open === this.#open) return;
    this.#leave();
    this.#open = open;
    this.#tell();
  }

  readonly #tell = (): void => {
    if (this.#open) this.#store.client.lookAt(this.#open, document.hasFocus() ? 'focused' : 'blurred');
  };

  readonly #leave = (): void => {
    if (this.#open) this.#store.client.lookAt(this.#open, 'left');
    this.#open = null;
  };
}
