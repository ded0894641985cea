import type { Action } from '../../../contracts/intents.ts';
import { actionEntry } from '../../../contracts/intents.ts';
import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import type { Draft, Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { countsFromCompletion, repetitionEntity, repetitionIn } from '../repetition.ts';
import type { Range } from '../text.ts';
import { findDuration, findList, findPriority, findTags, genericListCut } from './attributes.ts';
import { readChange } from './change.ts';
import { filterEntities, queryEntity } from './filters.ts';
import { allTarget, extractSelection, isAll, isPlural, selectorsIn } from './selection.ts';
import { readStatus } from './status.ts';
import { lastTarget, targetEntity } from './target.ts';
import type { TimeMatch } from '../time/expressions.ts';
import type { Span } from '../time/pieces.ts';
import { dueEntity, pickDeadline, rangeEntity, timesIn } from './times.ts';
import { impossibleTimes } from './impossible-times.ts';
import { titleEntity } from './title.ts';

type Extractor = (draft: Draft, recognition: Recognition) => Entity[];

const EXTRACTORS: Partial<Record<Action, Extractor>> = {
  create_task: extractNewTask,
  set_reminder: extractReminder,
  update_task: extractUpdate,
  complete_task: extractSelection,
  delete_task: extractSelection,
  list_tasks: extractListing,
  list_events: extractPeriod,
  list_reminders: extractPeriod,
  daily_briefing: extractPeriod,
  weekly_briefing: extractPeriod,
  plan_schedule: extractPeriod,
  cancel_event: extractEventTarget,
  update_event: extractEventTarget,
  reschedule: extractSelection,
  create_event: extractEvent,
  search: extractSearch,
};

/** Finds the values of the recognised action's slots in the text. */
export function extractEntities(draft: Draft): Draft {
  const { recognition } = draft;
  if (!recognition) return draft;
  const extractor = EXTRACTORS[recognition.action];
  const found = [...(recognition.implied ?? []), ...(extractor?.(draft, recognition) ?? [])];
  const allowed: readonly (Slot | 'when')[] = actionEntry(recognition.action).slots;
  // What the wording itself implied stands before what a later look finds for the same slot.
  const entities = found.filter(
    (entity, index) =>
      allowed.includes(entity.slot) &&
      (entity.slot === 'tags' || found.findIndex((other) => other.slot === entity.slot) === index),
  );
  const selected = paramsOf(draft, recognition, entities);
  const params = countsFromCompletion(draft, entities) ? { ...selected, from_completion: true } : selected;
  return {
    ...draft,
    recognition: { ...recognition, ...(params && { params }) },
    entities: entities.toSorted((a, b) => a.start - b.start),
  };
}

/** Which tasks a list, or a change of many, is about; what a rule found out already stays. */
function paramsOf(
  draft: Draft,
  { action, body, target, params }: Recognition,
  entities: readonly Entity[],
): ActParams | undefined {
  if (action === 'create_task') {
    const unread = impossibleTimes(draft, body).map(({ start, end }) => draft.text.slice(start, end).trim());
    return unread.length > 0 ? { ...params, unread } : params;
  }
  const many = entities.some(({ slot, value }) => slot === 'target' && isAll(value));
  if (action !== 'list_tasks' && !(many && SELECTING.has(action))) return params;
  const query = entities.find(({ slot }) => slot === 'query');
  const from = action === 'list_tasks' ? 0 : (target ?? body).start;
  const end = query?.start ?? (action === 'list_tasks' ? draft.folded.length : (target ?? body).end);
  const words = draft.folded.slice(from, end);
  const status = params?.status ?? readStatus(words);
  const undated = UNDATED.test(words);
  const where = action === 'update_task' && target ? selectorsIn(draft, target) : undefined;
  if (status === undefined && !undated && !where) return params;
  return {
    ...params,
    ...(status !== undefined && { status }),
    ...(undated && { undated }),
    ...(where && { where }),
  };
}

const UNDATED =
  /\b(?:undated|(?:with(?:out| no)|have no|has no|that have no|no)\s+(?:an?\s+|any\s+)?(?:due date|deadline|date)s?)\b/;

const SELECTING = new Set<Action>(['delete_task', 'complete_task', 'update_task']);

function extractNewTask(draft: Draft, { body: said, implied = [] }: Recognition): Entity[] {
  // Marks at the very end are cut off as politeness is, but "!!" on its own is a priority; "milk!!!" is a tone.
  const marks = /^\s+!{2,3}\s*$/.exec(draft.folded.slice(said.end));
  const body = marks ? { start: said.start, end: draft.folded.length } : said;
  const cuts: Range[] = [];
  const entities: Entity[] = [];
  const take = (found: { entity: Entity; cut: Range } | null): void => {
    if (!found) return;
    entities.push(found.entity);
    cuts.push(found.cut);
  };
  for (const tags of findTags(draft, body, cuts)) take(tags);
  take(findList(draft, body, cuts));
  const generic = genericListCut(draft, body);
  if (generic) cuts.push(generic);
  if (!implied.some(({ slot }) => slot === 'priority')) take(findPriority(draft, body, cuts));
  const repeated = repetitionIn(draft, body);
  if (repeated) take({ entity: repetitionEntity(draft, repeated), cut: repeated });
  const begins = repeated?.startsOn;
  if (begins) cuts.push(begins);
  const times = timesIn(draft, body, cuts);
  const first = begins && timesIn(draft, begins).find(({ readings }) => readings[0]?.grain === 'day');
  const deadline = pickDeadline(draft, times) ?? first;
  if (deadline) {
    take({ entity: dueEntity(draft, deadline), cut: { start: deadline.leadStart, end: deadline.end } });
    // "today or tomorrow": the later one is the deadline, and neither belongs to the title.
    const other = times.find(
      ({ end }) =>
        end <= deadline.leadStart && /^\s+or\s+$/.test(draft.folded.slice(end, deadline.leadStart)),
    );
    if (other) cuts.push({ start: other.leadStart, end: deadline.leadStart });
  }
  take(findDuration(draft, body, cuts));
  cuts.push(...impossibleTimes(draft, body));
  const title = titleEntity(draft, body, cuts);
  return title ? [...entities, title] : entities;
}

function extractReminder(draft: Draft, { body: said }: Recognition): Entity[] {
  const lead = /^\s*(?:(?:about|of|for|that|to)\s+)?/.exec(draft.folded.slice(said.start, said.end));
  const body = { start: said.start + (lead?.[0].length ?? 0), end: said.end };
  const cuts: Range[] = [];
  const entities: Entity[] = [];
  const repeated = repetitionIn(draft, body);
  if (repeated) {
    cuts.push(repeated, ...(repeated.startsOn ? [repeated.startsOn] : []));
    entities.push(repetitionEntity(draft, repeated));
  }
  const time = pickDeadline(draft, timesIn(draft, body, cuts));
  if (time) {
    cuts.push({ start: time.leadStart, end: time.end });
    const due = dueEntity(draft, time);
    // A reminder needs a moment; a day alone leaves the hour to be asked or defaulted.
    if (typeof due.value === 'string' && due.value.includes('T'))
      entities.push({ ...due, slot: 'remind_at' });
  }
  const title = titleEntity(draft, body, cuts);
  return title ? [...entities, title] : entities;
}

function extractUpdate(draft: Draft, recognition: Recognition): Entity[] {
  const { target, title, change, body } = recognition;
  const many = target && isPlural(draft, target);
  const meant =
    (target && (many ? allTarget(draft, target) : targetEntity(draft, target))) ??
    lastTarget(draft, { start: body.start, end: body.start });
  const entities = [meant];
  if (title) {
    const named = titleEntity(draft, title, []);
    if (named) entities.push(named);
  }
  if (change && !recognition.implied) entities.push(...readChange(draft, change).entities);
  return entities;
}

function extractListing(draft: Draft, { body, implied = [] }: Recognition): Entity[] {
  const { entities } = filterEntities(draft, body);
  const found = [...entities, ...implied];
  const query = found.some(({ slot }) => slot === 'query') ? null : queryEntity(draft, body, found);
  const meant = query ?? (found.length === 0 ? oneTask(draft, body) : null);
  return meant ? [...entities, meant] : entities;
}

/** "find the physics task": words of a title before the noun. */
function oneTask(draft: Draft, range: Range): Entity | null {
  const match =
    /^(?:the|my|that)\s+(?!(?:next|last|first|latest|newest|other|whole|entire|current|open|done|completed|finished|to-?do|task)\b)(?<name>.+?)\s+(?:task|to-?do|todo|item)$/d.exec(
      draft.folded.slice(range.start, range.end),
    );
  const at = match?.indices?.groups?.['name'];
  if (!at) return null;
  const span = { start: range.start + at[0], end: range.start + at[1] };
  return entityAt(draft, 'query', span, draft.text.slice(span.start, span.end), 'words of its title');
}

function extractPeriod(draft: Draft, { body }: Recognition): Entity[] {
  const period = timesIn(draft, { start: 0, end: draft.folded.length })[0] ?? timesIn(draft, body)[0];
  return period ? [rangeEntity(draft, period)] : [];
}

function extractEventTarget(draft: Draft, recognition: Recognition): Entity[] {
  const target = recognition.target && targetEntity(draft, recognition.target);
  if (!target) return [];
  const value =
    typeof target.value === 'object' && target.value !== null
      ? { ...target.value, kind: 'event' }
      : target.value;
  return [{ ...target, value, readings: target.readings.map((reading) => ({ ...reading, value })) }];
}

/** When an event begins and, where both were said, ends; a day alone is not yet a start. */
function eventTimes(draft: Draft, time: TimeMatch): Entity[] {
  const at = (slot: 'start' | 'end', edge: (span: Span) => number): Entity => {
    const readings = time.readings.map((span): Span => {
      const start = edge(span);
      const epoch = span.epoch === undefined ? undefined : span.epoch + start - span.start;
      return { ...span, start, end: start + 60, ...(epoch !== undefined && { epoch }) };
    });
    return { ...dueEntity(draft, { ...time, readings, isRange: false }), slot };
  };
  if (!time.hasClock) return [];
  const start = at('start', (span) => span.start);
  return time.isRange ? [start, at('end', (span) => span.end)] : [start];
}

function extractEvent(draft: Draft, { body }: Recognition): Entity[] {
  const cuts: Range[] = [];
  const entities: Entity[] = [];
  const time = pickDeadline(draft, timesIn(draft, body));
  if (time) {
    cuts.push({ start: time.leadStart, end: time.end });
    entities.push(...eventTimes(draft, time));
  }
  const duration = findDuration(draft, body, cuts);
  if (duration) {
    entities.push(duration.entity);
    cuts.push(duration.cut);
  }
  const title = titleEntity(draft, body, cuts);
  return title ? [...entities, title] : entities;
}

function extractSearch(draft: Draft, { body }: Recognition): Entity[] {
  const query = titleEntity(draft, body, []);
  return query ? [{ ...query, slot: 'query' }] : [];
}
