import { html, nothing, type TemplateResult } from 'lit';
import { fileKey } from '../chat-session.js';
import { linkify } from '../linkify.js';
import type { Message } from '../timeline.js';
import type { Words } from '../words.js';
import { icons } from './icons.js';

/** What may be done with a message. */
export interface MessageActions {
  retry: (key: string) => void;
  files: { open(n: number, index: number): void; failed: string | null };
}

/** One bubble. Who and when is said of every message, but shown only where a run of messages begins and ends. */
export function messageView(message: Message, words: Words, { retry, files }: MessageActions): TemplateResult {
  const side = message.from.kind === 'you' ? 'visitor' : 'agent';
  const author = message.from.kind === 'you' ? words.t('widget.you') : message.from.name;
  const showAuthor = message.first && side === 'agent';
  const showTime = message.last || message.state !== 'sent';
  return html`
    <li class="message ${side}" data-state=${message.state} ?data-first=${message.first} ?data-last=${message.last}
      part="message message-${side}">
      ${side === 'agent' ? html`<span class="avatar" aria-hidden="true">${message.last ? initials(author) : ''}</span>` : nothing}
      <p class="author ${showAuthor ? '' : 'visually-hidden'}"><bdi>${author}</bdi></p>
      <div class="bubble ${message.text === null ? 'removed' : ''}" part="bubble" dir="auto">${body(message, words, files)}</div>
      <p class="meta ${showTime ? '' : 'visually-hidden'}">${state(message, words, retry)}</p>
    </li>
  `;
}

function body(message: Message, words: Words, files: MessageActions['files']): unknown {
  if (message.text === null) return words.t('widget.removed');
  const text = linkify(message.text).map((piece) =>
    typeof piece === 'string'
      ? piece
      : html`<a href=${piece.href} target="_blank" rel="noopener noreferrer">${piece.href}</a>`,
  );
  return [...text, ...message.attachments.map((file, index) => fileView(file, index, message.n ?? 0, words, files))];
}

function fileView(
  { filename, size }: Message['attachments'][number],
  index: number,
  n: number,
  { t, fileSize }: Words,
  { open, failed }: MessageActions['files'],
): TemplateResult {
  const name = html`<span class="visually-hidden">${t('widget.download')} </span><bdi>${filename}</bdi> · ${fileSize(size)}`;
  const trouble = html`<span class="not-sent" role="alert">${icons.alert}${t('widget.file_failed')}</span>`;
  const button = html`<button class="file" type="button" @click=${() => open(n, index)}>${icons.file}<span>${name}</span></button>`;
  return html`${button}${failed === fileKey(n, index) ? trouble : nothing}`;
}

function state(message: Message, { t, time }: Words, retry: (key: string) => void): TemplateResult {
  if (message.state === 'pending') return html`<span>${t('widget.pending')}</span>`;
  if (message.state === 'failed') {
    return html`<span class="not-sent">${icons.alert}${t('widget.failed')}</span>
      <button class="retry" type="button" @click=${() => retry(message.key)}>${t('widget.retry')}</button>`;
  }
  return html`<time datetime=${message.at}><bdi>${time(message.at)}</bdi></time>${
    message.byEmail ? html`<span class="by-email">${icons.mail}${t('widget.by_email')}</span>` : nothing
  }${message.from.kind === 'you' && !message.byEmail ? html`<span class="sent">${icons.check}${t('widget.sent')}</span>` : nothing}`;
}

function initials(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : '']
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
