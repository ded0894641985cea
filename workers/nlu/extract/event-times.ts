import type { Entity } from '../../../contracts/nlu.ts';
import { isInTheEvening, isJourney } from '../../../contracts/occasions.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { civilFromIso, DAY, formatDay, formatInstant, HOUR, startOfDay } from '../time/civil.ts';
import type { Moment } from './moments.ts';
import { scheduleEntities, withSettledHour } from './moment-entities.ts';

interface EventTimes {
  entities: Entity[];
  /** Hours of which the end stands before the start. */
  unread: string[];
}

/** When a new event is, as what it is called has it: a dinner is in the evening, and a flight at the hours of a timetable. */
export function eventTimes(draft: Draft, moments: readonly Moment[], allDay: Entity | null): EventTimes {
  const said = timesOf(draft, moments, allDay);
  const backwards = said.find(
    ({ slot }, at) => slot === 'start' && isBackwards(draft, said.slice(at, at + 2)),
  );
  const entities = backwards
    ? said.flatMap((entity) =>
        entity.slot === 'end' ? [] : [entity === backwards ? dayOf(draft, entity) : entity],
      )
    : said;
  return {
    entities: withSettledHour(
      entities
        .map((entity) => inItsHalf(draft, entity))
        .map((entity, at, all) => afterStart(draft, entity, all[at - 1]))
        .map((entity, _, all) => endOfStay(draft, entity, all)),
    ),
    unread: backwards ? [BARE_HOURS.exec(backwards.text)?.[0] ?? backwards.text] : [],
  };
}

function timesOf(draft: Draft, moments: readonly Moment[], allDay: Entity | null): Entity[] {
  const entities = moments.flatMap((moment) => asSaid(draft, scheduleEntities(draft, moment)));
  if (!allDay) return entities;
  const day = moments.find(({ time }) => time !== null && !time.hasClock);
  const first = day?.time?.readings[0];
  if (!day || !first) return [...entities, allDay];
  // All of a day begins with it.
  const value = formatInstant(startOfDay(first.start), draft.timezone);
  return [
    ...entities,
    { ...entityAt(draft, 'start', day, value, 'the beginning of the day'), grain: 'day' },
    allDay,
  ];
}

/** "arrives on friday at 6 and leaves sunday at noon": the latter is when the stay ends. */
function endOfStay(draft: Draft, entity: Entity, all: readonly Entity[]): Entity {
  if (entity.slot !== 'start' || !LEAVES.test(draft.folded.slice(0, entity.start))) return entity;
  const begins = all.find(({ slot, start }) => slot === 'start' && start < entity.start);
  return begins && String(begins.value) < String(entity.value) ? { ...entity, slot: 'end' } : entity;
}

const LEAVES =
  /\b(?:and|until|then)\s+(?:(?:he|she|they|we)\s+)?(?:leaves?|goes?(?:\s+(?:home|back|away))?|departs?|(?:flies|fly|heads?|drives?|travels?)\s+(?:home|back|off)|checks?\s+out)\s+(?:again\s+)?(?:on\s+|at\s+)?$/;

const AT_NIGHT = /\b(?:night\s+(?:shift|duty|watch|bus|train)|overnight)\b(?!.*\d\s*[ap]\.?m)/;

/** "Night shift from 1 to 5" is over before the morning, and one "at 10" begins in the evening. */
function ofNight(draft: Draft, entity: Entity): Entity {
  const { slot, value: said, text } = entity;
  if (
    (slot !== 'start' && slot !== 'end') ||
    typeof said !== 'string' ||
    /\b(?:from|at)\s+(?:1[2-7]|0\d)\b|\b(?:1[2-7]|0[1-9]):\d\d/.test(text)
  )
    return entity;
  const halves = /T1[3-7]:/.test(said) ? -12 : slot === 'start' && /T(?:0[7-9]|1[01]):/.test(said) ? 12 : 0;
  const local = civilFromIso(said, draft.timezone);
  if (!local || halves === 0) return entity;
  const value = formatInstant(local.moment + halves * HOUR, draft.timezone);
  return { ...entity, value, readings: [{ value, reason: 'of a night' }, ...entity.readings] };
}

