import type { Action } from '../../../contracts/intents.ts';
import { slotsOf, type ActParams, type Entity } from '../../../contracts/nlu.ts';
import { dateRange, type Target } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import type { Person } from '../people/people.ts';
import { findPeople } from '../people/people.ts';
import type { Range } from '../text.ts';
import { blank, contains, overlaps, trimRange } from '../text.ts';
import { entityAt } from '../draft.ts';
import { findDistance } from './how-far.ts';
import { findScope } from './scope.ts';
import { findList, findPriority, findTags, readPriority } from './attributes.ts';
import { findListName } from './lists.ts';
import { contentOf, type Content } from './frames.ts';
import { findLength } from './lengths.ts';
import { containersIn, itemEntity, meantIn, namedMoments, splitMoments } from './meant.ts';
import { findMoments } from './moments.ts';
import {
  allOld,
  atOneTime,
  keptDay,
  keptHour,
  momentsIn,
  momentsOf,
  placeInTime,
  valueOf,
} from './order-moments.ts';
import { wordsEntity } from './pieces.ts';
import { findPlaces } from './places.ts';
import { peopleEntities, placeEntity } from './spans.ts';

/** An order about something there is: which one, and what is to be different. */
export interface Order {
  entities: Entity[];
  /** Where it is now, as said: "the friday meeting". */
  was: Entity[];
  /** Who is to be taken off it. */
  uninvited: string[];
  /** How far it moves, or how much longer it gets. */
  distance?: Pick<ActParams, 'shift' | 'lengthen'>;
  /** What of its new time is as it was. */
  kept?: Pick<ActParams, 'day_kept' | 'hour_kept' | 'half_open'>;
}

const ADDED =
  /^(?:(?:add|ad|invite|invte|include|bring|loop in|have|let)\s+(?<people>\S.*?)\s+(?:to|for|in|on|into|join)\s+(?<target>\S.*)|(?<people2>\S.*?)\s+(?:can |could |to |should |will )?(?:join|joins|come to|comes to|attend)\s+(?<target2>\S.*))$/d;
const TAKEN_OFF =
  /^(?:take|remove|drop|uninvite|kick|cut)\s+(?<people>\S.*?)\s+(?:off|from|out of)\s+(?:the\s+(?:invite|guest list|list|invitation)\s+(?:for|of|to)\s+)?(?<target>\S.*)$/d;
/** "invite Carla too", "take Pete off": who, but not of what. */
const GUESTS_ALONE =
  /^(?<verb>add|invite|invte|include|uninvite|take|drop)\s+(?<people>\S.*?)(?:\s+(?:off|out|too|also|as well))*$/d;
const RENAMED =
  /^(?:(?:rename|retitle|relabel|call|name)\s+(?<target>\S.*?)(?<between>\s+(?:on|at)\s+\S+)?|(?:change|set|update|edit)\s+(?:the\s+)?(?:title|name)\s+(?:of|for|on)\s+(?<target2>\S.*?))\s+(?:to|as|into)\s+(?<title>\S.*)$/d;
const PLACED =
  /^(?:(?:change|set|update|move|switch|swap|chnage)\s+)?(?:the\s+)?(?:location|venue|place|address|room)\s+(?:of|for|on)\s+(?<target>\S.*?)\s+(?:to|is|is now|now is|is changed,? now is in|has changed to)\s+(?<place>\S.*)$|^(?<target2>\S.*?)\s+(?:venue|location|place|room)\s*[:=]\s*(?<place2>\S.*)$|^(?:change|move|switch|relocate|moev|chnage)\s+(?<target3>\S.*?)\s+(?:in)?to\s+(?<place3>(?:the\s+)?(?:\S+\s+)?(?:rooms?|hall|office|floor|building|lobby|studio|terminal)(?:\s+[\p{L}\p{N}]+)?)\s*$/du;

