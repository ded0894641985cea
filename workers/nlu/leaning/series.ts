import { WEEKDAY_CODES } from '../../../contracts/recurrence.ts';
import type { Act, ActParams, Entity } from '../../../contracts/nlu.ts';
import { dateRange, type DateRange, type Target } from '../../../contracts/slots.ts';
import { freshSubject } from '../corrections.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { rangeEntity, timesIn } from '../extract/times.ts';
import { isItAnEvent } from '../last-item.ts';
import type { NluInput } from '../nlu-input.ts';
import { ACTIVITY_NOUN, TASK_NOUN, isEvent } from '../rules/nouns.ts';
import { saidTime, timeEntities } from '../said-times.ts';
import { trimRange, type Range } from '../text.ts';
import { civilFromIso, DAY, formatDay } from '../time/civil.ts';
import { timeContext } from '../time/values.ts';
import { WEEKDAYS } from '../time/words.ts';
import { actOn, groupAt, NOWHERE, spokenEvent } from './act-on.ts';
import { daysAt } from './days-at.ts';

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|hm+|no|and|but|so|actually|please|well|also|then|can\s+(?:we|you)|could\s+(?:we|you)|let's|wait|sorry)[\s,]+)*`;
const DAY_NAME = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const MONTH_NAME =
  '(?:january|february|march|april|may|june|july|august|september|october|november|december)';
const IT = String.raw`(?:it|that|this|them|all\s+of\s+(?:them|it)|the\s+(?:series|rest|others))`;
const OBJECT = String.raw`(?<object>${IT}|\S.{0,50}?)`;
const SINCE = String.raw`(?:from|starting(?:\s+(?:from|in|on|with))?|beginning(?:\s+(?:in|on|with))?|as\s+of)\s+(?<from>\S.{0,30}?)(?:\s+on(?:wards?)?)?`;
const SINCE_ON = String.raw`(?:from\s+(?<from>\S.{0,30}?)\s+on(?:wards?)?|(?:starting(?:\s+(?:from|in|on|with))?|beginning(?:\s+(?:in|on|with))?|as\s+of)\s+(?<from2>\S.{0,30}?))`;
const BECOMES = String.raw`(?:(?:please\s+)?(?:make|move|change|set|push|shift|put|have|do|reschedule)\s+(?:(?<object>${IT})(?:\s+(?:to|at|on|for|be))?|(?<object2>\S.{0,50}?)\s+(?:to|at|be))|(?:it|that|we|they)(?:'s|'ll|'re)?(?:\s+(?:is|are|be|has\s+to\s+be|have\s+to\s+be|needs?\s+to\s+be|should\s+be|must\s+be|will\s+be|takes?\s+place|starts?|begins?|meets?|happens?))*(?:\s+(?:to|at|on))?|(?:at|to|on))`;
const TAIL = String.raw`(?:\s+(?:instead|please|now|then|rather|thanks))*[\s.!]*$`;

/** "From december on make it 19:00" */
const FROM_THEN = new RegExp(String.raw`${LEAD}${SINCE_ON}[\s,]+${BECOMES}\s+(?<to>\S.{0,30}?)${TAIL}`, 'd');
/** "Make it 19:00 from december on", "move all of them from the 26th on to 11" */
const THEN_FROM = new RegExp(
  String.raw`${LEAD}(?:make|move|change|set|push|shift|put|reschedule)\s+${OBJECT}(?:\s+(?:to|at|for))?\s+(?<to>\S.{0,20}?)\s+${SINCE}${TAIL}`,
  'd',
);
const MOVE_FROM = new RegExp(
  String.raw`${LEAD}(?:move|change|shift|push|put|reschedule)\s+${OBJECT}\s+${SINCE_ON}\s+(?:to|at)\s+(?<to>\S.{0,20}?)${TAIL}`,
  'd',
);

