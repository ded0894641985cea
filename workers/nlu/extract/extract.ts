import type { Action } from '../../../contracts/intents.ts';
import { actionEntry } from '../../../contracts/intents.ts';
import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import { dateRange } from '../../../contracts/slots.ts';
import type { Draft, Recognition } from '../draft.ts';
import { extractEmail, extractMailSearch, extractSending } from '../email/loose.ts';
import { countsFromCompletion } from '../repetition.ts';
import type { Range } from '../text.ts';
import { readOrder } from './event-change.ts';
import {
  extractEventQuestion,
  extractFreeTime,
  extractReminderQuestion,
  extractSearch,
  periodEntities,
} from './look.ts';
import { withItsList } from './from-list.ts';
import { keptOfItem } from './kept-of-item.ts';
import { extractEvent } from './new-event.ts';
import { extractReminder } from './new-reminder.ts';
import { extractNewTask } from './new-task.ts';
import { extractPreference } from './preference.ts';
import { isAll, selectorsIn } from './selection.ts';
import { readStatus } from './status.ts';
import { dueEntity, timesIn } from './times.ts';
import { extractListing, extractTaskSelection, extractUpdate } from './task-change.ts';

/** One way to fill an action's slots; of several values for a slot the first one returned is meant. */
type Extractor = (draft: Draft, recognition: Recognition) => Entity[] | Extracted;

interface Extracted {
  entities: Entity[];
  params?: ActParams;
}

const period: Extractor = (draft) => periodEntities(draft, wholeOf(draft));
/** What is meant and what is to be different about it, with where it is now. */
const order =
  (action: Action, kind: 'event' | 'any'): Extractor =>
  (draft) => {
    const { entities, was, uninvited, distance, kept } = readOrder(draft, wholeOf(draft), action, kind);
    const moves = action === 'update_event' || action === 'reschedule';
    const place = moves && was[0] ? dateRange.safeParse(was[0].value).data : undefined;
    const many = entities.some(({ slot, value }) => slot === 'target' && isAll(value));
    const isBulk = many && action === 'update_event';
    // "I'm sick tomorrow, move everything": the day stands before what is to be done.
    const undated = ![...entities, ...was].some(({ slot }) => slot === 'date_range');
    const day = many && action === 'reschedule' && undated ? periodEntities(draft, wholeOf(draft)) : [];
    const params = {
      ...kept,
      ...(place && (isBulk ? { where: { date_range: place } } : { was: place })),
      ...distance,
      ...(uninvited.length > 0 && { uninvite: uninvited }),
    };
    return { entities: [...entities, ...was, ...day], ...(Object.keys(params).length > 0 && { params }) };
  };

/** How each action's slots are filled. All look for the same typed spans and differ in what those become. */
const EXTRACTORS: Partial<Record<Action, Extractor>> = {
  create_task: extractNewTask,
  update_task: (draft, recognition) =>
    withItsList(draft, extractUpdate(draft, recognition), recognition.implied ?? []),
  complete_task: extractTaskSelection,
  delete_task: extractTaskSelection,
  list_tasks: extractListing,
  create_event: (draft) => extractEvent(draft, wholeOf(draft)),
  update_event: order('update_event', 'event'),
  cancel_event: order('cancel_event', 'event'),
  reschedule: order('reschedule', 'event'),
  // "When does it end?" looks for nothing that is called so.
  list_events: (draft, { implied, params }) =>
    (params?.looks_back ?? (params?.asks && implied?.some(({ slot }) => slot === 'target')))
      ? []
      : extractEventQuestion(draft, wholeOf(draft)),
  list_reminders: (draft) => extractReminderQuestion(draft, wholeOf(draft)),
  find_time: (draft) => extractFreeTime(draft, wholeOf(draft)),
  plan_schedule: period,
  daily_briefing: period,
  weekly_briefing: period,
  search: (draft, { params }) => (params?.looks_back ? [] : extractSearch(draft, wholeOf(draft))),
  set_reminder: (draft) => extractReminder(draft, wholeOf(draft)),
  draft_email: (draft, { implied }) => (implied ? [] : extractEmail(draft, wholeOf(draft))),
  send_email: (draft) => extractSending(draft, wholeOf(draft)),
  search_email: (draft, { implied }) => extractMailSearch(draft, wholeOf(draft), implied ?? []),
  // What is told of somebody is no setting.
  set_preference: (draft, { params }) => (params?.fact ? [] : extractPreference(draft, wholeOf(draft))),
  undo: (draft, recognition) => (recognition.rule === '' ? order('undo', 'any')(draft, recognition) : []),
};

const wholeOf = (draft: Draft): Range => ({ start: 0, end: draft.folded.length });

/** "Set call Bob to 5pm": an hour alone is of the day that it is due, which only its finder knows. */
function hourAlone(draft: Draft, entities: readonly Entity[]): Pick<ActParams, 'day_kept'> {
  const due = entities.find(({ slot }) => slot === 'due_date');
  const [time] = due ? timesIn(draft, due, [], true) : [];
  const isAlone = time?.clockOnly === true && !time.isRange && dueEntity(draft, time).value === due?.value;
  return isAlone && typeof due?.value === 'string' ? { day_kept: due.value } : {};
}

