import { afterEach, expect, test } from 'vitest';
import { showTimesIn, type SessionRecord } from '../../web/client/index.ts';
import { groupSessions } from '../../web/sessions/session-groups.ts';

const session = (at: string): SessionRecord => ({
  session_id: at,
  title: at,
  started_at: at,
  last_activity_at: at,
  ended_at: null,
  turns: 1,
  match: null,
});

afterEach(() => showTimesIn(null));

test('conversations stand under days, then months, by the zone in which times are shown', () => {
  showTimesIn('Europe/Vienna');
  const now = new Date('2026-01-15T09:00:00Z');
  const at = [
    '2026-01-15T08:00:00Z',
    // Already today in Vienna.
    '2026-01-14T23:30:00Z',
    '2026-01-14T08:00:00Z',
    '2026-01-13T08:00:00Z',
    '2026-01-09T08:00:00Z',
    '2026-01-08T08:00:00Z',
    '2025-12-31T23:30:00Z',
    '2025-12-31T08:00:00Z',
    '2025-12-01T08:00:00Z',
    '2024-12-31T08:00:00Z',
  ];
  expect(groupSessions(at.map(session), now).map(([label, items]) => [label, items.length])).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
    ['Last 7 days', 2],
    ['January', 2],
    ['December 2025', 2],
    ['December 2024', 1],
  ]);
});
