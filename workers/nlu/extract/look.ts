import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt, newDraft } from '../draft.ts';
import { dateRange } from '../../../contracts/slots.ts';
import { findPeople } from '../people/people.ts';
import { civilFromIso, formatInstant } from '../time/civil.ts';
import type { Range } from '../text.ts';
import { overlaps, trimRange } from '../text.ts';
import { contentOf } from './frames.ts';
import { containersIn } from './meant.ts';
import { leftOutOf } from './left-out.ts';
import type { Moment } from './moments.ts';
import { stretchEntity } from './moment-entities.ts';
import { findMoments } from './moments.ts';
import { piecesOf, stripped, wordsEntity } from './pieces.ts';
import { findSpans, peopleEntities } from './spans.ts';
import { rangeEntity, timesIn } from './times.ts';

/** The days that are asked for. Several that stand apart are all kept, the first one being meant. */
export function periodEntities(draft: Draft, region: Range, moments = findMoments(draft, region)): Entity[] {
  const found = moments.flatMap((moment) => stretchEntity(draft, atTheHour(moment)) ?? []);
  const owned = ownPeriod(draft, region);
  const [only] = found;
  if (found.length === 1 && only && owned) return [within(draft, only, owned), owned];
  if (found.length > 0) return found.toReversed();
  return owned ? [owned] : [];
}

/** What is free or planned "by 5" ends at five, and not when that hour is over. */
function atTheHour(moment: Moment): Moment {
  const { time } = moment;
  const grain = time?.readings[0]?.grain;
  const ends = time && (time.lead === 'by' || time.lead === 'until') && !time.isRange;
  return ends && (grain === 'hour' || grain === 'minute')
    ? { ...moment, time: { ...time, lead: 'before' } }
    : moment;
}

/** "my afternoon … until 5": an end alone ends the stretch that was named. */
function within(draft: Draft, said: Entity, owned: Entity): Entity {
  const [part, whole] = [said, owned].map(({ value }) => dateRange.safeParse(value).data);
  if (part?.start !== undefined || !part?.end || !whole?.start || part.end <= whole.start) return said;
  const from = civilFromIso(whole.start, draft.timezone);
  const start = from && part.end.includes('T') ? formatInstant(from.moment, draft.timezone) : whole.start;
  const value = { start, end: part.end };
  return { ...said, value, readings: [{ ...said.readings[0], value, reason: 'until then' }] };
}

const OWN =
  /\b(?<rest>(?:the\s+)?rest of\s+)?(?:my|the|our|whole)\s+(?:(?:whole|entire|coming|rest of the)\s+)?(?<unit>day|week|weekend|morning|afternoon|evening|month)\b(?!\s+(?:of|after|before|from))/d;

/** "plan my week": the running one, or what is left of it. */
function ownPeriod(draft: Draft, region: Range): Entity | null {
  const match = OWN.exec(draft.folded.slice(region.start, region.end));
  const unit = match?.groups?.['unit'];
  if (!match || unit === undefined) return null;
  const span = { start: region.start + match.index, end: region.start + match.index + match[0].length };
  const rest = match.groups?.['rest'] !== undefined && unit !== 'day' ? 'the rest of ' : '';
  const words = unit === 'day' ? 'today' : `${rest}${rest === '' ? 'this' : 'the'} ${unit}`;
  const [time] = timesIn(
    newDraft(words, draft.timezone, draft.now, draft.preferences),
    { start: 0, end: words.length },
    [],
    true,
  );
  return time
    ? { ...rangeEntity(draft, { ...time, ...span }), ...span, text: draft.text.slice(span.start, span.end) }
    : null;
}

const EVENTS = String.raw`(?:calendar|diary|agenda|schedule|events?|meetings?|metings?|appointments?|apointments?|appts?|plans?|engagements?|conflicts?|stuff|things?|something|anything|nothing|everything|entries|entry|commitments?|bookings?|free|busy|available|availability|reminders?|alarms?|alrams?|remidners?|timers?|cards)`;
const ONLY_FRAME = new RegExp(
  String.raw`^(?:(?:i|i'm|im|we|you|my|the|a|an|any|all|on|in|at|for|of|with|is|are|be|am|do|does|did|have|has|got|get|there|it|that|this|next|first|last|what|when|who|where|how|which|me|to|and|or|if|else|up|out|planned|scheduled|happening|going|coming|look|looks|like|seeing|see|set|then|so|please|already|actually|still|over|until|ask|remind|supposed|about|what've|running|right|now|your|list|show|tell|know|left|open|pending|remaining|${EVENTS})\b[\s,?!.']*)+$`,
);
const LOOK_LEAD =
  /^(?:(?:i|we|you|my|the(?=\s+(?:next|first|last)\b)|a|an|any|is|are|do|does|did|have|has|had|got|there|on|for|about|to|that|if|whether|all|next|first|when|where|who|what|which|time|one of|and|it|set|called|named|with the name|reminders?(?: set)? for|alarms?(?: set)? for|a reminder(?: set)? for|coming to|going to|invited to|attending|will be|check|see|know|put|actually|of)\s+|[:,-]\s*)/;
