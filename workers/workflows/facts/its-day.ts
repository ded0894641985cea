import { DateTime } from 'luxon';
import { ME, type Event, type Fact } from '../../../contracts/entities.ts';
import type { EffectWrite } from '../../../contracts/records.ts';
import { columnsOf } from '../event-fields.ts';
import { remindersAfter } from '../item-reminders.ts';
import type { Work } from '../outcome.ts';
import { quote, sayDate } from '../sentences.ts';
import type { ActRun } from '../turn-run.ts';
import { isSameValue, keyOf, namesOf } from './same.ts';
import { whyOf } from './words.ts';

type Here = Pick<Work, 'ports' | 'now' | 'reference' | 'timezone' | 'words'>;

const TITLE =
  /^(?:(?:my|our|the)\s+)?(?:(?<whose>\p{L}[^'’]*)['’]s?\s+)?(?<what>birthday|b-?day|(?:wedding\s+)?anniversary|name\s?day)$/iu;
const MATCHES_MAX = 100;

/** Whose day of which kind an event is, by its title: "mum's birthday" is that of the mother. Null for anything else. */
function keyOfTitle(title: string): string | null {
  const { whose = ME, what } = TITLE.exec(title.trim())?.groups ?? {};
  return what === undefined ? null : `${keyOf(whose)} ${keyOf(what)}`;
}

/** The same by all that somebody is called by: "my sister's birthday" is Eva's. */
const keysOfDay = (
  { subject, attribute }: Pick<Fact, 'subject' | 'attribute'>,
  facts: readonly Fact[],
): ReadonlySet<string> => new Set([...namesOf(subject, facts)].map((name) => `${name} ${keyOf(attribute)}`));

/** The event that stands in the calendar for such a day, the next one; undefined where there is none. */
export async function eventOfDay(
  { ports, reference }: Pick<Here, 'ports' | 'reference'>,
  day: Pick<Fact, 'subject' | 'attribute'>,
): Promise<Event | undefined> {
  const { events } = await ports.events.match(keyOf(day.attribute), MATCHES_MAX);
  const keys = keysOfDay(day, await ports.facts.list(reference));
  return events
    .filter(({ title, end }) => keys.has(keyOfTitle(title) ?? '') && Date.parse(end) > reference.getTime())
    .toSorted((a, b) => Date.parse(a.start) - Date.parse(b.start))[0];
}

/** "3 May", "3 May 1980" as a date of this zone; null for anything else. */
function dayOf(value: string, zone: string): DateTime | null {
  const read = ['d LLLL yyyy', 'd LLLL'].map((format) =>
    DateTime.fromFormat(value, format, { zone, locale: 'en' }),
  );
  return read.find(({ isValid }) => isValid) ?? null;
}

/** Another day of a fact moves the event that stands for it. */
export async function movedDay(
  work: Here,
  before: Fact,
  value: string,
): Promise<{ effects: EffectWrite[]; titles: Record<string, string>; told: string }> {
  const nothing = { effects: [], titles: {}, told: '' };
  const [day, old] = [value, before.value].map((one) => dayOf(one, work.timezone));
  if (before.value_kind !== 'date' || !day || !old) return nothing;
  const event = await eventOfDay(work, before);
  const start = event && DateTime.fromISO(event.start, { zone: event.timezone });
  // One that was moved already is left where it is.
  if (!event?.all_day || !start || start.month !== old.month || start.day !== old.day) return nothing;
  const today = DateTime.fromJSDate(work.reference, { zone: event.timezone }).startOf('day');
  const next = [start.year - 1, start.year, start.year + 1]
    .map((year) => DateTime.fromObject({ year, month: day.month, day: day.day }, { zone: event.timezone }))
    .find((one) => one.isValid && one >= today);
  const at = next?.toISO();
  if (!at || !next) return nothing;
  const columns = columnsOf({ start: at }, event, work.now);
  const effect: EffectWrite = {
    kind: 'event',
    op: 'update',
    id: event.id,
    version: event.version,
    fields: columns,
    reason: whyOf(work),
  };
  return {
    effects: [effect, ...(await remindersAfter(work.ports, [effect], work.now))],
    titles: { [event.id]: event.title },
    told: `${quote(event.title)} is on ${sayDate(next.toISODate() ?? '', event.timezone, work.reference)} in your calendar now.`,
  };
}

/** A birthday that is moved in the calendar by words was told wrongly: the fact goes with it, in the same receipt. */
export async function withItsFact(run: ActRun, work: Here): Promise<ActRun> {
  if (run.kind === 'asked' || run.outcome.refused) return run;
  const { outcome } = run;
  const moved = outcome.effects.filter(
    ({ kind, op, fields }) => kind === 'event' && op === 'update' && fields['start_at'] !== undefined,
  );
  const days = outcome.cards.flatMap((card) =>
    card.kind === 'event' && moved.some(({ id }) => id === card.data.event.id) && card.data.event.all_day
      ? [card.data.event]
      : [],
  );
  const [event, more] = days.filter(({ title }) => keyOfTitle(title) !== null);
  if (!event || more) return run;
  const facts = await work.ports.facts.list(work.reference);
  const told = facts.find(
    (one) => one.value_kind === 'date' && keysOfDay(one, facts).has(keyOfTitle(event.title) ?? ''),
  );
  const old = told && dayOf(told.value, work.timezone);
  const start = DateTime.fromISO(event.start, { zone: event.timezone }).setLocale('en');
  if (!told || !old) return run;
  const hasYear = /\d{4}$/.exec(told.value)?.[0];
  const value = `${start.toFormat('d LLLL')}${hasYear === undefined ? '' : ` ${hasYear}`}`;
  if (isSameValue(value, told.value)) return run;
  const effect: EffectWrite = {
    kind: 'fact',
    op: 'update',
    id: told.id,
    version: told.version,
    fields: { value, updated_at: work.now.toISOString() },
    reason: whyOf(work),
  };
  return {
    ...run,
    outcome: {
      ...outcome,
      effects: [...outcome.effects, effect],
      titles: { ...outcome.titles, [told.id]: told.attribute },
      reply: `${outcome.reply} I keep ${start.toFormat('d LLLL')} in mind as well.`,
    },
  };
}
