import type { MailInvite } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { periodOf } from '../format.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';

/** The meeting that a mail is about. The invitation itself stands among the files. */
export function renderInvite(invite: MailInvite): TemplateResult {
  const { summary, start, end, repeats, location, organizer } = invite;
  return html`
    <section class="invite" aria-label=${t('console.invite')}>
      <p class="kind">${icon('calendar')}${kindOf(invite)}</p>
      <p class=${invite.method === 'cancel' ? 'off' : ''}>
        <strong dir="auto">${summary || t('console.invite.unnamed')}</strong>
      </p>
      ${start ? html`<p>${periodOf(start, end)}${repeats ? ` · ${t('console.invite.repeats')}` : ''}</p>` : nothing}
      ${location ? html`<p class="muted"><bdi>${location}</bdi></p>` : nothing}
      ${organizer ? html`<p class="muted">${t('console.invite.by', { name: organizer.name || organizer.address })}</p>` : nothing}
    </section>
  `;
}

function kindOf({ method, answer }: MailInvite): string {
  switch (method) {
    case 'request':
    case 'cancel':
    case 'counter':
      return t(`console.invite.${method}`);
    case 'reply':
      return answer === 'accepted' || answer === 'declined' || answer === 'tentative'
        ? t(`console.invite.${answer}`)
        : t('console.invite.reply');
    default:
      return t('console.invite');
  }
}
