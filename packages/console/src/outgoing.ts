import { html, nothing, type TemplateResult } from 'lit';
import type { EntryOf, OpenConversation, OutgoingWriting } from './client.js';
import { type EntryContext, nameOf } from './entries/context.js';
import { timeOf } from './format.js';
import { sayError, t } from './texts.js';
import { icon } from './ui/icons.js';

/** What may be done with something that was not sent. */
export interface OutgoingActions {
  retry: (item: OutgoingWriting) => void;
  discard: (item: OutgoingWriting) => void;
  sendAnyway: (item: OutgoingWriting) => void;
  edit: (item: OutgoingWriting) => void;
}

/** What is on its way; left out as soon as it stands among the entries. */
export function stillOutgoing(open: OpenConversation): OutgoingWriting[] {
  const arrived = new Set(open.entries.map((entry) => entry.clientId));
  return open.outgoing.filter((item) => !arrived.has(item.clientId));
}

export function renderOutgoing(
  item: OutgoingWriting,
  open: OpenConversation,
  context: EntryContext,
  actions: OutgoingActions,
): TemplateResult {
  const isNote = item.body.kind === 'note';
  return html`
    <li class="message ours ${isNote ? 'note' : ''} outgoing" data-state=${item.state}>
      <span class="avatar" aria-hidden="true"></span>
      <article>
        <header>
          ${isNote ? html`<span class="mark">${icon('note')}${t('console.entry.note')}</span>` : nothing}
          <time datetime=${item.at}>${timeOf(item.at)}</time>
        </header>
        <p class="text" dir="auto">${item.body.text}</p>
        ${renderNames(item)}
        ${renderState(item, open, context, actions)}
      </article>
    </li>
  `;
}

const renderNames = ({ body: { attachments = [] } }: OutgoingWriting) =>
  attachments.length === 0
    ? nothing
    : html`<ul class="files" aria-label=${t('console.attachments')}>
        ${attachments.map(({ filename }) => html`<li>${icon('clip')}<bdi>${filename}</bdi></li>`)}
      </ul>`;

function renderState(
  item: OutgoingWriting,
  open: OpenConversation,
  context: EntryContext,
  actions: OutgoingActions,
): TemplateResult {
  if (item.state !== 'failed')
    return html`<footer><span>${icon('clock')}${t('console.outgoing.pending')}</span></footer>`;
  if (item.error?.code === 'stale') return renderStale(item, open, context, actions);
  return html`
    <footer class="bad" role="alert">
      <span>${icon('warn')}${t('console.outgoing.failed')}${item.error ? `: ${sayError(item.error)}` : ''}</span>
      <span class="actions">
        <button type="button" @click=${() => actions.retry(item)}>${t('console.retry')}</button>
        <button type="button" @click=${() => actions.edit(item)}>${t('console.stale.edit')}</button>
        <button type="button" @click=${() => actions.discard(item)}>${t('console.outgoing.discard')}</button>
      </span>
    </footer>
  `;
}

/** The answer crossed with something new: it is shown here, and the agent decides. */
function renderStale(
  item: OutgoingWriting,
  open: OpenConversation,
  context: EntryContext,
  actions: OutgoingActions,
): TemplateResult {
  const news = unseenBy(item, open);
  return html`
    <section class="stale" role="alert">
      <p class="bad">${icon('warn')}<strong>${t('console.stale')}</strong></p>
      ${
        news.length === 0
          ? html`<p>${t('console.stale.none')}</p>`
          : html`<ul>
              ${news.map(
                (entry) => html`<li>
                  <strong><bdi>${nameOf(entry.actor, context)}</bdi></strong> <span dir="auto">${entry.payload.text}</span>
                </li>`,
              )}
            </ul>`
      }
      <p class="actions">
        <button type="button" class="primary" @click=${() => actions.sendAnyway(item)}>${t('console.stale.send')}</button>
        <button type="button" @click=${() => actions.edit(item)}>${t('console.stale.edit')}</button>
        <button type="button" @click=${() => actions.discard(item)}>${t('console.outgoing.discard')}</button>
      </p>
    </section>
  `;
}

/** What others wrote meanwhile: only one's own entries come with their clientId. */
function unseenBy({ body }: OutgoingWriting, open: OpenConversation): EntryOf<'message'>[] {
  if (body.kind !== 'reply') return [];
  return open.entries.filter(
    (entry): entry is EntryOf<'message'> =>
      entry.type === 'message' && entry.seq > body.expectedSeq && entry.clientId === undefined,
  );
}
