import { cutText } from '../../../core/cut-text.ts';
import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { columnsOf, newEvent, newEventColumns } from '../event-fields.ts';
import { remindersAfter } from '../item-reminders.ts';
import type { Work } from '../outcome.ts';

export const saidBy = (words: string): string => `you asked: "${cutText(words, 300)}"`;

/** A new event, with the effect that makes it. */
export function created(
  work: Work,
  event: { title: string; start: string; end: string; participants?: string[] },
  more: Record<string, unknown>,
  reason: string,
): { event: Event; effect: EffectWrite } {
  const { timezone, now } = work;
  const id = work.newId();
  const fields = { ...newEventColumns({ ...event, timezone }, { timezone, minutes: 60 }, now), ...more };
  return {
    event: newEvent(id, fields),
    effect: { kind: 'event', op: 'create', id, version: null, fields, reason },
  };
}

/** An event at another time, with what follows for its reminders. */
export async function moved(
  { ports, now }: Work,
  event: Event,
  to: { start: string; end: string },
  reason: string,
): Promise<EffectWrite[]> {
  const { id, version } = event;
  const fields = columnsOf({ start: to.start, end: to.end }, event, now);
  const effect: EffectWrite = { kind: 'event', op: 'update', id, version, fields, reason };
  return [effect, ...(await remindersAfter(ports, [effect], now))];
}

/** An event that goes away, with what follows for its reminders. */
export async function removed({ ports, now }: Work, event: Event, reason: string): Promise<EffectWrite[]> {
  const at = now.toISOString();
  const effect: EffectWrite = {
    kind: 'event',
    op: 'delete',
    id: event.id,
    version: event.version,
    fields: { deleted_at: at, updated_at: at },
    reason,
  };
  return [effect, ...(await remindersAfter(ports, [effect], now))];
}
