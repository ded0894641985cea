import { beforeAll, describe, expect, it } from 'vitest';
import { person, type Person } from '../conversations/with-rest.ts';
import type { Event } from '../../contracts/entities.ts';
import { sharedProduct } from '../support/product.ts';

let url: string;
beforeAll(async () => {
  ({ url } = await sharedProduct());
});

/** Every Tuesday at ten from 1 December on; a day that was called off, or moved by itself. */
async function withSolo(
  ...said: readonly string[]
): Promise<{ them: Person; solo: Event; days: () => Promise<string[]> }> {
  const them = await person(url);
  const solo = await them.event('solo', '2026-12-01T10:00', '2026-12-01T11:00', {
    recurrence: 'FREQ=WEEKLY;BYDAY=TU;COUNT=4',
  });
  for (const text of said) expect((await them.me.say(text)).result.status).toBe('completed');
  const days = async (): Promise<string[]> =>
    (await them.me.calendar('2026-11-20', '2027-01-20')).map((line) => line.slice(5, 16));
  return { them, solo, days };
}

describe('a series that is changed without words and without a day', () => {
  it('moves as a whole, and what was called off stays so', async () => {
    const { them, solo, days } = await withSolo('cancel solo on december 8');
    await them.call('PATCH', `/events/${solo.id}`, { start: '2026-12-01T12:00:00+01:00' });
    expect(await days()).toEqual(['12-01T12:00', '12-15T12:00', '12-22T12:00']);
    await them.call('PATCH', `/events/${solo.id}`, { start: '2026-12-02T13:00:00+01:00' });
    expect(await days()).toEqual(['12-02T13:00', '12-16T13:00', '12-23T13:00']);
    await them.me.sayAll('undo', 'undo');
    expect(await days()).toEqual(['12-01T10:00', '12-15T10:00', '12-22T10:00']);
  });

  it('changes in all of its parts', async () => {
    const { them, solo, days } = await withSolo('move solo from december 15 on to 14:00');
    await them.call('PATCH', `/events/${solo.id}`, { title: 'duet', end: '2026-12-01T12:00:00+01:00' });
    const all = await them.me.calendar('2026-11-20', '2027-01-20');
    expect(all.every((line) => line.endsWith('duet'))).toBe(true);
    expect(all).toHaveLength(4);
    await them.call('DELETE', `/events/${solo.id}`);
    expect(await days()).toEqual([]);
  });

  it('goes with the days that were moved by themselves', async () => {
    const { them, solo, days } = await withSolo('move solo on december 15 to 12:30');
    expect(await days()).toContain('12-15T12:30');
    await them.call('DELETE', `/events/${solo.id}`);
    expect(await days()).toEqual([]);
  });
});
