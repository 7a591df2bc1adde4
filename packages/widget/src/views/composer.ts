import { limits } from '@helpline/protocol';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Words } from '../words.js';
import { icons } from './icons.js';

interface Composer {
  words: Words;
  draft: string;
  write: (draft: string) => void;
  send: () => void;
}

export const sendable = (draft: string): boolean => draft.trim() !== '' && draft.length <= limits.messageCharacters;

export function composer({ words: { t }, draft, write, send }: Composer): TemplateResult {
  const excess = draft.length - limits.messageCharacters;
  return html`
    <form class="composer" part="composer" @submit=${(event: Event) => submit(event, send)}>
      <div class="field">
        <label class="visually-hidden" for="input">${t('widget.composer_label')}</label>
        <textarea
          id="input"
          part="input"
          rows="1"
          dir="auto"
          enterkeyhint="send"
          autocomplete="off"
          placeholder=${t('widget.placeholder')}
          aria-describedby="too-long"
          aria-invalid=${excess > 0 ? 'true' : 'false'}
          .value=${live(draft)}
          @input=${(event: InputEvent) => write((event.target as HTMLTextAreaElement).value)}
          @keydown=${(event: KeyboardEvent) => sendOnEnter(event, send)}
        ></textarea>
        <button class="send" part="send" type="submit" aria-label=${t('widget.send')} ?disabled=${!sendable(draft)}>
          ${icons.send}
        </button>
      </div>
      <p class="too-long" id="too-long" role="status">
        ${excess > 0 ? t('widget.too_long', { count: excess }) : ''}
      </p>
    </form>
  `;
}

/** Enter also confirms a choice of an input method; then it does not send. Safari tells that by the key code only. */
function sendOnEnter(event: KeyboardEvent, send: () => void): void {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  send();
}

function submit(event: Event, send: () => void): void {
  event.preventDefault();
  send();
}
