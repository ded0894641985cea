import { ME } from '../../../contracts/entities.ts';
import { timesIn } from '../extract/times.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { DATED, DIET, FAVOURITE, LABELLED, NAMED, NUMBERED, PERSON, PLACE, SHARED } from './attributes.ts';
import { isEvent } from '../rules/nouns.ts';
import { isName, nameSaid } from './names.ts';
import {
  type Fact,
  type Found,
  type Form,
  WHO,
  WHOSE,
  VALUE,
  VALUE_FIRST,
  NOW,
  NEW,
  NO_MORE,
  IS_NOT,
  form,
  subjectOf,
  plainAttribute,
  changes,
  person,
  over,
  text,
  hasTime,
  place,
  overText,
  dayIn,
  I_AM,
  FOOD,
  THING,
  OWN_TASTE,
  WEEKDAYS,
  MEAL,
  mealClock,
  TAKES_PLACE,
  CALLS,
  SITES,
  livesOrWorks,
  labelled,
  tastes,
} from './statement-parts.ts';

const FORMS: readonly Form[] = [
  // "my dentist is Dr. Weber", "Ann's new boss is now Tom"
  form(
    String.raw`${WHOSE}\s+${NEW}(?<attribute>${NAMED})(?:'s|\s+is|\s+are)\s+(?:(?<now>${NOW})\s+)?${VALUE}(?:,?\s+(?<now2>${NOW}))?`,
    (found) => person(found),
  ),
  form(
    String.raw`${WHOSE}\s+${NEW}(?<attribute>${NAMED})(?:'s|\s+is|\s+are)\s+(?:(?<now>${NOW})\s+)?(?:called|named)\s+${VALUE}(?:\s+(?<now2>${NOW}))?|${WHOSE.replace('<whose>', '<whose2>')}\s+(?:new\s+)?(?<attribute2>${NAMED})'?s\s+name(?:'s|\s+is)\s+(?<value2>[^,;:?!\n]{1,120}?)|the\s+name\s+of\s+${WHOSE.replace('<whose>', '<whose3>')}\s+(?:new\s+)?(?<attribute3>${NAMED})\s+is\s+(?<value3>[^,;:?!\n]{1,120}?)`,
    (found) => person(found, true),
  ),
  // "Tom is my boss", "Dr. Kim is my new dentist"
  form(
    String.raw`${VALUE_FIRST}\s+is\s+(?:(?<now>${NOW})\s+)?${WHOSE}\s+${NEW}(?<attribute>${PERSON})(?:\s+(?<now2>${NOW}))?`,
    (found) => person(found),
  ),
  // "I have a new dentist, Dr. Kim", "I've changed my dentist to Dr. Kim"
  form(
    String.raw`(?:i|we)(?:'ve|\s+have)?(?:\s+got)?\s+an?\s+(?<fresh>new)\s+(?<attribute>${PERSON})(?:\s*[,:]|\s+now|\s+called|\s+named|\s+and)*\s+(?:(?:it'?s|he'?s|she'?s|it\s+is|(?:his|her|their)\s+name\s+is)\s+(?:called\s+)?)?${VALUE}(?:\s+now)?|(?:i|we)(?:'ve|\s+have)?\s+(?<now>changed|switched|moved)\s+(?:(?:my|our)\s+)?(?<attribute2>${PERSON})s?\s+to\s+(?<value2>[^,;:?!\n]{1,120}?)|(?:my|our)\s+(?<attribute3>${PERSON})\s+(?:has\s+)?(?<now2>changed)(?:\s+to|\s*[,:]\s*(?:it'?s|it\s+is)(?:\s+now)?)\s+(?<value3>[^,;:?!\n]{1,120}?)(?:\s+now)?`,
    (found) => person(found),
  ),
  // "Dr. Weber is not my dentist any more", "my boss is no longer Tom"
  form(
    String.raw`${VALUE_FIRST}(?:\s+is\s+no\s+longer|(?:\s+is\s+not|\s+isn't)(?=.*\s${NO_MORE}$))\s+${WHOSE}\s+(?<attribute>${PERSON})(?:\s+${NO_MORE})?|${WHOSE.replace('<whose>', '<whose2>')}\s+(?<attribute2>${PERSON})(?:\s+is\s+no\s+longer|(?:\s+is\s+not|\s+isn't)(?=.*\s${NO_MORE}$))\s+(?<value2>[^,;:?!\n]{1,120}?)(?:\s+${NO_MORE})?`,
    (found) => over(person(found, true)),
  ),
  // "my dentist is not Dr. Weber", "my dentist isn't Dr. Weber any more, it's Dr. Huber"
  form(String.raw`${WHOSE}\s+(?<attribute>${PERSON})${IS_NOT}\s+(?<value>[^,;:?!\n]{1,60}?)`, (found) =>
    /\p{Lu}/u.test(found.said('value')) ? over(person(found)) : null,
  ),
  form(
    String.raw`${WHOSE}\s+(?<attribute>${PERSON})${IS_NOT}\s+[^,;:?!\n]{1,60}?(?:\s+${NO_MORE})?\s*[,;]\s*(?:but\s+)?(?<now>(?:now\s+)?(?:it|he|she)(?:'s|\s+is)|but|now)\s+(?:now\s+)?${VALUE}(?:\s+(?<now2>${NOW}))?`,
    (found) => person(found),
  ),
  // "I don't have a dentist any more"
  form(
    String.raw`(?:i|we)\s+(?:(?:don't|do\s+not|dont)\s+have|no\s+longer\s+have)\s+an?\s+(?<attribute>${NAMED}|${PLACE})(?:\s+${NO_MORE})?(?<=${NO_MORE}|no\s+longer\s.*)`,
    (found) => ({ subject: ME, attribute: plainAttribute(found.folded('attribute')), is_over: true }),
  ),
  form(
    String.raw`(?:my|our)\s+(?<attribute>${PLACE})(?:\s+is\s+no\s+longer|(?:\s+is\s+not|\s+isn't)(?=.*\s${NO_MORE}$))\s+(?:(?<lead>on|in|at|near)\s+)?(?<value>[^,;:?!\n]{1,120}?)(?:\s+${NO_MORE})?`,
    (found) => over(place(found, found.folded('lead'))),
  ),
  form(
    String.raw`(?:(?:i|we)\s+(?:(?:don't|do\s+not|dont)\s+(?<verb>live|work)(?=.*\s${NO_MORE}$)|no\s+longer\s+(?<verb2>live|work))|(?<whose>${WHO})\s+(?:doesn't\s+(?<verb3>live|work)(?=.*\s${NO_MORE}$)|no\s+longer\s+(?<verb4>live|work)s))\s+(?<lead>in|at|on|near|for)\s+(?<value>[^,;:?!\n]{1,120}?)(?:\s+${NO_MORE})?`,
    (found) => over(livesOrWorks(found, found.folded('verb') === 'live' ? 'home' : 'work')),
  ),
  // "I'm not allergic to nuts any more", "I'm no longer vegetarian", "I eat meat again"
  form(
    String.raw`(?:i(?:'m|\s+am)|(?<who>${WHO})(?:\s+is|\s+are))\s*(?:\s+not|n't|\s+no\s+longer)\s+allergic\s+to\s+(?<value>[^;:?!.\n]{2,60}?)(?:\s+(?:${NO_MORE}|after\s+all|at\s+all|now))*|(?:i(?:'m|\s+am)|(?<who2>${WHO})(?:\s+is|\s+are))\s*(?:\s+not|n't|\s+no\s+longer)\s+allergic(?:\s+(?:${NO_MORE}|after\s+all|at\s+all))+`,
    (found) => overText(found, 'allergy'),
  ),
  form(
    String.raw`(?:i(?:'m|\s+am)|(?<who>${WHO})(?:\s+is|\s+are))(?:\s+no\s+longer|(?:\s+not|n't)(?=.*\s${NO_MORE}$))\s+(?<value>${DIET})(?:\s+${NO_MORE})?`,
    (found) => overText(found, 'diet'),
  ),
  form(
    String.raw`(?:i|(?<who>${WHO}))\s+(?:(?:do|does)\s+|can\s+|(?:have\s+)?started\s+)?(?<verb>eat|eats|eating|drink|drinks|drinking)\s+${FOOD}\s+(?:again|after\s+all)(?:\s+now)?`,
    (found) => overText(found, found.folded('verb').startsWith('eat') ? 'not eaten' : 'not drunk'),
  ),
  form(
    String.raw`(?:i|(?<who>${WHO}))\s+(?:don't|do\s+not|dont|doesn't|does\s+not|no\s+longer)\s+(?:really\s+)?(?:likes?|loves?|enjoys?)\s+(?<value>(?!(?:it|that|this|them|him|her|you|the)\b)[^,;:?!.\n]{2,60}?)\s+${NO_MORE}`,
    (found) => overText(found, 'likes'),
  ),
  // "I was born on 3 may 1980"
  form(
    String.raw`(?:i\s+was|(?<who>${WHO})\s+was)\s+born\s+(?:on\s+)?(?:the\s+)?(?<value>\S.{2,40})`,
    (found) => {
      const value = found.at('value');
      const day = value && dayIn(found.draft, value);
      const subject = subjectOf(found, 'who');
      return day && subject !== null
        ? { subject, attribute: 'birthday', value: day, value_kind: 'date' }
        : null;
    },
  ),
  // "I'm allergic to nuts", "Ann has a nut allergy"
  form(
    String.raw`${I_AM}\s+(?:very\s+|highly\s+|badly\s+)?allergic\s+to\s+(?<value>[^;:?!.\n]{2,80})`,
    (found) => (hasTime(found) ? null : text(found, 'allergy')),
  ),
  form(
    String.raw`(?:i(?:'ve|\s+have)(?:\s+got)?|(?<who>${WHO})\s+(?:has|have)(?:\s+got)?)\s+an?\s+(?:(?:bad|severe|strong)\s+)?(?<value>\p{L}+)\s+allergy`,
    (found) => text(found, 'allergy', found.said('value').replace(/^(nut|peanut)$/i, '$1s')),
  ),
  form(
    String.raw`(?:i\s+(?:don't|do\s+not|dont|never|can't|cannot)\s+eat|(?<who>${WHO})\s+(?:doesn't|does\s+not|don't|do\s+not|never|can't|cannot)\s+eats?)\s+(?:any\s+)?${FOOD}(?:\s+(?:at\s+all|${NO_MORE}|now))*`,
    (found) => text(found, 'not eaten'),
  ),
  form(
    String.raw`(?:i\s+(?:don't|do\s+not|dont|never|can't|cannot)\s+drink|(?<who>${WHO})\s+(?:doesn't|does\s+not|don't|do\s+not|never|can't|cannot)\s+drinks?)\s+(?:any\s+)?${FOOD}(?:\s+(?:at\s+all|${NO_MORE}|now))*`,
    (found) => text(found, 'not drunk'),
  ),
  form(String.raw`${I_AM}\s+(?:(?<now>now)\s+)?(?<value>${DIET})(?:\s+(?<now2>now))?`, (found) => {
    const told = text(found, 'diet');
    return told && { ...told, ...changes(found) };
  }),
  // "my gym is on Main Street", "our office is now at 12 Oak Road"
  form(
    String.raw`${WHOSE}\s+${NEW}(?<attribute>${PLACE})(?:'s|\s+is)\s+(?:(?<now>${NOW})\s+)?(?<lead>on|in|at|near|behind|opposite|next\s+to)\s+${VALUE}(?:\s+(?<now2>${NOW}))?`,
    (found) => place(found, found.folded('lead').replace(/\s+/g, ' ')),
  ),
  form(
    String.raw`${WHOSE}\s+${NEW}(?<attribute>${PLACE})(?:'s|\s+is)\s+(?:(?<now>${NOW})\s+)?(?:called\s+)?${VALUE}(?:\s+(?<now2>${NOW}))?`,
    (found) => (/^(?:not|closed|open|called)\b/.test(found.folded('value')) ? null : place(found, '')),
  ),
  // "Ann lives in Graz", "I live at 12 Oak Street"
  form(
    String.raw`(?:(?:i|we)\s+(?:(?<now>now)\s+)?live\s+(?<lead>in|at|on|near)|(?<whose>${WHO})\s+(?:(?<now2>now)\s+)?lives?\s+(?<lead2>in|at|on|near))\s+${VALUE}`,
    (found) => livesOrWorks(found, 'home'),
  ),
  form(
    String.raw`(?:(?:i|we)\s+(?:(?<now>now)\s+)?work\s+(?<lead>at|for)|(?<whose>${WHO})\s+(?:(?<now2>now)\s+)?works?\s+(?<lead2>at|for|in))\s+${VALUE}`,
    (found) => livesOrWorks(found, 'work'),
  ),
  form(
    String.raw`(?:i|we|(?<who>${WHO}))\s+works?\s+(?:from\s+home|remotely)\s+(?<value>(?:on\s+)?(?:every\s+)?${WEEKDAYS}(?:(?:,|\s+and|,\s+and)\s+(?:on\s+)?(?:every\s+)?${WEEKDAYS})*)`,
    (found) => {
      const days = found.folded('value').match(new RegExp(WEEKDAYS, 'g')) ?? [];
      const named = days.map((day) => `${day.charAt(0).toUpperCase()}${day.slice(1).replace(/s?$/, 's')}`);
      return text(found, 'home office', `on ${new Intl.ListFormat('en').format(named)}`);
    },
  ),
  form(
    String.raw`(?:i\s+(?:(?<now>now)\s+)?work|i(?:'m|\s+am)\s+(?:(?<now2>now)\s+)?working|(?<who>${WHO})\s+(?:works?|is\s+working))\s+(?<value>from\s+home|remotely)(?:\s+now)?`,
    (found) => {
      const told = text(found, 'work');
      return told && { ...told, ...changes(found) };
    },
  ),
  // "call me Robin"
  form(
    String.raw`my\s+(?:full\s+|real\s+)?name(?:'s|\s+is)\s+[^,;:?!\n]{1,60}?,?\s+(?:but|and)\s+(?:(?:please|you\s+can|just)\s+)*(?:call\s+me|(?:everybody|everyone|people|friends|they|my\s+friends)\s+calls?\s+me|i\s+go\s+by)\s+${VALUE}|(?:(?:you\s+can|you\s+may|just|rather|better|please)\s+)*call\s+me\s+(?<value4>[^,;:?!\n]{1,120}?)(?:\s+(?:please|from\s+now\s+on|now))?|my\s+name(?:'s|\s+is)\s+(?:now\s+)?(?<value2>[^,;:?!\n]{1,120}?)(?:\s+now)?|(?:i(?:'m|\s+am)\s+called|i\s+go\s+by(?:\s+the\s+name)?|(?:everybody|everyone|people|friends|they)\s+calls?\s+me)\s+(?<value3>[^,;:?!\n]{1,120}?)`,
    ({ draft, at, said }) => {
      const value = at('value');
      return value && isName(draft, value) && !CALLS.test(said('value'))
        ? {
            subject: ME,
            attribute: 'name',
            value: nameSaid(said('value')),
            value_kind: 'person',
            is_change: true,
          }
        : null;
    },
  ),
  // "my phone number is 0664 123", "our wifi password is tulip77"
  form(
    String.raw`(?:${WHOSE}|the(?=\s+(?:${SHARED})\b))\s+${NEW}(?<attribute>${NUMBERED}|${LABELLED})(?:'s|\s+is|\s*[:=])\s*(?:(?<now>now)\s+)?(?<value>[^;?!\n]{1,120}?)(?:\s+(?<now2>now))?`,
    labelled,
  ),
  // "my favourite restaurant is Luigi's"
  form(
    String.raw`${WHOSE}\s+(?<attribute>${FAVOURITE})(?:'s|\s+is|\s+are)\s+(?:(?<now>now)\s+)?${VALUE}(?:\s+(?<now2>now))?`,
    (found) => {
      const value = found.at('value');
      const subject = subjectOf(found, 'whose');
      if (!value || subject === null || found.said('value').split(/\s+/).length > 6) return null;
      if (/^(?:not|closed|cancelled|on\s|at\s|when\s)/.test(found.folded('value'))) return null;
      if (timesIn(found.draft, value).length > 0) return null;
      const attribute = plainAttribute(found.folded('attribute'));
      return {
        subject,
        attribute,
        value: found.said('value'),
        value_kind: SITES.test(attribute) ? 'place' : 'text',
        ...changes(found),
      };
    },
  ),
  // "Ann likes jazz"; of oneself only where it is to be kept
  form(
    String.raw`i\s+(?:really\s+|absolutely\s+)?(?:(?<verb>love|adore)|hate|can't\s+stand)\s+${OWN_TASTE}`,
    (found) => (hasTime(found) ? null : text(found, found.at('verb') ? 'likes' : 'dislikes')),
  ),
  form(String.raw`(?:i|(?<who>${WHO}))\s+(?:really\s+)?(?:likes?|loves?|enjoys?)\s+${THING}`, (found) =>
    tastes(found, 'likes'),
  ),
  form(
    String.raw`(?:i|(?<who>${WHO}))\s+(?:(?:really\s+)?(?:hates?|dislikes?)|(?:doesn't|does\s+not|don't|do\s+not)\s+like|can't\s+stand)\s+${THING}`,
    (found) => tastes(found, 'dislikes'),
  ),
  // "remember that the spare key is under the mat"
  form(
    String.raw`(?:the|our|my)\s+(?<attribute>[\p{L}][\p{L}\s-]{2,40}?)(?:\s+is|\s+are|'s)\s+(?<value>(?:in|on|under|behind|above|below|inside|beside|next\s+to|at|near|between)\s+[^,;:?!.\n]{3,80})`,
    (found) => {
      const attribute = found.folded('attribute').replace(/\s+/g, ' ');
      const isThing = found.isNoted && !TAKES_PLACE.test(attribute) && !isEvent(attribute) && !hasTime(found);
      return isThing &&
        !/\b(?:holiday|vacation|sale|time|order|fire|strike|my\s+mind)\b/.test(found.folded('value'))
        ? { subject: ME, attribute, value: found.said('value'), value_kind: 'text' }
        : null;
    },
  ),
  // "I usually have lunch at 12:30"
  form(
    String.raw`(?:i|we)\s+(?:usually|normally|always|generally|mostly|typically)\s+(?:have|eat|take)\s+(?:my\s+|our\s+)?(?<attribute>${MEAL})\s+(?<value>(?:at|around|about)\s+\S.{0,20})`,
    ({ draft, at, folded }) => {
      const value = at('value');
      const [time, more] = value ? timesIn(draft, value) : [];
      const start = time?.hasClock && !more ? time.readings[0]?.start : undefined;
      if (start === undefined) return null;
      const attribute = folded('attribute');
      return { subject: ME, attribute, value: `at ${mealClock(attribute, start)}`, value_kind: 'text' };
    },
  ),
];

