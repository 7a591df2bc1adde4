import type { Attachment } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { fileSize } from '../format.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import type { EntryContext } from './context.js';

/** The files of an entry, to be downloaded. Of a mail that came, those that stand in it leave the list once it is shown. */
export const renderEntryFiles = (files: readonly Attachment[], context: EntryContext, areOfMail = false) =>
  files.length === 0
    ? nothing
    : html`<ul class="files" aria-label=${t('console.attachments')}>
        ${files.map(
          ({ fileId, filename, size, inline }) => html`<li class=${inline && areOfMail ? 'inline' : ''}>
            <button type="button" @click=${() => context.openFile(fileId)}>
              ${icon('clip')}<bdi>${filename}</bdi> <span class="muted">${fileSize(size)}</span>
            </button>
          </li>`,
        )}
      </ul>`;
