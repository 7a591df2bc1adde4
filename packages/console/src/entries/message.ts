import type { Envelope, MailHead } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { initials, momentOf, timeOf } from '../format.js';
import { named } from '../mail/people.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import { linkify } from '../ui/linkify.js';
import { type EntryContext, isCustomer, nameOf } from './context.js';
import { cutPart } from './cut-part.js';
import { renderDelivery } from './delivery.js';
import { renderEntryFiles } from './entry-files.js';
import { renderInvite } from './invite.js';
import { renderMarks } from './mail-marks.js';
import { renderFollows, renderSplitOffer } from './split.js';
import './mail.js';

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
          <button type="button" class="link forward" @click=${() => context.forward(entry)}>${t('console.mail.forward')}</button>
        </header>
        ${context.removed.has(entry.seq) ? html`<p class="muted">${t('console.entry.removed')}</p>` : renderBody(entry, context)}
        ${isOurs ? renderDelivery(entry, context) : nothing}
      </article>
    </li>
  `;
}

function renderBody(entry: EntryOf<'message'>, context: EntryContext) {
  const { text, mail, envelope, attachments = [], automatic = false, opening } = entry.payload;
  return html`
    ${envelope ? renderEnvelope(envelope) : nothing}
    ${opening?.follows ? renderFollows(opening.follows) : nothing}
    ${mail ? renderMailHead(mail, automatic) : nothing}
    ${mail?.newSubject && !opening ? renderSplitOffer(entry) : nothing}
    ${mail ? renderMail(entry, mail, context) : renderText(text)}
    ${renderEntryFiles(attachments, context, mail !== undefined)}
  `;
}

const renderText = (text: string) => (text === '' ? nothing : html`<p class="text" dir="auto">${linkify(text)}</p>`);

function renderMail({ id, seq, payload }: EntryOf<'message'>, mail: MailHead, context: EntryContext) {
  const { text, attachments = [] } = payload;
  const rest = cutPart(text, mail.fullText);
  return html`
    <console-mail
      .entryId=${id}
      .hasHtml=${mail.htmlFileId !== undefined}
      .showsAtOnce=${attachments.some(({ inline }) => inline)}
      .page=${(images: boolean) => context.mailPage(seq, images)}
      .openOriginal=${() => context.openOriginal(seq)}
    >
      ${text === '' ? html`<p class="muted">${t('console.mail.no_text')}</p>` : html`<p class="text" dir="auto">${linkify(text)}</p>`}
      ${
        rest
          ? html`<details class="rest">
              <summary aria-label=${t('console.mail.quoted')} title=${t('console.mail.quoted')}>…</summary>
              <p class="text" dir="auto">${linkify(rest)}</p>
            </details>`
          : nothing
      }
    </console-mail>
  `;
}

/** Whom a mail of ours goes to, where its author said so. */
function renderEnvelope({ subject, to, cc, bcc }: Envelope) {
  return html`
    ${subject ? html`<p class="subject" dir="auto">${subject}</p>` : nothing}
    ${to.length > 0 ? html`<p class="people">${t('console.mail.to', { to: named(to) })}</p>` : nothing}
    ${cc.length > 0 ? html`<p class="people">${t('console.mail.cc', { cc: named(cc) })}</p>` : nothing}
    ${bcc.length > 0 ? html`<p class="people">${t('console.mail.bcc', { bcc: named(bcc) })}</p>` : nothing}
  `;
}

function renderMailHead(mail: MailHead, automatic: boolean) {
  return html`
    <p class="subject" dir="auto">${mail.subject || t('console.no_subject')}</p>
    ${mail.to.length > 0 ? html`<p class="people">${t('console.mail.to', { to: named(mail.to) })}</p>` : nothing}
    ${mail.cc.length > 0 ? html`<p class="people">${t('console.mail.cc', { cc: named(mail.cc) })}</p>` : nothing}
    ${renderMarks(mail, automatic)}
    ${mail.invite ? renderInvite(mail.invite) : nothing}
  `;
}
