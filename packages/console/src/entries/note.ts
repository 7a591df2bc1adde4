import { html, type TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { initials, momentOf, timeOf } from '../format.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import { linkify } from '../ui/linkify.js';
import { type EntryContext, nameOf } from './context.js';
import { renderEntryFiles } from './entry-files.js';

/** For the team only: told apart by colour, icon and word. */
export function renderNote(entry: EntryOf<'note'>, context: EntryContext): TemplateResult {
  const name = nameOf(entry.actor, context);
  return html`
    <li class="message ours note" data-seq=${entry.seq}>
      <span class="avatar" aria-hidden="true">${initials(name)}</span>
      <article aria-label="${t('console.entry.note')}, ${name}">
        <header>
          <span class="mark" title=${t('console.entry.note_hint')}>${icon('note')}${t('console.entry.note')}</span>
          <bdi class="name">${name}</bdi>
          <time datetime=${entry.at} title=${momentOf(entry.at)}>${timeOf(entry.at)}</time>
        </header>
        ${renderText(entry, context)}
      </article>
    </li>
  `;
}

const renderText = ({ seq, payload }: EntryOf<'note'>, context: EntryContext) =>
  context.removed.has(seq)
    ? html`<p class="text" dir="auto">${t('console.entry.removed')}</p>`
    : html`<p class="text" dir="auto">${linkify(payload.text)}</p>
        ${renderEntryFiles(payload.attachments ?? [], context)}`;
