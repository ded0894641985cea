import { z } from 'zod';
import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { civilParts } from '../time/civil.ts';
import type { TimeMatch } from '../time/expressions.ts';
import { ORDINALS, WEEKDAYS, WEEKDAY_NAMES } from '../time/words.ts';
import { findLength } from './lengths.ts';
import type { Moment } from './moments.ts';
import { findMoments } from './moments.ts';
import { forgotten, off, reset, switched } from './preference-off.ts';
import { sayClock, WORK_TIMES, withoutWorkDays, workHours } from './work-hours.ts';

interface Said {
  draft: Draft;
  range: Range;
  words: string;
  moments: Moment[];
}

/** A wish about how the planner works: its key, its value in a normal form, and the words of the value. */
interface Read {
  value: unknown;
  span: Range;
}

interface Preference {
  key: string;
  pattern: RegExp;
  read(said: Said): Read | null;
}

const PREFERENCES: readonly Preference[] = [
  {
    key: 'email_style',
    pattern:
      /\b(?:e-?mails?|mails?|letters?|drafts?|writing)\b.*\b(?:style|tone|friendl\w*|formal\w*|casual\w*|short\w*|neutral\w*|professional\w*|robot|warm\w*)|\b(?:style|tone|friendl\w*|formal\w*|casual\w*|neutral\w*|professional)\b.*\b(?:e-?mails?|mails?|letters?|drafts?)\b|\bemail style\b/,
    read: style,
  },
  {
    key: 'date_order',
    pattern:
      /\b(?:day|month|year) first\b|\bdate (?:order|format)\b|\bdd\/mm|\bmm\/dd|\b\d{1,2}\/\d{1,2}\s+(?:is|as|means|should be)\b/,
    read: dateOrder,
  },
  {
    key: 'timezone',
    pattern:
      /\b(?:time\s?-?zones?|timzone|tz|zone)\b|\bi(?:'ve| have)? (?:moved|live|am|'m) (?:to|in)\b|\bi'm (?:now )?in\b/,
    // "What time zone am I in?" sets none.
    read: (said) => (/^(?:so\s+|and\s+)?(?:what|which|in\s+wh)/.test(said.words) ? null : timezone(said)),
  },
  {
    key: 'memory',
    pattern: /\b(?:memory|remember(?:ing)?)\b/,
    read: switched,
  },
  {
    key: 'quiet_hours',
    pattern:
      /\b(?:quiet|do not disturb|don't disturb|dont disturb|no notifications?|silent|mute|notifications? (?:after|before|between|from)|(?:not?|don't|dont|do not) (?:ping|notify|remind|bother|disturb) me)\b/,
    read: (said) => forgotten(said) ?? hours(said) ?? off(said),
  },
  {
    key: 'briefing_time',
    pattern: /\bbriefings?\b|\bbrief me\b|^(?:give|send) me .{0,20}\b(?:summary|overview|rundown|digest)\b/,
    read: (said) => off(said) ?? time(said),
  },
  {
    key: 'next_weekday',
    pattern: /\bnext (?:mon|tue|wed|thu|fri|sat|sun|week\s?day)\w*\b.*\b(?:means?|is|be|as|refers?)\b/,
    read: nextWeekday,
  },
  {
    key: 'week_start',
    pattern:
      /\bweeks?\b.*\b(?:start|starts|begin|begins|beginning|first)|\b(?:start|begin|beginning)\b.*\bweeks?\b|\bfirst day of (?:the|my) week\b/,
    read: weekStart,
  },
  {
    key: 'default_duration_minutes',
    pattern:
      /\b(?:meetings?|events?|appointments?|calls?(?! me\b)|lunch(?:e?s)?|tasks?|duration|length)\b.*\b(?:default|by defualt|minutes?|mins?|hours?(?! (?:time|clock|format)\b)|long)\b|\bdefault\b.*\b(?:meeting|event|duration|length|appointment)/,
    read: length,
  },
  { key: 'break_minutes', pattern: /\b(?:breaks?|buffers?|between (?:my )?meetings|gaps?)\b/, read: length },
  { key: 'lunch_break', pattern: /\blunch\b/, read: hours },
  {
    key: 'no_events',
    pattern:
      /\b(?:never|don't|dont|do not|no|not|keep|avoid|block)\b.*\b(?:schedul\w*|plan|meetings?|anything|events?|stuff|book|free)\b/,
    read: hoursOrDays,
  },
  {
    key: 'working_days',
    pattern:
      /^(?=.*\b(?:mon|tue|wed|thu|fri|sat|sun|weekend|week ?day|every ?day|each day)).*\b(?:(?:i|we) (?:don't|dont|do not|do|never|no longer|won't|only|also|always)? ?(?:ever )?work|work(?:ing)? days?|office days|days? off|(?:i'm|i am|we're|we are) (?:always |usually )?(?:off|not working)|(?:i|we) (?:always |usually )?have(?= .*\boff\b))\b(?!.*\d)/,
    read: workDays,
  },
  {
    key: 'working_hours',
    pattern: new RegExp(
      String.raw`\b(?:work|works|workign|working|office|shifts?|hours|workday)\b|^${WORK_TIMES}`,
    ),
    read: ({ draft, range }) => {
      const said = saidIn(withoutWorkDays(draft), range);
      return forgotten(said) ?? workHours(said.moments, said.words, said.range) ?? hours(said) ?? reset(said);
    },
  },
  {
    key: 'default_list',
    pattern: /\b(?:default|standard|main) list\b|\blist\b.*\bdefault\b/,
    read: afterLink,
  },
  { key: 'default_priority', pattern: /\bpriorit(?:y|ies)\b/, read: afterLink },
  { key: 'language', pattern: /\b(?:language|speak|talk|answer|reply)\b/, read: afterLink },
];

