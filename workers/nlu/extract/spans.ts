import type { Entity } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Person } from '../people/people.ts';
import { findPeople } from '../people/people.ts';
import type { Range } from '../text.ts';
import type { Found } from './attributes.ts';
import { findLength } from './lengths.ts';
import type { Moment } from './moments.ts';
import { findMoments } from './moments.ts';
import type { Place } from './places.ts';
import { findPlaces } from './places.ts';

/** Everything of a known type in a stretch of text, each found once; nothing overlaps. */
export interface Spans {
  moments: Moment[];
  length: Found | null;
  places: Place[];
  people: Person[];
}

export interface Wanted {
  length?: boolean;
  places?: boolean;
  people?: boolean;
}

/** Times first, since the other types are looked for in what they leave. */
export function findSpans(draft: Draft, region: Range, wanted: Wanted, masked: readonly Range[] = []): Spans {
  const moments = findMoments(draft, region, masked);
  const timed = [...masked, ...moments];
  const length = wanted.length === true ? findLength(draft, region, timed) : null;
  const taken = length ? [...timed, length.cut] : timed;
  const places = wanted.places === true ? findPlaces(draft, region, taken) : [];
  const people =
    wanted.people === true ? findPeople(draft, region, [...taken, ...places.map(({ cut }) => cut)]) : [];
  return { moments, length, places, people };
}

/** People in one slot: each place where one is named carries all of them, so that the last entity has the whole list. */
export function peopleEntities(
  draft: Draft,
  slot: Extract<Slot, 'participants' | 'recipient'>,
  people: readonly Person[],
): Entity[] {
  const names = [...new Set(people.map(({ name }) => name))].slice(0, 50);
  return people.map((person) => entityAt(draft, slot, person, names, 'as said'));
}

export function placeEntity(draft: Draft, place: Range): Entity {
  return entityAt(draft, 'location', place, draft.text.slice(place.start, place.end), 'as said');
}

/** "all day" */
export function wholeDay(draft: Draft, region: Range): Found | null {
  const match =
    /(?:[\s,]|^)(?<said>all[- ]day(?:\s+long)?|the (?:whole|entire|full) day|full[- ]day|whole day)(?![\p{L}])/du.exec(
      draft.folded.slice(region.start, region.end),
    );
  const at = match?.indices?.groups?.['said'];
  if (!at) return null;
  const span = { start: region.start + at[0], end: region.start + at[1] };
  return { entity: entityAt(draft, 'all_day', span, true, 'as said'), cut: span };
}
