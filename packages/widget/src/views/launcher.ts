import { html, type TemplateResult } from 'lit';
import type { Words } from '../words.js';
import { icons } from './icons.js';

interface Launcher {
  words: Words;
  open: boolean;
  unread: number;
  toggle: () => void;
}

export function launcher({ words, open, unread, toggle }: Launcher): TemplateResult {
  return html`
    <button
      id="launcher"
      class="launcher"
      part="launcher"
      type="button"
      lang=${words.language}
      aria-label=${name(words, unread)}
      aria-haspopup="dialog"
      aria-controls="panel"
      aria-expanded=${open ? 'true' : 'false'}
      @click=${toggle}
    >
      ${open ? icons.down : icons.chat}
      ${unread > 0 ? html`<span class="badge" part="badge" aria-hidden="true">${unread > 99 ? '99+' : unread}</span>` : ''}
    </button>
  `;
}

function name({ t }: Words, unread: number): string {
  if (unread === 0) return t('widget.launcher');
  return unread === 1 ? t('widget.launcher_one_unread') : t('widget.launcher_unread', { count: unread });
}
