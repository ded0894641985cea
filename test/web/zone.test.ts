import { afterEach, expect, it } from 'vitest';
import {
  dayOf,
  dayStart,
  instantAt,
  minutesOn,
  showTimesIn,
  spanAt,
  timeAt,
  timeOf,
  todayOf,
} from '../../web/client/index.ts';

afterEach(() => showTimesIn(null));

it.each([
  ['Europe/Vienna', '2026-11-18', '23:30'],
  ['America/New_York', '2026-11-18', '17:30'],
  ['Asia/Kolkata', '2026-11-19', '04:00'],
  ['Pacific/Kiritimati', '2026-11-19', '12:30'],
])('in %s an instant is read by the clock there', (zone, day, time) => {
  showTimesIn(zone);
  const instant = '2026-11-18T22:30:00Z';
  expect([dayOf(instant), timeOf(instant), todayOf(new Date(instant))]).toEqual([day, time, day]);
  expect(Date.parse(instantAt(day, time))).toBe(Date.parse(instant));
});

it('takes the offset of the day, on both sides of a change of clocks', () => {
  showTimesIn('Europe/Vienna');
  expect(instantAt('2026-10-24', '09:00')).toBe('2026-10-24T09:00:00+02:00');
  expect(instantAt('2026-10-26', '09:00')).toBe('2026-10-26T09:00:00+01:00');
  expect(dayStart('2026-10-25').toISOString()).toBe('2026-10-24T22:00:00.000Z');
  // 02:30 is left out in March, and is as late as it would have been.
  expect(timeOf(instantAt('2026-03-29', '02:30'))).toBe('03:30');
});

it('ends on the next day what ends before it begins, with the offset of that day', () => {
  showTimesIn('Europe/Vienna');
  expect(spanAt('2026-10-24', '23:30', '03:30')).toEqual({
    start: '2026-10-24T23:30:00+02:00',
    end: '2026-10-25T03:30:00+01:00',
  });
  expect(spanAt('2026-10-24', '09:00', '09:30').end).toBe('2026-10-24T09:30:00+02:00');
  expect([0, 90, 24 * 60 - 1, 24 * 60].map(timeAt)).toEqual(['00:00', '01:30', '23:59', '00:00']);
});

it('knows which minutes of a day an event takes up there', () => {
  showTimesIn('Asia/Tokyo');
  const event = { start: '2026-11-18T14:30:00Z', end: '2026-11-18T15:30:00Z' };
  expect(minutesOn('2026-11-18', event)).toEqual({ from: 23 * 60 + 30, to: 24 * 60 });
  expect(minutesOn('2026-11-19', event)).toEqual({ from: 0, to: 30 });
});
