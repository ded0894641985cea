import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Draft, Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import {
  findDuration,
  findList,
  findPriority,
  findTags,
  genericListCut,
  readDuration,
} from './attributes.ts';
import { contentOf } from './frames.ts';
import { findListName, headingList, newListName, putOnList } from './lists.ts';
import { findLength, leadingLength } from './lengths.ts';
import { instantEntity, recurrenceEntity } from './moment-entities.ts';
import { findMoments, type Moment } from './moments.ts';
import type { TimeMatch } from '../time/expressions.ts';
import { pickDeadline } from './times.ts';
import { repetitionIn } from '../repetition.ts';
import { stepsIn } from './steps.ts';
import { titleEntity } from './title.ts';
import { dueEntity } from './times.ts';

/** Something to do: what, by when, how long, how urgent, on which list. */
export function extractNewTask(
  draft: Draft,
  recognition: Recognition,
): { entities: Entity[]; params?: ActParams } {
  const said = stepsIn(draft);
  if (!said) {
    const values = valuesIn(draft, recognition);
    const unread = partsOfDayIn(draft, values);
    return { entities: values, ...(unread.length > 0 && { params: { unread } }) };
  }
  const { of, steps } = said;
  const [only] = steps;
  const text = (range: Range): string => draft.text.slice(range.start, range.end);
  // One step has all that a task may have; of several each is taken word for word.
  const entities =
    steps.length === 1 && only
      ? valuesIn(draft, { ...recognition, rule: STEP, body: only, implied: [] })
      : steps.slice(0, 1).map((first) => entityAt(draft, 'title', first, text(first), 'the first step'));
  const title = entities.find(({ slot }) => slot === 'title')?.value;
  const titles = steps.length === 1 && typeof title === 'string' ? [title] : steps.map(text);
  return { entities, params: { steps: { ...(of && { of: text(of) }), titles } } };
}

/** "every tuesday evening": a task is due on a day or at an hour, so that the evening is told rather than kept. */
function partsOfDayIn(draft: Draft, entities: readonly Entity[]): string[] {
  const said = entities.find(({ slot }) => slot === 'recurrence');
  const { partOfDay, rule = '' } = (said && repetitionIn(draft, said, true)) ?? {};
  return partOfDay === undefined || rule.includes('BYHOUR') ? [] : [partOfDay];
}

/** Stands for a rule where a step was read. */
const STEP = 'create.step';

function valuesIn(draft: Draft, recognition: Recognition): Entity[] {
  const { implied = [] } = recognition;
  const { body, region, idle } = placesOf(draft, recognition);
  const heading = headingList(draft, region);
  const fresh = heading ? null : newListName(draft, content(draft, wholeOf(draft)));
  if (fresh) return [fresh.entity];
  const cuts: Range[] = [...idle];
  const entities: Entity[] = [];
  const take = (found: { entity: Entity; cut: Range } | null): void => {
    if (!found) return;
    entities.push(found.entity);
    cuts.push(found.cut);
  };
  take(reminderBehind(draft, region));
  for (const tags of findTags(draft, region, cuts)) take(tags);
  const listed = heading ?? findList(draft, region, []) ?? findListName(draft, region);
  take(listed);
  const generic = genericListCut(draft, region);
  if (generic) cuts.push(generic);
  if (!implied.some(({ slot }) => slot === 'priority')) take(findPriority(draft, region, cuts));
  const moments = findMoments(
    draft,
    region,
    cuts.filter((cut) => !idle.includes(cut)),
    'task',
  );
  for (const moment of dueMoments(draft, moments, take)) cuts.push(moment.cut);
  const lasts = moments.flatMap((moment) => lengthWithin(draft, moment))[0];
  if (lasts) entities.push(lasts);
  const timed = [...cuts, ...moments.filter(({ repeats }) => repeats !== null)];
  if (!lasts)
    take(
      findDuration(draft, region, timed) ??
        trailingLength(draft, region, timed) ??
        leadingLength(draft, body, timed),
    );
  if (!listed && ADDED.test(draft.folded.slice(0, body.start))) take(putOnList(draft, body, cuts));
  const title = titleEntity(draft, body, cuts);
  return title ? [...entities, title] : entities;
}

const ADDED = /\b(?:add|ad|put|stick|pop)\s+(?:(?:an?|some|the|my)\s+)?$/;