const LOOK_TAIL =
  /(?:[\s,]+(?:on|in|at|for|of|and|or|is|are|the|my|again|still|begin|begins|start|starts|end|ends|take place|happening|scheduled|planned|coming up|due|be|been|have|has|got|do i have|i have|going to be|set|already|yet|please|now|there|to|free|busy|last|comes?|that|happen|over|will|held|today or|look like|like|running|left|open|pending|remaining))$/;

/** Questions about the calendar: which days, with whom, and what is looked for by name. */
export function extractEventQuestion(draft: Draft, core: Range): Entity[] {
  const content = contentOf(draft, core, 'ask');
  const whole = { start: core.start, end: core.end };
  const { moments, people } = findSpans(draft, whole, { people: true });
  const asksWho = ASKS_WHO.test(draft.folded);
  // "who is at the dinner" names an event, and no hours.
  const times = moments.filter(
    ({ cut }) => !(asksWho && A_MEAL.test(draft.folded.slice(Math.max(0, cut.start - 5), cut.end))),
  );
  const dated = times.filter(({ attribute }) => !attribute);
  const guests = people.filter(
    (person) =>
      !person.owner && /\b(?:with|w\/|meeting|meet|see|seeing)\s+$/.test(draft.folded.slice(0, person.start)),
  );
  const entities = [
    ...periodEntities(draft, whole, dated.length > 0 ? dated : times),
    ...peopleEntities(draft, 'participants', guests),
  ];
  const query = queryIn(draft, content.body, [
    ...dated.map(({ cut }) => cut),
    ...content.idle,
    ...containersIn(draft, whole),
  ]);
  // "meetings with Farah" names nobody's entry by its words; "the call with Dmitri" does.
  const bare = query ? draft.folded.slice(query.start, query.end).replace(MET, '') : '';
  const only = query && guests.length > 0 && (ONLY_FRAME.test(`i ${bare}`) || THE_ONE.test(bare));
  if (!query || only) return entities;
  const lead = asksWho ? (AT_IT.exec(draft.folded.slice(query.start, query.end))?.[0].length ?? 0) : 0;
  const named = { start: query.start + lead, end: query.end };
  return [...entities, wordsEntity(draft, 'query', [named], 'the words looked for') ?? query];
}

const ASKS_WHO = /^[\s,.!]*(?:(?:so|and|ok|hey)[\s,]+)*(?:who|whom|which people)\b/;
const A_MEAL = /\b(?:the|my|our)\s+(?:(?:breakfast|brunch|lunch|dinner|supper)\b)$/;
const AT_IT = /^(?:(?:at|in|to|on|for)\s+)?(?:the|my|our)\s+(?=\S)/;
const THE_ONE = /^(?:the|that|my|our)\s+(?:one|ones|event|appointment)\s*$/;
const MET = /\b(?:with|w\/|meet|meeting|see|seeing)\s.*$/;

export function extractReminderQuestion(draft: Draft, core: Range): Entity[] {
  const content = contentOf(draft, core, 'ask');
  const moments = findMoments(draft, core);
  const query = queryIn(draft, content.body, [...moments.map(({ cut }) => cut), ...content.idle]);
  const entities = periodEntities(draft, core, moments);
  return query ? [...entities, query] : entities;
}

function queryIn(draft: Draft, body: Range, cuts: readonly Range[]): Entity | null {
  const pieces = piecesOf(draft, body, cuts)
    .map((piece) => stripped(draft, piece, LOOK_LEAD, LOOK_TAIL))
    .filter(({ start, end }) => end > start && !ONLY_FRAME.test(draft.folded.slice(start, end)));
  const [first] = pieces;
  return first && first.end - first.start <= 80
    ? wordsEntity(draft, 'query', [first], 'the words looked for')
    : null;
}

