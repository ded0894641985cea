import { describe, expect, test } from 'vitest';
import { forced } from './forced.ts';

describe('what repeats begins with the first time of its rule', () => {
  test.each([
    ['weekly 1:1 with Karen fridays at 10', '2026-11-27T10:00:00-05:00', undefined],
    ['standup every weekday at 9:15', '2026-11-24T09:15:00-05:00', undefined],
    ['gym 3pm every friday', '2026-11-27T15:00:00-05:00', undefined],
    ['book club first wednesday of every month at 7pm', '2026-12-02T19:00:00-05:00', undefined],
    ['yoga every tuesday at 6 starting december 15', '2026-12-15T18:00:00-05:00', undefined],
    ['piano lesson tuesdays 4-5pm', '2026-11-24T16:00:00-05:00', '2026-11-24T17:00:00-05:00'],
    ['coffee with Ben mondays at 10', '2026-11-30T10:00:00-05:00', undefined],
  ])('%s', (text, start, end) => {
    const { values } = forced('create_event', text);
    expect([values.start, values.end]).toEqual([start, end]);
    expect(values.recurrence).toContain(`BYHOUR=${Number(start.slice(11, 13))}`);
  });

  test('the hour of a dinner is in its rule too', () => {
    expect(forced('create_event', 'dinner with Ana every friday at 8').values).toMatchObject({
      start: '2026-11-27T20:00:00-05:00',
      recurrence: 'FREQ=WEEKLY;BYDAY=FR;BYHOUR=20;BYMINUTE=0',
    });
  });

  test.each([
    ['sync on december 7 at 10am every week', 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0'],
    ['sync on december 7 at 10am every 2 weeks', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=10;BYMINUTE=0'],
    ['sync every week on december 7 at 10am', 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0'],
    ['sync on december 7 at 10am every day', 'FREQ=DAILY;BYHOUR=10;BYMINUTE=0'],
    ['sync on december 7 at 10am weekly', 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=10;BYMINUTE=0'],
    ['sync on december 7 at 10am every month', 'FREQ=MONTHLY;BYMONTHDAY=7;BYHOUR=10;BYMINUTE=0'],
    ['sync on december 7 at 10am every weekday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=10;BYMINUTE=0'],
    ['sync on december 7 at 10am every year', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=7;BYHOUR=10;BYMINUTE=0'],
  ])('%s: on that date', (text, recurrence) => {
    expect(forced('create_event', text).values).toEqual({
      title: 'sync',
      start: '2026-12-07T10:00:00-05:00',
      recurrence,
    });
  });

  test('a task is due on the date that was said', () => {
    expect(forced('create_task', 'water the plants on december 7 every 2 weeks').values).toEqual({
      title: 'water the plants',
      due_date: '2026-12-07',
      recurrence: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
    });
  });

  test.each([
    ['standup every weekday at 9 until december 11', 'standup', '24T09', 'UNTIL=20261211'],
    ['gym every day at 7 until december 1', 'gym', '24T07', 'UNTIL=20261201'],
  ])('%s: an hour before the end is one', (text, title, start, until) => {
    const { values } = forced('create_event', text);
    expect(values).toMatchObject({ title, start: `2026-11-${start}:00:00-05:00` });
    expect(values.recurrence).toContain(until);
    expect(values.location).toBeUndefined();
  });

  test('an alarm rings the next morning', () => {
    expect(forced('set_reminder', 'set an alarm every weekday at 6').values).toMatchObject({
      remind_at: '2026-11-24T06:00:00-05:00',
      recurrence: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=6;BYMINUTE=0',
    });
  });
});
