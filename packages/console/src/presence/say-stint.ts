import type { Availability, Me, Stint } from '@helpline/protocol';
import { shortMoment } from '../format.js';
import { t } from '../texts.js';

/** Since when, and by whom if not by himself. */
export function saySince({ since, by }: Stint): string {
  const time = shortMoment(since);
  if (by.kind === 'supervisor') return t('console.availability.since_by', { time, name: by.name });
  return by.kind === 'desk'
    ? t(`console.availability.since.${by.why}`, { time })
    : t('console.availability.since', { time });
}

/** What he had better be told, now that somebody else changed it; null for nothing. */
export function sayChange(before: Me | null, now: Me): string | null {
  const { since, by, reason } = now.stint;
  if (!before || before.stint.since === since) return null;
  if (by.kind === 'supervisor')
    return t('console.availability.told.supervisor', {
      name: by.name,
      availability: sayAvailability(now.availability, reason),
    });
  return by.kind === 'desk' && by.why === 'connection_back' ? t('console.availability.told.connection_back') : null;
}

/** "On a break: Lunch". */
function sayAvailability(availability: Availability, reason: { name: string } | null): string {
  const being = t(`console.availability.${availability}`);
  return reason ? t('console.availability.with_reason', { availability: being, reason: reason.name }) : being;
}
