import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Item } from '../timeline.js';
import type { Words } from '../words.js';
import { icons } from './icons.js';
import { type MessageActions, messageView } from './message.js';

interface LogView {
  words: Words;
  items: Item[];
  loading: boolean;
  typist: string | null;
  actions: MessageActions;
}

const statusText = { resolved: 'widget.resolved', open: 'widget.reopened', closed: 'widget.closed' } as const;

/** The messages. Not a live region: history and the visitor's own words are not read out. */
export function logView({ words, items, loading, typist, actions }: LogView): TemplateResult {
  const { t } = words;
  const waiting = loading && items.length === 0;
  return html`
    <div class="log" part="log" role="log" aria-live="off" tabindex="0" aria-label=${t('widget.log')}
      aria-busy=${waiting ? 'true' : 'false'}>
      <div class="content">
        ${waiting ? skeleton(words) : nothing}
        ${!waiting && items.length === 0 ? empty(words) : nothing}
        <ol class="items">
          ${repeat(
            items,
            ({ key }) => key,
            (item) => itemView(item, words, actions),
          )}
        </ol>
        ${typist === null ? nothing : typing(words, typist)}
      </div>
    </div>
  `;
}

function itemView(item: Item, words: Words, actions: MessageActions): TemplateResult {
  if (item.kind === 'day') return html`<li class="day"><time datetime=${item.at}>${words.day(item.at)}</time></li>`;
  if (item.kind === 'status') return html`<li class="status" dir="auto">${words.t(statusText[item.to])}</li>`;
  return messageView(item, words, actions);
}

function skeleton({ t }: Words): TemplateResult {
  return html`<div class="skeleton"><p class="visually-hidden">${t('widget.loading')}</p><i></i><i></i><i></i></div>`;
}

function empty({ t }: Words): TemplateResult {
  return html`<div class="empty" dir="auto">
    <span class="greeting">${icons.chat}</span>
    <h3>${t('widget.empty_title')}</h3>
    <p>${t('widget.empty_text')}</p>
  </div>`;
}

function typing({ t }: Words, name: string): TemplateResult {
  return html`<p class="typing">
    <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><bdi>${t('widget.typing', { name })}</bdi>
  </p>`;
}
