import type { Task } from '../../../contracts/entities.ts';
import type { Outcome, Step, Work } from '../outcome.ts';
import { ask, done } from '../outcome.ts';
import { isPriced, needsConfirmation } from '../policy.ts';
import { capital, count, quote, sayUnread } from '../sentences.ts';
import { cutText } from '../../../core/cut-text.ts';
import { isAgreed, isShownAgain, sayMissing, showing, shownTo } from '../shown.ts';
import { seenTask } from '../since-shown.ts';
import { sayBlocks } from '../task-blocks.ts';
import { payFor, priceOf, tookFew } from './batch.ts';
import { effectsOf, type TaskChange } from './effects.ts';
import { patched } from './fields.ts';

type CardChange = Extract<Outcome['cards'][number], { kind: 'task' }>['data']['change'];

/** How a change of one task or of many is asked about and told. */
export interface Plan {
  verb: string;
  past: string;
  change: CardChange;
  /** The named tasks, each with what becomes of it. */
  changes: readonly TaskChange[];
  /** Others that change with them, such as steps; they are counted neither in questions nor in cards. */
  along?: readonly TaskChange[];
  /** What is new about them, behind the sentence. */
  detail?: string;
  /** Said already to a question of its own, so that nothing more is asked. */
  agreed?: boolean;
  /** One thing to the user, however many rows it takes. */
  free?: boolean;
  /** For the receipt, where it is another sentence than the usual one. */
  summary?: string;
  /** The sentence for the reply, where it is another than the usual one. */
  told?: string;
  /** Said behind it. */
  aside?: string;
}

/** More in one card help nobody. */
const CARD_MAX = 50;

export const whyOf = (work: Work): string => `you asked: "${cutText(work.words, 300)}"`;

/** One change to one or many tasks: confirmed where policy wants it, with its price where it has one. */
export async function apply(work: Work, plan: Plan): Promise<Step> {
  const { along = [], verb, past, detail = '', agreed = false } = plan;
  const shown = shownTo(work);
  // What belongs to them since then was not shown.
  const those = shown && new Set(shown.shown);
  const changes = those ? plan.changes.filter(({ task }) => those.has(task.id)) : plan.changes;
  const tasks = changes.map(({ task }) => task);
  const [first] = tasks;
  if (!first) return done({ reply: 'There is nothing to change.' });
  if (work.confirmed === false && !agreed) return done({ reply: 'All right, nothing was changed.' });
  const subject = tasks.length === 1 ? quote(first.title) : count(tasks.length, 'task');
  const large = isPriced(work.action, tasks.length) && !plan.free;
  const confirmed = agreed || isAgreed(work) || tookFew(work);
  // What was not offered is not charged: who left the premium plan since the question is told the price first.
  const offered = confirmed && (!large || (shown?.price ?? '') !== '');
  const priced = large && !offered ? await priceOf(work, verb, tasks) : { price: '' };
  if ('step' in priced) return priced.step;
  const { price } = priced;
  const asks = needsConfirmation(work.action, tasks.length) || isShownAgain(work);
  if ((!confirmed || price !== '') && asks) {
    const question = `${capital(verb)} ${subject}${detail}?${price} ${preview(tasks)}`;
    return confirmBatch(tasks, { question, verb, price });
  }
  const unpaid = large ? await payFor(work, verb, tasks) : null;
  if (unpaid) return unpaid;
  const after = changes.map(({ task, patch }) => patched(task, patch ?? {}, work.now));
  const sentence = `${past} ${subject}${detail}`;
  const one = tasks.length === 1;
  const { effects, planned } = await effectsOf(work.ports, [...changes, ...along], {
    zone: work.timezone,
    now: work.now,
    reference: work.reference,
    reason: whyOf(work),
  });
  return done({
    reply: `${plan.told ?? `${sentence}.`}${plan.aside ?? ''}${sayBlocks(planned, work)}${sayMissing(shown, tasks.length, goneWords(work))}${sayUnread(work.params?.unread)}`,
    decision: confirmed ? 'CONFIRM' : 'AUTO',
    summary: plan.summary ?? sentence,
    effects,
    titles: Object.fromEntries(planned.blocks.map(({ id, title }) => [id, title])),
    cards: one
      ? after.map((task) => ({ kind: 'task', data: { task, change: plan.change } }))
      : [{ kind: 'tasks', data: { tasks: after.slice(0, CARD_MAX), total: after.length, title: sentence } }],
    requiresTaskCard: one,
    executionResult: one ? { task_id: first.id } : { task_ids: tasks.map(({ id }) => id) },
    item: one ? { kind: 'task', id: first.id, title: after[0]?.title ?? first.title } : null,
    memo: showing('task', tasks.map(seenTask)),
  });
}

const goneWords = ({ action }: Work): string =>
  action === 'delete_task' ? 'gone already' : 'gone, or like that already';

/** A yes means those that were shown, whatever else would fit by then. */
function confirmBatch(
  tasks: readonly Task[],
  { question, verb, price }: { question: string; verb: string; price: string },
): Step {
  return ask({
    slot: 'target',
    kind: 'confirm',
    question,
    choices: [
      { choice_id: 'yes', label: `Yes, ${verb} ${tasks.length === 1 ? 'it' : 'them'}` },
      { choice_id: 'no', label: 'No' },
    ],
    choiceSlots: { yes: {}, no: {} },
    memo: showing('task', tasks.map(seenTask), price),
  });
}

const preview = (tasks: readonly Task[]): string => {
  const titles = tasks.slice(0, 3).map((task) => quote(task.title));
  return tasks.length > 3 ? `(${titles.join(', ')} and ${tasks.length - 3} more)` : `(${titles.join(', ')})`;
};
