import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../texts.js';
import { linkify } from '../ui/linkify.js';
import type { EntryContext } from './context.js';

/** What somebody said along with what he did; for the team only. */
export function renderWord(
  seq: number,
  text: string | undefined,
  context: EntryContext,
): TemplateResult | typeof nothing {
  if (context.removed.has(seq)) return html`<p class="word" dir="auto">${t('console.entry.removed')}</p>`;
  return text ? html`<p class="word" dir="auto">${linkify(text)}</p>` : nothing;
}
