import { html, nothing } from 'lit';
import type { EntryOf } from '../client.js';
import { momentOf } from '../format.js';
import { t } from '../texts.js';
import { icon } from '../ui/icons.js';
import { type EntryContext, isCustomer, type Ours } from './context.js';

/** What became of a message of ours: on its way, sent, failed, come back, seen. */
export function renderDelivery(entry: Ours, context: EntryContext) {
  const deliveries = [...(context.deliveries.get(entry.seq)?.values() ?? [])];
  const isSeen = context.seenMessage === entry.seq;
  const waits = isWaiting(entry, context);
  if (deliveries.length === 0 && !waits && !isSeen) return nothing;
  return html`<footer>
    ${waits ? renderWaiting(entry, context) : nothing}
    ${deliveries.map(({ payload }) => renderOutcome(payload, deliveries.length > 1))}
    ${isSeen ? html`<span class="seen">${icon('resolved')}${t('console.seen')}</span>` : nothing}
  </footer>`;
}

/** Whether its mail is still to go, as far as is known. */
export const isWaiting = (entry: Ours, { deliveries }: Pick<EntryContext, 'deliveries'>): boolean =>
  !isCustomer(entry.actor) &&
  !deliveries.has(entry.seq) &&
  (entry.type === 'forwarded' || entry.payload.channel === 'email');

function renderWaiting(entry: Ours, { callBack }: EntryContext) {
  const { sendAt } = entry.payload.envelope ?? {};
  const isScheduled = sendAt !== undefined && Date.parse(sendAt) > Date.now();
  return html`
    <span>
      ${icon('clock')}${isScheduled ? t('console.delivery.scheduled', { time: momentOf(sendAt) }) : t('console.delivery.waiting')}
    </span>
    <button type="button" class="link" @click=${() => callBack(entry)}>${t('console.delivery.call_back')}</button>
  `;
}

function renderOutcome({ state, detail, to }: EntryOf<'delivery'>['payload'], isOneOfMany: boolean) {
  const isFine = state === 'sent' || state === 'not_needed' || state === 'called_back';
  const what = t(`console.delivery.${state}`);
  return html`
    <span class=${isFine ? '' : 'bad'} data-delivery=${state} title=${to.join(', ')}>
      ${icon(isFine ? 'email' : 'warn')}${isOneOfMany ? t('console.delivery.with_people', { what, to: to.join(', ') }) : what}${detail && !isFine ? html`: <bdi>${detail}</bdi>` : nothing}
    </span>
  `;
}
