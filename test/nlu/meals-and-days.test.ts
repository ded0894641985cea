import { describe, expect, it } from 'vitest';
import { forced } from './forced.ts';

describe('a change of an event', () => {
  it.each([
    ['move the lunch to 1', 'lunch', 13],
    ['please move the lunch to 1', 'lunch', 13],
    ['move the dinner to 8', 'dinner', 20],
    ['push my dinner to 9', 'dinner', 21],
    ['move lunch to 1', 'lunch', 13],
    ['move the brunch to 11', 'brunch', 11],
  ])('%s: the meal is no time', (text, query, hour) => {
    const { target, start } = forced('update_event', text).values;
    expect(target).toMatchObject({ kind: 'event', query });
    expect(start?.slice(11, 16)).toBe(`${hour}:00`);
  });

  it.each([
    ['move training on december 8 to december 10', '2026-12-10'],
    ['move the training on 8 december to 10 december', '2026-12-10'],
    ['move the training on december 8 to the 10th', '2026-12-10'],
    ['move training from december 8 to december 10', '2026-12-10'],
  ])('%s: from a day to a day', (text, day) => {
    const { target, date_range: days } = forced('update_event', text).values;
    expect(target).toMatchObject({ query: 'training' });
    expect(days?.start).toBe(day);
  });
});