const VERB = String.raw`(?:'s|'ll\s+be|\s+(?:(?:is|are|will|has|have|needs?|should|must)(?:\s+to)?(?:\s+be)?(?:\s+now)?|starts?|begins?|takes?\s+place|meets?|moves?|changes?|goes)(?:\s+(?:to|at|on|in))*)`;
const PLAIN_DAY = String.raw`(?:now|tomorrow|(?:(?:next|this|the\s+(?:next|coming))\s+)?(?:week|month|year|${DAY_NAME})|(?:next\s+)?${MONTH_NAME}(?:\s+\d{1,2}(?:st|nd|rd|th)?)?|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?(?:\s+(?:of\s+)?${MONTH_NAME})?)`;
const SINCE_WHEN = [
  SINCE_ON,
  String.raw`(?:(?:from|starting|as\s+of)\s+(?<from>${PLAIN_DAY})|(?<from2>going\s+forward))`,
];
/** "From december 1 on training is at 7", "from next week it's at 7" */
const SUBJECT_FROM = SINCE_WHEN.map(
  (since) => new RegExp(String.raw`${LEAD}${since}[\s,]+${OBJECT}${VERB}\s+(?<to>\S.{0,30}?)${TAIL}`, 'd'),
);
/** "Choir rehearsal is at 8 from next week on" */
const SUBJECT_THEN = SINCE_WHEN.map(
  (since) => new RegExp(String.raw`${LEAD}${OBJECT}${VERB}\s+(?<to>\S.{0,20}?)[\s,]+${since}${TAIL}`, 'd'),
);

const WEEK = String.raw`(?<when>(?:in\s+)?(?:the\s+)?(?:next|this|following)\s+week|(?:on\s+)?(?:next|this|the)\s+\S{3,12}(?:\s+\S{1,12})?)(?:'s)?`;
const IS = String.raw`(?:it|that|we|that\s+one)(?:'s|'ll\s+be|'re|\s+(?:is|are|has\s+to\s+be|have\s+to\s+be|needs?\s+to\s+be|should\s+be|must\s+be|will\s+be|has\s+to\s+move|moves|takes\s+place|happens|starts|meet))(?:\s+(?:on|at|to))?`;
/** "Next week it has to be on tuesday", "next week on tuesday instead" */
const ONCE = new RegExp(
  String.raw`${LEAD}(?:just\s+|only\s+|but\s+)?${WEEK}(?:\s+only)?[\s,]+(?:${IS}\s+(?<to>\S.{0,20}?)(?:\s+instead)?|(?:move\s+it\s+to\s+|make\s+it\s+)(?<to2>\S.{0,20}?)(?:\s+instead)?|(?:(?:on|at)\s+)?(?<to3>\S.{0,20}?)\s+instead)${TAIL}`,
  'd',
);

/** "Move the thursday one to friday" of a series that comes on thursdays */
const THAT_ONE = new RegExp(
  String.raw`${LEAD}(?:move|push|shift|change|put|reschedule)\s+(?:the|next|this)\s+(?<when>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:['’]s)?(?:\s+(?:one|class|session|lesson|training|practice|meeting))\s+(?:to|at)\s+(?<to>\S.{0,20}?)${TAIL}`,
  'd',
);

/** "Move the one on december 3 to 7pm": a range of days it is not */
const DATED_ONE = new RegExp(
  String.raw`${LEAD}(?:move|push|shift|change|put|reschedule)\s+(?:the|that)\s+(?:one|class|session|lesson|training|practice|meeting)\s+(?:on|of|from|for)\s+(?<when>\S.{0,25}?)\s+(?:to|at)\s+(?<to>\S.{0,20}?)${TAIL}`,
  'd',
);

const OWN_DAY = String.raw`(?<when>today|tonight|tomorrow|(?:(?:this|next)\s+)?(?:week|${DAY_NAME}))`;
/** "This week's rehearsal is at 8", "move tomorrow's to 8", "the one on december 10 starts at 8", "rehearsal next week is at 8" */
const DAYS_OWN = [
  String.raw`(?:the\s+)?${OWN_DAY}['’]s\s+(?<object>\S.{0,40}?)${VERB}`,
  String.raw`(?:move|push|shift|change|put|reschedule)\s+(?:the\s+)?${OWN_DAY}['’]s(?:\s+one)?\s+(?:to|at)`,
  String.raw`(?:the|that)\s+(?:one|class|session|lesson|training|practice|meeting)\s+(?:on|of|in)\s+(?<when>\S.{0,25}?)${VERB}`,
  String.raw`(?<object>\S.{0,40}?)\s+(?<when>(?:this|next)\s+week)${VERB}`,
  String.raw`(?<known>\S.{0,40}?)\s+(?:on\s+)?(?<when>${PLAIN_DAY})${VERB}`,
].map((said) => new RegExp(String.raw`${LEAD}${said}\s+(?<to>\S.{0,30}?)${TAIL}`, 'd'));

