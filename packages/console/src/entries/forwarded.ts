import { html, nothing, type TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { named } from '../mail/people.js';
import { t } from '../texts.js';
import { type EntryContext, nameOf } from './context.js';
import { renderDelivery } from './delivery.js';
import { renderEntryFiles } from './entry-files.js';
import { renderLine } from './line.js';

/** A message was sent on to somebody else. */
export function renderForwarded(entry: EntryOf<'forwarded'>, context: EntryContext): TemplateResult {
  const { of, text, envelope, attachments = [] } = entry.payload;
  const to = named([...envelope.to, ...envelope.cc, ...envelope.bcc]);
  const said = t('console.entry.forwarded', { by: nameOf(entry.actor, context), of, to });
  const words = text ? html`<p dir="auto">${text}</p>` : nothing;
  return renderLine(
    entry,
    'email',
    said,
    html`${words}${renderEntryFiles(attachments, context)}${renderDelivery(entry, context)}`,
  );
}
