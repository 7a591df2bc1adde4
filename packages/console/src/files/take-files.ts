import { html, type TemplateResult } from 'lit';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import type { DraftFiles } from './draft-files.js';

/** Where one chooses files. */
export function renderAttach(files: DraftFiles): TemplateResult {
  const choose = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLElement) currentTarget.parentElement?.querySelector('input')?.click();
  };
  const take = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return;
    files.add(target.files ?? []);
    target.value = ''; // so that the same file can be chosen again
  };
  return html`<span class="attach">
    <button type="button" class="quiet" aria-label=${t('console.files.attach')} title=${t('console.files.attach')} @click=${choose}>
      ${icon('clip')}
    </button>
    <input type="file" multiple hidden aria-label=${t('console.files.attach')} @change=${take} />
  </span>`;
}

/** A picture that is pasted stands in the text; any other file goes along. */
export function takePasted(event: ClipboardEvent, files: DraftFiles): void {
  const pasted = [...(event.clipboardData?.files ?? [])];
  const isText = event.clipboardData?.types.includes('text/plain') ?? false; // a table is copied with its picture
  if (pasted.length === 0 || isText) return;
  event.preventDefault();
  files.add(pasted, true);
}

/** What is dropped on `zone` goes along. */
export const dropOn = (files: DraftFiles) => ({
  over(event: DragEvent): void {
    if (!hasFiles(event)) return;
    event.preventDefault();
    zoneOf(event)?.toggleAttribute('data-drop', true);
  },
  leave(event: DragEvent): void {
    const zone = zoneOf(event);
    if (!(event.relatedTarget instanceof Node && zone?.contains(event.relatedTarget)))
      zone?.removeAttribute('data-drop');
  },
  drop(event: DragEvent): void {
    zoneOf(event)?.removeAttribute('data-drop');
    if (!hasFiles(event)) return;
    event.preventDefault();
    files.add(event.dataTransfer?.files ?? []);
  },
});

/** Dropped beside every place for it, a file would take the place of the console. */
export function refuseStrayDrops(): void {
  for (const type of ['dragover', 'drop'] as const)
    addEventListener(type, (event) => {
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
    });
}

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

const zoneOf = ({ currentTarget }: Event): HTMLElement | null =>
  currentTarget instanceof HTMLElement ? currentTarget : null;
