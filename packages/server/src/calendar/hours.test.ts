import type { BusinessHours } from '@helpline/protocol';
import { describe, expect, test } from 'vitest';
import { isOpen, nextChange, nextOpening } from './index.js';

const weekdays = [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:30' }));
const everyDay = (from: string, to: string) => [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, from, to }));
const berlin: BusinessHours = { timeZone: 'Europe/Berlin', days: weekdays };
const opening = (hours: BusinessHours, at: string) => nextOpening(hours, new Date(at))?.toISOString() ?? null;
const change = (hours: BusinessHours, at: string) => nextChange(hours, new Date(at))?.toISOString() ?? null;
const isOpenAt = (hours: BusinessHours, ...instants: string[]) => instants.map((at) => isOpen(hours, new Date(at)));

describe('whether it is open', () => {
  test('from the first minute to before the last, by the clock of the place', () => {
    const instants = ['2026-01-05T07:59:59Z', '2026-01-05T08:00:00Z', '2026-01-05T16:29:59Z', '2026-01-05T16:30:00Z'];
    expect(isOpenAt(berlin, ...instants)).toEqual([false, true, true, false]);
  });

  test('summer time moves it, and days are those of the place', () => {
    expect(isOpenAt(berlin, '2026-07-06T07:00:00Z', '2026-01-04T10:00:00Z')).toEqual([true, false]);
    const tokyo = { timeZone: 'Asia/Tokyo', days: [{ day: 1, from: '08:00', to: '10:00' }] };
    expect(isOpenAt(tokyo, '2026-01-04T23:30:00Z')).toEqual([true]);
  });

  test('midnight belongs to the day that begins, and 24:00 is the end of one', () => {
    const sunday = { timeZone: 'UTC', days: [{ day: 0, from: '00:00', to: '24:00' }] };
    const instants = ['2026-01-04T00:00:00Z', '2026-01-04T23:59:59Z', '2026-01-05T00:00:00Z'];
    expect(isOpenAt(sunday, ...instants)).toEqual([true, true, false]);
  });

  test('a day may have a break in the middle', () => {
    const days = [
      { day: 1, from: '09:00', to: '12:00' },
      { day: 1, from: '13:00', to: '17:00' },
    ];
    const instants = ['2026-01-05T11:59:00Z', '2026-01-05T12:30:00Z', '2026-01-05T13:00:00Z'];
    expect(isOpenAt({ timeZone: 'UTC', days }, ...instants)).toEqual([true, false, true]);
  });

  test('what ends before it begins goes on into the next day, also from Saturday into Sunday', () => {
    const night = { timeZone: 'UTC', days: [{ day: 6, from: '22:00', to: '06:00' }] };
    const instants = ['2026-01-03T05:00:00Z', '2026-01-03T22:00:00Z', '2026-01-04T05:59:00Z', '2026-01-04T06:00:00Z'];
    expect(isOpenAt(night, ...instants)).toEqual([false, true, true, false]);
    const aroundTheClock = { timeZone: 'UTC', days: [{ day: 1, from: '09:00', to: '09:00' }] };
    expect(isOpenAt(aroundTheClock, '2026-01-05T09:00:00Z', '2026-01-06T08:59:00Z')).toEqual([true, true]);
  });

  test('a holiday is closed from its midnight to the next, which cuts the night before off', () => {
    const holidays = [{ date: '2026-01-01', name: 'New Year' }];
    const night = { timeZone: 'Europe/Berlin', days: everyDay('20:00', '04:00'), holidays };
    const instants = ['2025-12-31T22:59:00Z', '2025-12-31T23:00:00Z', '2026-01-01T22:59:00Z', '2026-01-01T23:00:00Z'];
    expect(isOpenAt(night, ...instants)).toEqual([true, false, false, true]);
  });
});

