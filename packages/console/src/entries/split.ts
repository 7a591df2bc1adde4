import type { Opening } from '@helpline/protocol';
import { html, type TemplateResult } from 'lit';
import type { EntryOf } from '../client.js';
import { toConversation } from '../route.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import { type EntryContext, nameOf } from './context.js';
import { renderLine } from './line.js';

/** A message became the beginning of a conversation of its own. */
export function renderSplitOff(entry: EntryOf<'split_off'>, context: EntryContext): TemplateResult {
  const { of, into } = entry.payload;
  const said = t('console.entry.split_off', { by: nameOf(entry.actor, context), of });
  return renderLine(entry, 'email', html`${said} ${linkTo(into)}`);
}

/** The conversation that this one comes from, and why it is not there. */
export const renderFollows = ({ conversationId, why }: NonNullable<Opening['follows']>): TemplateResult =>
  html`<p class="people follows">${t(`console.follows.${why}`)} ${linkTo(conversationId)}</p>`;

/** A mail about something else may have a conversation of its own. */
export const renderSplitOffer = (entry: EntryOf<'message'>): TemplateResult => html`
  <p class="people split">
    ${icon('email')}${t('console.split.why')}
    <button
      type="button"
      class="link"
      @click=${({ currentTarget }: Event) => currentTarget?.dispatchEvent(new CustomEvent('split-off', { detail: entry.seq, bubbles: true, composed: true }))}
    >
      ${t('console.split.do')}
    </button>
  </p>
`;

const linkTo = (conversationId: string) =>
  html`<a href=${toConversation(conversationId)}>${t('console.follows.open')}</a>`;

declare global {
  interface HTMLElementEventMap {
    /** Somebody wants the message with this number to be a conversation of its own. */
    'split-off': CustomEvent<number>;
  }
}
