import { css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { fileSize } from '../format.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import type { DraftFile, DraftFiles } from './draft-files.js';

/** The files of a draft, and how far each is. In a mail, pasted pictures stand in the text. */
export function renderDraftFiles(files: DraftFiles, isMail: boolean): TemplateResult {
  const { items } = files;
  return html`
    ${
      items.length === 0
        ? nothing
        : html`<ul class="draft-files" aria-label=${t('console.files.list')}>
            ${repeat(
              items,
              ({ key }) => key,
              (file) => renderFile(file, files, isMail),
            )}
          </ul>`
    }
    <p class="hidden-text" role="status">${sayStatus(items)}</p>
  `;
}

function renderFile(file: DraftFile, files: DraftFiles, isMail: boolean): TemplateResult {
  const { key, name, size, state, sent } = file;
  const remove = ({ target }: Event) => {
    keepFocus(target);
    files.remove(key);
  };
  const removal = t(state === 'sending' ? 'console.files.cancel' : 'console.files.remove', { name });
  return html`<li data-state=${state}>
    ${icon(state === 'failed' ? 'warn' : file.inline ? 'image' : 'clip')}
    <bdi class="name" title=${name}>${name}</bdi>
    <span class="muted">${fileSize(size)}${file.inline && isMail ? ` · ${t('console.files.inline')}` : ''}</span>
    ${state === 'sending' ? html`<progress max=${size || 1} .value=${sent} aria-label=${t('console.files.uploading', { name })}></progress>` : nothing}
    ${state === 'failed' ? html`<span class="bad">${file.problem}</span>` : nothing}
    ${
      file.canRetry
        ? html`<button type="button" class="quiet" aria-label=${t('console.files.retry', { name })} title=${t('console.retry')} @click=${() => files.retry(key)}>${icon('again')}</button>`
        : nothing
    }
    <button type="button" class="quiet" aria-label=${removal} title=${removal} @click=${remove}>${icon('close')}</button>
  </li>`;
}

/** Whoever goes by keys is not thrown back to the top of the page. */
function keepFocus(target: EventTarget | null): void {
  const line = target instanceof Element ? target.closest('li') : null;
  const form = line?.closest('form');
  const next = line?.nextElementSibling ?? line?.previousElementSibling;
  const place =
    next?.querySelector<HTMLElement>('button:last-of-type') ?? form?.querySelector<HTMLElement>('.attach button');
  place?.focus();
}

function sayStatus(items: readonly DraftFile[]): string {
  if (items.length === 0) return '';
  const failed = items.filter(({ state }) => state === 'failed');
  if (failed.length > 0) return failed.map(({ name, problem }) => `${name}: ${problem}`).join('. ');
  const ready = items.filter(({ state }) => state === 'ready').length;
  return t('console.files.status', { ready, all: items.length });
}

export const draftFilesStyles = css`
  .draft-files {
    display: flex;
    flex-wrap: wrap;
    gap: 0.35rem;
    max-block-size: 30dvh;
    padding: 0 0.9rem 0.4rem;
    overflow-y: auto;
  }
  .draft-files li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.4rem;
    max-inline-size: 100%;
    padding-inline-start: 0.5rem;
    border: 1px solid var(--line-strong);
    border-radius: var(--radius);
    background: var(--surface);
    color: var(--text);
    font-size: 0.85rem;
  }
  .draft-files li[data-state='failed'] {
    border-color: var(--bad);
  }
  .draft-files .name {
    max-inline-size: calc(100% - 1.5rem);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .draft-files .muted {
    white-space: nowrap;
  }
  .draft-files progress {
    inline-size: 5rem;
    accent-color: var(--accent);
  }
  .draft-files button {
    min-block-size: 1.75rem;
    padding: 0.25rem 0.4rem;
  }
  .attach {
    margin-inline-end: auto;
  }
  form[data-drop] {
    outline: 2px dashed var(--focus);
    outline-offset: -4px;
  }
`;
