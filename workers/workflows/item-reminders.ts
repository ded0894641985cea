import type { Event, Reminder } from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import { newId } from '../../core/ids.ts';
import { nextTakingPlace } from '../../db/occurrences.ts';
import { newEvent, patched } from './event-fields.ts';
import type { Ports } from './ports.ts';
import { newReminder, putOff } from './reminder-fields.ts';

/** More of one item are no reminders any more; and more than that are never changed together. */
const OF_ONE_MAX = 50;
const OF_ALL_MAX = 5_000;

type Reading = Pick<Ports, 'reminders' | 'events'>;

/**
 * What changes of tasks and events mean for their reminders: those that count from a time move with it, those of a series
 * follow its next day, and those of what is done or gone are over. Each change of an item, by words or without, brings
 * these along.
 *
 * @param effects all of one change: days that are parted from a series by it belong to the series still
 */
export async function remindersAfter(
  ports: Reading,
  effects: readonly EffectWrite[],
  now: Date,
): Promise<EffectWrite[]> {
  const telling = new Map(effects.filter(concernsReminders).map((effect) => [effect.id, effect]));
  if (telling.size === 0) return [];
  const { reminders } = await ports.reminders.list(
    { itemIds: [...telling.keys()], status: ['scheduled', 'fired'] },
    Math.min(OF_ALL_MAX, OF_ONE_MAX * telling.size),
  );
  const changes = reminders.map(async (reminder) => {
    const effect = telling.get(reminder.item_id ?? '');
    const columns = effect && (await afterChange(ports, reminder, { effect, effects, now }));
    return columns ? [changeOf(reminder, columns, now)] : [];
  });
  return (await Promise.all(changes)).flat();
}

/** A later part that a series was given is told of as long before as the series was. */
export async function remindersOfPart(
  { reminders: reader }: Reading,
  seriesId: string,
  part: Event,
  now: Date,
): Promise<EffectWrite[]> {
  const { reminders } = await reader.list({ itemIds: [seriesId], status: ['scheduled'] }, OF_ONE_MAX);
  const next = nextOf(part, now);
  return reminders.flatMap(({ title, timezone, recurrence, before_minutes }) => {
    if (recurrence === null || before_minutes === null || !next) return [];
    const at = earlier(next, before_minutes);
    const said = { title, timezone, recurrence: part.recurrence, before_minutes };
    const item = { kind: 'event' as const, id: part.id };
    const remind_at = at < now ? now : at;
    const why = { now, saidAt: now, reason: 'its series was parted' };
    return [newReminder(newId(), { ...said, item, remind_at }, why).effect];
  });
}

const isOver = ({ op, fields }: EffectWrite): boolean => op === 'delete' || fields['status'] === 'done';
const TIMES: Readonly<Record<string, readonly string[]>> = {
  task: ['due_at'],
  event: ['start_at', 'recurrence', 'exceptions'],
};

function concernsReminders(effect: EffectWrite): boolean {
  const times = TIMES[effect.kind];
  if (effect.op === 'create' || !times) return false;
  return isOver(effect) || times.some((column) => effect.fields[column] !== undefined);
}

const changeOf = (
  { id, version, item_kind }: Reminder,
  columns: Record<string, unknown>,
  now: Date,
): EffectWrite => ({
  kind: 'reminder',
  op: 'update',
  id,
  version,
  fields: { ...columns, updated_at: now.toISOString() },
  reason: `its ${item_kind ?? 'item'} was changed`,
});

interface Change {
  effect: EffectWrite;
  effects: readonly EffectWrite[];
  now: Date;
}
type Columns = Record<string, unknown> | null;
const OVER = { status: 'done' };

async function afterChange(ports: Reading, reminder: Reminder, change: Change): Promise<Columns> {
  const { effect, now } = change;
  const { before_minutes: before } = reminder;
  if (isOver(effect)) return OVER;
  if (before === null) return null;
  const days = effect.kind === 'event' ? await daysAfter(ports, effect.id, change.effects) : null;
  if (days) return followingSeries(reminder, before, days, change);
  const anchor = anchorOf(effect);
  if (anchor === undefined) return null;
  // Without a time there is nothing to count from.
  if (anchor === null) return OVER;
  const at = earlier(anchor, before);
  // What is to come but too near to be told that much before is told at once.
  return putOff(at < now && anchor > now ? now : at, now);
}

/** The next day of a series after an instant, as it will be; null when it is over. */
export type NextDay = (after: Date) => Date | null;

function followingSeries(
  { remind_at }: Reminder,
  before: number,
  nextDay: NextDay,
  { effect, now }: Change,
): Columns {
  const planned = new Date(remind_at);
  const isMoved = effect.fields['start_at'] !== undefined;
  // Of a day that is near and stays as it was, it has been told already.
  const next = nextDay(isMoved ? now : later(now, before));
  if (!next) return OVER;
  const at = earlier(next, before);
  if (at.getTime() === planned.getTime()) return null;
  if (isMoved) return putOff(at < now ? now : at, now);
  const aimedAt = later(planned, before);
  const aimsAtNone = nextDay(new Date(aimedAt.getTime() - 1))?.getTime() !== aimedAt.getTime();
  return at < planned || aimsAtNone ? putOff(at, now) : null;
}

const MINUTE_MS = 60_000;
const earlier = (at: Date, minutes: number): Date => new Date(at.getTime() - minutes * MINUTE_MS);
const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);

/** The days of a series as changes leave it, those among them that have an event of their own; null for a single event. */
export async function daysAfter(
  { events }: Pick<Ports, 'events'>,
  seriesId: string,
  effects: readonly EffectWrite[] = [],
): Promise<NextDay | null> {
  const there = (await events.ofSeries(seriesId)).flatMap((event) => {
    const own = effects.find(({ id }) => id === event.id);
    return own?.op === 'delete' ? [] : [own ? patched(event, own.fields) : event];
  });
  const made = effects
    .filter(({ kind, op, fields }) => kind === 'event' && op === 'create' && fields['series_id'] === seriesId)
    .map(({ id, fields }) => newEvent(id, fields));
  const series = there.find(({ id }) => id === seriesId);
  if (!series || series.recurrence === null) return null;
  const starts = [...there, ...made]
    .filter(({ id, recurrence }) => id !== seriesId && recurrence === null)
    .map(({ start }) => new Date(start));
  return (after) =>
    [nextOf(series, after), ...starts.filter((start) => start > after)]
      .filter((start) => start !== null)
      .toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

const nextOf = ({ start, timezone, recurrence, exceptions }: Event, after: Date): Date | null =>
  nextTakingPlace(
    { start: new Date(start), timezone, recurrence: recurrence ?? '' },
    exceptions.map((at) => new Date(at)),
    after,
  );

/** The time of an item in the columns that are set; undefined where they leave it, null where they take it away. */
function anchorOf({ kind, fields }: EffectWrite): Date | null | undefined {
  const value = kind === 'task' ? fields['due_at'] : fields['start_at'];
  return typeof value === 'string' ? new Date(value) : value === null ? null : undefined;
}
