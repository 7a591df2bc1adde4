import { limits } from '@helpline/protocol';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Leaving } from '../leaving.js';
import type { Words } from '../words.js';
import { sendable } from './composer.js';

interface LeaveForm {
  words: Words;
  leaving: Leaving;
  draft: string;
  write: (draft: string) => void;
}

/** Instead of the composer while nobody is there: a message, and where the answer may go. */
export function leaveForm({ words: { t }, leaving, draft, write }: LeaveForm): TemplateResult {
  const trouble = leaving.trouble ? t(leaving.trouble) : '';
  return html`
    <form
      class="leave"
      part="leave-form"
      aria-labelledby="leave"
      @submit=${(event: SubmitEvent) => submit(event, leaving, write)}
    >
      <h3 id="leave">${t('widget.leave')}</h3>
      <label for="input">${t('widget.composer_label')}</label>
      <textarea
        id="input"
        name="text"
        rows="3"
        dir="auto"
        required
        maxlength=${limits.messageCharacters}
        .value=${live(draft)}
        @input=${(event: InputEvent) => write((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <label for="leave-address">${t('widget.leave_address')}</label>
      <input
        id="leave-address"
        name="address"
        type="email"
        autocomplete="email"
        dir="ltr"
        required
        maxlength="320"
        aria-describedby="leave-trouble"
        aria-invalid=${leaving.trouble === 'widget.leave_refused' ? 'true' : 'false'}
      />
      <label for="leave-name">${t('widget.leave_name')}</label>
      <input id="leave-name" name="name" autocomplete="name" dir="auto" maxlength="120" />
      <p class="leave-trouble" id="leave-trouble" role="alert">${trouble}</p>
      <button class="leave-send" part="leave-send" type="submit" ?disabled=${leaving.isBusy || !sendable(draft)}>
        ${leaving.isBusy ? t('widget.pending') : t('widget.send')}
      </button>
    </form>
  `;
}

async function submit(event: SubmitEvent, leaving: Leaving, write: (draft: string) => void): Promise<void> {
  event.preventDefault();
  if (!(event.target instanceof HTMLFormElement) || leaving.isBusy) return;
  const filled = new FormData(event.target);
  const [text = '', address = '', name = ''] = ['text', 'address', 'name'].map((key) => String(filled.get(key)).trim());
  if (await leaving.leave({ text, address, name })) write('');
}