/** Finds the values of the recognised action's slots in the text. */
export function extractEntities(draft: Draft): Draft {
  const { recognition } = draft;
  if (!recognition) return draft;
  const read = EXTRACTORS[recognition.action]?.(draft, recognition) ?? [];
  const { entities: extracted, params: said } = Array.isArray(read)
    ? { entities: read, params: undefined }
    : read;
  const implied = recognition.implied ?? [];
  const allowed: readonly (Slot | 'when')[] = [...actionEntry(recognition.action).slots, 'when'];
  // What the wording itself implied stands before what a later look finds for the same slot.
  const found = [
    ...implied,
    ...extracted.filter(({ slot }) => slot === 'tags' || implied.every((entity) => entity.slot !== slot)),
  ].filter(({ slot }) => allowed.includes(slot));
  const all = inOrder(found.flatMap((entity) => spread(draft, entity)));
  const due = recognition.action === 'update_task' ? dueAlready(draft, all) : null;
  const entities = due ? all.filter(({ slot, end }) => slot !== 'due_date' || end > due.end) : all;
  const selected = paramsOf(draft, recognition, entities, due);
  const unread = [...unreadIn(draft), ...(said?.unread ?? [])];
  const isPlaced = said?.was !== undefined || said?.where !== undefined || selected?.where !== undefined;
  const params: ActParams = {
    ...(!isPlaced && keptOfItem(draft, recognition.action, entities)),
    ...selected,
    ...(recognition.action === 'update_task' && hourAlone(draft, entities)),
    ...(countsFromCompletion(draft, entities) && { from_completion: true }),
    ...said,
    ...(unread.length > 0 && { unread }),
  };
  return {
    ...draft,
    recognition: { ...recognition, ...(Object.keys(params).length > 0 && { params }) },
    entities,
  };
}

/** Words that look like a time and are none, for the reply. */
export const unreadIn = (draft: Draft): string[] =>
  draft.impossible.map(({ start, end }) => draft.text.slice(start, end).trim());

/** The same recognition, with more words that the reply is to tell. */
export const unreadParams = (recognition: Recognition, words: readonly string[]): Recognition => ({
  ...recognition,
  params: { ...recognition.params, unread: [...(recognition.params?.unread ?? []), ...words] },
});

/** Several people named in one stretch, each at their own place; every place carries the whole list. */
function spread(draft: Draft, entity: Entity): Entity[] {
  const { slot, value, start, end } = entity;
  if (slot !== 'recipient' || !Array.isArray(value) || value.length < 2) return [entity];
  const found: Entity[] = [];
  let at = start;
  for (const name of value) {
    const place = typeof name === 'string' ? draft.text.indexOf(name, at) : -1;
    if (place < 0 || place + String(name).length > end) return [entity];
    at = place + String(name).length;
    found.push({ ...entity, start: place, end: at, text: draft.text.slice(place, at) });
  }
  return found;
}

/** By place, but of several values for a slot the one that is meant comes last, since the last one of a slot counts. */
function inOrder(found: readonly Entity[]): Entity[] {
  const distinct = found.filter(
    (entity, index) =>
      found.findIndex(
        (other) => other.slot === entity.slot && other.start === entity.start && other.end === entity.end,
      ) === index,
  );
  const meant = new Set(
    distinct.filter((entity) => {
      const same = distinct.filter(({ slot }) => slot === entity.slot);
      return same.length > 1 && same[0] === entity && same.some(({ value }) => value !== entity.value);
    }),
  );
  const byPlace = distinct.toSorted((a, b) => a.start - b.start);
  return [
    ...byPlace.filter((entity) => !meant.has(entity)),
    ...byPlace.filter((entity) => meant.has(entity)),
  ];
}

/** Which tasks a list, or a change of many, is about; what a rule found out already stays. */
function paramsOf(
  draft: Draft,
  { action, body, target, params }: Recognition,
  entities: readonly Entity[],
  due: Range | null,
): ActParams | undefined {
  const many = entities.some(({ slot, value }) => slot === 'target' && isAll(value));
  if (action !== 'list_tasks' && !(many && SELECTING.has(action))) return params;
  const query = entities.find(({ slot }) => slot === 'query');
  const from = action === 'list_tasks' ? 0 : (target ?? body).start;
  const end = query?.start ?? (action === 'list_tasks' ? draft.folded.length : (target ?? body).end);
  const words = draft.folded.slice(from, end);
  const status = params?.status ?? readStatus(words);
  const undated = UNDATED.test(words);
  const places = action === 'update_task' ? [due ?? undefined, target, beforeValues(draft)] : [];
  const where = places.map((place) => place && selectorsIn(draft, place)).find(Boolean) ?? undefined;
  if (status === undefined && !undated && !where) return params;
  return {
    ...params,
    ...(status !== undefined && { status }),
    ...(undated && { undated }),
    ...(where && { where }),
  };
}

/** "Everything due this week should be urgent": when they are due now is no new value. */
function dueAlready({ folded }: Draft, entities: readonly Entity[]): Range | null {
  const said =
    /\b(?:everything|all|tasks?|items?|things|to-?dos?)\s+(?:that(?:'s|\s+is|\s+are)\s+)?due\s+(?<when>[^,;.]{2,30}?)(?=\s+(?:should|must|has\s+to|have\s+to|needs?\s+to|to|is|are|becomes?|as|(?:low|medium|high|top|urgent)\b))/d.exec(
      folded,
    )?.indices?.groups?.['when'];
  const changes = entities.some(({ slot }) => !/^(?:target|due_date|date_range|query)$/.test(slot));
  return said && changes ? { start: said[0] - 'due '.length, end: said[1] } : null;
}

/** Where no rule knows the place: "move everything due today" of what is moved to Monday. */
function beforeValues({ folded }: Draft): Range | null {
  const end = folded.lastIndexOf(' to ');
  return end === -1 ? null : { start: 0, end };
}

const UNDATED =
  /\b(?:undated|(?:with(?:out| no)|have no|has no|that have no|no)\s+(?:an?\s+|any\s+)?(?:due date|deadline|date)s?)\b/;

const SELECTING = new Set<Action>(['delete_task', 'complete_task', 'update_task']);
