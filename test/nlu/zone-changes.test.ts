import { expect, test } from 'vitest';
import { newDraft } from '../../workers/nlu/draft.ts';
import { readSlot } from '../../workers/nlu/parse-slot.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MIDDLE = Date.UTC(2026, 6, 1);
/** Changes are looked for this far around it; most zones have two a year, or none. */
const REACH = 700 * DAY;
const STEP = 20 * DAY;

/** A zone's offset by the platform's own tables, which nothing of ours stands between. */
function offsets(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (instant) => {
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * HOUR + Number(minutes ?? 0) * MINUTE);
  };
}
type OffsetAt = ReturnType<typeof offsets>;

/** The first instants of new offsets: the last two before the middle and the next two after it. */
function changesOf(offsetAt: OffsetAt): number[] {
  const found: number[] = [];
  for (let from = MIDDLE - REACH; from < MIDDLE + REACH; from += STEP) {
    let [low, high] = [from, from + STEP];
    const before = offsetAt(low);
    if (offsetAt(high) === before) continue;
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    found.push(high);
  }
  return [...found.filter((at) => at < MIDDLE).slice(-2), ...found.filter((at) => at >= MIDDLE).slice(0, 2)];
}

/** The instant of a wall clock (as if it were UTC): the first of two, and past a gap by the gap. */
function instantOf(wall: number, offsetAt: OffsetAt): number {
  const [before, after] = [offsetAt(wall - DAY), offsetAt(wall + DAY)];
  const real = [wall - before, wall - after].filter((instant) => instant + offsetAt(instant) === wall);
  return real.length > 0 ? Math.min(...real) : wall - before;
}

const day = (wall: number): number => Math.floor(wall / DAY) * DAY;
const isoDay = (wall: number): string => new Date(wall).toISOString().slice(0, 10);
const clock = (wall: number): string => new Date(wall).toISOString().slice(11, 16);

/** Phrases with the wall clock that they mean, said at a wall clock. */
const CLOCKED: readonly (readonly [phrase: string, meant: (wall: number) => number])[] = [
  ['tomorrow at 2:30am', (wall) => day(wall) + DAY + 2.5 * HOUR],
  ['at midnight', (wall) => day(wall) + DAY],
  [
    'friday at noon',
    (wall) => day(wall) + ((5 - new Date(wall).getUTCDay() + 6) % 7) * DAY + DAY + 12 * HOUR,
  ],
];

function read(zone: string, now: number, phrase: string, slot: 'when' | 'recurrence' = 'when'): unknown {
  return readSlot(newDraft(phrase, zone, new Date(now)), slot)[0]?.value;
}

/** What is wrong with a moment that was read; empty when nothing is. */
function faultOf(value: unknown, instant: number, offsetAt: OffsetAt): string {
  if (typeof value !== 'string') return `no moment: ${JSON.stringify(value)}`;
  if (Date.parse(value) !== instant) return `${value} is not ${new Date(instant).toISOString()}`;
  const wall = new Date(instant + offsetAt(instant)).toISOString().slice(0, 19);
  return value.startsWith(wall) ? '' : `${value} has not the wall clock ${wall}`;
}

test('phrases of time are right around every change of the clock in every zone', () => {
  const faults: string[] = [];
  let changes = 0;
  for (const zone of Intl.supportedValuesOf('timeZone')) {
    const offsetAt = offsets(zone);
    const found = changesOf(offsetAt);
    changes += found.length;
    const note = (now: number, phrase: string, fault: string): void => {
      if (fault !== '') faults.push(`${zone} ${new Date(now).toISOString()} "${phrase}": ${fault}`);
    };
    for (const change of found) {
      for (const now of [change - DAY + MINUTE, change - 7 * MINUTE, change + MINUTE, change + 23 * MINUTE]) {
        const wall = now + offsetAt(now);
        const today = read(zone, now, 'today');
        note(now, 'today', today === isoDay(wall) ? '' : String(today));
        note(now, 'in 3 hours', faultOf(read(zone, now, 'in 3 hours'), now + 3 * HOUR, offsetAt));
        for (const [phrase, meant] of CLOCKED)
          note(now, phrase, faultOf(read(zone, now, phrase), instantOf(meant(wall), offsetAt), offsetAt));
        const rule = read(zone, now, 'every day at 8', 'recurrence');
        note(now, 'every day at 8', rule === 'FREQ=DAILY;BYHOUR=8;BYMINUTE=0' ? '' : String(rule));
      }
      // Inside the hour that is skipped or comes twice, said two days before.
      const [before, after] = [offsetAt(change - 1), offsetAt(change)];
      const inside = change + (before + after) / 2;
      const now = instantOf(day(inside) - DAY - 9 * HOUR, offsetAt);
      const phrase = `${isoDay(inside)} at ${clock(inside)}`;
      note(now, phrase, faultOf(read(zone, now, phrase), instantOf(inside, offsetAt), offsetAt));
    }
  }
  expect(changes).toBeGreaterThan(300);
  expect(faults.slice(0, 20)).toEqual([]);
});