const NO_PURPOSE =
  /^(?:(?:(?:i|me|we|us|both|all|each|have|has|had|time|times|free|available|availability|availabilities|timings|be|do|is|it|the|a|an|my|in|on|for|to|and|or|slots?|gaps?|openings?|calendar|meet|schedule|fit|squeeze|in|room|space|spare|best|good|next|earliest|moment|available|when|i'm|im|am|are|with|of|quiet|there|somewhere|if|tell|evening|afternoon|morning|day|both have|get together|talk|see|could|can|should|would|any|some|you|what|let|know|find|possible|suitable|hole|week|again|hour|hours|half|whenever|long|need|sometime|anytime)\b)[\s,?!.']*)+$/;
const PURPOSE_LEAD =
  /^(?:(?:for|to|an?|the|my|our|in|i|we|and|fit in|fit|squeeze in|squeeze|schedule|do|have|both|me|us|could|can|of|with(?=\s+$)|where|when|some|visit(?=\s+$)|go to|is|there|slot|time|that|it|somewhere|when to|meet(?=\s+$))\s+)/;
const PURPOSE_TAIL =
  /(?:[\s,]+(?:in the (?:mornings|afternoons|evenings)|in|on|at|for|of|the|a|an|is|fit|would fit|do|could|available|free|somewhere|this|my calendar|calendar|before|i|and|or|to|long|with|be))$/;

/** Free time is looked for: for what, how long, with whom, within which days. */
export function extractFreeTime(draft: Draft, core: Range): Entity[] {
  const content = contentOf(draft, core, 'slot');
  const { region } = content;
  const spans = findSpans(draft, region, { length: true, people: true });
  const { length, people } = spans;
  // No slot says which days are left out; at least they are neither asked for nor a purpose.
  const out = leftOutOf(draft, spans.moments);
  const moments = spans.moments.filter((moment) => out.every((left) => left.moment !== moment));
  const guests = people.filter(({ owner }) => !owner);
  const cuts: Range[] = [
    ...moments.map(({ cut }) => cut),
    ...out.map(({ cut }) => cut),
    ...content.idle,
    ...containersIn(draft, region),
  ];
  if (length) cuts.push(length.cut);
  const pieces = piecesOf(draft, content.body, cuts)
    .map((piece) => stripped(draft, piece, PURPOSE_LEAD, PURPOSE_TAIL))
    .filter((piece) => piece.end > piece.start && !NO_PURPOSE.test(withoutPeople(draft, piece, guests)));
  const named =
    pieces.find(({ start }) => /\b(?:for|to)\s+(?:(?:an?|the|my)\s+)?$/.test(draft.folded.slice(0, start))) ??
    pieces[0];
  const title = named && wordsEntity(draft, 'title', [named], 'what the time is for');
  return [
    ...wholeWeeks(draft, periodEntities(draft, region, moments)),
    ...(length ? [length.entity] : []),
    ...peopleEntities(draft, 'participants', guests),
    ...(title ? [title] : []),
  ];
}

const WEEK = /\b(?:this|next|the (?:coming|following)) (?:week|month)\b/;

/** "Next week in the evening" is all of that week; which hours of its days are meant stands in the words. */
function wholeWeeks(draft: Draft, periods: readonly Entity[]): Entity[] {
  const weeks = periods.flatMap((entity) => {
    const week = entity.grain === 'part_of_day' && WEEK.exec(draft.folded.slice(entity.start, entity.end));
    if (!week) return [];
    const start = entity.start + week.index;
    const [time] = timesIn(draft, { start, end: start + week[0].length }, [], true);
    return time ? [rangeEntity(draft, time)] : [];
  });
  return weeks.length > 0 ? weeks : [...periods];
}

function withoutPeople(draft: Draft, piece: Range, people: readonly Range[]): string {
  let words = draft.folded.slice(piece.start, piece.end);
  for (const person of people.toReversed())
    if (overlaps(person, piece))
      words = `${words.slice(0, Math.max(0, person.start - piece.start))} ${words.slice(Math.max(0, person.end - piece.start))}`;
  return words.trim() === '' ? 'me' : words.trim();
}

const FOUND_TAIL =
  /(?:[\s,]+(?:in it|in there|anywhere|somewhere|please|pls|in (?:my|the) (?:things|stuff|notes?|files|tasks|calendar|mails?)|from|since|in|on|of|about|again|i saved|i noted|i wrote down|i have|we have|i've got|where did i put it|again|find it|dig it up|whatever|for|and))$/;
const FOUND_LEAD =
  /^(?:(?:about|on|of|for|re|regarding|concerning|with|that|containing|mentioning|is|are|i|what|where|all|everything|anything|note|notes|the note|a note|note on|called|related to|relating to|my (?:things|stuff|notes?) for|through|and|in|any|me)\s+|[:,-]\s*)/;

/** Words looked for among all that is one's own, and the days they are from. */
export function extractSearch(draft: Draft, core: Range): Entity[] {
  const content = contentOf(draft, core, 'find');
  const quote = draft.quotes.find((one) => one.start >= core.start && one.end <= core.end);
  const moments = findMoments(draft, content.region).filter(
    (moment) => !moment.attribute && isFilter(draft, moment),
  );
  const list = listIn(draft, core);
  const dates = [
    ...moments.flatMap((moment) => stretchEntity(draft, moment) ?? []),
    ...(list ? [list.entity] : []),
  ];
  if (quote) {
    const inner = trimRange(draft.folded, { start: quote.start + 1, end: quote.end - 1 });
    return [
      ...dates,
      entityAt(draft, 'query', inner, draft.text.slice(inner.start, inner.end), 'the words in quotes'),
    ];
  }
  const cuts = [...moments.map(({ cut }) => cut), ...(list ? [list.cut] : []), ...content.idle];
  const pieces = piecesOf(draft, content.body, cuts)
    .map((piece) => stripped(draft, piece, FOUND_LEAD, FOUND_TAIL))
    .filter(({ start, end }) => end > start);
  const query = pieces[0] && wordsEntity(draft, 'query', [pieces[0]], 'the words looked for');
  const people = findPeople(draft, content.body, cuts).filter(
    (person) => !person.owner && /\b(?:from|by|with)\s+$/.test(draft.folded.slice(0, person.start)),
  );
  return [...dates, ...peopleEntities(draft, 'participants', people), ...(query ? [query] : [])];
}

const ON_LIST =
  /(?:\b(?:in|on|from|of)\s+)?\b(?:(?:my|the|our)\s+)?(?:\blist\s+["']?(?<named>[\p{L}\p{N}&-]+)["']?|(?<!\bto-?do )\b(?<name>(?!my\b|the\b|our\b|a\b|in\b|on\b|of\b|to\b|search\b)[\p{L}\p{N}&-]+)\s+list)(?=\s*$|[.,!?]|\s+for\b)/du;

/** "search for soap on the shopping list", "search my work list for the budget" */
function listIn(draft: Draft, core: Range): { entity: Entity; cut: Range } | null {
  const match = ON_LIST.exec(draft.folded.slice(core.start, core.end));
  const at = match?.indices?.groups?.['named'] ?? match?.indices?.groups?.['name'];
  if (!match || !at) return null;
  const span = { start: core.start + at[0], end: core.start + at[1] };
  return {
    entity: entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'the list looked through'),
    cut: { start: core.start + match.index, end: core.start + match.index + match[0].length },
  };
}

/** "budget this week", "dentist tomorrow": a week or more, or a day close by, behind what is looked for says when, unless the words are about it. */
function isLongAtEnd(draft: Draft, { cut, time }: Moment): boolean {
  const long = ['week', 'weekend', 'month', 'quarter', 'year'].includes(time?.readings[0]?.grain ?? '');
  const near = /^(?:today|tomorrow|tonight)$/.test(draft.folded.slice(cut.start, cut.end));
  return (
    (long || near) &&
    /^[\s.,!?]*$/.test(draft.folded.slice(cut.end)) &&
    /\S\s+$/.test(draft.folded.slice(0, cut.start)) &&
    !/\b(?:for|about|on|of|regarding)\s+$/.test(draft.folded.slice(0, cut.start)) &&
    !/^(?:for|about|of)\b/.test(draft.folded.slice(cut.start, cut.end))
  );
}

/** A day that tells when it was written down, not one that the words are about. */
function isFilter(draft: Draft, moment: Moment): boolean {
  const lead = draft.folded.slice(moment.cut.start, moment.start);
  return (
    /\b(?:from|since|in|before|after|during|until)\b/.test(lead) ||
    moment.time?.past === true ||
    isLongAtEnd(draft, moment) ||
    /\bfrom\s+$/.test(draft.folded.slice(0, moment.cut.start))
  );
}