/** "move the standup to 10", "add Sue to the review", "push the dentist to next tuesday at nine" */
export function readOrder(draft: Draft, core: Range, action: Action, kind: Target['kind']): Order {
  const content = contentOf(
    draft,
    core,
    action === 'cancel_event' || action === 'delete_task' || action === 'undo'
      ? 'remove'
      : action === 'reschedule'
        ? 'renew'
        : action === 'complete_task'
          ? 'done'
          : 'change',
  );
  const special =
    action === 'update_event' || action === 'update_task' ? specialOrder(draft, content, kind) : null;
  if (special) return special;
  const distance = action === 'update_event' ? findDistance(draft, content.region) : null;
  const scope = kind === 'event' ? findScope(draft, content.region) : null;
  // "To 10 just this friday" is one time, when what stands between is gone.
  const timed = scope ? { ...draft, folded: blank(draft.folded, scope.cuts) } : draft;
  const moments = namedMoments(draft, momentsOf(timed, content, action)).filter(
    (moment) => !distance?.cuts.some((cut) => overlaps(cut, moment)),
  );
  const same = SAME_HOUR.exec(draft.folded.slice(content.region.start, content.region.end));
  const { old, next } = action.startsWith('update')
    ? distance
      ? allOld(draft, moments)
      : splitMoments(draft, moments)
    : {
        old: moments.filter(({ attribute }) => attribute),
        next: moments.filter(({ attribute }) => !attribute),
      };
  const entities: Entity[] = [];
  const cuts: Range[] = [
    ...next.map(({ cut }) => cut),
    ...old.filter(({ attribute }) => !attribute).map(({ cut }) => cut),
    ...(distance?.cuts ?? []),
    ...(scope?.cuts ?? []),
  ];
  const was = atOneTime(old);
  if (same) {
    const start = content.region.start + same.index;
    cuts.push({ start, end: start + same[0].length });
  }
  const take = (found: { entity: Entity; cut: Range } | null): void => {
    if (!found) return;
    entities.push(found.entity);
    cuts.push(found.cut);
  };
  if (kind === 'task') {
    for (const tags of findTags(draft, content.region, cuts)) take(tags);
    take(findListName(draft, content.region, cuts) ?? findList(draft, content.region, cuts));
    take(findPriority(draft, content.region, cuts) ?? levelAtEnd(draft, content.region));
  }
  if (action === 'update_event' || action === 'update_task')
    take(findLength(draft, content.region, [...moments, ...cuts]));
  if (action === 'update_event') {
    const [place] = findPlaces(draft, content.region, [...moments, ...cuts]);
    if (place) take({ entity: placeEntity(draft, place), cut: place.cut });
    take(wholeDay(draft, content.region));
  }
  cuts.push(...containersIn(draft, content.region));
  const target = meantIn(draft, content, cuts, kind, [...next.map(({ cut }) => cut), ...entities], {
    attributes: old.filter(({ attribute }) => attribute),
    done: action === 'complete_task',
  });
  const people =
    kind === 'event'
      ? findPeople(draft, content.body, cuts).filter(
          (person) =>
            target !== null &&
            person.end <= target.end &&
            !person.owner &&
            /\b(?:with|w\/)\s+$/.test(draft.folded.slice(0, person.start)),
        )
      : [];
  const meant =
    target ?? (EMPTIES.has(action) && moments.length > 0 ? allThere(draft, content.order.start) : null);
  const placed = next.map((moment) => (same ? keptHour(moment, was) : keptDay(moment, was)));
  const values = placed.flatMap((moment) => valueOf(draft, moment, action));
  const [first] = values.filter(({ slot }) => slot === 'start' || slot === 'end');
  const [part] = values.filter(({ slot }) => slot === 'date_range');
  const begins = part && dateRange.safeParse(part.value).data?.start;
  const hourAlone = placed.every(({ time }) => time?.clockOnly === true);
  return {
    entities: [
      ...(meant ? [withScope(meant, scope?.scope)] : []),
      ...entities,
      ...values,
      ...peopleEntities(draft, 'participants', people),
    ],
    was: was.flatMap((moment) => placeInTime(draft, moment)),
    uninvited: [],
    // "To the afternoon" is that of its day.
    ...(action === 'update_event' &&
      !first &&
      begins &&
      PART_ALONE.test(part.text.toLowerCase()) && { kept: { day_kept: begins } }),
    ...(action === 'update_event' &&
      typeof first?.value === 'string' && {
        kept:
          same && placed.every((moment, at) => moment === next[at])
            ? { hour_kept: true }
            : hourAlone
              ? { day_kept: first.value }
              : first.slot === 'start' && mayBeOfEitherHalf(first)
                ? { half_open: first.value }
                : {},
      }),
    // "back an hour, to 11": where it is to be says more than how far that is.
    ...(distance && next.length === 0 && { distance: distance.params }),
  };
}

