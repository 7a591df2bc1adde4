import type { ErrorCode } from '@helpline/protocol';
import type { WidgetText } from '@helpline/protocol/texts/widget.js';
import type { ConnectionState } from '@helpline/sdk';
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../words.js';
import { icons } from './icons.js';

/** What stands in the chat's way. */
interface Trouble {
  text: WidgetText;
  /** Nothing the visitor does can help: there is no chat here. */
  final: boolean;
  canRetry: boolean;
}

export function troubleOf(failure: ErrorCode | null, state: ConnectionState): Trouble | null {
  if (failure === 'not_found' || failure === 'bad_request') return denied('widget.unknown_inbox');
  if (failure === 'origin_not_allowed') return denied('widget.origin_not_allowed');
  if (failure === 'too_many') return passing('widget.too_many');
  if (failure !== null) return passing('widget.unreachable');
  if (state === 'unauthorized') return passing('widget.unauthorized');
  if (state === 'connecting') return { ...passing('widget.connecting'), canRetry: false };
  if (state === 'reconnecting') return { ...passing('widget.reconnecting'), canRetry: false };
  return null;
}

const denied = (text: WidgetText): Trouble => ({ text, final: true, canRetry: false });
const passing = (text: WidgetText): Trouble => ({ text, final: false, canRetry: true });

export function banner(trouble: Trouble | null, { t }: Words, retry: () => void): TemplateResult {
  return html`
    <div class="banner" part="banner" role="status" ?data-patient=${trouble?.canRetry === false}>
      ${trouble && !trouble.final ? html`<p><bdi>${t(trouble.text)}</bdi></p>` : nothing}
      ${trouble?.canRetry ? html`<button type="button" @click=${retry}>${t('widget.retry')}</button>` : nothing}
    </div>
  `;
}

export function denial(text: WidgetText, { t }: Words): TemplateResult {
  return html`<div class="denial" role="alert" dir="auto">${icons.alert}<p>${t(text)}</p></div>`;
}