/** "Make mondays 8am" of what comes on other days as well */
const WEEKDAYS_TO = new RegExp(
  String.raw`${LEAD}(?:make|move|put|change|set|shift|push|have|do)\s+(?:the\s+|all\s+)?(?<when>(?:mon|tues|wednes|thurs|fri|satur|sun)day)(?:s|['’]s|\s+ones?)\s+(?:to\s+|at\s+|be\s+)?(?<to>\S.{0,20}?)${TAIL}`,
  'd',
);

const WHOLE = String.raw`(?:(?:the\s+)?(?:(?:whole|entire|full|complete)\s+(?:series|thing|lot)|series)|all\s+of\s+(?:them|it|those)|every(?:\s+single)?\s+one(?:\s+of\s+them)?|all\s+(?:the\s+|its\s+|those\s+)?(?:dates|days|occurrences|sessions|times))`;
/** "Move the whole series to 2pm" */
const WHOLE_TO = new RegExp(
  String.raw`${LEAD}(?:(?:i\s+(?:need|want|have)\s+to|please|just)\s+)*(?:make|move|change|set|push|shift|put|reschedule|bring)\s+${WHOLE}(?:\s+(?:forward|back|over))?\s+(?:(?:to|at|be|start|begin|be\s+at)\s+)*(?<to>\S.{0,20}?)${TAIL}`,
  'd',
);

const STOPS = String.raw`(?:stop|end|finish|quit|discontinue|drop|cancel)`;
/** "Stop it after november", "end yoga at the end of the year" */
const ENDS = new RegExp(
  String.raw`${LEAD}(?:${STOPS}\s+${OBJECT}|(?:it|that)\s+(?:ends|stops|is\s+over))\s+(?<how>after|past|from|as\s+of|starting(?:\s+(?:from|in))?|with(?=\s+the\s+(?:end|last)\b)|(?:at|by)\s+the\s+end\s+of)\s+(?<when>\S.{0,30}?)(?:\s+on(?:wards?)?)?${TAIL}`,
  'd',
);
/** "Only until christmas" of what repeats */
const UNTIL = new RegExp(
  String.raw`${LEAD}(?:(?:only|just|it|that|we|do|keep|run|let|goes|runs|ends|should|go|have|end|make|is)(?:'s)?\s+)*(?<how>until|till?|through|thru|up\s+to)\s+(?<when>\S.{0,30}?)(?:\s+only)?${TAIL}`,
  'd',
);
const ALTOGETHER = new RegExp(
  String.raw`${LEAD}(?:${STOPS}\s+${OBJECT}\s+(?:altogether|completely|entirely|for\s+good|permanently|for\s?ever|once\s+and\s+for\s+all)|(?:i|we)\s+(?:don't|do\s+not)\s+(?:do|have|need|go\s+to|want|attend)\s+(?<object2>${IT}|\S.{0,50}?)\s+any\s?more|no\s+more\s+(?<object3>(?!repeating\b)\S.{0,50}?))${TAIL}`,
  'd',
);
/** "Skip next tuesday", "not on the 24th" */
const SKIPS = new RegExp(
  String.raw`${LEAD}(?:(?:skip|leave\s+out|miss|drop|omit|(?:cancel|delete|remove)\s+(?=the\s+one\b))(?:\s+(?:it|that|this|the\s+one|one))?(?:\s+(?:on|for|in))?|not(?:\s+(?:on|in))?|no\s+(?:class|session|lesson|meeting|training|practice)(?:\s+on)?)\s+(?<when>[^\s,][^,;]{0,30}?)(?:\s*[,;-]\s+(?:because\s+|since\s+|as\s+)?(?:i|we|they|he|she|it|there|everyone|everybody|the|my|our)(?:'\p{L}+)?\s[^,;?]*)?${TAIL}`,
  'du',
);

/** Orders about the days of a series that was spoken of, or that is named. */
export function seriesOrder(draft: Draft, input: NluInput): Act[] | null {
  const known = isItAnEvent(input) ? freshSubject(input)?.known : undefined;
  const isSeries = known?.recurrence !== undefined;
  const place: Place = { draft, isEvent: known !== undefined, title: input.lastReceipt?.title ?? '' };
  const order =
    fromThenOn(place) ??
    once({ ...place, isEvent: place.isEvent || isOneCalledOff(input) }) ??
    (isOneCalledOff(input) ? oneAfter(place, input) : null) ??
    ending(place, isSeries) ??
    altogether(place) ??
    (isSeries ? (everyDay(place) ?? skipped(place) ?? ofWeekday(place, known?.recurrence ?? '')) : null);
  return order && [order];
}