/** "8 on friday" is in the morning or in the evening. */
const mayBeOfEitherHalf = ({ readings: [one, other] }: Entity): boolean =>
  typeof one?.value === 'string' &&
  typeof other?.value === 'string' &&
  Math.abs(Date.parse(other.value) - Date.parse(one.value)) === 12 * 3_600_000;

/** The item with how much of it is meant, where it repeats. */
function withScope(item: Entity, scope: Target['scope']): Entity {
  const { target } = slotsOf([item]);
  if (scope === undefined || !target) return item;
  const value: Target = { ...target, scope };
  return { ...item, value, readings: item.readings.map((reading) => ({ ...reading, value })) };
}

/** A part of some day, with no word that says of which. */
const PART_ALONE =
  /^(?:(?:the|early|late|later|in|to|after|before|around)\s+)*(?:mornings?|afternoon|evening|lunch(?:time)?|dinner|breakfast|noon)$/;

/** "make it all day" */
function wholeDay(draft: Draft, region: Range): { entity: Entity; cut: Range } | null {
  const match =
    /\s+(?:(?:to|into|as|for|be|last|an?)\s+)*(?<day>(?:all|the whole|the entire)[\s-]day)(?:\s+(?:long|event))?(?=\s*(?:$|[,.!?]))/d.exec(
      draft.folded.slice(region.start, region.end),
    );
  const at = match?.indices?.groups?.['day'];
  if (!match || !at) return null;
  const span = { start: region.start + at[0], end: region.start + at[1] };
  const start = region.start + match.index;
  return {
    entity: entityAt(draft, 'all_day', span, true, 'as said'),
    cut: { start, end: start + match[0].length },
  };
}

/** "clear friday": no item is named, so that all of that day is meant. */
const EMPTIES = new Set<Action>(['cancel_event', 'reschedule']);
const allThere = (draft: Draft, at: number): Entity =>
  entityAt(
    draft,
    'target',
    { start: at, end: at },
    { kind: 'event', reference: 'all' },
    'everything of that time',
  );

const SAME_HOUR = /(?<=\s)(?:at\s+)?(?:the\s+)?same\s+(?:time|hour)\b/;

const LAST_EVENT: Target = { kind: 'event', reference: 'last' };

