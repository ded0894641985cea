import { DateTime } from 'luxon';
import type { Civil } from './civil.ts';
import { civilParts } from './civil.ts';
import type { PieceReader, TimeContext, ZonePiece } from './pieces.ts';
import { skip } from './pieces.ts';
import type { Read, TokenView } from './tokens.ts';
import { ABBREVIATIONS, REGION_CLOCKS, zoneOfPlace } from './zone-names.ts';

/** "EST", "UTC", "+01:00", "GMT+2", "(CET)", "Pacific", "London time", "in Tokyo" right after a time of day. */
export const zone: PieceReader = (view, index, context) => {
  const open = view.is(index, '(') ? index + 1 : index;
  const read =
    readAbbreviation(view, open, context) ?? readOffset(view, open) ?? readPlace(view, open, context);
  if (!read) return null;
  return open > index && view.is(read.next, ')') ? { ...read, next: read.next + 1 } : read;
};

function fixed(minutes: number): ZonePiece {
  return { kind: 'zone', offsetAt: () => minutes };
}

/** The offset that holds in the zone when its clocks show the moment; of two the first. */
function named(timezone: string): ZonePiece {
  return {
    kind: 'zone',
    offsetAt: (local: Civil) => {
      const { year, month, day, hour, minute, second } = civilParts(local);
      return DateTime.fromObject({ year, month, day, hour, minute, second }, { zone: timezone }).offset;
    },
  };
}

function readAbbreviation(view: TokenView, index: number, context: TimeContext): Read<ZonePiece> | null {
  const word = view.word(index);
  if (word === 'z' && !view.glued(index)) return null;
  const known = ABBREVIATIONS.get(word);
  if (known === undefined) return null;
  if (word === 'utc' || word === 'gmt' || word === 'z') {
    const offset = readOffset(view, index + 1);
    if (offset && view.glued(index + 1)) return offset;
    if (offset && view.is(index + 1, '+', '-')) return offset;
  }
  const own = typeof known === 'number' ? fixed(known) : named(known);
  // "IST" is said in India, Ireland and Israel; at home it is the person's own.
  const home = AT_HOME.get(word)?.find((pattern) => context.timezone.startsWith(pattern));
  const next = skip(view, index + 1, 'time');
  return { value: home ? named(context.timezone) : own, next };
}

const AT_HOME: ReadonlyMap<string, readonly string[]> = new Map([
  ['ist', ['Asia/Kolkata', 'Asia/Calcutta', 'Europe/Dublin', 'Asia/Jerusalem', 'Asia/Tel_Aviv']],
  ['cst', ['Asia/Shanghai', 'Asia/Taipei', 'America/Havana']],
  ['est', ['Australia/Sydney', 'Australia/Melbourne', 'Australia/Brisbane', 'Australia/Hobart']],
  ['bst', ['Asia/Dhaka']],
]);

/** "+01:00", "-0500", "+2" */
function readOffset(view: TokenView, index: number): Read<ZonePiece> | null {
  if (!view.is(index, '+', '-') || !view.glued(index + 1)) return null;
  const sign = view.is(index, '-') ? -1 : 1;
  const digits = view.digits(index + 1);
  const apart = !view.glued(index);
  if (digits.length === 4) {
    const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
    return minutes <= 14 * 60 ? { value: fixed(sign * minutes), next: index + 2 } : null;
  }
  if (digits.length === 0 || digits.length > 2 || Number(digits) > 14) return null;
  const minutes = view.is(index + 2, ':') && view.glued(index + 2) ? view.digits(index + 3) : '';
  if (minutes.length === 2)
    return { value: fixed(sign * (Number(digits) * 60 + Number(minutes))), next: index + 4 };
  // "5pm - 7" is a range; a lone digit is an offset only where it sticks to what stands before.
  if (apart || (view.word(index - 1) !== '' && !ABBREVIATIONS.has(view.word(index - 1)))) return null;
  return digits.length === 2 || ABBREVIATIONS.has(view.word(index - 1))
    ? { value: fixed(sign * Number(digits) * 60), next: index + 2 }
    : null;
}

/** "Tokyo time", "in New York", "Eastern", "America/New_York", "my time" */
function readPlace(view: TokenView, index: number, context: TimeContext): Read<ZonePiece> | null {
  const own = view.anyPhrase(index, [
    'my local time',
    'my time zone',
    'my timezone',
    'our time',
    'my time',
    'local time',
    'your time',
  ]);
  if (own !== null) return { value: named(context.timezone), next: own };
  if (view.word(index) !== '' && view.is(index + 1, '/') && view.word(index + 2) !== '') {
    let name = `${view.word(index)}/${view.word(index + 2)}`;
    let next = index + 3;
    while (view.is(next, '_', '/') && view.word(next + 1) !== '' && view.glued(next + 1)) {
      name += `${view.mark(next)}${view.word(next + 1)}`;
      next += 2;
    }
    return DateTime.local({ zone: name }).isValid
      ? { value: named(name), next: skip(view, next, 'time') }
      : null;
  }
  const led = view.is(index, 'in');
  const at = skip(view, led ? index + 1 : index, 'the');
  for (let length = 3; length >= 1; length -= 1) {
    const words = Array.from({ length }, (_, offset) => view.word(at + offset));
    if (words.includes('')) continue;
    const place = words.join(' ');
    const next = at + length;
    const said = view.anyPhrase(next, [
      'standard time',
      'daylight time',
      'daylight savings time',
      'summer time',
      'local time',
      'time',
    ]);
    const region = REGION_CLOCKS.get(place);
    if (region && (said !== null || (!led && context.lenient)))
      return { value: named(region), next: said ?? next };
    const zoneName = zoneOfPlace(place) ?? zoneOfPlace(place.replace(/'s$/, ''));
    // "at noon in Paris" may be where it is rather than whose noon: alone it counts in a text that is a time.
    if (zoneName && (said !== null || (context.lenient && (led || view.is(index - 1, 'pm', 'am')))))
      return { value: named(zoneName), next: said ?? next };
  }
  return null;
}
