import type { Attachment } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { fileSize, initials, momentOf, timeOf } from '../format.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import { linkify } from '../ui/linkify.js';
import { type EntryContext, isCustomer, nameOf } from './context.js';
import { renderDelivery } from './delivery.js';
import './mail-html.js';

/** A message of either side. `continues` leaves out who wrote it, as the one above is his too. */
export function renderMessage(entry: EntryOf<'message'>, context: EntryContext, continues: boolean): TemplateResult {
  const isOurs = !isCustomer(entry.actor);
  const name = nameOf(entry.actor, context);
  return html`
    <li class="message ${isOurs ? 'ours' : 'theirs'} ${continues ? 'continues' : ''}" data-seq=${entry.seq}>
      <span class="avatar" aria-hidden="true">${continues ? '' : initials(name)}</span>
      <article aria-label=${name}>
        <header>
          <bdi class="name">${name}</bdi>
          <span class="mark">${icon(entry.payload.channel)}${t(`console.channel.${entry.payload.channel}`)}</span>
          <time datetime=${entry.at} title=${momentOf(entry.at)}>${timeOf(entry.at)}</time>
        </header>
        ${context.removed.has(entry.seq) ? html`<p class="muted">${t('console.entry.removed')}</p>` : renderBody(entry, context)}
        ${isOurs ? renderDelivery(entry, context) : nothing}
      </article>
    </li>
  `;
}

function renderBody({ payload }: EntryOf<'message'>, context: EntryContext) {
  const { mail, attachments = [] } = payload;
  return html`
    ${mail ? renderMailHead(mail) : nothing}
    <p class="text" dir="auto">${linkify(payload.text)}</p>
    ${
      mail?.fullText && mail.fullText !== payload.text
        ? html`<details class="full">
            <summary>${t('console.mail.full_text')}</summary>
            <p class="text" dir="auto">${linkify(mail.fullText)}</p>
          </details>`
        : nothing
    }
    ${mail?.htmlFileId ? html`<console-mail-html .fileId=${mail.htmlFileId} .linkTo=${context.linkTo}></console-mail-html>` : nothing}
    ${attachments.length > 0 ? renderFiles(attachments, context) : nothing}
  `;
}

function renderMailHead(mail: NonNullable<EntryOf<'message'>['payload']['mail']>) {
  const list = (people: readonly { address: string; name: string }[]): string =>
    people.map((one) => one.name || one.address).join(', ');
  return html`
    <p class="subject" dir="auto">${mail.subject || t('console.no_subject')}</p>
    ${mail.to.length > 0 ? html`<p class="people">${t('console.mail.to', { to: list(mail.to) })}</p>` : nothing}
    ${mail.cc.length > 0 ? html`<p class="people">${t('console.mail.cc', { cc: list(mail.cc) })}</p>` : nothing}
  `;
}

const renderFiles = (files: readonly Attachment[], context: EntryContext) => html`
  <ul class="files" aria-label=${t('console.attachments')}>
    ${files.map(
      ({ fileId, filename, size }) => html`<li>
        <button type="button" @click=${() => context.openFile(fileId)}>
          ${icon('clip')}<bdi>${filename}</bdi> <span class="muted">${fileSize(size)}</span>
        </button>
      </li>`,
    )}
  </ul>
`;