function specialOrder(draft: Draft, content: Content, kind: Target['kind']): Order | null {
  const { order } = content;
  if (order.end - order.start > 300) return null;
  const words = draft.folded.slice(order.start, order.end);
  const range = (match: RegExpExecArray, name: string): Range | null => {
    const at =
      match.indices?.groups?.[name] ??
      match.indices?.groups?.[`${name}2`] ??
      match.indices?.groups?.[`${name}3`];
    return at ? { start: order.start + at[0], end: order.start + at[1] } : null;
  };
  const made = (target: Range | null, entities: Entity[], uninvited: string[] = []): Order | null => {
    if (!target || entities.length === 0) return null;
    const moments = momentsIn(draft, target).filter(
      ({ attribute, time, start }) => !attribute && !(time?.clockOnly === true && start <= target.start + 4),
    );
    const cut = moments.find(({ start }) => start > target.start + 1);
    const item = itemEntity(
      draft,
      trimRange(draft.folded, { start: target.start, end: cut?.cut.start ?? target.end }, ','),
      kind,
    );
    const was = moments.flatMap((moment) => placeInTime(draft, moment));
    return item && { entities: [item, ...entities], was, uninvited };
  };
  const renamed = RENAMED.exec(words);
  if (renamed) {
    const title = range(renamed, 'title');
    const named = title && wordsEntity(draft, 'title', [title], 'its new name');
    // "call the plumber to friday" is none: only a name may follow.
    if (named && !(words.startsWith('call') && findMoments(draft, title).length > 0))
      return made(range(renamed, 'target'), [named]);
  }
  if (kind !== 'event') return null;
  for (const [pattern, off] of [
    [ADDED, false],
    [TAKEN_OFF, true],
  ] as const) {
    const match = pattern.exec(words);
    const named = match && range(match, 'people');
    const people = named ? guestsIn(draft, named) : [];
    if (match && people.length > 0)
      return made(
        withoutTail(draft, range(match, 'target')),
        peopleEntities(draft, 'participants', people),
        off ? people.map(({ name }) => name) : [],
      );
  }
  const alone = GUESTS_ALONE.exec(words);
  const named = alone && range(alone, 'people');
  const people = named ? guestsIn(draft, named) : [];
  if (alone && named && people.length > 0 && /^\p{Lu}/u.test(draft.text.slice(named.start)))
    return {
      entities: [
        entityAt(
          draft,
          'target',
          { start: order.start, end: order.start },
          LAST_EVENT,
          'the event spoken of last',
        ),
        ...peopleEntities(draft, 'participants', people),
      ],
      was: [],
      uninvited: /^(?:take|drop|uninvite)/.test(words) ? people.map(({ name }) => name) : [],
    };
  const placed = PLACED.exec(words);
  const place = placed && range(placed, 'place');
  if (placed && place && !findMoments(draft, place).some((moment) => contains(moment, place)))
    return made(range(placed, 'target'), [
      placeEntity(
        draft,
        trimRange(
          draft.folded,
          {
            start: place.start + (/^(?:the|in|at)\s+/.exec(draft.folded.slice(place.start))?.[0].length ?? 0),
            end: place.end,
          },
          '.,',
        ),
      ),
    ]);
  return null;
}

/** "the priority of X to high", "X is urgent now" */
function levelAtEnd(draft: Draft, region: Range): { entity: Entity; cut: Range } | null {
  const match =
    /\s+(?:to|as|at|:|is|are)(?:\s+now)?\s+(?<level>high|low|medium|normal|top|urgent|important)(?:\s+now)?(?=\s*(?:$|[,.!?]))/d.exec(
      draft.folded.slice(region.start, region.end),
    );
  const at = match?.indices?.groups?.['level'];
  const priority = readPriority(match?.groups?.['level'] ?? '');
  if (!match || !at || priority === null) return null;
  const span = { start: region.start + at[0], end: region.start + at[1] };
  return {
    entity: entityAt(draft, 'priority', span, priority, 'as said'),
    cut: { start: region.start + match.index, end: span.end },
  };
}

function withoutTail(draft: Draft, range: Range | null): Range | null {
  const tail =
    range &&
    /\s+(?:too|also|as well|please|pls|event|invite)$/.exec(draft.folded.slice(range.start, range.end));
  return range && tail ? { start: range.start, end: range.start + tail.index } : range;
}

/** Whatever else is added to an event is no guest. */
const GUEST =
  /^(?!(?:the|an?|my|our|it|that|this|notes?|link|zoom|room|more|some|location|time|minutes?|reminder|alert|description|agenda|details)\b)\p{L}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?$/u;

/** Whoever is named; a capital letter is enough where somebody has to stand. */
function guestsIn(draft: Draft, range: Range): Person[] {
  const people = findPeople(draft, range);
  if (people.length > 0) return people;
  const words = draft.text.slice(range.start, range.end);
  return GUEST.test(words) ? [{ ...range, name: words, owner: false, placed: true }] : [];
}
