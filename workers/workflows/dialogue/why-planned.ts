import { inZone } from '../../../db/events.ts';
import { itemOf, titleOf } from '../../../db/items.ts';
import { OUTCOME, type Outcome, type Work } from '../outcome.ts';
import type { UndoableReceipt } from '../ports.ts';
import { quote, sayDate } from '../sentences.ts';

const LINE = /^• (?<when>[^\n]+?): (?<title>[^\n]+) \((?<reason>[^\n]+)\)$/gm;

/**
 * Why something stands where it is in a plan that waits for its yes: the reason that was shown with it.
 *
 * @returns null where no plan waits, or nothing in it is meant
 */
export function whyPlanned({ context, slots, reference }: Work): Outcome | null {
  const waits = context.questions.some(
    ({ action, kind, active_until: until }) =>
      kind === 'confirm' && PLANS.has(action) && Date.parse(until) > reference.getTime(),
  );
  if (!waits) return null;
  const query = slots.target?.query;
  const lines = [...context.last_reply.matchAll(LINE)].flatMap(({ groups }) => (groups ? [groups] : []));
  const named = lines.filter(({ title = '' }) => isNamed(title, query));
  const meant = named.length === 0 && IS_TIME.test(query ?? '') ? lines : named;
  if (meant.length === 0) return null;
  const said = meant
    .slice(0, TOLD_MAX)
    .map(({ when, title, reason }) => `${quote(title ?? '')}, ${when}: ${reason}.`);
  return { ...OUTCOME, reply: said.join('\n') };
}

/** What stands in the calendar since a plan or new times were agreed to: each block that is meant with its reason. */
export function whyPlaced({ effects }: UndoableReceipt, { slots, timezone, reference }: Work): string[] {
  const own = effects.filter(({ kind, after }) => kind === 'event' && after['recurrence'] === null);
  const named = own.filter((effect) => isNamed(titleOf(itemOf('event', effect.after)), slots.target?.query));
  return (named.length > 0 ? named : own).slice(0, TOLD_MAX).map(({ op, after, reason }) => {
    const { item } = itemOf('event', after);
    const when = 'start' in item ? sayDate(inZone(new Date(item.start), timezone), timezone, reference) : '';
    const title = quote(titleOf(itemOf('event', after)));
    return op === 'delete' ? `${title}: ${reason}.` : `${title}, ${when}: ${reason}.`;
  });
}
const TOLD_MAX = 3;

export const isPlan = ({ action }: { action: string }): boolean => PLANS.has(action);

/** Whether a title has all the words that name something. */
const isNamed = (title: string, query = ''): boolean =>
  (query.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).every((term) => title.toLowerCase().includes(term));

/** "Why friday?" names no thing. */
export const IS_TIME = /\d|day\b|tomorrow|next|noon|midnight/i;

const PLANS: ReadonlySet<string> = new Set(['plan_schedule', 'reschedule']);
