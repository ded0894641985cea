import { OUTCOME, type Outcome, type Work } from '../outcome.ts';
import { quote } from '../sentences.ts';

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
  const terms = slots.target?.query?.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const lines = [...context.last_reply.matchAll(LINE)].flatMap(({ groups }) => (groups ? [groups] : []));
  const meant = lines.filter(({ title = '' }) => terms.every((term) => title.toLowerCase().includes(term)));
  const [first] = meant;
  if (!first || (terms.length === 0 && lines.length > 1)) return null;
  const said = meant
    .slice(0, 3)
    .map(({ when, title, reason }) => `${quote(title ?? '')}, ${when}: ${reason}.`);
  return { ...OUTCOME, reply: said.join('\n') };
}

const PLANS: ReadonlySet<string> = new Set(['plan_schedule', 'reschedule']);
