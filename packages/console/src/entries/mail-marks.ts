import type { MailHead } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { t } from '../texts.js';
import { type IconName, icon } from '../ui/icons.js';

interface Mark {
  look: 'bad' | 'doubt' | 'plain';
  icon: IconName;
  text: string;
}

/** What must be known of a mail before it is believed: who vouches for its sender, and how it is sealed. */
export function renderMarks(mail: MailHead, automatic: boolean): TemplateResult | typeof nothing {
  const marks = marksOf(mail, automatic);
  if (marks.length === 0) return nothing;
  return html`<ul class="marks" aria-label=${t('console.mail.marks')}>
    ${marks.map((mark) => html`<li class=${mark.look}>${icon(mark.icon)}${mark.text}</li>`)}
  </ul>`;
}

function marksOf({ authenticity, protection, forwardedBy }: MailHead, automatic: boolean): Mark[] {
  const marks: Mark[] = [];
  if (authenticity === 'failed') marks.push({ look: 'bad', icon: 'warn', text: t('console.mail.sender.failed') });
  if (authenticity === 'unknown') marks.push({ look: 'doubt', icon: 'warn', text: t('console.mail.sender.unknown') });
  if (protection?.encrypted)
    marks.push({ look: 'plain', icon: 'lock', text: t('console.mail.encrypted', { standard: nameOf(protection) }) });
  if (protection?.signed)
    marks.push({ look: 'plain', icon: 'seal', text: t('console.mail.signed', { standard: nameOf(protection) }) });
  if (forwardedBy)
    marks.push({
      look: 'plain',
      icon: 'person',
      text: t('console.mail.forwarded_by', { name: forwardedBy.name || forwardedBy.address }),
    });
  if (automatic) marks.push({ look: 'plain', icon: 'again', text: t('console.mail.automatic') });
  return marks;
}

const nameOf = ({ standard }: NonNullable<MailHead['protection']>): string =>
  standard === 'pgp' ? 'OpenPGP' : 'S/MIME';
