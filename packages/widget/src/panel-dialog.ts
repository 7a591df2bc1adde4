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
  #hadFocus = false;

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

  hostUpdate(): void {
    this.#hadFocus = this.#holdsFocus;
  }

  /** A button that goes away when it has done its work, such as "Try again", leaves the focus to the composer. */
  hostUpdated(): void {
    if (this.#hadFocus && !this.#holdsFocus) this.focusComposer();
  }

  focusComposer(): void {
    (this.#find('#input') ?? this.#find('.close'))?.focus();
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
    const hadFocus = this.#holdsFocus;
    this.#panel?.close();
    if (!hadFocus) return;
    const back = this.#openedFrom?.isConnected ? this.#openedFrom : this.#find('#launcher');
    back?.focus();
  }

  readonly #refit = (): void => {
    if (!this.#panel?.open) return;
    const focused = this.#host.shadowRoot?.activeElement;
    this.#panel.close();
    this.#open();
    if (focused instanceof HTMLElement) focused.focus();
  };

  get #holdsFocus(): boolean {
    return this.#panel?.matches(':focus-within') ?? false;
  }

  get #panel(): HTMLDialogElement | null {
    return this.#find<HTMLDialogElement>('dialog');
  }

  /** Null too before the first rendering. */
  #find<E extends HTMLElement>(selector: string): E | null {
    return this.#host.shadowRoot?.querySelector<E>(selector) ?? null;
  }
}
