import type { EffectWrite } from '../../contracts/records.ts';
import type { ReminderReader } from './ports.ts';
import { putOff } from './reminder-fields.ts';

/** More of one item are no reminders any more. */
const OF_ONE_MAX = 50;

/**
 * What a change of a task or an event means for its reminders: those that count from its time move with it, and those of
 * what is done or gone are over. Each change of an item, by words or without, brings these along.
 */
export async function remindersAfter(
  reader: ReminderReader,
  effect: EffectWrite,
  now: Date,
): Promise<EffectWrite[]> {
  const { kind, op, fields } = effect;
  if (op === 'create' || (kind !== 'task' && kind !== 'event')) return [];
  const over = op === 'delete' || fields['status'] === 'done';
  const anchor = anchorOf(kind, fields);
  if (!over && anchor === undefined) return [];
  const { reminders } = await reader.list({ itemId: effect.id, status: ['scheduled', 'fired'] }, OF_ONE_MAX);
  return reminders.flatMap(({ id, version, before_minutes, recurrence }): EffectWrite[] => {
    const changed = (columns: Record<string, unknown>): EffectWrite[] => [
      {
        kind: 'reminder',
        op: 'update',
        id,
        version,
        fields: { ...columns, updated_at: now.toISOString() },
        reason: `its ${kind} was changed`,
      },
    ];
    if (over) return changed({ status: 'done' });
    if (before_minutes === null) return [];
    // Without a time there is nothing to count from.
    if (!anchor) return changed({ status: 'done' });
    const at = new Date(anchor.getTime() - before_minutes * 60_000);
    // What is to come but too near to be told that much before is told at once; of a series, firing finds the next day.
    const late = at < now && (anchor > now || recurrence !== null);
    return changed(putOff(late ? now : at, now));
  });
}

/** The time of an item in the columns that are set; undefined where they leave it, null where they take it away. */
function anchorOf(kind: 'task' | 'event', fields: Record<string, unknown>): Date | null | undefined {
  const value = kind === 'task' ? fields['due_at'] : fields['start_at'];
  return typeof value === 'string' ? new Date(value) : value === null ? null : undefined;
}
