import { DateTime } from 'luxon';
import { DROP_CHOICE, SKIP_CHOICE } from '../../../contracts/clarification.ts';
import type { Card } from '../../../contracts/result.ts';
import { inZone } from '../../../db/events.ts';
import type { Stretch } from '../free-time.ts';
import { ask, done, type Handler, type Step, type Work } from '../outcome.ts';
import { capital, quote, sayLength } from '../sentences.ts';
import { sayLeftOut } from '../work-days.ts';
import { calendarAround, overlap, stretchOf } from './around.ts';
import { frameOf, isOver, gapsIn, rangeOf, sayRange, sayTimes, type Frame, type Range } from './when.ts';
import { created, saidBy } from './writes.ts';

const OFFERED = 3;
const LISTED_MAX = 8;
/** What is listed where nobody said how much time is wanted. */
const WORTH_MINUTES = 30;
const UNNAMED = 'Busy';

/** Three times that are free; the one that is picked becomes an event. Without a wish, the free time is just told. */
export const findTime: Handler = async (work) => {
  const { slots } = work;
  const settings = await work.ports.settings.read();
  const minutes = slots.duration_minutes ?? settings.event_minutes;
  if (slots.start) return book(work, slots.start, minutes);
  const range = rangeOf(slots.date_range, work);
  if (!range) return isOver('Name one that is still to come, for example "this week".');
  const frame = frameOf(range, settings, `${work.words} ${slots.title ?? ''}`);
  const wish =
    slots.duration_minutes !== undefined || slots.title !== undefined || slots.participants !== undefined;
  if (!wish) return tellFree(work, range, frame);
  return offer(work, { range, frame, minutes });
};

interface Search {
  range: Range;
  frame: Frame;
  minutes: number;
  /** Said first, where times are offered for the second time. */
  because?: string;
}

async function offer(work: Work, { range, frame, minutes, because }: Search): Promise<Step> {
  const { timezone, reference, slots } = work;
  const off = sayLeftOut(range, frame.days, await work.ports.settings.read());
  const { events } = await calendarAround(work, { from: range.from.toJSDate(), to: range.to.toJSDate() });
  const busy = events.map(stretchOf);
  const usual = gapsIn(range, frame, busy, minutes);
  // A morning begins before work does, where there is no room later.
  const gaps =
    usual.length > 0 || !frame.wide ? usual : gapsIn(range, { ...frame, hours: frame.wide }, busy, minutes);
  if (gaps.length === 0) return tellNone(work, { range, frame, minutes, off }, busy);
  const times = spread(gaps, minutes, timezone);
  const [first] = times;
  if (first && work.skipped.includes('start')) return book(work, inZone(first.start, timezone), minutes);
  const what = slots.title ? ` for ${quote(slots.title)}` : '';
  const choices = times.map((time, index) => ({
    choice_id: `time_${index + 1}`,
    label: sayTimes(time, timezone, reference),
    start: inZone(time.start, timezone),
  }));
  const [only] = choices;
  const found =
    choices.length === 1 && only
      ? `The only time free${what} (${sayLength(minutes)}) is ${only.label}.`
      : `These times are free${what} (${sayLength(minutes)}).`;
  return ask({
    slot: 'start',
    kind: 'choice',
    replaces: true,
    preface: [because, sayPeople(work), off].filter(Boolean).join(' ') || undefined,
    question: `${found} ${times.length === 1 ? 'Shall I book it?' : 'Which one shall I book?'}`,
    choices: [
      ...choices.map(({ choice_id, label }) => ({ choice_id, label })),
      { choice_id: DROP_CHOICE, label: 'None of these' },
    ],
    choiceSlots: Object.fromEntries(choices.map(({ choice_id, start }) => [choice_id, { start }])),
    cards: [slotsCard(work, `Free${what}`, range, times)],
  });
}

const sayPeople = ({ slots }: Work): string | undefined =>
  slots.participants && slots.participants.length > 0
    ? `I only know your own calendar, so check with ${listed(slots.participants)}.`
    : undefined;

/** The first free time of each day, and more of a day where there are not enough days. */
function spread(gaps: readonly Stretch[], minutes: number, zone: string): Stretch[] {
  const length = minutes * 60_000;
  const step = Math.max(length, 2 * 3_600_000);
  const byDay = new Map<string, Stretch[]>();
  for (const gap of gaps) {
    const day = DateTime.fromJSDate(gap.start, { zone }).toFormat('yyyy-MM-dd');
    const times = byDay.get(day) ?? [];
    byDay.set(day, times);
    for (let at = gap.start.getTime(); at + length <= gap.end.getTime(); at += step)
      times.push({ start: new Date(at), end: new Date(at + length) });
  }
  const rounds = [...byDay.values()];
  const picked: Stretch[] = [];
  for (let round = 0; picked.length < OFFERED && rounds.some((times) => times.length > round); round += 1)
    for (const times of rounds) {
      const time = times[round];
      if (time && picked.length < OFFERED) picked.push(time);
    }
  return picked.sort((a, b) => a.start.getTime() - b.start.getTime());
}

