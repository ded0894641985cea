import { DROP_CHOICE } from '../../../contracts/clarification.ts';
import type { Task } from '../../../contracts/entities.ts';
import { QuotaExceeded } from '../../../usage/quota-exceeded.ts';
import { ask, type Step, type Work } from '../outcome.ts';
import type { OperationVerdict } from '../ports.ts';
import { BATCH_MAX } from '../policy.ts';
import { count, number } from '../sentences.ts';

const FEATURE = 'bulk_task_operations';
const FEW = 'few';

type Allowed = Extract<OperationVerdict, { allowed: true }>;
type Refused = Extract<OperationVerdict, { allowed: false }>;

/** A batch that is large enough to be charged: what it will cost, or the free part of it as an offer. */
export async function priceOf(
  work: Work,
  verb: string,
  tasks: readonly Task[],
): Promise<{ price: string } | { step: Step }> {
  const verdict = await work.model.check(FEATURE);
  return verdict.allowed ? { price: sayPrice(verdict) } : { step: offerFew(verb, tasks, verdict) };
}

const sayPrice = ({ cost, limit }: Allowed): string =>
  limit === null ? '' : ` This uses ${number(cost)} of your ${number(limit)} tokens.`;

/** Whether the free part of a batch was taken, which is a yes to it. */
export const tookFew = ({ chosen }: Work): boolean => chosen.includes(FEW);

/** Takes the price of a batch; what is refused by then is offered in its free part. */
export async function payFor(work: Work, verb: string, tasks: readonly Task[]): Promise<Step | null> {
  try {
    await work.model.charge({
      operation: FEATURE,
      intent: 'task_management',
      step: work.step,
      function: 'changeTasks',
    });
    return null;
  } catch (error) {
    if (!(error instanceof QuotaExceeded)) throw error;
    const verdict = await work.model.check(FEATURE);
    if (verdict.allowed) throw error;
    return offerFew(verb, tasks, verdict);
  }
}

function offerFew(verb: string, tasks: readonly Task[], verdict: Refused): Step {
  const { message, code, needed, remaining, limit, resetsAt, reason } = verdict;
  const choice = { choice_id: FEW, label: `Only the first ${BATCH_MAX}` };
  const ids = tasks.slice(0, BATCH_MAX).map(({ id }) => id);
  return ask({
    slot: 'target',
    kind: 'choice',
    question: `That would ${verb} ${count(tasks.length, 'task')} at once. Up to ${BATCH_MAX} are free: shall I ${verb} the first ${BATCH_MAX}?`,
    choices: [choice, { choice_id: DROP_CHOICE, label: 'Never mind' }],
    choiceSlots: { [FEW]: { target: { kind: 'task', ids } } },
    refused: { code, message, ...(reason === 'quota' && { tokens: { needed, remaining } }) },
    cards: [
      {
        kind: 'upgrade',
        data: {
          feature: FEATURE,
          message,
          tokens_needed: needed,
          tokens_remaining: remaining,
          limit,
          resets_at: resetsAt.toISOString(),
          alternatives: [choice],
        },
      },
    ],
  });
}
