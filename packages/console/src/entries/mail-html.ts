import { HelplineError } from '@helpline/sdk/agent';
import { css, html, LitElement } from 'lit';
import { t } from '../texts.js';
import { controls } from '../ui/controls.js';
import { icon } from '../ui/icons.js';

/** A mail as it was sent, on request, in a frame that runs nothing and reaches nothing. */
export class MailHtml extends LitElement {
  static override properties = {
    fileId: { attribute: false },
    linkTo: { attribute: false },
    source: { state: true },
    isShown: { type: Boolean, attribute: 'shown', reflect: true },
    hasFailed: { state: true },
  };
  declare fileId: string;
  declare linkTo: (fileId: string) => Promise<string>;
  /** Where the frame takes the mail from; null while it is not shown. */
  declare source: string | null;
  declare isShown: boolean;
  declare hasFailed: boolean;

  constructor() {
    super();
    this.source = null;
    this.hasFailed = false;
  }

  override willUpdate(): void {
    this.isShown = this.source !== null;
  }

  override render() {
    const { isShown } = this;
    return html`
      <button type="button" class="link" aria-expanded=${isShown} @click=${isShown ? this.#hide : this.#show}>
        ${icon('email')}${isShown ? t('console.mail.hide_html') : t('console.mail.show_html')}
      </button>
      ${this.hasFailed ? html`<p class="bad" role="alert">${t('console.mail.html_failed')}</p>` : ''}
      ${
        isShown
          ? html`<iframe
              title=${t('console.mail.html_title')}
              sandbox="allow-popups allow-popups-to-escape-sandbox"
              referrerpolicy="no-referrer"
              src=${this.source}
            ></iframe>`
          : ''
      }
    `;
  }

  async #show(): Promise<void> {
    this.hasFailed = false;
    try {
      this.source = await this.linkTo(this.fileId);
    } catch (error) {
      if (!(error instanceof HelplineError)) throw error;
      this.hasFailed = true;
    }
  }

  #hide(): void {
    this.source = null;
  }

  static override styles = [
    controls,
    css`
      :host {
        display: block;
      }
      .icon {
        inline-size: 0.9rem;
      }
      iframe {
        display: block;
        inline-size: 100%;
        block-size: 22rem;
        margin-block-start: 0.4rem;
        border: 1px solid var(--line-strong);
        border-radius: var(--radius);
        background: #fff;
        color-scheme: light;
        resize: vertical;
      }
    `,
  ];
}
customElements.define('console-mail-html', MailHtml);
