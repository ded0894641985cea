import ICAL from 'ical.js';
import { DateTime } from 'luxon';

/** As far as a calendar is looked at ahead; zones change their minds sooner. */
const AHEAD_YEARS = 10;
const DAY_MS = 86_400_000;

/**
 * A zone as a VTIMEZONE: every change of its clocks by itself, from a year before `from` to ten years after `now`.
 */
export function zoneComponent(zone: string, from: Date, now: Date): ICAL.Component {
  const made = new ICAL.Component('vtimezone');
  made.addPropertyWithValue('tzid', zone);
  const begin = DateTime.fromJSDate(from, { zone }).minus({ years: 1 }).startOf('year');
  const end = DateTime.fromJSDate(now, { zone }).plus({ years: AHEAD_YEARS }).toMillis();
  // What holds at first.
  made.addSubcomponent(observance(begin, begin.offset));
  let before = begin.toMillis();
  while (before < end) {
    const after = before + DAY_MS;
    if (offsetAt(zone, before) !== offsetAt(zone, after)) {
      const change = changeBetween(zone, before, after);
      made.addSubcomponent(observance(DateTime.fromMillis(change, { zone }), offsetAt(zone, before)));
    }
    before = after;
  }
  return made;
}

const offsetAt = (zone: string, at: number): number => DateTime.fromMillis(at, { zone }).offset;

/** To the minute, which is as fine as zones change. */
function changeBetween(zone: string, low: number, high: number): number {
  const first = offsetAt(zone, low);
  let [from, to] = [low, high];
  while (to - from > 60_000) {
    const middle = Math.floor((from + to) / 120_000) * 60_000;
    if (offsetAt(zone, middle) === first) from = middle;
    else to = middle;
  }
  return to;
}

/** @param offsetBefore in minutes; its beginning is told by the clocks from before it */
function observance(at: DateTime, offsetBefore: number): ICAL.Component {
  const made = new ICAL.Component(at.isInDST ? 'daylight' : 'standard');
  const local = at.setZone(`UTC${signed(offsetBefore)}`);
  made.addPropertyWithValue('dtstart', ICAL.Time.fromDateTimeString(local.toFormat("yyyy-MM-dd'T'HH:mm:ss")));
  made.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromSeconds(offsetBefore * 60));
  made.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromSeconds(at.offset * 60));
  return made;
}

function signed(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
}
