import { readAddresses } from '../../addresses.js';
import type { Invite, MailAddress } from '../../types.js';
import { decodeText } from '../charset.js';
import { type MimePart, walkParts } from '../parse-mime.js';
import { type Component, type Field, fieldOf, readComponents, textOf } from './content-lines.js';
import { offsetAt, readLocal } from './offset.js';

/**
 * The meeting a mail is about. Our own reader: ical.js is under a licence unlike ours; node-ical takes times without a zone
 * for some zone's, and a wrong rule of repetition for the end of everything.
 */
export function readInvite(root: MimePart): Invite | null {
  for (const part of walkParts(root)) {
    if (part.children.length > 0 || !isCalendar(part)) continue;
    const invite = readCalendar(decodeText(part.body, part.parameters.get('charset')), part.parameters.get('method'));
    if (invite) return invite;
  }
  return null;
}

function isCalendar({ type, filename }: MimePart): boolean {
  return type === 'text/calendar' || type === 'application/ics' || /\.ics$/i.test(filename ?? '');
}

function readCalendar(text: string, declaredMethod = ''): Invite | null {
  const calendar = readComponents(text).children.find(({ name }) => name === 'VCALENDAR');
  const events = calendar?.children.filter(({ name }) => name === 'VEVENT' || name === 'VTODO') ?? [];
  const event = events.find((one) => fieldOf(one, 'RECURRENCE-ID') === null) ?? events[0];
  if (!calendar || !event) return null;
  const method = (textOf(fieldOf(calendar, 'METHOD')) || declaredMethod || 'publish').toLowerCase();
  const start = fieldOf(event, 'DTSTART');
  return {
    method: /^[a-z]{1,30}$/.test(method) ? method : 'publish',
    summary: textOf(fieldOf(event, 'SUMMARY')),
    start: start && timeOf(start, calendar),
    end: endOf(event, calendar),
    repeats: fieldOf(event, 'RRULE') !== null || fieldOf(event, 'RDATE') !== null,
    location: textOf(fieldOf(event, 'LOCATION')),
    organizer: personOf(fieldOf(event, 'ORGANIZER')),
    answer: method === 'reply' ? answerOf(event) : null,
  };
}

const whole = 'YYYY-MM-DD'.length;

/** An instant in UTC; without Z where the zone is not known; the mere date of whole days. */
function timeOf({ value, parameters }: Field, calendar: Component, later = 0): string | null {
  const local = readLocal(value);
  if (local === null || Math.abs(local) > 8e15) return null;
  if (/^\d{8}$/.test(value.trim())) return new Date(local + later).toISOString().slice(0, whole);
  if (value.trim().endsWith('Z')) return new Date(local + later).toISOString();
  const zone = parameters.get('TZID');
  const offset = zone === undefined ? null : offsetAt(local, zone, calendar);
  if (offset === null) return new Date(local + later).toISOString().slice(0, -'.000Z'.length);
  return new Date(local - offset + later).toISOString();
}

function endOf(event: Component, calendar: Component): string | null {
  const end = fieldOf(event, 'DTEND') ?? fieldOf(event, 'DUE');
  if (end) return timeOf(end, calendar);
  const start = fieldOf(event, 'DTSTART');
  const duration = readDuration(fieldOf(event, 'DURATION')?.value ?? '');
  return start && duration !== null ? timeOf(start, calendar, duration) : null;
}

/** `P1DT2H30M` in milliseconds. */
function readDuration(value: string): number | null {
  const parts = /^P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/.exec(
    value.trim(),
  );
  if (!parts) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return (((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds) * 1000;
}

function personOf(field: Field | null): MailAddress | null {
  if (!field) return null;
  const address = readAddresses(field.value.trim().replace(/^mailto:/i, ''))[0]?.address ?? '';
  const name = field.parameters.get('CN') ?? '';
  return address.includes('@') || name !== '' ? { address: address.includes('@') ? address : '', name } : null;
}

/** A reply names one attendee: whoever answers. */
function answerOf(event: Component): string | null {
  return fieldOf(event, 'ATTENDEE')?.parameters.get('PARTSTAT')?.toLowerCase().replace(/-/g, '_') ?? null;
}
