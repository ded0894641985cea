import { DateTime, IANAZone } from 'luxon';
import { expect, test } from 'vitest';
import { rememberOffsets } from '../../core/zone-offsets.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const offsetOf = IANAZone.prototype.offset;
const plain = (zone: string, at: number): number => offsetOf.call(IANAZone.create(zone), at);

/** Where the offset changes between two moments that have different ones, to the minute. */
function changeBetween(zone: string, from: number, to: number): number {
  let [before, after] = [from, to];
  const old = plain(zone, before);
  while (after - before > MINUTE) {
    const middle = Math.floor((before + after) / 2 / MINUTE) * MINUTE;
    if (plain(zone, middle) === old) before = middle;
    else after = middle;
  }
  return after;
}

test('no zone changes its clocks within a quarter of an hour', () => {
  const odd: string[] = [];
  let changes = 0;
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    let at = Date.UTC(2023, 0);
    let offset = plain(zone, at);
    while (at < Date.UTC(2040, 0)) {
      const next = at + 14 * 24 * 60 * MINUTE;
      const then = plain(zone, next);
      if (then !== offset) {
        const change = changeBetween(zone, at, next);
        changes += 1;
        if (change % QUARTER !== 0) odd.push(`${zone} ${new Date(change).toISOString()}`);
      }
      [at, offset] = [next, then];
    }
  }
  expect(changes).toBeGreaterThan(1_000);
  expect(odd).toEqual([]);
});

test('what is remembered is what was asked for, also before it is remembered and where there is no such zone', () => {
  rememberOffsets();
  rememberOffsets();
  for (const zone of ['Europe/Vienna', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Kathmandu'])
    for (const at of [
      '2026-10-25T00:59:59Z',
      '2026-10-25T01:00:00Z',
      '2026-04-04T14:59:59.999Z',
      '2026-04-04T15:00:00Z',
      '2009-11-01T02:30:59Z',
      '2009-11-01T02:31:00Z',
      '1890-01-01T00:00:00Z',
    ]) {
      const ms = Date.parse(at);
      expect([zone, at, IANAZone.create(zone).offset(ms)]).toEqual([zone, at, plain(zone, ms)]);
      expect(IANAZone.create(zone).offset(ms)).toBe(plain(zone, ms));
    }
  expect(DateTime.fromMillis(0, { zone: 'Nowhere/Land' }).isValid).toBe(false);
  expect(IANAZone.create('Nowhere/Land').offset(Date.now())).toBeNaN();
  expect(IANAZone.create('Europe/Vienna').offset(Number.NaN)).toBeNaN();
});
