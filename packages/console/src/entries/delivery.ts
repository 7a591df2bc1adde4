import { html, nothing } from 'lit';
import type { EntryOf } from '../client.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import type { EntryContext } from './context.js';

/** What became of a message of ours: on its way, sent, failed, come back, seen. */
export function renderDelivery(message: EntryOf<'message'>, context: EntryContext) {
  const delivery = context.deliveries.get(message.seq)?.payload;
  const isWaiting = !delivery && message.payload.channel === 'email';
  const isSeen = context.seenMessage === message.seq;
  if (!delivery && !isWaiting && !isSeen) return nothing;
  return html`<footer>
    ${isWaiting ? html`<span>${icon('clock')}${t('console.delivery.waiting')}</span>` : nothing}
    ${delivery ? renderOutcome(delivery) : nothing}
    ${isSeen ? html`<span class="seen">${icon('resolved')}${t('console.seen')}</span>` : nothing}
  </footer>`;
}

function renderOutcome({ state, detail, to }: EntryOf<'delivery'>['payload']) {
  const isFine = state === 'sent' || state === 'not_needed';
  return html`
    <span class=${isFine ? '' : 'bad'} data-delivery=${state} title=${to.join(', ')}>
      ${icon(isFine ? 'email' : 'warn')}${t(`console.delivery.${state}`)}${detail && !isFine ? html`: <bdi>${detail}</bdi>` : nothing}
    </span>
  `;
}
