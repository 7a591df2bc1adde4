import { describe, expect, it } from 'vitest';
import { readMail } from '../../read-mail.js';
import { anaToBen, mixed, part, rawMail } from '../../sample-mail.js';

const berlin = [
  'BEGIN:VTIMEZONE',
  'TZID:W. Europe Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

function calendar(method: string, ...event: string[]): string[] {
  const head = method === '' ? [] : [`METHOD:${method}`];
  return ['BEGIN:VCALENDAR', ...head, ...berlin, 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR'];
}

async function inviteOf(lines: string[], type = 'text/calendar; charset=utf-8') {
  const mail = rawMail(
    [...anaToBen, mixed],
    ...part(['Content-Type: text/plain'], 'Come!'),
    ...part([`Content-Type: ${type}`], ...lines),
    '--cut--',
  );
  return (await readMail(mail)).invite;
}

describe('an invitation', () => {
  it('tells what, when, where and who', async () => {
    const invite = await inviteOf(
      calendar(
        'REQUEST',
        'ORGANIZER;CN="Fox, Ana":mailto:ana@example.com',
        'SUMMARY;LANGUAGE=de:Planung\\, dann ',
        ' Kaffee',
        'DTSTART;TZID=W. Europe Standard Time:20260702T100000',
        'DTEND;TZID=W. Europe Standard Time:20260702T113000',
        'LOCATION:Raum\\; 1',
        'RRULE:FREQ=WEEKLY;BYDAY=XX',
      ),
    );
    expect(invite).toEqual({
      method: 'request',
      summary: 'Planung, dann Kaffee',
      start: '2026-07-02T08:00:00.000Z',
      end: '2026-07-02T09:30:00.000Z',
      repeats: true,
      location: 'Raum; 1',
      organizer: { address: 'ana@example.com', name: 'Fox, Ana' },
      answer: null,
    });
  });

  it.each([
    ['in winter', 'DTSTART;TZID=W. Europe Standard Time:20260115T100000', '2026-01-15T09:00:00.000Z'],
    ['in a zone known by name', 'DTSTART;TZID=America/New_York:20260702T100000', '2026-07-02T14:00:00.000Z'],
    ['just after the clocks go forward', 'DTSTART;TZID=Europe/Berlin:20260329T030000', '2026-03-29T01:00:00.000Z'],
    ['in UTC', 'DTSTART:20260702T100000Z', '2026-07-02T10:00:00.000Z'],
    ['in no zone', 'DTSTART:20260702T100000', '2026-07-02T10:00:00'],
    ['in a zone nobody knows', 'DTSTART;TZID=Nowhere:20260702T100000', '2026-07-02T10:00:00'],
    ['on a whole day', 'DTSTART;VALUE=DATE:20260702', '2026-07-02'],
    ['never', 'DTSTART:soon', null],
  ])('is %s', async (_when, line, expected) => {
    expect((await inviteOf(calendar('REQUEST', line)))?.start).toBe(expected);
  });

  it('may tell how long instead of until when', async () => {
    const invite = await inviteOf(calendar('', 'DTSTART;VALUE=DATE:20260702', 'DURATION:P2D'));
    expect(invite).toMatchObject({ method: 'publish', start: '2026-07-02', end: '2026-07-04' });
  });

  it('is answered and cancelled', async () => {
    const reply = calendar('REPLY', 'SUMMARY:Planung', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ben@shop.example');
    expect(await inviteOf(reply)).toMatchObject({ method: 'reply', answer: 'needs_action' });
    expect(await inviteOf(calendar('CANCEL', 'SUMMARY:Planung'))).toMatchObject({ method: 'cancel', answer: null });
    const declared = 'text/calendar; method=COUNTER';
    expect(await inviteOf(calendar('', 'SUMMARY:Planung'), declared)).toMatchObject({ method: 'counter' });
  });

  it('is none where there is no event', async () => {
    expect(await inviteOf(['BEGIN:VCALENDAR', 'END:VCALENDAR'])).toBeNull();
    expect(await inviteOf(['nothing of the kind'])).toBeNull();
    expect(await inviteOf(['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'SUMMARY:Never closed'])).toMatchObject({
      summary: 'Never closed',
      start: null,
    });
  });
});
