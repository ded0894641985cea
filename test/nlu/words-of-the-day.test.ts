import { describe, expect, test } from 'vitest';
import { parseText } from './understand.ts';

describe('words of the day that a name begins with', () => {
  test.each([
    ['night shift friday 22 to 6', 'night shift'],
    ['add night shift tomorrow at 10pm', 'night shift'],
    ['late shift tomorrow 14 to 22', 'late shift'],
    ['early shift on friday', 'early shift'],
    ['night train to Berlin friday 22:15', 'night train to Berlin'],
    ['night out with Ann friday at 9', 'night out with Ann'],
    ['evening class tomorrow at 7pm', 'evening class'],
    ['morning run tomorrow at 7', 'morning run'],
    ['afternoon tea on friday at 4', 'afternoon tea'],
  ])('%s', async (text, title) => {
    const { act, values } = await parseText(text);
    expect([act.action, values.title]).toEqual(['create_event', title]);
    if (values.start) expect(values.date_range).toBeUndefined();
  });

  test.each([
    ['lunch tomorrow night', { start: '2026-11-24T18:00:00-05:00' }],
    ['dinner friday night', { start: '2026-11-27T18:00:00-05:00' }],
  ])('%s keeps its time', async (text, range) => {
    expect((await parseText(text)).values.date_range).toMatchObject(range);
  });

  test('"shift" is a verb all the same', async () => {
    const { act, values } = await parseText('shift the dentist to friday');
    expect([act.action, values.target?.query]).toEqual(['update_event', 'dentist']);
  });
});

describe('an hour behind a day is none of its days', () => {
  test.each([
    ['move church on december 20 to 11', 'church', '2026-12-20', '11:00'],
    ['move church december 20 to 11am', 'church', '2026-12-20', '11:00'],
    ['change yoga on 20 december to 11', 'yoga', '2026-12-20', '11:00'],
    ['move the gym on the 28th to 11', 'gym', '2026-11-28', '11:00'],
    ['reschedule church on friday to 4pm', 'church', '2026-11-27', '16:00'],
  ])('%s', async (text, query, day, hour) => {
    const { act, values } = await parseText(text);
    expect([act.action, values.target?.query]).toEqual(['update_event', query]);
    expect(act.params?.was?.start).toBe(day);
    expect(act.params?.day_kept?.slice(11, 16)).toBe(hour);
  });

  test.each([
    'trip from december 20 to 11',
    'conference december 24 to december 20',
    'move the fair from december 20 to 11',
  ])('%s is told as no time', async (text) =>
    expect((await parseText(text)).act.params?.unread).toBeDefined(),
  );
});
