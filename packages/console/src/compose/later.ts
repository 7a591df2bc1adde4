import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { localTime } from '../drafts.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';

interface Later {
  /** As its field says; empty for now. */
  sendAt: string;
  isOpen: boolean;
  toggle: () => void;
  change: (sendAt: string) => void;
}

/** Where one says that a mail shall go later. */
export function renderLater({ sendAt, isOpen, toggle, change }: Later): TemplateResult {
  return html`
    <button type="button" class="quiet" aria-expanded=${isOpen} @click=${toggle}>
      ${icon('clock')}${t('console.compose.later')}
    </button>
    ${
      isOpen
        ? html`<input
            type="datetime-local"
            aria-label=${t('console.compose.later')}
            min=${localTime(new Date().toISOString())}
            .value=${live(sendAt)}
            @change=${({ target }: Event) => target instanceof HTMLInputElement && change(target.value)}
          />`
        : nothing
    }
  `;
}