/** Where the title stands, and where what belongs to it may stand: a rule knows, else the wording tells. */
function placesOf(
  draft: Draft,
  { rule, body: said }: Recognition,
): { body: Range; region: Range; idle: Range[] } {
  const found = contentOf(draft, said, 'task');
  if (rule === '' || (rule.startsWith('statement.') && found.obliged))
    return { body: found.body, region: found.region, idle: found.idle };
  // Marks at the very end are cut off as politeness is, but "!!" on its own is a priority; "milk!!!" is a tone.
  const marks = /^\s+!{2,3}\s*$/.exec(draft.folded.slice(said.end));
  const until = found.body.end > said.start + 2 ? Math.min(said.end, found.body.end) : said.end;
  const body = marks ? { start: said.start, end: draft.folded.length } : { start: said.start, end: until };
  const pointing = found.pointed ? found.idle.filter(({ start }) => start > body.start) : [];
  return { body, region: marks ? body : said, idle: pointing };
}

const WITH_REMINDER = /,?\s+(?:and|with|plus)\s+(?:an?\s+)?(?:reminder|alarm)\s+(?=\S)/;

/** "pay the rent by friday with a reminder on thursday at 6pm" */
function reminderBehind(draft: Draft, { start, end }: Range): { entity: Entity; cut: Range } | null {
  const match = WITH_REMINDER.exec(draft.folded.slice(start, end));
  if (!match) return null;
  const from = start + match.index;
  const [moment] = findMoments(draft, { start: from + match[0].length, end }, []);
  const entity = moment && instantEntity(draft, 'remind_at', moment);
  return entity ? { entity, cut: { start: from, end: Math.max(moment.cut.end, entity.end) } } : null;
}

const wholeOf = (draft: Draft): Range => ({ start: 0, end: draft.folded.length });
const content = (draft: Draft, range: Range): Range => contentOf(draft, range, 'ask').order;

/** "read chapter 9, 2 hours, by sunday" */
function trailingLength(
  draft: Draft,
  range: Range,
  cuts: readonly Range[],
): { entity: Entity; cut: Range } | null {
  const found = findLength(draft, range, cuts);
  return found && /[,(]\s*$/.test(draft.folded.slice(0, found.cut.start)) ? found : null;
}

/** "Tomorrow at 10 for 30 minutes" is due at ten, and takes so long. */
const LASTS = /(?:,\s*)?\b(?:for(?:\s+(?:about|around))?|lasting)\s+(?<length>\S.*)$/d;

function lengthWithin(draft: Draft, { apart, start, end }: Moment): Entity[] {
  const at = LASTS.exec(draft.folded.slice(start, end))?.indices?.groups?.['length'];
  const minutes = at && apart?.hasClock ? readDuration(draft.folded.slice(start + at[0], end)) : null;
  return at && minutes !== null
    ? [entityAt(draft, 'duration_minutes', { start: start + at[0], end }, minutes, 'as said')]
    : [];
}

/** Where a task begins that is to last some time. */
const atItsStart = (time: TimeMatch, draft: Draft): TimeMatch =>
  time.hasClock && LASTS.test(draft.folded.slice(time.start, time.end))
    ? { ...time, isRange: false, readings: time.readings.map((span) => ({ ...span, end: span.start + 60 })) }
    : time;

/** The repetition, and the one phrase that is the deadline; what it was taken from leaves the title. */
function dueMoments(
  draft: Draft,
  moments: readonly Moment[],
  take: (found: { entity: Entity; cut: Range }) => void,
): Moment[] {
  for (const moment of moments) {
    const repeated = recurrenceEntity(draft, moment);
    if (repeated) take({ entity: repeated, cut: moment.cut });
  }
  const times = moments.map(({ apart }) => apart).filter((time) => time !== null);
  // "every monday, starting in june": what repeats begins with the day that was said.
  const begins = moments.find(({ repeats }) => repeats?.startsOn !== undefined);
  // "on december 7 every 2 weeks" has that day within.
  const within = moments.find(({ repeats }) => repeats?.startDay !== undefined && !repeats.startsOn);
  const deadline = pickDeadline(draft, times) ?? begins?.apart ?? within?.first ?? null;
  if (!deadline) return [];
  const said = moments.filter(({ apart, first }) => apart === deadline || first === deadline);
  for (const moment of said) {
    const due = begins?.apart === deadline ? (begins.first ?? deadline) : deadline;
    const entity = dueEntity(draft, firstOfDays(moment) ?? atItsStart(due, draft));
    const { start, end } = moment;
    take({ entity: { ...entity, start, end, text: draft.text.slice(start, end) }, cut: moment.cut });
  }
  return said;
}

/** "water plants on monday and friday": due on the day that comes first, the others may be meant. */
function firstOfDays({ days }: Moment): TimeMatch | null {
  const [first] = days;
  return first ? { ...first, readings: days.flatMap(({ readings }) => readings.slice(0, 1)) } : null;
}
