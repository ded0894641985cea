import { ME } from '../../../contracts/entities.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import { timesIn } from '../extract/times.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { civilParts, type Civil } from '../time/civil.ts';
import { BY_ITSELF, PERSON } from './attributes.ts';
import { isName, isPlace, nameSaid } from './names.ts';

export type Fact = NonNullable<ActParams['fact']>;

/** What a pattern has found, as stretches of the draft. */
export interface Found {
  draft: Draft;
  /** By the names of the groups. */
  at(group: string): Range | undefined;
  /** The original words of a group. */
  said(group: string): string;
  folded(group: string): string;
  /** "Remember that" stands before it: it is meant to be kept. */
  isNoted: boolean;
}

export interface Form {
  pattern: RegExp;
  read(found: Found): Omit<Fact, 'move'> | null;
}

/** Somebody else: "my mother", "Ann". */
export const WHO = String.raw`(?:my|our)\s+(?:${PERSON})|(?:(?:dr|mr|mrs|ms|prof|st)\.?\s+)?\p{L}[\p{L}'-]*(?:\s+\p{L}[\p{L}-]*)?`;
/** Whose it is: "my", "Ann's", "my mother's". */
export const WHOSE = String.raw`(?:(?:my|our)|(?<whose>${WHO})(?:'s|s'))`;
/** A value: one line without a mark that ends it. */
export const VALUE = String.raw`(?<value>(?![^,;:?!\n]*\s(?:is|are)\s)[^,;:?!\n]{1,120}?)`;
/** The same before the verb. */
export const VALUE_FIRST = String.raw`(?<value>[^,;:?!\n]{1,80}?)`;
export const NOW = String.raw`(?:now|these\s+days|from\s+now\s+on)`;
export const NEW = String.raw`(?:(?<fresh>new)\s+)?`;
export const NO_MORE = String.raw`(?:any\s?more|any\s+longer)`;
export const IS_NOT = String.raw`(?:\s+is\s+not|\s+isn't|'s\s+not|\s+is\s+no\s+longer)`;
export const form = (source: string, read: Form['read']): Form => ({
  pattern: new RegExp(`^(?:${source})$`, 'dsu'),
  read,
});

/** Words that are said of somebody, for the subject of a fact; null where they name nobody. */
export function subjectOf(
  { at, said, draft }: Pick<Found, 'at' | 'said' | 'draft'>,
  group: string,
): string | null {
  const range = at(group);
  if (!range) return ME;
  const words = said(group);
  if (/^(?:my|our)\s/i.test(words))
    return words.replace(/\s+/g, ' ').replace(/^M|^O/, (one) => one.toLowerCase());
  // "Mum's birthday" is that of the own one.
  if (CALLED_SO.test(words)) return `my ${words.toLowerCase()}`;
  return isName(draft, range) ? nameSaid(words) : null;
}
const CALLED_SO = new RegExp(`^(?:${BY_ITSELF})$`, 'i');

export const plainAttribute = (words: string): string =>
  words
    .replace(/\s+/g, ' ')
    .replace(/^(?:new|former)\s+/, '')
    .replace(/\bfavorite\b/, 'favourite')
    .replace(/\ballergies\b/, 'allergy')
    .replace(/^number$/, 'phone number');

/** "Is now", "my new dentist": the words themselves say that it has changed. */
export const changes = ({ at }: Found): Pick<Fact, 'is_change'> =>
  at('fresh') || at('now') || at('now2') ? { is_change: true } : {};

export function person(found: Found, isCalled = false): Omit<Fact, 'move'> | null {
  const { draft, at, said, folded } = found;
  const value = at('value');
  const subject = subjectOf(found, 'whose');
  if (!value || subject === null || !isName(draft, value, isCalled)) return null;
  // A car that is red is not called so.
  if (!isCalled && !IS_PERSON.test(folded('attribute')) && !/\p{Lu}/u.test(said('value'))) return null;
  return {
    subject,
    attribute: plainAttribute(folded('attribute')),
    value: nameSaid(said('value')),
    value_kind: 'person',
    ...changes(found),
  };
}

