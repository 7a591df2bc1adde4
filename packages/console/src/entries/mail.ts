import type { Output } from '@helpline/protocol';
import { HelplineError } from '@helpline/sdk/agent';
import { html, LitElement, nothing } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';
import { mayShowImages, rememberImages } from './images-asked.js';
import { mailFrameStyles } from './mail-frame-styles.js';

/** Beyond this height a mail scrolls in its frame. */
const tallestPx = 20_000;

/**
 * A mail: its text (what is put inside), or on request as it was sent, in a frame of its own that runs nothing and asks
 * nobody but us.
 */
export class MailElement extends LitElement {
  static override properties = {
    entryId: { attribute: false },
    hasHtml: { attribute: false },
    showsAtOnce: { attribute: false },
    page: { attribute: false },
    openOriginal: { attribute: false },
    shown: { state: true },
    isShown: { type: Boolean, attribute: 'shown', reflect: true },
    hasFailed: { state: true },
  };
  declare entryId: string;
  /** Whether there is more to see than text. */
  declare hasHtml: boolean;
  /** Pictures belong to what was said: such a mail is shown as it was sent. */
  declare showsAtOnce: boolean;
  declare page: (images: boolean) => Promise<Output<'mail.page'>>;
  declare openOriginal: () => void;
  /** What the frame shows; null while there is none. */
  declare shown: { url: string; blocked: number } | null;
  declare isShown: boolean;
  declare hasFailed: boolean;
  readonly #onSight = new IntersectionObserver((seen) => this.#sighted(seen));
  readonly #onSize = new ResizeObserver(() => requestAnimationFrame(() => this.#fit()));

  constructor() {
    super();
    this.shown = null;
    this.hasFailed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#onSight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#onSight.disconnect();
    this.#onSize.disconnect();
  }

  override willUpdate(): void {
    this.isShown = this.shown !== null;
  }

  override render() {
    const { shown } = this;
    return html`
      ${shown ? this.#renderFrame(shown.url) : html`<slot></slot>`}
      ${this.hasFailed ? html`<p class="bad" role="alert">${t('console.mail.html_failed')}</p>` : nothing}
      ${shown && shown.blocked > 0 ? this.#renderBlocked(shown.blocked) : nothing}
      <div class="ways">
        ${
          this.hasHtml
            ? html`<button type="button" class="link" aria-expanded=${shown !== null} @click=${shown ? this.#hide : this.#show}>
                ${icon('email')}${shown ? t('console.mail.hide_html') : t('console.mail.show_html')}
              </button>`
            : nothing
        }
        <button type="button" class="link" title=${t('console.mail.original_hint')} @click=${this.openOriginal}>
          ${icon('down')}${t('console.mail.original')}
        </button>
      </div>
    `;
  }

  /** Not a script runs in there; that it counts as ours lets us measure it. */
  #renderFrame(url: string) {
    return html`<iframe
      title=${t('console.mail.html_title')}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerpolicy="no-referrer"
      src=${url}
      @load=${this.#loaded}
    ></iframe>`;
  }

  #renderBlocked(count: number) {
    return html`<p class="blocked">
      ${icon('image')}<span>${t('console.mail.blocked', { count })}</span>
      <button type="button" @click=${this.#showImages}>${t('console.mail.show_images')}</button>
    </p>`;
  }

  #sighted(seen: IntersectionObserverEntry[]): void {
    if (!seen.some((one) => one.isIntersecting)) return;
    this.#onSight.disconnect();
    if (this.hasHtml && this.showsAtOnce && !this.shown) void this.#show();
  }

  async #show(): Promise<void> {
    this.hasFailed = false;
    const images = mayShowImages(this.entryId);
    try {
      const { url, remoteImages } = await this.page(images);
      this.shown = { url, blocked: images ? 0 : remoteImages };
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.hasFailed = true;
    }
  }

  #hide(): void {
    this.#onSize.disconnect();
    this.shown = null;
  }

  async #showImages(): Promise<void> {
    rememberImages(this.entryId);
    await this.#show();
    await this.updateComplete;
    this.renderRoot.querySelector('iframe')?.focus();
  }

  #loaded(): void {
    const page = this.#frame?.contentDocument;
    if (page?.contentType !== 'text/html' || !page.body) {
      this.#hide();
      this.hasFailed = true;
      return;
    }
    this.#onSize.observe(page.body);
    this.#fit();
  }

  /** As tall as what is in it, and a bar to scroll it sideways. */
  #fit(): void {
    const frame = this.#frame;
    const page = frame?.contentDocument;
    if (!frame || !page?.body) return;
    const { scrollWidth, clientWidth } = page.documentElement;
    const bar = scrollWidth > clientWidth ? 18 : 0;
    const height = Math.min(Math.ceil(page.body.getBoundingClientRect().height) + bar, tallestPx);
    frame.style.blockSize = `${height}px`;
  }

  get #frame(): HTMLIFrameElement | null {
    return this.renderRoot.querySelector('iframe');
  }

  static override styles = [controls, mailFrameStyles];
}
customElements.define('console-mail', MailElement);

declare global {
  interface HTMLElementTagNameMap {
    'console-mail': MailElement;
  }
}