/** "Night shift from 10 to 6" ends in the morning behind it. */
function afterStart(draft: Draft, entity: Entity, before: Entity | undefined): Entity {
  if (!AT_NIGHT.test(draft.folded) || entity.slot !== 'end' || before?.slot !== 'start') return entity;
  const [start, end] = [before.value, entity.value];
  if (typeof start !== 'string' || typeof end !== 'string' || Date.parse(end) > Date.parse(start))
    return entity;
  const local = civilFromIso(end, draft.timezone);
  return local ? { ...entity, value: formatInstant(local.moment + 12 * HOUR, draft.timezone) } : entity;
}

/** What people do in the evening is not at seven in the morning, and "6:45" of a flight is. */
function inItsHalf(draft: Draft, entity: Entity): Entity {
  if (AT_NIGHT.test(draft.folded)) return ofNight(draft, entity);
  const evening = isInTheEvening(draft.folded);
  const printed = isJourney(draft.folded) && /\d:\d\d/.test(draft.folded.slice(entity.start, entity.end));
  if (entity.slot !== 'start' || evening === printed) return entity;
  const [meant, usual] = evening
    ? [/T(?:1[6-9]|2[0-3])/, /T(?:0[4-9]|1[01])/]
    : [/T(?:0[3-9]|1[01])/, /T(?:1[3-9]|2[0-3])/];
  const late = entity.readings.find(({ value }) => typeof value === 'string' && meant.test(value));
  const first = entity.readings[0];
  if (!late || typeof first?.value !== 'string' || !usual.test(first.value)) return entity;
  return {
    ...entity,
    value: late.value,
    readings: [late, ...entity.readings.filter((other) => other !== late)],
  };
}

/** Hours that were said as bare numbers, one behind the other. */
const BARE_HOURS =
  /(?:\b(?:from|between)\s+)?(?<![\d:.])\d{1,2}(?::\d\d)?\s*(?:to|until|till|and|-)\s*\d{1,2}(?::\d\d)?(?![\d:.]|\s*[ap]\.?m\b)/;
/** Nobody means longer than this by two hours. */
const LONGEST_SECONDS = 16 * 3_600;

/** "From 5 to 3": round the clock, which nobody means. */
function isBackwards(draft: Draft, [start, end]: readonly Entity[]): boolean {
  if (start === undefined || end?.slot !== 'end' || start.start !== end.start) return false;
  const [from, to] = [start, end].map(
    ({ value }) => civilFromIso(String(value), draft.timezone)?.moment ?? 0,
  );
  const length = (to ?? 0) - (from ?? 0);
  return (
    length > LONGEST_SECONDS && length < DAY && BARE_HOURS.test(draft.folded.slice(start.start, start.end))
  );
}

function dayOf(draft: Draft, entity: Entity): Entity {
  const day = startOfDay(civilFromIso(String(entity.value), draft.timezone)?.moment ?? 0);
  const value = { start: formatDay(day), end: formatDay(day + DAY) };
  return { ...entityAt(draft, 'date_range', entity, value, 'the day alone'), grain: 'day' };
}

/** The two ends of a stretch, as its words mean them. */
function asSaid(draft: Draft, found: readonly Entity[]): Entity[] {
  const start = found.find(({ slot }) => slot === 'start');
  const end = found.find(({ slot }) => slot === 'end');
  const words = start ? draft.folded.slice(start.start, start.end) : '';
  if (!start || !end || typeof start.value !== 'string') return [...found];
  // "December 3 to 7pm" says when it ends.
  if (/T00:00/.test(start.value) && !MIDNIGHT.test(words)) return found.filter((entity) => entity !== start);
  // The hours of a timetable are those of the day, unless something says otherwise.
  return isJourney(draft.folded) && /\d:\d\d/.test(words) && !HALF.test(words)
    ? found.map((entity) => (entity === start || entity === end ? beforeNoon(draft, entity, start) : entity))
    : [...found];
}

const MIDNIGHT = /\bmidnight\b|\b0?0[:.h]00|\b24[:.]00|\b12(?::00)?\s*a\.?m\b/;
const HALF = /[ap]\.?m\b|\bnoon\b|\bafternoon\b|\bevening\b|\bnight\b|\b(?:1[3-9]|2[0-3]):/;

/** Half a day earlier, where its start was put into the afternoon. */
function beforeNoon(draft: Draft, entity: Entity, { value: start }: Entity): Entity {
  const at = civilFromIso(String(entity.value), draft.timezone)?.moment;
  if (at === undefined || !/T(?:1[3-9]|2[0-3])/.test(String(start))) return entity;
  const value = formatInstant(at - DAY / 2, draft.timezone);
  return { ...entity, value, readings: [{ value, reason: 'the hour of a timetable' }, ...entity.readings] };
}
