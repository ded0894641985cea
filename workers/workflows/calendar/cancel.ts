import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import { remindersAfter } from '../item-reminders.ts';
import { ask, done, type Handler, type Step, type Work } from '../outcome.ts';
import { confirmsSeries, needsConfirmation } from '../policy.ts';
import { notFound } from '../references.ts';
import { quote } from '../sentences.ts';
import { isAgreed, isShownAgain, sayMissing, showing, shownTo } from '../shown.ts';
import { seenEvent } from '../since-shown.ts';
import { isWeek } from './each-meant.ts';
import { instantsOf, resolveEvents } from './find.ts';
import { nextDay, onDay, shownOf, type Meant } from './meant.ts';
import { callOff, wholeOf } from './parts.ts';
import { askScope, isFirst, type Scope } from './series.ts';
import { wholeSeries } from './said-place.ts';
import { merged } from './update-many.ts';
import { preview, sayAgain, sayCount, sayDay, sayHours, sayList, sayWhen } from './words.ts';

/** What is called off, and how much of it where it repeats. */
interface Cancelled {
  meant: Meant;
  scope: Scope | null;
}

/** Calls off one event, a day of a series, or several at once, which is confirmed. */
export const cancelEvent: Handler = async (work) => {
  const { target, date_range: place } = work.slots;
  const ending = place?.start !== undefined && place.end === undefined && target?.reference !== 'all';
  const found = await resolveEvents(work, {
    verb: 'cancel',
    place: ending ? undefined : place,
    careful: true,
  });
  if ('step' in found) return found.step;
  if (work.confirmed === false) return done({ reply: 'All right, nothing was cancelled.' });
  const [only] = found.items;
  // What is left of several is told as such.
  const alone = (shownTo(work) ?? { shown: found.items }).shown.length === 1;
  // A series is asked about by itself; what is left of others is shown as they were.
  const asMany = isShownAgain(work) && (only?.event.recurrence === null || only?.day);
  if (alone && only && !asMany) return cancelOne(work, only, ending ? place.start : undefined);
  return cancelMany(
    work,
    found.items.map((meant): Cancelled => ({ meant, scope: scopeAmongMany(work, meant) })),
  );
};

/** Of several, a series goes as a whole only where that was said, or where no day was named: all of a week are its days. */
const scopeAmongMany = ({ slots }: Work, { event, day }: Meant): Scope | null =>
  event.recurrence === null
    ? null
    : day && (slots.target?.scope !== 'all' || slots.date_range?.end !== undefined)
      ? 'this'
      : 'all';

async function cancelOne(work: Work, named: Meant, from: string | undefined): Promise<Step> {
  const event = await wholeSeries(named.event, work.slots.target?.scope, work.ports);
  const found = event === named.event ? named : { event, day: null };
  if (event.recurrence === null && from !== undefined && event.start < from)
    return done({ reply: `${quote(event.title)} does not repeat: it is ${sayWhen(event, work)} only.` });
  if (event.recurrence === null && work.confirmed === null && isMoreThanSaid(work, event))
    return askSure(
      [found],
      `${quote(event.title)} is ${sayWhen(event, work)}. Cancel all of it?`,
      'Yes, cancel it',
    );
  if (event.recurrence === null) return cancelled(work, [{ meant: found, scope: null }]);
  const day = dayOf(work, found, from);
  if (!day && from !== undefined) return notFound(`${quote(event.title)} does not come any more then.`).step;
  if (!day) return cancelled(work, [{ meant: found, scope: 'all' }]);
  const { target, date_range: place } = work.slots;
  const isOfWeek = found.day !== null && place?.end !== undefined && isWeek(instantsOf(place, work.timezone));
  const said = target?.scope === 'all' && isOfWeek ? 'this' : target?.scope;
  const scope = from === undefined ? (said ?? (found.day ? 'this' : null)) : 'following';
  const meant = { event, day };
  if (scope === null) return askScope(work, meant, 'cancel');
  // What was picked by a question has been confirmed by that.
  const picked = work.chosen.length > 0 && !isShownAgain(work);
  if (scope !== 'this' && !picked && !isAgreed(work) && confirmsSeries(work.action)) {
    const { parts } = await wholeOf(work.ports.events, event);
    return askSure(
      [found],
      scope === 'following' && !begins(event, day)
        ? `Cancel ${quote(event.title)} from ${sayDay(day, work)} on?`
        : `Cancel all of ${quote(event.title)} (${sayParts(parts)})?`,
      'Yes, cancel them',
    );
  }
  return cancelled(work, [{ meant, scope }]);
}