/** Of a series of which a day was just called off, another day is moved. */
const isOneCalledOff = ({ lastReceipt: last }: NluInput): boolean =>
  last?.action === 'cancel_event' && last.kind === 'event';

interface Place {
  draft: Draft;
  /** An event was spoken of last; `title` is what it is called. */
  isEvent: boolean;
  title: string;
}

function fromThenOn(place: Place): Act | null {
  const { draft } = place;
  const { folded } = draft;
  for (const wording of [MOVE_FROM, FROM_THEN, THEN_FROM, ...SUBJECT_FROM, ...SUBJECT_THEN]) {
    const match = wording.exec(folded);
    const from = match && (groupAt(match, 'from') ?? groupAt(match, 'from2'));
    const to = match && groupAt(match, 'to');
    const start = from && startAt(draft, from);
    if (!match || !to || !start) continue;
    const object = groupAt(match, 'object') ?? groupAt(match, 'object2');
    const item =
      itemAt(place, object, 'following') ??
      // "It" is no name of something new, whatever was spoken of.
      (object && isPointer(draft, object) ? spokenEvent(draft, 'following') : null);
    const change = item && (timeAt(draft, oneOf(draft, to), { start }) ?? placeAt(draft, to));
    if (change && item)
      return actOn(draft, 'update_event', [item, ...change.entities], { ...change.params, was: { start } });
  }
  return null;
}

/** A day of the week in the plural is each of them from then on. */
const oneOf = ({ folded }: Draft, { start, end }: Range): Range => ({
  start,
  end: PLURAL_DAY.test(folded.slice(start, end)) ? end - 1 : end,
});
const PLURAL_DAY = new RegExp(`^${DAY_NAME}s$`);

/** The day from which on; that is today for "from now on". */
function startAt(draft: Draft, at: Range): string | null {
  if (/^(?:now|going forward)$/.test(draft.folded.slice(at.start, at.end)))
    return formatDay(timeContext(draft.now, draft.timezone, draft.preferences).today);
  return daysAt(draft, at)?.start ?? null;
}

function once(place: Place): Act | null {
  const { draft } = place;
  for (const wording of [ONCE, THAT_ONE, DATED_ONE, ...DAYS_OWN]) {
    const match = wording.exec(draft.folded);
    const at = match && groupAt(match, 'when');
    const to = match && (groupAt(match, 'to') ?? groupAt(match, 'to2') ?? groupAt(match, 'to3'));
    const days = at && daysAt(draft, at);
    if (!days?.start || !to) continue;
    const known = groupAt(match, 'known');
    // "Dinner on friday is at 8" may be a new one, unless it was just spoken of.
    if (known && !isCalledSo(place, known)) continue;
    const object = groupAt(match, 'object');
    if (at && object && OF_A_DAY.test(draft.folded.slice(at.start, at.end)) && !isCalledSo(place, object))
      continue;
    const item = itemAt(place, known ?? object, 'this');
    const change = item && (timeAt(draft, to, days) ?? placeAt(draft, to));
    if (change && item)
      return actOn(draft, 'update_event', [item, ...change.entities], { ...change.params, was: days });
  }
  return null;
}

/** "Tomorrow's dinner is at 8" may be news as well; "this week's" is always that of a series. */
const OF_A_DAY = new RegExp(`^(?:today|tonight|tomorrow|(?:(?:this|next)\\s+)?${DAY_NAME})$`);

function ending(place: Place, isSeries: boolean): Act | null {
  const { draft } = place;
  const ends = ENDS.exec(draft.folded);
  const match = ends ?? (isSeries ? UNTIL.exec(draft.folded) : null);
  const at = match && groupAt(match, 'when');
  const days = at && daysAt(draft, at);
  if (!match || !at || !days) return null;
  const object = groupAt(match, 'object');
  const item = itemAt(place, object, undefined);
  // "Cancel it from monday on" needs a series; of one event it would call that off.
  if (!item || (isPointer(draft, object) && !isSeries)) return null;
  // "Till tomorrow" after it takes leave; "only until tomorrow" ends it.
  if (!ends && !SAYS_THAT.test(match[0]) && !isFarOff(draft, days)) return null;
  const since = /^(?:from|as|starting)/.test(match.groups?.['how'] ?? '') ? days.start : days.end;
  if (since === undefined) return null;
  const range: DateRange = { start: since };
  return actOn(draft, 'cancel_event', [item, entityAt(draft, 'date_range', at, range, 'from then on')]);
}

