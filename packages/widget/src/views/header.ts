import type { VisitorSession } from '@helpline/protocol';
import { html, type TemplateResult } from 'lit';
import type { Words } from '../words.js';
import { icons } from './icons.js';

export function header(session: VisitorSession | null, { t }: Words, close: () => void): TemplateResult {
  return html`
    <header class="header" part="header">
      <div>
        <h2 id="title" class="title" part="title"><bdi>${session?.inbox.brand ?? t('widget.title')}</bdi></h2>
        <p class="subtitle"><bdi>${t('widget.subtitle')}</bdi></p>
      </div>
      <button class="close" part="close" type="button" aria-label=${t('widget.close')} @click=${close}>
        ${icons.close}
      </button>
    </header>
  `;
}