/** The first setting that is spoken of; none where no known one is. */
export function extractPreference(draft: Draft, core: Range): Entity[] {
  const said = saidIn(draft, core);
  const spoken = PREFERENCES.filter(({ pattern }) => pattern.test(said.words));
  return firstValue(spoken, said);
}

/** Another value of a setting that is known from before: "at 8". */
export const preferenceOf = (key: string, draft: Draft, core: Range): Entity[] =>
  firstValue(
    PREFERENCES.filter((one) => one.key === key),
    saidIn(draft, core),
  );

function saidIn(draft: Draft, core: Range): Said {
  const range = { start: core.start, end: Math.min(core.end, core.start + 400) };
  return {
    draft,
    range,
    words: draft.folded.slice(range.start, range.end),
    moments: findMoments(draft, range),
  };
}

function firstValue(preferences: readonly Preference[], said: Said): Entity[] {
  for (const { key, read } of preferences) {
    const found = read(said);
    if (found)
      return [entityAt(said.draft, 'preference', found.span, { key, value: found.value }, 'as said')];
  }
  return [];
}

const clockOf = (seconds: number): string => sayClock(civilParts(seconds));

function edgesOf(time: TimeMatch, words: string): { start?: string; end?: string } | null {
  const works = WORKS.test(words);
  const ends = time.lead === 'before' || time.lead === 'until' || time.lead === 'by';
  const byDay = ({ start }: { start: number }): boolean => {
    const { hour } = civilParts(start);
    return hour >= 7 && hour < 19;
  };
  // Which half still lies ahead today is nothing to a setting: "nothing before 9:30" means the morning.
  const reading = (ends || works ? time.readings.find(byDay) : undefined) ?? time.readings[0];
  if (!reading || !time.hasClock) return null;
  const start = clockOf(reading.start);
  if (time.isRange) return { start, end: clockOf(reading.end) };
  // "after nine at night" is open on one side, and so is "never before ten".
  if (time.lead === 'after' || time.lead === 'since') return { start };
  return ends ? { end: start } : { start };
}

const WORKS = /\bwork/;

