import type { Action } from '../../../contracts/intents.ts';
import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { isDayAlone, type Content } from './frames.ts';
import { recurrenceEntity, scheduleEntities, stretchEntity } from './moment-entities.ts';
import { findMoments, onDay, type Moment } from './moments.ts';
import { dueEntity } from './times.ts';

/** What moves by a distance is where the words say, unless they say where to. */
export function allOld(draft: Draft, moments: readonly Moment[]): { old: Moment[]; next: Moment[] } {
  const leads = ({ start }: Moment): boolean =>
    /\b(?:to|until|till)\s+(?:the\s+)?$/.test(draft.folded.slice(0, start));
  return { old: moments.filter((moment) => !leads(moment)), next: moments.filter(leads) };
}

/** Where it is now: the day itself, whatever stands before it ("from monday"). */
export const placeInTime = (draft: Draft, moment: Moment): Entity[] => {
  const entity = moment.time && stretchEntity(draft, { ...moment, time: { ...moment.time, lead: 'on' } });
  return entity ? [entity] : [];
};

/** "tomorrow's 2pm" is one place in time. */
export function atOneTime(old: readonly Moment[]): Moment[] {
  const day = old.find(({ time }) => time !== null && !time.hasClock)?.time;
  const hour = old.find(({ time }) => time?.clockOnly === true);
  const time = day && hour?.time ? onDay(hour.time, day) : null;
  return time && hour ? [{ ...hour, time, apart: time }, ...old.filter((one) => one !== hour)] : [...old];
}

/** "tomorrow's 2pm to thursday, same time": the hour it has now on its new day, and not the hour that it is now. */
export function keptHour(moment: Moment, old: readonly Moment[]): Moment {
  const hour = old.find(({ time }) => time?.hasClock === true)?.time;
  const time = hour && moment.time && !moment.time.clockOnly ? onDay(hour, moment.time) : null;
  return time ? { ...moment, time, apart: time } : moment;
}

/** "tomorrow's standup to 11" stays on its day. */
export function keptDay(moment: Moment, old: readonly Moment[]): Moment {
  const day = old.find(({ time, attribute }) => attribute && time !== null && !time.clockOnly)?.time;
  const time = day && moment.time?.clockOnly === true ? onDay(moment.time, day) : null;
  return time ? { ...moment, time, apart: time } : moment;
}

/** What a moment sets: a time of an event, a date or a repetition of a task, a stretch elsewhere. */
export function valueOf(draft: Draft, moment: Moment, action: Action): Entity[] {
  if (action === 'update_event') {
    // "extend the demo until 5" and "end at 2:30" are about its end.
    const ends =
      /\b(?:end|ends|finish|finishes|stop|stops|until|till|extend\b.*\buntil)(?:\s+it)?(?:\s+(?:at|by))?\s+(?:the\s+)?$/.test(
        draft.folded.slice(0, moment.start),
      );
    return scheduleEntities(draft, moment).map((entity) =>
      entity.slot === 'start' && ends ? { ...entity, slot: 'end' as const } : entity,
    );
  }
  if (action === 'update_task') {
    const due = moment.time && {
      ...dueEntity(draft, moment.time),
      start: moment.start,
      end: moment.end,
      text: draft.text.slice(moment.start, moment.end),
    };
    return [recurrenceEntity(draft, moment), due].filter((entity) => entity !== null);
  }
  const stretch = stretchEntity(draft, moment);
  return stretch ? [stretch] : [];
}

/** "from 2 to 3:30" moves; elsewhere it is a stretch. */
export function momentsOf(draft: Draft, content: Content, action: Action): Moment[] {
  if (!action.startsWith('update')) return momentsIn(draft, content.region);
  // "Tomorrow move the gym to 7": the day says which one, the hour where to.
  const { order, region } = content;
  const parted = region.start < order.start && isDayAlone(draft.folded.slice(region.start, order.start));
  const moments = parted
    ? [
        ...momentsIn(draft, { start: region.start, end: order.start }),
        ...momentsIn(draft, { start: order.start, end: region.end }),
      ]
    : momentsIn(draft, region);
  return moments.flatMap((moment) => {
    const before = draft.folded.slice(0, moment.start);
    const words = draft.folded.slice(moment.start, moment.end);
    const joint = /\s+to\s+/.exec(words);
    const verb = draft.folded.slice(content.order.start, content.order.start + 12);
    if (
      !joint ||
      moment.time?.isRange !== true ||
      !/^(?:move|push|shift|change|switch|reschedule|put|bring|update|moev|chnage)/.test(verb)
    )
      return [moment];
    const left = findMoments(draft, { start: moment.cut.start, end: moment.start + joint.index });
    const right = findMoments(draft, { start: moment.start + joint.index, end: moment.end });
    // "Everything tomorrow to friday" is what is there tomorrow.
    const from =
      /(?:\b(?:from|my|our|the)|'s)\s+(?:the\s+)?$|\b(?:everything|all(?:\s+(?:of|the|my|our))*(?:\s+\p{L}+s)?|meetings|events|appointments|tasks|to-?dos)\s+(?:on\s+|for\s+|due\s+)?$/u.test(
        before,
      );
    // "On friday to 11" is no stretch: a day does not end at an hour.
    const unlike = left.at(-1)?.time?.hasClock === false && right[0]?.time?.clockOnly === true;
    // "Training on december 8 to december 10" is there on the one day, and is to be on the other; "put it on" says where to.
    const onDays =
      /\bon\s+(?:the\s+)?$/.test(before) &&
      !verb.startsWith('put') &&
      [left.at(-1), right[0]].every((one) => one?.time?.hasClock === false);
    return (from || unlike || onDays) && left.length > 0 && right.length > 0 ? [...left, ...right] : [moment];
  });
}

const MEAL =
  /(?:^|(?<=\b(?:move|push|shift|change|reschedule|postpone|delay|bring|cancel|extend|shorten|put)\s+))(?:the|my|our)\s+(?:lunch|dinner|breakfast|brunch|supper)(?=\s|$)/;

/** Moments of a stretch; "the dinner" that it begins with is an event and no time, and "to 8" behind it is an hour. */
export function momentsIn(draft: Draft, range: Range): Moment[] {
  const meal = MEAL.exec(draft.folded.slice(range.start, range.end));
  if (!meal) return findMoments(draft, range);
  const start = range.start + meal.index;
  return findMoments(draft, range, [{ start, end: start + meal[0].length }]);
}
