import { expect, test } from 'vitest';
import { slotsOf } from '../../contracts/nlu.ts';
import { understand } from './understand.ts';

const SUNDAY = '2026-11-29T10:00:00+01:00';
const WEDNESDAY = '2026-11-25T10:00:00+01:00';
const THIS_WEEK = { start: '2026-11-23', end: '2026-11-30' };
const LAST_WEEK = { start: '2026-11-16', end: '2026-11-23' };
const NEXT_WEEK = { start: '2026-11-30', end: '2026-12-07' };

test.each([
  ['what is on monday?', SUNDAY, THIS_WEEK, '2026-11-30'],
  ['and on friday?', SUNDAY, THIS_WEEK, '2026-12-04'],
  ['what is on friday?', WEDNESDAY, THIS_WEEK, '2026-11-27'],
  ['what is on wednesday?', WEDNESDAY, NEXT_WEEK, '2026-12-02'],
  ['what about monday?', WEDNESDAY, LAST_WEEK, '2026-11-16'],
])('%s said at %s of %o is about %s', async (text, at, range, day) => {
  const now = new Date(at);
  const { acts } = await understand(text, {
    now,
    timezone: 'Europe/Vienna',
    lastDays: { action: 'weekly_briefing', range, at: new Date(now.getTime() - 60_000).toISOString() },
  });
  expect(slotsOf(acts[0]?.entities ?? []).date_range?.start).toBe(day);
});