const IS_PERSON = new RegExp(`^(?:${PERSON})$`, 'u');

/** It does not hold any more. */
export const over = (told: Omit<Fact, 'move'> | null): Omit<Fact, 'move'> | null =>
  told && { ...told, is_over: true };

export const text = (
  found: Found,
  attribute: string,
  value = found.said('value'),
): Omit<Fact, 'move'> | null => {
  const subject = subjectOf(found, 'who');
  return subject === null ? null : { subject, attribute, value, value_kind: 'text' };
};

export const hasTime = ({ draft, at }: Found): boolean => {
  const value = at('value');
  return value !== undefined && timesIn(draft, value).length > 0;
};

export function place(found: Found, lead: string): Omit<Fact, 'move'> | null {
  const { draft, at, said, folded } = found;
  const value = at('value');
  const subject = subjectOf(found, 'whose');
  if (!value || subject === null || !isPlace(draft, value)) return null;
  return {
    subject,
    attribute: plainAttribute(folded('attribute')),
    value: [lead, said('value')].filter(Boolean).join(' '),
    value_kind: 'place',
    ...changes(found),
  };
}

/** It does not hold any more; all of it where nothing is named. */
export function overText(found: Found, attribute: string): Omit<Fact, 'move'> | null {
  const subject = subjectOf(found, 'who');
  if (subject === null || hasTime(found)) return null;
  const value = found.said('value');
  const isAll = /^(?:|anything|everything)$/i.test(value);
  return over({ subject, attribute, ...(!isAll && { value, value_kind: 'text' }) });
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** "May 3rd" as "3 May", with its year where one was said. */
export function dayIn(draft: Draft, range: Range): string | null {
  const [time, more] = timesIn(draft, range, [], true);
  const [reading] = time?.readings ?? [];
  if (!time || !reading || more || time.hasClock || reading.grain !== 'day') return null;
  if (/\p{L}/u.test(draft.folded.slice(time.end, range.end))) return null;
  const { day, month, year } = civilParts(reading.start);
  const isYear = draft.folded.slice(range.start, range.end).includes(String(year));
  return `${day} ${MONTHS[month - 1] ?? ''}${isYear ? ` ${year}` : ''}`;
}

export const I_AM = String.raw`(?:i(?:'m|\s+am)|(?<who>${WHO})(?:'s|\s+is|\s+are))`;
/** What is eaten or had: a few words that name no meal and no time. */
export const FOOD = String.raw`(?<value>(?!(?:at|in|on|before|after|until|till|out|much|enough|anything|any|it|that|this|them|there|here|yet|well|lunch|dinner|breakfast|brunch|today|tomorrow|tonight|now|properly|alone|together|with|for|the)\b)[\p{L}'-]+(?:\s+(?!(?:at|in|on|before|after|until|till|for|today|tomorrow|tonight|with|because|by|every|when|if|so|any|anymore|again)\b)[\p{L}'-]+){0,3})`;
export const THING = String.raw`(?<value>(?!(?:it|that|this|them|these|those|him|her|me|us|you|to|how|when|what|where|who|if|the\s+(?:idea|plan|time|day|date|first|second))\b)[^,;:?!.\n]{2,60})`;
/** Of oneself: a thing by its name, and no comment on what goes on ("I love how …", "I hate this", "I love you"). */
export const OWN_TASTE = String.raw`(?<value>(?!(?:an?|the|this|that|these|those|it|them|him|her|me|us|you|your|my|our|his|their|to|how|when|what|where|who|why|if|being|having|doing|waiting|going|getting|planning|mornings?|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|everything|nothing|all|every|each|so|too|and|or|but)\b)[\p{L}'-]{3,}(?:\s+(?!(?:is|are|was|the|an?|this|that|it|you|your|my|to|at|on|for|so|when|if|but|because|today|now|again|already|here|there|too)\b)[\p{L}'-]+){0,2})`;
/** "Mondays", or one day with "every" before it. */
export const WEEKDAYS = String.raw`(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|(?<=every\s)(?:mon|tues|wednes|thurs|fri|satur|sun)day)`;
export const MEAL = 'lunch|dinner|breakfast|supper';

/** "Lunch at 1" is after noon, and so is dinner at 7. */
export function mealClock(meal: string, at: Civil): string {
  const { hour, minute } = civilParts(at);
  const isLater = meal === 'lunch' ? hour < 7 : meal !== 'breakfast' && hour < 12;
  return [isLater ? hour + 12 : hour, minute].map((part) => String(part).padStart(2, '0')).join(':');
}

/** What has a time and a place of its own, rather than one that is to be remembered. */
export const TAKES_PLACE =
  /\b(?:meetings?|party|dinner|lunch|breakfast|wedding|concert|trip|flight|train|exam|class|course|lesson|call|game|match|party|appointment|birthday|deadline|report|dentist|doctor)\b/;

/** Not what one is called by: "call me back", "call me at five". */
export const CALLS =
  /^(?:back|later|again|at|in|on|when|if|as|before|after|about|asap|now|today|tonight|tomorrow|soon|maybe|anytime|up|out|an?\b|the|crazy|old|first|once|please|by|from)\b/i;
export const SITES =
  /\b(?:restaurant|caf[eé]|bar|pub|park|bakery|pizzeria|diner|place|shop|cinema|beach|gym)$/;

export function livesOrWorks(found: Found, attribute: 'home' | 'work'): Omit<Fact, 'move'> | null {
  const { draft, at, said, folded } = found;
  const value = at('value');
  const subject = subjectOf(found, 'whose');
  if (
    !value ||
    subject === null ||
    /\b(?:home|night|once)\b|^(?:me|us|you|it|that|an?)\b|days?\b/.test(folded('value'))
  )
    return null;
  // "That works for me" says nothing of anybody; a firm has a capital, a place a street or one.
  if (!isPlace(draft, value)) return null;
  return {
    subject,
    attribute,
    value: `${folded('lead')} ${said('value')}`,
    value_kind: 'place',
    ...changes(found),
  };
}

export function labelled(found: Found): Omit<Fact, 'move'> | null {
  const { draft, at, said, folded } = found;
  const value = at('value');
  const subject = subjectOf(found, 'whose');
  if (!value || subject === null) return null;
  const attribute = plainAttribute(folded('attribute'));
  const isAddress = attribute.endsWith('address');
  const isFit = isAddress
    ? isPlace(draft, value) || /^\d+\s+\p{L}/u.test(said('value'))
    : attribute.startsWith('blood')
      ? /^(?:ab|a|b|0|o)\s?(?:[+-]|pos(?:itive)?|neg(?:ative)?)?$/.test(folded('value'))
      : attribute.startsWith('wi') || /(?:colou?r|sign|shirt size|clothes size)$/.test(attribute)
        ? said('value').split(/\s+/).length <= 3 && !/^(?:not|wrong|broken|down|slow)\b/.test(folded('value'))
        : /\d/.test(said('value')) &&
          said('value').split(/\s+/).length <= 8 &&
          (folded('attribute') !== 'number' || /(?:\d[\s/-]?){5}/.test(said('value'))) &&
          !/\b(?:due|at \d|on \d)/.test(folded('value'));
  if (!isFit || said('value').includes('@')) return null;
  return {
    subject,
    attribute,
    value: said('value'),
    value_kind: isAddress ? 'place' : 'text',
    ...changes(found),
  };
}

/** Of oneself much is said in talk: only what is to be remembered is kept. */
export function tastes(found: Found, attribute: 'likes' | 'dislikes'): Omit<Fact, 'move'> | null {
  if (!found.at('who') && !found.isNoted) return null;
  const value = found.at('value');
  if (!value || timesIn(found.draft, value).length > 0 || found.said('value').split(/\s+/).length > 6)
    return null;
  return text(found, attribute);
}
