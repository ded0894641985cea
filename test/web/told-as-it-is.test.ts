import { expect, test } from 'vitest';
import type { Event } from '../../contracts/entities.ts';
import { toldAsItIs } from '../../web/app/event-store.ts';

const SERIES: Event = {
  id: '0190a000-0000-7000-8000-000000000001',
  title: 'gym',
  start: '2026-11-30T18:00:00Z',
  end: '2026-11-30T19:00:00Z',
  all_day: false,
  timezone: 'UTC',
  recurrence: 'FREQ=WEEKLY;BYDAY=MO',
  exceptions: [],
  series_id: null,
  original_start: null,
  participants: [],
  location: null,
  notes: null,
  calendar: 'main',
  task_id: null,
  version: 1,
  created_at: '2026-11-29T10:00:00Z',
};
const DAY: Event = { ...SERIES, start: '2026-12-07T18:00:00Z', end: '2026-12-07T19:00:00Z' };
const isGone = (patch: Partial<Event>): boolean => {
  const now: Event = { ...SERIES, version: 2, ...patch };
  return toldAsItIs({ items: new Map([[now.id, now]]), gone: new Map(), last: new Map() }, DAY).gone;
};

test('the day of a series is gone where it was called off, and back where that was undone', () => {
  expect(isGone({ exceptions: ['2026-12-07T18:00:00Z'] })).toBe(true);
  expect(isGone({ exceptions: ['2026-12-07T19:00:00+01:00'] })).toBe(true);
  expect(isGone({ exceptions: ['2026-12-14T18:00:00Z'] })).toBe(false);
  expect(isGone({})).toBe(false);
});

test.each([
  ['20261206T235959Z', true],
  ['20261207T180000Z', false],
  ['20261206', true],
  ['20261207', false],
])('of a series that ends at %s the day after that is gone', (until, gone) => {
  expect(isGone({ recurrence: `FREQ=WEEKLY;BYDAY=MO;UNTIL=${until}` })).toBe(gone);
});
