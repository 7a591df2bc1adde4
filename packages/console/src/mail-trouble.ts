import type { Contact } from '@helpline/protocol';
import { html, nothing } from 'lit';
import { dayOf } from './format.js';
import { t } from './texts.js';
import { icon } from './ui/icons.js';

/** Why mails to a customer are no good; nothing where they are. */
export function renderMailTrouble({ mailTrouble }: Contact) {
  if (!mailTrouble) return nothing;
  const { kind, at } = mailTrouble;
  return html`<span class="bad with-icon" data-trouble=${kind}>
    ${icon('warn')}<span>${t(`console.trouble.${kind}`, { day: dayOf(at) })}</span>
  </span>`;
}
