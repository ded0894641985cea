import { clock, readHour, skipIsh } from './clock.ts';
import type { PieceReader } from './pieces.ts';
import { WEEKDAYS } from './words.ts';

/** What may follow a bare hour; anything else makes the number one of something ("at 5 shops"). */
const AFTER_HOUR: ReadonlySet<string> = new Set([
  ...WEEKDAYS.keys(),
  ...'on in for to with about and by or at if as until till til thru through from instead not but'.split(' '),
  ...'today tomorrow tonight yesterday this next every the high low urgent tag tagged please'.split(' '),
  ...'sharp ish exactly prompt latest onwards onward'.split(' '),
]);

const NUMBERED = [
  'chapter',
  'part',
  'page',
  'pages',
  'room',
  'section',
  'level',
  'unit',
  'lesson',
  'episode',
  'season',
  'version',
  'volume',
  'number',
  'exercise',
  'question',
  'step',
  'phase',
  'gate',
  'platform',
  'line',
  'draft',
  'problem',
  'sheet',
  'module',
  'round',
];

const APPROXIMATE = [
  'around',
  'about',
  'by',
  'before',
  'after',
  'until',
  'till',
  'til',
  'since',
  'from',
  'circa',
];

/** "at 5", "after 6", and in a text known to be a time just "5". */
export const bareHour: PieceReader = (view, index, context) => {
  const led =
    view.is(index - 1, 'at', '@') ||
    (view.is(index - 1, 'than') && view.is(index - 2, 'later', 'earlier', 'sooner')) ||
    (view.is(index - 1, ...APPROXIMATE) && view.digits(index) !== '');
  const ish = skipIsh(view, index + 1) > index + 1 && view.is(index + 1, '-', 'ish');
  if (!led && !context.lenient && !ish) return null;
  const joined =
    view.is(index + 1, '.', ':', '/', '-', '%', '$', ',', '+') &&
    view.glued(index + 1) &&
    view.glued(index + 2) &&
    view.digits(index + 2) !== '';
  // "9-11" holds an hour, read where both are known to be hours.
  if (joined && !(context.lenient && view.is(index + 1, '-') && view.digits(index + 2).length <= 2))
    return null;
  // "Chapter two" and "room 5" are called so.
  if (view.is(index - 1, ...NUMBERED)) return null;
  // "at one with nature" is no hour.
  if (view.is(index, 'one') && view.is(index + 1, 'with', 'another', 'point', 'of')) return null;
  const hour = readHour(view, index);
  if (!hour || hour.value > 23 || (hour.value === 0 && !view.is(index - 1, 'at'))) return null;
  const next = skipIsh(view, hour.next);
  // "by 5" and the like may count things: only the small words that come after times let it pass.
  const following = view.word(next);
  if (next === hour.next && following !== '' && !AFTER_HOUR.has(following) && !context.lenient) return null;
  if (context.lenient && following !== '' && COUNTED.has(following)) return null;
  return { value: clock(hour.value, 0, hour.value > 12 || hour.value === 0), next };
};

/** What a number before it counts even in a text that is a time: "3 days" without more is no hour. */
const COUNTED: ReadonlySet<string> = new Set(
  'nights night mornings evenings afternoons times people days day weeks week months month years year hours hour minutes minute mins min hrs hr seconds fortnights th st nd rd d h m w y business working quarters decades past percent'.split(
    ' ',
  ),
);