describe('where the clock is moved', () => {
  test('what it skips never comes: the night between is an hour shorter', () => {
    const night = { timeZone: 'Europe/Berlin', days: [{ day: 6, from: '22:00', to: '03:00' }] };
    expect(opening(night, '2026-03-28T12:00:00Z')).toBe('2026-03-28T21:00:00.000Z');
    expect(change(night, '2026-03-28T21:00:00Z')).toBe('2026-03-29T01:00:00.000Z'); // 2:00 is 3:00
  });

  test('what begins within the skipped hour begins when it is over, and what lies in it does not come that day', () => {
    const beginsInIt = { timeZone: 'America/New_York', days: [{ day: 0, from: '02:30', to: '05:00' }] };
    expect(opening(beginsInIt, '2026-03-08T05:00:00Z')).toBe('2026-03-08T07:00:00.000Z');
    const liesInIt = { timeZone: 'America/New_York', days: [{ day: 0, from: '02:10', to: '02:50' }] };
    expect(opening(liesInIt, '2026-03-08T05:00:00Z')).toBe('2026-03-15T06:10:00.000Z');
  });

  test('what it shows twice comes twice', () => {
    const hours = { timeZone: 'Europe/Berlin', days: [{ day: 0, from: '02:00', to: '02:30' }] };
    expect(opening(hours, '2026-10-25T00:00:00Z')).toBe('2026-10-25T00:00:00.000Z');
    expect(change(hours, '2026-10-25T00:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(opening(hours, '2026-10-25T00:30:00Z')).toBe('2026-10-25T01:00:00.000Z');
    expect(change(hours, '2026-10-25T01:00:00Z')).toBe('2026-10-25T01:30:00.000Z');
  });

  test('half an hour counts too, as does a midnight that does not come', () => {
    const lordHowe = { timeZone: 'Australia/Lord_Howe', days: [{ day: 0, from: '01:00', to: '04:00' }] };
    expect(opening(lordHowe, '2026-10-03T12:00:00Z')).toBe('2026-10-03T14:30:00.000Z');
    expect(change(lordHowe, '2026-10-03T14:30:00Z')).toBe('2026-10-03T17:00:00.000Z');
    const beirut = { timeZone: 'Asia/Beirut', days: [{ day: 0, from: '00:00', to: '24:00' }] };
    expect(opening(beirut, '2026-03-28T12:00:00Z')).toBe('2026-03-28T22:00:00.000Z'); // 0:00 is 1:00
  });

  test('a date that a place left out is no day of work', () => {
    const apia = { timeZone: 'Pacific/Apia', days: [{ day: 5, from: '09:00', to: '17:00' }] };
    expect(opening(apia, '2011-12-30T00:00:00Z')).toBe('2012-01-05T19:00:00.000Z'); // the 30th was a Friday elsewhere
  });
});

describe('when it changes', () => {
  test('it opens again after the weekend, and now where it is open', () => {
    expect(opening(berlin, '2026-01-09T17:00:00Z')).toBe('2026-01-12T08:00:00.000Z');
    expect(opening(berlin, '2026-01-12T09:00:30Z')).toBe('2026-01-12T09:00:30.000Z');
    expect(change(berlin, '2026-01-12T09:00:30Z')).toBe('2026-01-12T16:30:00.000Z');
  });

  test('intervals that touch are one, also over midnight', () => {
    const days = [...everyDay('00:00', '12:00'), ...everyDay('12:00', '24:00')];
    expect(change({ timeZone: 'Europe/Berlin', days }, '2026-01-12T09:00:00Z')).toBeNull();
  });

  test('around the clock it closes only for a holiday, however far off in the year', () => {
    const hours = { timeZone: 'UTC', days: everyDay('00:00', '24:00'), holidays: [{ date: '2026-12-25', name: '' }] };
    expect(change(hours, '2026-01-12T09:00:00Z')).toBe('2026-12-25T00:00:00.000Z');
    expect(opening(hours, '2026-12-25T09:00:00Z')).toBe('2026-12-26T00:00:00.000Z');
    expect(change(hours, '2026-12-26T00:00:00Z')).toBeNull();
  });

  test('a holiday years ahead is not looked for day by day, and found when it is nearer', () => {
    const holidays = [{ date: '2205-12-25', name: 'Perhaps 2025' }];
    const hours = { timeZone: 'UTC', days: everyDay('00:00', '24:00'), holidays };
    expect(change(hours, '2026-01-12T09:00:00Z')).toBeNull();
    expect(change(hours, '2205-01-12T09:00:00Z')).toBe('2205-12-25T00:00:00.000Z');
  });

  test('where nobody ever works it never opens', () => {
    expect(opening({ timeZone: 'UTC', days: [] }, '2026-01-12T09:00:00Z')).toBeNull();
  });
});
