import type { EffectWrite } from '../../contracts/records.ts';
import { overlapsOfEach } from './calendar/conflicts.ts';
import { originOf } from './calendar/meant.ts';
import { sayBusy, sayList } from './calendar/words.ts';
import { done, type Outcome, type Step, type Work } from './outcome.ts';

/** Columns that say when an event takes place. */
const TIMES = ['start_at', 'end_at', 'recurrence', 'exceptions'];
const takesPlace = ({ kind, op, fields }: EffectWrite): boolean =>
  kind === 'event' && (op === 'restore' || (op === 'update' && TIMES.some((name) => name in fields)));
const NAMED_MAX = 3;

/** Something else may be by now where an event is put back: that is no obstacle, and it is named. */
export async function namingOverlaps(work: Work, steps: readonly Step[]): Promise<Step[]> {
  const effects = steps.flatMap((step) => ('done' in step ? step.done.effects : []));
  const back = new Set(effects.filter(takesPlace).map(({ id }) => id));
  if (back.size === 0) return [...steps];
  // Where these are now is not where they will be.
  const touched = new Set(effects.filter(({ kind }) => kind === 'event').map(({ id }) => id));
  const named: Step[] = [];
  for (const step of steps)
    named.push('done' in step ? done(await naming(work, step.done, back, touched)) : step);
  return named;
}

async function naming(
  work: Work,
  outcome: Outcome,
  back: ReadonlySet<string>,
  touched: ReadonlySet<string>,
): Promise<Outcome> {
  const events = outcome.cards.flatMap((card) =>
    card.kind === 'event' && back.has(card.data.event.id) ? [card.data.event] : [],
  );
  if (events.length === 0) return outcome;
  const { found } = await overlapsOfEach(
    work,
    events.map((event) => ({
      event,
      isSelf: (other) => touched.has(other.id) || originOf(other) === originOf(event),
    })),
  );
  const beside = new Map(events.map(({ id }, index) => [id, found[index] ?? []]));
  const all = [...new Map(found.flat().map((other) => [`${other.id} ${other.start}`, other])).values()];
  if (all.length === 0) return outcome;
  const more = all.length > NAMED_MAX ? [`${all.length - NAMED_MAX} more`] : [];
  const said = sayList([...all.slice(0, NAMED_MAX).map((other) => sayBusy(other, work)), ...more]);
  return {
    ...outcome,
    reply: `${outcome.reply} It overlaps ${said}.`,
    cards: outcome.cards.map((card) =>
      card.kind === 'event'
        ? { ...card, data: { ...card.data, beside: beside.get(card.data.event.id) ?? [] } }
        : card,
    ),
  };
}
