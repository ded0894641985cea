import type { Entity } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { repetitionEntity } from '../repetition.ts';
import type { Range } from '../text.ts';
import { rangeValue, timeContext, whenValue } from '../time/values.ts';
import type { Moment } from './moments.ts';

type TimeSlot = Extract<Slot, 'start' | 'end' | 'due_date' | 'remind_at' | 'date_range' | 'recurrence'>;

function at(draft: Draft, slot: TimeSlot, moment: Range, value: unknown, base: Partial<Entity>): Entity {
  return { ...entityAt(draft, slot, moment, value, ''), ...base, slot, value };
}

export function recurrenceEntity(draft: Draft, moment: Moment): Entity | null {
  if (!moment.repeats) return null;
  const { start, end } = moment;
  return { ...repetitionEntity(draft, moment.repeats), start, end, text: draft.text.slice(start, end) };
}

/** The rule with the half of the day that the first time was settled on ("dinner every friday at 7" is in the evening). */
export function withSettledHour(entities: readonly Entity[]): Entity[] {
  const start = entities.find(({ slot }) => slot === 'start' || slot === 'remind_at');
  if (typeof start?.value !== 'string') return [...entities];
  const hour = Number(start.value.slice(11, 13));
  const settled = (rule: unknown): unknown => {
    const said = typeof rule === 'string' ? /BYHOUR=(\d+)(?=;|$)/.exec(rule) : null;
    return typeof rule === 'string' && said && Math.abs(Number(said[1]) - hour) === 12
      ? rule.replace(said[0], `BYHOUR=${hour}`)
      : rule;
  };
  return entities.map((entity) => {
    const value = entity.slot === 'recurrence' ? settled(entity.value) : entity.value;
    if (value === entity.value) return entity;
    return {
      ...entity,
      value,
      readings: entity.readings.map((one) => ({ ...one, value: settled(one.value) })),
    };
  });
}

/** A moment to a slot that takes an instant; null where only a day or longer was said. */
export function instantEntity(
  draft: Draft,
  slot: 'start' | 'end' | 'remind_at',
  moment: Moment,
): Entity | null {
  const { time } = moment;
  if (!time) return null;
  const { grain, readings } = whenValue({ ...time, isRange: false, lead: 'on' }, draft.timezone);
  const usable = readings.filter(({ value }) => typeof value === 'string' && value.includes('T'));
  const [first] = usable;
  return first
    ? at(draft, slot, moment, first.value, { grain: first.grain ?? grain, readings: usable })
    : null;
}

/** Days or hours as a stretch, `end` exclusive. */
export function stretchEntity(draft: Draft, moment: Moment): Entity | null {
  const { time } = moment;
  if (!time) return null;
  const context = timeContext(draft.now, draft.timezone, draft.preferences);
  const { value, grain, readings } = rangeValue(time, context, draft.timezone);
  return at(draft, 'date_range', moment, value, { grain, readings });
}

/** When something is: its start, its end where one was said, or the days alone. */
export function scheduleEntities(draft: Draft, moment: Moment): Entity[] {
  const { time, repeats } = moment;
  const found: Entity[] = [];
  const repeated = recurrenceEntity(draft, moment);
  if (repeated) found.push(repeated);
  // "every morning until march" ends what repeats, not each time of it.
  const ends = time?.lead === 'until' && repeats?.rule.includes('UNTIL=') === true;
  if (!time || ends) return found;
  const reading = time.readings[0];
  const hours = time.hasClock && reading !== undefined && reading.grain !== 'part_of_day';
  if (hours && time.isRange) {
    const edges = whenValue(time, draft.timezone);
    const pick = (side: 'start' | 'end'): Entity | null => {
      const readings = edges.readings.flatMap((one) => {
        const value = sideOf(one.value, side);
        return value?.includes('T') === true ? [{ ...one, value }] : [];
      });
      const [first] = readings;
      return first
        ? at(draft, side, moment, first.value, { grain: first.grain ?? edges.grain, readings })
        : null;
    };
    return [...found, pick('start'), pick('end')].filter((entity) => entity !== null);
  }
  // "until 5" ends it, "from 5 on" begins it.
  if (hours) {
    const slot = time.lead === 'until' ? 'end' : 'start';
    const entity = instantEntity(draft, slot, moment);
    return entity ? [...found, entity] : found;
  }
  const stretch = stretchEntity(draft, { ...moment, time: { ...time, lead: 'on' } });
  return stretch ? [...found, stretch] : found;
}

function sideOf(value: unknown, side: 'start' | 'end'): string | undefined {
  if (typeof value !== 'object' || value === null || !(side in value)) return undefined;
  const found: unknown = Reflect.get(value, side);
  return typeof found === 'string' ? found : undefined;
}
