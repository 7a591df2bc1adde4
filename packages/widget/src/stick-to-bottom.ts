import type { LitElement, ReactiveController } from 'lit';

const nearPx = 48;

/** Keeps the newest message in sight for whoever reads at the end, and leaves alone whoever has scrolled up. */
export class StickToBottom implements ReactiveController {
  readonly #host: LitElement;
  readonly #selector: string;
  readonly #resized = new ResizeObserver(() => this.#follow());
  #scroller: Element | null = null;
  #lastTop = 0;
  #stuck = true;

  constructor(host: LitElement, selector: string) {
    this.#host = host;
    this.#selector = selector;
    host.addController(this);
  }

  get stuck(): boolean {
    return this.#stuck;
  }

  stick(): void {
    this.#stuck = true;
    this.#follow();
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    const scroller = this.#host.renderRoot.querySelector(this.#selector);
    if (scroller === this.#scroller) return;
    this.#resized.disconnect();
    this.#scroller = scroller;
    if (!scroller) return;
    scroller.addEventListener('scroll', this.#scrolled, { passive: true });
    for (const observed of [scroller, ...scroller.children]) this.#resized.observe(observed);
  }

  #follow(): void {
    if (!this.#stuck || !this.#scroller) return;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
  }

  /** Only a way up lets go: a message that arrives before this event also leaves a distance to the bottom. */
  readonly #scrolled = (): void => {
    if (!this.#scroller) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const near = scrollHeight - scrollTop - clientHeight < nearPx;
    const stuck = near || (this.#stuck && scrollTop >= this.#lastTop);
    this.#lastTop = scrollTop;
    if (stuck === this.#stuck) return;
    this.#stuck = stuck;
    this.#host.requestUpdate();
  };
}