/** "Cancel the vacation on december 30": a day of it was named, and more would go. */
function isMoreThanSaid({ slots, timezone: zone }: Work, event: Event): boolean {
  const { start, end } = slots.date_range ?? {};
  if (start === undefined || end === undefined) return false;
  const [from, to] = [start, end].map((at) => DateTime.fromISO(at, { zone })) as [DateTime, DateTime];
  const [begin, finish] = [event.start, event.end].map((at) => DateTime.fromISO(at, { zone })) as [
    DateTime,
    DateTime,
  ];
  const isLong = finish.minus({ milliseconds: 1 }).startOf('day') > begin.plus({ hours: 24 }).startOf('day');
  const days = event.all_day ? finish.diff(begin, 'days').days > 1 : isLong;
  return days && to.diff(from, 'days').days <= 1 && (begin < from || finish > to);
}

/** What a series in several parts comes to, each with its hour: "every weekday until 3 December at 09:30, …". */
function sayParts(all: readonly Event[]): string {
  const parts = all.toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start));
  const rules = parts.map(({ recurrence }) => sayAgain(recurrence ?? ''));
  if (parts.length < 2) return rules.join('');
  const each = parts.map(({ start }, index) => `${rules[index] ?? ''} at ${start.slice(11, 16)}`);
  return sayList(each);
}

/** Whether all of a series is on that day and later. */
const begins = (event: Event, day: Event): boolean => event.series_id === null && isFirst(event, day);

/** The day that is meant: as named, the first from then on, or the next. */
function dayOf(work: Work, { event, day }: Meant, from: string | undefined): Event | null {
  if (from !== undefined) return nextDay(event, new Date(from));
  return day ?? nextDay(event, work.reference) ?? onDay(event, new Date(event.start));
}

const memoOf = (all: readonly Meant[]): ReturnType<typeof showing> =>
  showing(
    'event',
    all.map(({ event, day }) => seenEvent(event, day)),
  );

const askSure = (all: readonly Meant[], question: string, yes: string): Step =>
  ask({
    slot: 'target',
    kind: 'confirm',
    question,
    choices: [
      { choice_id: 'yes', label: yes },
      { choice_id: 'no', label: yes.endsWith('it') ? 'No, keep it' : 'No, keep them' },
    ],
    choiceSlots: { yes: {}, no: {} },
    memo: memoOf(all),
  });

function cancelMany(work: Work, all: readonly Cancelled[]): Step | Promise<Step> {
  const events = all.map(({ meant }) => shownOf(meant));
  if (!isAgreed(work) && (needsConfirmation(work.action, all.length) || isShownAgain(work))) {
    const days = new Set(events.map((event) => sayDay(event, work)));
    const [day] = days;
    const lines = events.slice(0, 10).map((event) => {
      const when = days.size === 1 ? sayHours(event, work) : sayWhen(event, work);
      return `${event.title}, ${when}`;
    });
    const more = events.length > 10 ? [`… and ${events.length - 10} more`] : [];
    const on = days.size === 1 && day !== undefined ? ` on ${day}` : '';
    return askSure(
      all.map(({ meant }) => meant),
      `Cancel ${sayCount(all.length)}${on}?\n${[...lines, ...more].join('\n')}`,
      'Yes, cancel them',
    );
  }
  return cancelled(work, all);
}

async function cancelled(work: Work, all: readonly Cancelled[]): Promise<Step> {
  const planned = await Promise.all(
    all.map(({ meant, scope }) => callOff(work, work.ports.events, { ...meant, scope }, work.reference)),
  );
  const effects = merged(planned.flat());
  const events = all.map(({ meant }) => shownOf(meant));
  const [only, ...others] = all;
  const first = others.length === 0 ? only : undefined;
  const sentence = first
    ? sayCancelled(work, first)
    : `Cancelled ${sayCount(events.length)}: ${preview(events.map(({ title }) => title))}`;
  return done({
    reply: `${sentence}.${sayMissing(shownTo(work), all.length, 'gone already')}`,
    decision: work.confirmed ? 'CONFIRM' : 'AUTO',
    summary: sentence,
    effects: [...effects, ...(await remindersAfter(work.ports, effects, work.now))],
    cards: first
      ? [{ kind: 'event', data: { event: shownOf(first.meant), change: 'deleted', beside: [] } }]
      : [
          {
            kind: 'events',
            data: { events, total: events.length, title: `Cancelled ${sayCount(events.length)}` },
          },
        ],
    executionResult: first ? { event_id: first.meant.event.id } : { event_ids: events.map(({ id }) => id) },
    item: first ? { kind: 'event', id: first.meant.event.id, title: first.meant.event.title } : null,
    // What a later act of the message plans around events sees the calendar as this one leaves it.
    calendarVersion: await work.ports.events.version(),
    memo: memoOf(all.map(({ meant }) => meant)),
  });
}

function sayCancelled(work: Work, { meant: { event, day }, scope }: Cancelled): string {
  const name = quote(event.title);
  if (scope === 'this' && day) return `Cancelled ${name} on ${sayDay(day, work)} only; the others stay`;
  if (scope === 'following' && day && !begins(event, day))
    return `Cancelled ${name} from ${sayDay(day, work)} on`;
  return scope === null ? `Cancelled ${name}, ${sayWhen(event, work)}` : `Cancelled all of ${name}`;
}