const SAYS_THAT = /\b(?:only|just|it|that|goes|runs|ends?)\b/;

/** Not within the week that begins now. */
function isFarOff({ now, timezone, preferences }: Draft, { start, end }: DateRange): boolean {
  const day = civilFromIso(start ?? end ?? '', timezone);
  return day !== null && day.moment > timeContext(now, timezone, preferences).today + 7 * DAY;
}

function altogether(place: Place): Act | null {
  const match = ALTOGETHER.exec(place.draft.folded);
  const object =
    match && (groupAt(match, 'object') ?? groupAt(match, 'object2') ?? groupAt(match, 'object3'));
  const item = object && itemAt(place, object, 'all');
  return item ? actOn(place.draft, 'cancel_event', [item]) : null;
}

/** Another hour for all of its days. */
function everyDay(place: Place): Act | null {
  const match = WHOLE_TO.exec(place.draft.folded);
  const to = match && groupAt(match, 'to');
  const time = to && timeAt(place.draft, to, {});
  const item = itemAt(place, null, 'all');
  return time && item ? actOn(place.draft, 'update_event', [item, ...time.entities], time.params) : null;
}

function skipped(place: Place): Act | null {
  const { draft } = place;
  const match = SKIPS.exec(draft.folded);
  const at = match && groupAt(match, 'when');
  const days = at && daysAt(draft, at);
  const item = days && itemAt(place, null, 'this');
  return at && days && item && isOfThis(place, at)
    ? actOn(draft, 'cancel_event', [item, entityAt(draft, 'date_range', at, days, 'as said')])
    : null;
}

/** Nothing stands before the day, or the name of what was spoken of: "skip the gym tomorrow" is about the gym. */
function isOfThis(place: Place, at: Range): boolean {
  const [time] = timesIn(place.draft, at);
  const named = { start: at.start, end: Math.max(at.start, time?.leadStart ?? at.start) };
  const words = place.draft.folded.slice(named.start, named.end).trim();
  return (
    /^(?:(?:the|on|in|for|of|week|one)(?:\s+|$))*$/.test(words) ||
    isCalledSo(place, trimRange(place.draft.folded, named))
  );
}

function ofWeekday(place: Place, rule: string): Act | null {
  const { draft } = place;
  const match = WEEKDAYS_TO.exec(draft.folded);
  const [at, to] = match ? [groupAt(match, 'when'), groupAt(match, 'to')] : [];
  const days = at && daysAt(draft, at);
  const day = WEEKDAYS.get(match?.groups?.['when'] ?? '');
  const own = /(?<=(?:^|;)BYDAY=)[A-Z,]+/.exec(rule)?.[0].split(',') ?? [];
  const code = WEEKDAY_CODES[(day ?? 0) - 1];
  if (!at || !to || !days || code === undefined || own.length < 2 || !own.includes(code)) return null;
  const item = itemAt(place, null, undefined);
  const time = timeAt(draft, to, days);
  const start = time?.entities.find(({ slot }) => slot === 'start');
  const ofDay = rule.replace(/(?<=(?:^|;)BYDAY=)[A-Z,]+/, code);
  return item && start
    ? actOn(draft, 'update_event', [
        item,
        start,
        entityAt(draft, 'recurrence', at, ofDay, 'of its days that one'),
      ])
    : null;
}

/** "And also the one after": of a series of which a day was just called off, the day that comes then. */
function oneAfter({ draft }: Place, { lastReceipt: last }: NluInput): Act | null {
  const day = last?.said?.slots.date_range?.end ?? last?.slots.date_range?.end;
  const from = day === undefined ? null : civilFromIso(day, draft.timezone);
  if (!from || last?.action !== 'cancel_event' || !ONE_AFTER.test(draft.folded)) return null;
  // It comes within a week; where more than one does, it is asked which.
  const days = { start: formatDay(from.moment), end: formatDay(from.moment + 7 * DAY) };
  return actOn(draft, 'cancel_event', [
    spokenEvent(draft, 'this'),
    entityAt(draft, 'date_range', NOWHERE, days, 'after the one called off'),
  ]);
}
const ONE_AFTER =
  /^[\s,.!]*(?:(?:ok|okay|oh|and|also|plus|please|cancel|skip)[\s,]+)*(?:the\s+(?:one|week)\s+after(?:\s+(?:that|it))?|the\s+(?:next|following)\s+one)(?:[\s,]+(?:too|as\s+well|also|please))*[\s.!]*$/;