/** What a statement tells; null where it tells no fact. */
export function readStatement(draft: Draft, range: Range, isNoted: boolean): Omit<Fact, 'move'> | null {
  const words = draft.folded.slice(range.start, range.end);
  for (const { pattern, read } of FORMS) {
    const match = pattern.exec(words);
    if (!match) continue;
    const fact = read({ ...foundIn(draft, range, match), isNoted });
    if (fact) return fact;
  }
  return null;
}

/** The groups of a match by their names; `value2` is `value` in another alternative. */
export function foundIn(draft: Draft, { start }: Range, match: RegExpExecArray): Omit<Found, 'isNoted'> {
  const groups = Object.entries(match.indices?.groups ?? {});
  const at = (group: string): Range | undefined => {
    const found = groups.find(
      ([name, place]) => place !== undefined && (name === group || name.replace(/\d+$/, '') === group),
    )?.[1];
    return found && { start: start + found[0], end: start + found[1] };
  };
  const slice = (from: string, group: string): string => {
    const range = at(group);
    return range ? from.slice(range.start, range.end).trim() : '';
  };
  return {
    draft,
    at,
    said: (group) => slice(draft.text, group).replace(/\s+/g, ' '),
    folded: (group) => slice(draft.folded, group),
  };
}

/** A stretch that tells the day of a birthday, beside the event that it makes. */
export function dateFact(draft: Draft, range: Range): Fact | null {
  const words = draft.folded.slice(range.start, range.end);
  const match = new RegExp(
    String.raw`^${WHOSE}\s+(?<attribute>${DATED})\s+(?:is|will\s+be|falls)\s+(?:on\s+)?(?<value>\S.*)$`,
    'dsu',
  ).exec(words);
  if (!match) return null;
  const found = { ...foundIn(draft, range, match), isNoted: false };
  const value = found.at('value');
  const day = value && dayIn(draft, value);
  const subject = subjectOf(found, 'whose');
  if (!day || subject === null) return null;
  return {
    move: 'save',
    subject,
    attribute: found.folded('attribute').replace(/\s+/g, ' '),
    value: day,
    value_kind: 'date',
  };
}