/** "9 to 5" ends in the afternoon; quiet hours go through the night. */
function inOneDay(edges: { start?: string; end?: string } | null, said: string, words: string): typeof edges {
  const { start, end } = edges ?? {};
  if (!edges || /[ap]\.?m|night|morning|noon/.test(said)) return edges;
  if (/quiet|disturb|notif/.test(words)) return throughNight(edges, said);
  if (start === undefined || end === undefined || start < end) return edges;
  const hour = Number(end.slice(0, 2)) + 12;
  return hour <= 23 && Number(end.slice(0, 2)) > 0 ? { start, end: `${hour}${end.slice(2)}` } : edges;
}

/** "From 10 to 7": from the evening to the morning, unless it was said by a clock of 24 hours. */
function throughNight(
  { start, end }: { start?: string; end?: string },
  said: string,
): { start?: string; end?: string } {
  const other = (time: string | undefined, isOther: (hour: number) => boolean): string | undefined => {
    const hour = Number(time?.slice(0, 2));
    const asSaid = said.includes(`0${hour}`) || (hour > 12 && said.includes(`${hour}`));
    return time === undefined || asSaid || !isOther(hour)
      ? time
      : `${String((hour + 12) % 24).padStart(2, '0')}${time.slice(2)}`;
  };
  const from = other(start, (hour) => hour >= 6 && hour < 12);
  // "Between 12 and 2" is a break at noon.
  const until = other(end, (hour) => hour > 12 && (from === undefined || from >= '17'));
  return { ...(from !== undefined && { start: from }), ...(until !== undefined && { end: until }) };
}

