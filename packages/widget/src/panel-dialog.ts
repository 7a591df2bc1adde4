import type { LitElement, ReactiveController } from 'lit';
import { narrowScreen } from './styles/narrow.js';

/**
 * The panel as a dialog: beside the page where there is room, modal where it covers the page, so that nobody tabs
 * into what he can't see. Focus goes back to where it was.
 */
export class PanelDialog implements ReactiveController {
  readonly #host: LitElement;
  readonly #narrow = matchMedia(narrowScreen);
  #openedFrom: HTMLElement | null = null;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#narrow.addEventListener('change', this.#refit);
  }

  hostDisconnected(): void {
    this.#narrow.removeEventListener('change', this.#refit);
  }

  rememberFocus(): void {
    const { activeElement } = document;
    const elsewhere = activeElement !== this.#host && activeElement !== document.body;
    this.#openedFrom = elsewhere && activeElement instanceof HTMLElement ? activeElement : null;
  }

  toggle(open: boolean): void {
    if (open) this.#open();
    else this.#close();
  }

  #open(): void {
    if (this.#narrow.matches) this.#panel?.showModal();
    else this.#panel?.setAttribute('open', ''); // unlike show(), this leaves the page's focus alone
  }

  #close(): void {
    const hadFocus = this.#panel?.matches(':focus-within') ?? false;
    this.#panel?.close();
    if (!hadFocus) return;
    const back = this.#openedFrom?.isConnected ? this.#openedFrom : this.#host.renderRoot.querySelector('#launcher');
    if (back instanceof HTMLElement) back.focus();
  }

  readonly #refit = (): void => {
    if (!this.#panel?.open) return;
    const focused = this.#host.shadowRoot?.activeElement;
    this.#panel.close();
    this.#open();
    if (focused instanceof HTMLElement) focused.focus();
  };

  get #panel(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog');
  }
}