function tellNone(
  work: Work,
  { range, frame, minutes, off = '' }: Search & { off?: string },
  busy: readonly Stretch[],
): Step {
  const { timezone, reference } = work;
  const longest = gapsIn(range, frame, busy, 15)
    .sort((a, b) => lengthOf(b) - lengthOf(a) || a.start.getTime() - b.start.getTime())
    .at(0);
  const where = `${sayRange({ ...range, hoursSaid: false }, work)} between ${frame.hours.start} and ${frame.hours.end}`;
  const help = longest
    ? `The longest free time there is ${sayTimes(longest, timezone, reference)} (${sayLength(lengthOf(longest))}).`
    : 'Try another day, or other hours such as "in the evening".';
  const reply = [`I found no free ${sayLength(minutes)} ${where}.`, off, help].filter(Boolean).join(' ');
  return done({
    reply,
    executionResult: { slots: [] },
    cards: [slotsCard(work, 'Free time', range, longest ? [longest] : [])],
  });
}

const lengthOf = ({ start, end }: Stretch): number => Math.floor((end.getTime() - start.getTime()) / 60_000);

/** "When am I free tomorrow?" */
async function tellFree(work: Work, range: Range, frame: Frame): Promise<Step> {
  const { timezone, reference } = work;
  const off = sayLeftOut(range, frame.days, await work.ports.settings.read());
  const { events } = await calendarAround(work, { from: range.from.toJSDate(), to: range.to.toJSDate() });
  const gaps = gapsIn(range, frame, events.map(stretchOf), WORTH_MINUTES);
  const where = sayRange({ ...range, hoursSaid: false }, work);
  if (gaps.length === 0) {
    const reply = [
      `You have no free time ${where} between ${frame.hours.start} and ${frame.hours.end}.`,
      off,
      'Try another day, or other hours such as "in the evening".',
    ]
      .filter(Boolean)
      .join(' ');
    return done({ reply, executionResult: { slots: [] } });
  }
  const shown = gaps.slice(0, LISTED_MAX);
  const isOneDay = range.from.hasSame(range.to.minus({ milliseconds: 1 }), 'day');
  const lines = shown.map((gap) => {
    const times = sayTimes(gap, timezone, reference);
    return `• ${isOneDay ? times.slice(times.indexOf(', ') + 2) : times}`;
  });
  const more = gaps.length > shown.length ? [`… and ${gaps.length - shown.length} more.`] : [];
  const slots = shown.map(({ start, end }) => ({
    start: inZone(start, timezone),
    end: inZone(end, timezone),
  }));
  return done({
    reply: [`You are free ${where}:`, ...lines, ...more, ...(off ? [off] : [])].join('\n'),
    executionResult: { slots },
    cards: [slotsCard(work, `Free time ${where}`, range, shown)],
  });
}

function slotsCard(work: Work, title: string, { from, to }: Range, times: readonly Stretch[]): Card {
  const { timezone } = work;
  const local = (at: Date): string => inZone(at, timezone);
  return {
    kind: 'schedule',
    data: {
      title,
      timezone,
      state: 'proposed',
      range: { start: local(from.toJSDate()), end: local(to.toJSDate()) },
      blocks: [],
      slots: times.map(({ start, end }) => ({ start: local(start), end: local(end) })),
      events: [],
      unscheduled: [],
    },
  };
}

/** The time that was picked, or one that was said instead of it. */
async function book(work: Work, said: string, minutes: number): Promise<Step> {
  const { slots, timezone, reference } = work;
  const start = DateTime.fromISO(said, { zone: timezone });
  const time = { start: start.toJSDate(), end: start.plus({ minutes }).toJSDate() };
  const { version, events } = await calendarAround(work, { from: time.start, to: time.end });
  const [taken] = events.filter((event) => overlap(stretchOf(event), time));
  const past = time.start < reference;
  if (taken || past) {
    const settings = await work.ports.settings.read();
    const range = rangeOf(slots.date_range, work) ?? rangeOf(undefined, work);
    const because = taken
      ? `${capital(sayTimes(time, timezone, reference))} is taken by ${quote(taken.title)}.`
      : 'That time is over already.';
    if (!range) return isOver();
    const { start: _taken, end: _end, ...rest } = slots;
    const frame = frameOf(range, settings, `${work.words} ${slots.title ?? ''}`);
    return offer({ ...work, slots: rest }, { range, frame, minutes, because });
  }
  const named =
    slots.title ?? (slots.participants?.length ? `Meeting with ${listed(slots.participants)}` : undefined);
  if (named === undefined && !work.skipped.includes('title'))
    return ask({
      slot: 'title',
      question: `What shall I call it, ${sayTimes(time, timezone, reference)}?`,
      choices: [{ choice_id: SKIP_CHOICE, label: `Just "${UNNAMED}"` }],
      choiceSlots: { [SKIP_CHOICE]: {} },
    });
  const title = named ?? UNNAMED;
  const { event, effect } = created(
    work,
    {
      title,
      start: inZone(time.start, timezone),
      end: inZone(time.end, timezone),
      ...(slots.participants && { participants: slots.participants }),
    },
    {},
    saidBy(work.words),
  );
  const sentence = `Booked ${quote(title)} for ${sayTimes(time, timezone, reference)}`;
  return done({
    reply: `${sentence}.`,
    summary: sentence,
    effects: [effect],
    calendarVersion: version,
    cards: [{ kind: 'event', data: { event, change: 'created', beside: [] } }],
    executionResult: { event_id: event.id },
    item: { kind: 'event', id: event.id, title },
  });
}

/** "Ann, Bob and Cleo" */
const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
