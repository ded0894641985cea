import type { Reminder } from '../../contracts/entities.ts';
import type { EffectWrite } from '../../contracts/records.ts';
import type { ReminderReader } from './ports.ts';
import { putOff } from './reminder-fields.ts';

/** More of one item are no reminders any more; and more than that are never changed together. */
const OF_ONE_MAX = 50;
const OF_ALL_MAX = 5_000;

/**
 * What a change of a task or an event means for its reminders: those that count from its time move with it, and those of
 * what is done or gone are over. Each change of an item, by words or without, brings these along.
 */
export const remindersAfter = (
  reader: ReminderReader,
  effect: EffectWrite,
  now: Date,
): Promise<EffectWrite[]> => remindersAfterAll(reader, [effect], now);

/** The same for several items, which are looked up together. */
export async function remindersAfterAll(
  reader: ReminderReader,
  effects: readonly EffectWrite[],
  now: Date,
): Promise<EffectWrite[]> {
  const telling = new Map(effects.filter(concernsReminders).map((effect) => [effect.id, effect]));
  if (telling.size === 0) return [];
  const { reminders } = await reader.list(
    { itemIds: [...telling.keys()], status: ['scheduled', 'fired'] },
    Math.min(OF_ALL_MAX, OF_ONE_MAX * telling.size),
  );
  return reminders.flatMap((reminder) => {
    const effect = telling.get(reminder.item_id ?? '');
    return effect ? afterChange(reminder, effect, now) : [];
  });
}

const isOver = ({ op, fields }: EffectWrite): boolean => op === 'delete' || fields['status'] === 'done';

function concernsReminders(effect: EffectWrite): boolean {
  if (effect.op === 'create' || (effect.kind !== 'task' && effect.kind !== 'event')) return false;
  return isOver(effect) || anchorOf(effect) !== undefined;
}

function afterChange(
  { id, version, before_minutes, recurrence }: Reminder,
  effect: EffectWrite,
  now: Date,
): EffectWrite[] {
  const anchor = anchorOf(effect);
  const changed = (columns: Record<string, unknown>): EffectWrite[] => [
    {
      kind: 'reminder',
      op: 'update',
      id,
      version,
      fields: { ...columns, updated_at: now.toISOString() },
      reason: `its ${effect.kind} was changed`,
    },
  ];
  if (isOver(effect)) return changed({ status: 'done' });
  if (before_minutes === null) return [];
  // Without a time there is nothing to count from.
  if (!anchor) return changed({ status: 'done' });
  const at = new Date(anchor.getTime() - before_minutes * 60_000);
  // What is to come but too near to be told that much before is told at once; of a series, firing finds the next day.
  const late = at < now && (anchor > now || recurrence !== null);
  return changed(putOff(late ? now : at, now));
}

/** The time of an item in the columns that are set; undefined where they leave it, null where they take it away. */
function anchorOf({ kind, fields }: EffectWrite): Date | null | undefined {
  const value = kind === 'task' ? fields['due_at'] : fields['start_at'];
  return typeof value === 'string' ? new Date(value) : value === null ? null : undefined;
}