function hours({ moments, words, draft, range }: Said): Read | null {
  for (const moment of moments) {
    const edges =
      moment.time &&
      inOneDay(edgesOf(moment.time, words), draft.folded.slice(moment.start, moment.end), words);
    if (edges) return { value: edges, span: moment };
  }
  const bare = /\b(?<from>\d{1,2})\s*(?:-|to|until|till)\s*(?<to>\d{1,2})\b/d.exec(words);
  const [from, to] = [Number(bare?.groups?.['from']), Number(bare?.groups?.['to'])];
  if (!bare || !(from <= 24 && to <= 24)) return null;
  const span = { start: range.start + bare.index, end: range.start + bare.index + bare[0].length };
  const pad = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`;
  return draft.text === '' ? null : { value: inOneDay({ start: pad(from), end: pad(to) }, '', words), span };
}

function hoursOrDays(said: Said): Read | null {
  const found = hours(said);
  if (found) return found;
  const days = [
    ...said.words.matchAll(/\b(?<day>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b/g),
  ];
  const codes = days
    .map(
      (match) => WEEKDAYS.get(`${match.groups?.['day'] ?? ''}`) ?? WEEKDAYS.get(match[0].replace(/s$/, '')),
    )
    .filter((day) => day !== undefined);
  const [first] = days;
  const last = days.at(-1);
  const [from, to] = [codes[0], codes.at(-1)];
  if (!first || !last || from === undefined || to === undefined) return null;
  const span = { start: said.range.start + first.index, end: said.range.start + last.index + last[0].length };
  const through = /\b(?:to|through|until|-)\b|-/.test(
    said.words.slice(first.index + first[0].length, last.index),
  );
  const all = through
    ? Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, step) => ((from - 1 + step) % 7) + 1)
    : codes;
  return { value: { days: all.map((day) => (WEEKDAY_NAMES[day] ?? '').toLowerCase()) }, span };
}

const DAYS_TOGETHER: readonly [RegExp, readonly string[]][] = [
  [/\bweekends?\b/, ['saturday', 'sunday']],
  [/\bweek\s?days?\b|\bworking\s+week\b/, ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']],
  [/\b(?:every|each)\s?day\b/, WEEKDAY_NAMES.slice(1).map((name) => name.toLowerCase())],
];

/** Days that are named one by one, or as a weekend, or all of them. */
function workDays(said: Said): Read | null {
  // "I work from home on mondays" says where, and not on which days.
  if (SAYS_WHERE.test(said.words)) return null;
  const except = EXCEPT.exec(said.words);
  if (!except) return daysOf(said);
  const all = daysOf({ ...said, words: said.words.slice(0, except.index) });
  const off = daysOf({ ...said, words: said.words.slice(except.index) });
  const [kept, left] = [all, off].map((read) => named.safeParse(read?.value).data?.days ?? []);
  if (!all || !kept || !left || left.length === 0) return null;
  return { ...all, value: { days: kept.filter((day) => !left.includes(day)) } };
}
const named = z.object({ days: z.array(z.string()) });
const SAYS_WHERE =
  /\bfrom\s+home\b|\bremotely\b|\b(?:in|at|from)\s+(?:the|my|our)\s+(?:office|home|\p{L}+\s+office)\b/u;
const EXCEPT = /\b(?:except|apart\s+from|other\s+than|but\s+not|but\s+(?=\w+days?\b)|without)\b/;

function daysOf(said: Said): Read | null {
  const found = hoursOrDays(said);
  if (found) return found;
  for (const [pattern, days] of DAYS_TOGETHER) {
    const match = pattern.exec(said.words);
    if (!match) continue;
    const start = said.range.start + match.index;
    return { value: { days: [...days] }, span: { start, end: start + match[0].length } };
  }
  return null;
}

function time({ moments, words, range }: Said): Read | null {
  const moment = moments.find((one) => one.time?.hasClock === true);
  // A briefing opens the day unless something says otherwise.
  const early = moment?.time?.readings.find(
    ({ start }) => civilParts(start).hour >= 4 && civilParts(start).hour < 12,
  );
  const reading = early ?? moment?.time?.readings[0];
  if (moment && reading) return { value: clockOf(reading.start), span: moment };
  const part = moments.find((one) => one.time?.readings[0]?.grain === 'part_of_day');
  // "Make that 8": what is changed has an hour already.
  const bare = /^\s*(?<hour>\d{1,2})\s*$/.exec(words)?.groups?.['hour'];
  if (!part && bare !== undefined && Number(bare) < 24)
    return { value: `${bare.padStart(2, '0')}:00`, span: range };
  const begins = part?.time?.readings[0];
  return part && begins ? { value: clockOf(begins.start), span: part } : null;
}

function weekStart({ words, range }: Said): Read | null {
  const match = /\b(?<day>monday|sunday|saturday|mon|sun|sat)s?\b/d.exec(words);
  const day = WEEKDAYS.get(match?.groups?.['day'] ?? '');
  return match && day !== undefined
    ? {
        value: (WEEKDAY_NAMES[day] ?? '').toLowerCase(),
        span: { start: range.start + match.index, end: range.start + match.index + match[0].length },
      }
    : null;
}

function length({ draft, range }: Said): Read | null {
  const found = findLength(draft, range, []);
  return found && { value: found.entity.value, span: found.entity };
}

/** "Next friday means the coming one", "when I say next friday I mean friday of next week". */
function nextWeekday({ words, range }: Said): Read | null {
  const rest = /\b(?:means?|is|be|as|refers?(?: to)?)\b(?<value>.*)$/d.exec(words);
  const at = rest?.indices?.groups?.['value'];
  const said = rest?.groups?.['value'] ?? '';
  if (!at) return null;
  const span = trimRange(words, { start: at[0], end: at[1] }, '.,!? ');
  const value = /\b(?:next|following|other) week|week after|\bweek(?:'s)? (?:later|on)\b/.test(said)
    ? 'next_week'
    : /\b(?:coming|this|nearest|upcoming|closest|first|very next|soonest)\b/.test(said)
      ? 'coming'
      : null;
  return value && { value, span: { start: range.start + span.start, end: range.start + span.end } };
}

const STYLES: readonly [RegExp, string][] = [
  [/\b(?:informal\w*|friendl\w*|casual\w*|warm\w*|robot)\b/, 'friendly'],
  [/\b(?:formal\w*|professional\w*|official\w*)\b/, 'formal'],
  [/\b(?:neutral\w*|short\w*|brief\w*|normal)\b/, 'neutral'],
];

function style({ words, range }: Said): Read | null {
  for (const [pattern, value] of STYLES) {
    const match = pattern.exec(words);
    if (match)
      return {
        value,
        span: { start: range.start + match.index, end: range.start + match.index + match[0].length },
      };
  }
  return null;
}

function dateOrder({ words, range }: Said): Read | null {
  const said =
    /\b(?<first>day|month|year) first\b|\b(?<form>dd\/mm|mm\/dd)\b|\b(?<a>\d{1,2})\/(?<b>\d{1,2})\s+(?:is|as|means|should be)\s+(?:the\s+)?(?<read>.{3,30})/d.exec(
      words,
    );
  if (!said) return null;
  const { first, form, a, read = '' } = said.groups ?? {};
  const span = { start: range.start + said.index, end: range.start + said.index + said[0].length };
  if (first !== undefined)
    return { value: first === 'day' ? 'dmy' : first === 'month' ? 'mdy' : 'ymd', span };
  if (form !== undefined) return { value: form === 'dd/mm' ? 'dmy' : 'mdy', span };
  const number = Number(a);
  const named = [...ORDINALS].find(([, value]) => value === number)?.[0] ?? 'x';
  const dayFirst = new RegExp(String.raw`\b(?:${named}|${number}(?:st|nd|rd|th))\b`).test(read);
  return { value: dayFirst ? 'dmy' : 'mdy', span };
}

/** A few names that people say instead of an IANA zone; the rest stays as said, for the settings to settle. */
const ZONES: Readonly<Record<string, string>> = {
  pacific: 'America/Los_Angeles',
  'pacific time': 'America/Los_Angeles',
  mountain: 'America/Denver',
  central: 'America/Chicago',
  eastern: 'America/New_York',
  'eastern time': 'America/New_York',
  'central european time': 'Europe/Berlin',
  cet: 'Europe/Berlin',
  pst: 'America/Los_Angeles',
  pt: 'America/Los_Angeles',
  mst: 'America/Denver',
  cst: 'America/Chicago',
  est: 'America/New_York',
  et: 'America/New_York',
  bst: 'Europe/London',
  utc: 'UTC',
  gmt: 'UTC',
};

function timezone({ draft, words, range }: Said): Read | null {
  const match =
    /\b(?:time\s?-?zone|timzone|tz|zone)\s+(?:is|to|of|=|:|as)?\s*(?:now\s+)?(?:of\s+)?(?<name>[\p{L}][\p{L}/_ +0-9:-]{1,40})|\bto\s+(?<to>[\p{L}][\p{L}/_ ]{1,40}?)\s+(?:time|time\s?zone)\b|\b(?:moved to|live in|i am in zone of|i'm in|i am in)\s+(?:the\s+)?(?<place>[\p{L}][\p{L} ]{1,30}?)(?=\s*(?:,|$|now|and|time))/du.exec(
      words,
    );
  const at =
    match?.indices?.groups?.['name'] ?? match?.indices?.groups?.['to'] ?? match?.indices?.groups?.['place'];
  if (!at) return null;
  const span = trimRange(draft.folded, { start: range.start + at[0], end: range.start + at[1] }, '.,!?');
  const name = draft.folded.slice(span.start, span.end).replace(/\s+please$/, '');
  const zone = ZONES[name] ?? zoneNamed(name) ?? draft.text.slice(span.start, span.start + name.length);
  return { value: zone, span: { start: span.start, end: span.start + name.length } };
}

let zoneNames: ReadonlyMap<string, string> | undefined;

function zoneNamed(name: string): string | undefined {
  zoneNames ??= new Map(
    Intl.supportedValuesOf('timeZone').flatMap((zone): [string, string][] => [
      [zone.toLowerCase(), zone],
      [(zone.split('/').at(-1) ?? '').replace(/_/g, ' ').toLowerCase(), zone],
    ]),
  );
  return zoneNames.get(name);
}

function afterLink({ draft, words, range }: Said): Read | null {
  const match =
    /(?:\b(?:to|is|as|be|in|=)\b|:)\s+(?:my\s+|the\s+)?(?<value>[\p{L}\p{N}][\p{L}\p{N} _-]{0,40}?)\s*(?:by default|from now on|please)?[.!]*$/du.exec(
      words,
    );
  const at = match?.indices?.groups?.['value'];
  if (!at) return null;
  const span = { start: range.start + at[0], end: range.start + at[1] };
  return { value: draft.text.slice(span.start, span.end).toLowerCase(), span };
}
