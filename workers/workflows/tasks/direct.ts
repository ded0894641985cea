import type { Task } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { TaskPatch } from '../../../contracts/requests.ts';
import type { Ports } from '../ports.ts';
import { quote, sayDate } from '../sentences.ts';
import { isDoneForNow } from './completion.ts';
import { completion, deletion, effectsOf, stepsOf } from './effects.ts';
import { newTaskColumns, patched } from './fields.ts';

/** A new task that was written without words, as columns. */
export async function created(
  ports: Ports,
  fields: TaskPatch & { title: string },
  now: Date,
): Promise<Record<string, unknown>> {
  if (fields.parent_id) await checkParent(ports, fields.parent_id, null);
  return newTaskColumns(fields, zoneOf(fields), now);
}

/**
 * A change without words, with all that follows from it, as words would have it: what repeats goes on to its next time,
 * steps go with their task, and so do reminders and planned time.
 *
 * @param fields null deletes it
 * @throws PulseError `validation_error` for a parent that can't be one
 */
export async function changed(
  ports: Ports,
  task: Task,
  fields: TaskPatch | null,
  about: { version: number | null; now: Date; reason: string },
): Promise<EffectWrite[]> {
  const { now, reason, version } = about;
  const write = async (changes: Parameters<typeof effectsOf>[1], zone: string): Promise<EffectWrite[]> => {
    const { effects } = await effectsOf(ports, changes, { zone, now, reference: now, reason });
    const [first, ...rest] = effects;
    // Whoever named no version changes whichever there is.
    return first ? [{ ...first, version }, ...rest] : [];
  };
  if (fields === null) return write(deletion(task, await stepsOf(ports, [task])), 'utc');
  if (fields.parent_id) await checkParent(ports, fields.parent_id, task);
  const { status, ...rest } = fields;
  const before = patched(task, rest, now);
  if (status !== 'done' || task.status === 'done') return write([{ task, patch: fields }], zoneOf(fields));
  const zone =
    before.recurrence === null || fields.due_date ? zoneOf(fields) : await zoneOfStored(ports, task);
  if (fields.due_date === undefined && (await isDoneForNow(ports, before, { zone, now }))) {
    const next = before.due_date === null ? '' : ` Next: ${sayDate(before.due_date, zone, now)}.`;
    throw new PulseError('version_conflict', `${quote(task.title)} is done already.${next}`);
  }
  const steps = await stepsOf(ports, [task]);
  const [own, ...reopened] = completion(before, steps, zone, now);
  // Nobody can be asked here: what belongs to a task is done with it, as where several are completed by words.
  const left = own?.patch?.status === 'done' ? steps.filter((step) => step.status === 'open') : [];
  const along = left.map((step) => ({ task: step, patch: { status: 'done' as const } }));
  return write([{ ...own, task, patch: { ...rest, ...own?.patch } }, ...reopened, ...along], zone);
}

/** Steps are one level deep, and nobody else's. */
async function checkParent(ports: Ports, parentId: string, task: Task | null): Promise<void> {
  if (parentId === task?.id) throw new PulseError('validation_error', 'A task can’t be a step of itself.');
  const parent = await ports.tasks.find(parentId);
  if (!parent) throw new PulseError('validation_error', 'There is no such task to be a step of (parent_id).');
  if (parent.parent_id !== null)
    throw new PulseError('validation_error', 'The parent_id is that of a step, and steps have no steps.');
  if (task && (await stepsOf(ports, [task])).length > 0)
    throw new PulseError('validation_error', 'This task has steps, so it can’t become one (parent_id).');
}

/** Where the task's hours are read; days of one that has none are those of the user. */
async function zoneOfStored({ receipts, settings }: Ports, { id }: Task): Promise<string> {
  const zone = (await receipts.rows([id])).get(id)?.['due_zone'];
  return typeof zone === 'string' ? zone : (await settings.read()).timezone;
}

/** A due time without a zone of its own keeps the offset it was sent with. */
function zoneOf(fields: TaskPatch): string {
  const offset =
    fields.due_date && fields.due_date.length > 10
      ? /(?:Z|[+-]\d\d:\d\d)$/.exec(fields.due_date)?.[0]
      : undefined;
  return offset === undefined || offset === 'Z' ? 'utc' : `utc${offset}`;
}
