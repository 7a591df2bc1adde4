import { LitElement } from 'lit';
import type { Store } from '../store.js';

/** An element that shows what the store knows, and shows it again when it changed. */
export abstract class StoreElement extends LitElement {
  static override properties = { store: { attribute: false } };
  declare store: Store;
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = this.store.watch(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
  }
}