const POINTER = new RegExp(`^${IT}$`);
const isPointer = ({ folded }: Draft, at: Range | null): boolean =>
  at === null || POINTER.test(folded.slice(at.start, at.end));

/** What is ordered about: by its words, where they name something that takes place, or the event spoken of last. */
function itemAt(place: Place, at: Range | null, scope: Target['scope']): Entity | null {
  const { draft } = place;
  const of = (value: Target, reason: string, range: Range): Entity =>
    entityAt(draft, 'target', range, { ...value, ...(scope && { scope }) }, reason);
  if (isPointer(draft, at) || at === null)
    return place.isEvent
      ? of({ kind: 'event', reference: 'last' }, 'the event spoken of last', at ?? NOWHERE)
      : null;
  const query = draft.text.slice(at.start, at.end).replace(/^(?:the|my|our|doing|going\s+to)\s+/i, '');
  const words = query.toLowerCase();
  const takesPlace = isEvent(words) || ACTIVITY_NOUN.test(words) || isCalledSo(place, at);
  return takesPlace && !TASK_NOUN.test(words) ? of({ kind: 'event', query }, 'words of its title', at) : null;
}

/** Whether what was spoken of last has these words in its name. */
function isCalledSo({ draft, isEvent: isKnown, title }: Place, at: Range): boolean {
  const words = draft.folded.slice(at.start, at.end).replace(/^(?:the|my|our)\s+/, '');
  return isKnown && words !== '' && ` ${title.toLowerCase()} `.includes(` ${words} `);
}

/** The new time: an hour of the day that it is on, or another day among those. */
function timeAt(draft: Draft, at: Range, days: DateRange): { entities: Entity[]; params: ActParams } | null {
  const said = saidTime(draft, at);
  if (!said || said.main.end < at.end || said.cut.start > at.start + 4) return null;
  const { main, day } = said;
  const within = day ?? (main.clockOnly ? null : main);
  const there =
    within &&
    dayAmong(dateRange.safeParse(rangeEntity(draft, { ...within, lead: 'on' }).value).data, days, draft);
  if (within && !there) return null;
  if (!main.hasClock)
    return there
      ? { entities: [entityAt(draft, 'date_range', at, there, 'that day of those')], params: {} }
      : null;
  const known = there?.start === undefined ? {} : { due_date: there.start };
  const entities = timeEntities(draft, there ? { ...said, day: null } : said, 'start', known);
  const [start] = entities;
  if (!start || typeof start.value !== 'string') return null;
  return { entities, params: there ? {} : { day_kept: start.value } };
}

/** "At Lena's place", where nothing in it is a time. */
function placeAt(draft: Draft, at: Range): { entities: Entity[]; params: ActParams } | null {
  if (!/\b(?:at|in)\s+$/.test(draft.folded.slice(0, at.start)) || timesIn(draft, at).length > 0) return null;
  const name = draft.text.slice(at.start, at.end);
  return /^\p{L}/u.test(name)
    ? { entities: [entityAt(draft, 'location', at, name, 'as said')], params: {} }
    : null;
}

/** The weekday that was said, in the days it is said of. */
function dayAmong(said: DateRange | undefined, days: DateRange, { timezone }: Draft): DateRange | null {
  const [day, from] = [said?.start, days.start].map((at) =>
    at === undefined ? null : civilFromIso(at, timezone),
  );
  if (!day || !from) return null;
  const later = (((day.moment - from.moment) % (7 * DAY)) + 7 * DAY) % (7 * DAY);
  const to = days.end === undefined ? null : civilFromIso(days.end, timezone);
  const isThere = to !== null && day.moment >= from.moment && day.moment < to.moment;
  const moment = isThere ? day.moment : from.moment + later;
  return { start: formatDay(moment), end: formatDay(moment + DAY) };
}
