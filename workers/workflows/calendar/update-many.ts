import type { Event } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { EventPatch } from '../../../contracts/requests.ts';
import { inZone } from '../../../db/events.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';
import { needsConfirmation } from '../policy.ts';
import { refuse } from '../references.ts';
import { quote } from '../sentences.ts';
import { isAgreed, isShownAgain, sayMissing, showing, shownTo } from '../shown.ts';
import { seenEvent } from '../since-shown.ts';
import { overlap, overlapsOfEach, stretchOf } from './conflicts.ts';
import { dayToChange } from './day-to-change.ts';
import { asItComes, isOver, shownOf, type Meant } from './meant.ts';
import { patchFor } from './patch.ts';
import { followed, plan } from './plan-change.ts';
import type { Planned } from './series.ts';
import { sayBusy, sayCount, sayList, sayWhen } from './words.ts';

/** One of several events, with what changes of it and what it then is. */
interface Changing extends Planned {
  meant: Meant;
  /** The day of a series that the change was said of: it moves as far as that one. */
  from: Event | null;
  patch: EventPatch;
}

/**
 * One change to several events: confirmed with a preview; of series only the days meant. What they would overlap is named,
 * and is no obstacle.
 */
export async function updateMany(work: Work, items: readonly Meant[]): Promise<Step> {
  if (work.confirmed === false) return done({ reply: 'All right, nothing was changed.' });
  const patches = work.params?.swap
    ? swapped(work, items)
    : await Promise.all(
        items.map(async (meant) => {
          const from = meant.event.recurrence ? dayToChange(work, meant) : null;
          return { meant, from, patch: await patchFor(work, from ?? meant.event) };
        }),
      );
  if (patches === null)
    return refuse('I can swap the times of two single events, so nothing was changed. Name the two.').step;
  const some = patches
    .filter(({ patch }) => Object.keys(patch).length > 0)
    .map((one): Changing => ({
      ...one,
      ...plan(work, one.meant.event, one.from, one.meant.day ? 'this' : 'all', one.patch),
    }));
  if (some.length === 0)
    return ask({ slot: 'start', question: `What should change about these ${sayCount(items.length)}?` });
  const { named, version } = await conflictsOf(work, some);
  const conflicts = named.length === 0 ? '' : ` ${named.join(' ')}`;
  const shown = shownTo(work);
  const memo = showing(
    'event',
    some.map(({ meant }) => seenEvent(meant.event, meant.day)),
  );
  if (!isAgreed(work) && (needsConfirmation(work.action, some.length) || isShownAgain(work)))
    return ask({
      slot: 'target',
      kind: 'confirm',
      question: `Change ${sayCount(some.length)}?\n${asPlanned(work, some)}${conflicts === '' ? '' : `\n${named.join(' ')}`}`,
      choices: [
        { choice_id: 'yes', label: 'Yes, change them' },
        { choice_id: 'no', label: 'No' },
      ],
      choiceSlots: { yes: {}, no: {} },
      memo,
    });
  const own = merged(some.flatMap((one) => one.effects));
  const effects = await followed(
    work.ports,
    { effects: own, parted: some.flatMap(({ parted = [] }) => parted) },
    work.now,
  );
  const events = some.map(({ event }) => event);
  const over = events.some((event) => isOver(event, work.reference)) ? ' Some of that is in the past.' : '';
  const lines = events.map((event) => sayThen(work, event));
  return done({
    reply: `Changed ${sayCount(events.length)}:\n${lines.join('\n')}${over}${sayMissing(shown, some.length, 'gone, or like that already')}${conflicts === '' ? '' : `\n${named.join(' ')}`}`,
    decision: 'CONFIRM',
    summary: `Changed ${sayCount(events.length)}`,
    effects,
    cards: [
      { kind: 'events', data: { events, total: events.length, title: `Changed ${sayCount(events.length)}` } },
    ],
    executionResult: { event_ids: events.map(({ id }) => id) },
    calendarVersion: version,
    memo,
  });
}

/** Each begins when the other did, and lasts as long as before; null where they are no two that have an hour of one day. */
function swapped(
  { timezone: zone }: Work,
  items: readonly Meant[],
): Pick<Changing, 'meant' | 'from' | 'patch'>[] | null {
  const canBe = ({ event, day }: Meant): boolean =>
    !event.all_day && (event.recurrence === null || day !== null);
  if (items.length !== 2 || !items.every(canBe)) return null;
  return items.map((meant, index) => {
    const own = shownOf(meant);
    const start = Date.parse(shownOf(items[1 - index] ?? meant).start);
    const end = start + Date.parse(own.end) - Date.parse(own.start);
    const [from, to] = [start, end].map((at) => inZone(new Date(at), zone)) as [string, string];
    return { meant, from: meant.day, patch: { start: from, end: to } };
  });
}

/** What each would be then; of many only the first. */
function asPlanned(work: Work, some: readonly Changing[]): string {
  const lines = some.slice(0, NAMED_MAX).map(({ event }) => sayThen(work, event));
  const more = some.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

const sayThen = (work: Work, event: Event): string =>
  `${event.title}: ${sayWhen(asItComes(event, work.reference), work)}`;

/** More than these are counted. */
const NAMED_MAX = 5;

/** What those that move would overlap, with what stays where it is and with each other, in sentences. */
async function conflictsOf(
  work: Work,
  all: readonly Changing[],
): Promise<{ named: string[]; version: number }> {
  const moving = all.filter(({ patch }) => patch.start !== undefined);
  const isMoving = (other: Event): boolean =>
    moving.some(
      ({ meant: { event, day } }) =>
        other.id === event.id && (day === null || Date.parse(other.start) === Date.parse(day.start)),
    );
  const { found, version } = await overlapsOfEach(
    work,
    moving.map(({ event }) => ({ event, isSelf: isMoving })),
  );
  const conflicts = moving.flatMap(({ event }, index) => {
    const beside = moving.slice(index + 1).filter((other) => clash(event, other.event));
    const busy = [...(found[index] ?? []), ...beside.map((other) => other.event)];
    if (busy.length === 0) return [];
    return [`${quote(event.title)} overlaps ${sayList(busy.slice(0, 3).map((one) => sayBusy(one, work)))}.`];
  });
  const more = conflicts.length - NAMED_MAX;
  const named = conflicts.slice(0, NAMED_MAX);
  return { named: more > 0 ? [...named, `${more} more of them overlap something.`] : named, version };
}

/** Single events, or days: whole days leave room for others. */
const clash = (one: Event, other: Event): boolean =>
  !one.all_day &&
  !other.all_day &&
  one.recurrence === null &&
  other.recurrence === null &&
  overlap(stretchOf(one), stretchOf(other));

/** Several days of one series are left out by one change of it. */
export function merged(effects: readonly EffectWrite[]): EffectWrite[] {
  const all: EffectWrite[] = [];
  for (const effect of effects) {
    const index = all.findIndex(({ id, op }) => id === effect.id && op === effect.op);
    const known = all[index];
    if (!known) {
      all.push(effect);
      continue;
    }
    // Both go: that is one thing.
    if (effect.op === 'delete') continue;
    const exceptions = [known, effect].flatMap(({ fields }): unknown[] => {
      const gone = fields['exceptions'];
      return Array.isArray(gone) ? gone : [];
    });
    all[index] = {
      ...known,
      fields: { ...known.fields, ...effect.fields, exceptions: [...new Set(exceptions)] },
    };
  }
  return all;
}
