import type { Mailbox } from '@helpline/protocol';
import { html, type TemplateResult } from 'lit';
import { t } from '../texts.js';

/** How far the older mail is that was asked for when the mailbox was connected. */
export function renderProgress({ total, fetched }: NonNullable<Mailbox['history']>): TemplateResult {
  if (fetched >= total) return html`<p class="muted">${t('console.mailbox.history.done', { total })}</p>`;
  return html`<p class="history">
    <label for="history">${t('console.mailbox.history', { fetched, total })}</label>
    <progress id="history" value=${fetched} max=${total}></progress>
  </p>`;
}
