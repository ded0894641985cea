import type { Event } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import type { EventPatch, SeriesDay } from '../../../contracts/requests.ts';
import type { EventReader } from '../ports.ts';
import { quote, sayDate } from '../sentences.ts';
import { dateIn, onDay, startsWithin } from './meant.ts';
import {
  changeAll,
  changeDay,
  changeFollowing,
  endedAt,
  isFirst,
  withoutDay,
  type Hand,
  type Scope,
} from './series.ts';

/** What a change of a day of a series comes to, without words: this day, it and all following, or all of them. */
export async function planDay(
  events: EventReader,
  series: Event,
  { start, scope }: SeriesDay,
  patch: EventPatch | null,
  how: Omit<Hand, 'words'> & { reason: string },
): Promise<{ summary: string; effects: EffectWrite[] }> {
  const day = dayAt(series, start);
  const hand: Hand = { now: how.now, newId: how.newId, words: '' };
  // "This and all following" of the first day are all of them.
  const meant = scope === 'following' && isFirst(series, day) ? 'all' : scope;
  const effects = patch
    ? changed(hand, series, day, meant, patch)
    : await cancelled(hand, events, series, day, meant);
  const when = sayDate(dateIn(day.start, series.timezone), series.timezone, how.now);
  const which = { this: ` on ${when}`, following: ` from ${when} on`, all: '' }[meant];
  return {
    summary: `${patch ? 'Changed' : 'Deleted'} ${quote(series.title)}${which}`,
    effects: effects.map((effect) => ({ ...effect, reason: how.reason })),
  };
}

function dayAt(series: Event, start: string): Event {
  const at = new Date(start);
  const [found] = series.recurrence === null ? [] : startsWithin(series, at, new Date(at.getTime() + 1), 1);
  if (!found) throw new PulseError('validation_error', `${quote(series.title)} has no day that begins then.`);
  return onDay(series, found);
}

/** What was asked for stands first: the event that the day has become. */
function changed(hand: Hand, series: Event, day: Event, scope: Scope, patch: EventPatch): EffectWrite[] {
  if (scope === 'all') return changeAll(hand, series, day, patch).effects;
  const change = scope === 'this' ? changeDay : changeFollowing;
  return change(hand, series, day, patch).effects.reverse();
}

async function cancelled(
  hand: Hand,
  events: EventReader,
  series: Event,
  day: Event,
  scope: Scope,
): Promise<EffectWrite[]> {
  if (scope === 'this') return [withoutDay(hand, series, [day])];
  const from = scope === 'following' ? new Date(day.start) : hand.now;
  const at = hand.now.toISOString();
  const gone = ({ id, version }: Event): EffectWrite => ({
    kind: 'event',
    op: 'delete',
    id,
    version,
    fields: { deleted_at: at, updated_at: at },
    reason: '',
  });
  // Days that were changed by themselves belong to it still.
  const own = (await events.within({ from })).filter(
    ({ series_id: of, recurrence }) => of === series.id && recurrence === null,
  );
  return [scope === 'following' ? endedAt(hand, series, day) : gone(series), ...own.map(gone)];
}
