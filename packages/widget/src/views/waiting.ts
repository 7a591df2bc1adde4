import type { VisitorSession } from '@helpline/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { ChatClient } from '../chat-session.js';
import type { Words } from '../words.js';

type Hours = VisitorSession['hours'];

/** Null while it is open, as far as is known here. */
export function hoursWhenClosed(session: VisitorSession | null): Hours | null {
  if (!session || session.hours.isOpen) return null;
  const { opensAt } = session.hours;
  return opensAt !== null && Date.parse(opensAt) <= Date.now() ? null : session.hours;
}

/** When somebody will be there, or how far the visitor has come in the queue; empty where there is nothing to say. */
export function sayWaiting({ session, place, conversationId }: ChatClient, words: Words): string {
  const closed = hoursWhenClosed(session);
  if (!closed) return place ? sayPlace(place, words) : '';
  const address = conversationId === null ? null : (session?.visitor.address ?? null);
  const answered = address ? ` ${words.t('widget.left', { address })}` : '';
  return sayClosed(closed, words) + answered;
}

const sayClosed = ({ opensAt }: Hours, { t, moment }: Words): string =>
  opensAt ? t('widget.away_until', { when: moment(opensAt) }) : t('widget.away');

function sayPlace({ position, waitSeconds }: NonNullable<ChatClient['place']>, { t, duration }: Words): string {
  const place = position === 1 ? t('widget.next') : t('widget.place', { position });
  if (waitSeconds === null) return `${place} ${t('widget.wait_unknown')}`;
  return `${place} ${waitSeconds < 60 ? t('widget.wait_short') : t('widget.wait', { time: duration(waitSeconds) })}`;
}

/** It changes too often to be read out each time: the chat does that now and then. */
export function waitingNote(client: ChatClient, words: Words): TemplateResult | typeof nothing {
  const said = sayWaiting(client, words);
  return said ? html`<p class="waiting" part="waiting"><bdi>${said}</bdi></p>` : nothing;
}
