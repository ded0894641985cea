import { PulseError } from '../../../contracts/errors.ts';
import { QuotaExceeded } from '../../../usage/quota-exceeded.ts';
import { DROP_CHOICE } from '../../../contracts/clarification.ts';
import { ask, type Step, type Work } from '../outcome.ts';
import { WordingFailed, type OperationVerdict, type Wording } from '../ports.ts';
import { number } from '../sentences.ts';
import { readEmail } from './prompt.ts';
import type { EmailText, Said } from './templates.ts';

export const FEATURE = 'email_draft_llm';
export const TEMPLATE_CHOICE = { choice_id: 'template', label: 'Use a template' };

export type Allowed = Extract<OperationVerdict, { allowed: true }>;
type Refused = Extract<OperationVerdict, { allowed: false }>;
/** What is missing where tokens are. */
type Shortage = Pick<Refused, 'message' | 'needed' | 'remaining' | 'limit' | 'resetsAt'>;
/** Why it is not the language model's, where that was wanted; `gated` is what its gate said. */
export interface Instead {
  why: string;
  gated?: Refused['reason'];
}

const INSTEAD = 'so this is from a template.';
export const WHY: Readonly<Record<Exclude<Refused['reason'], 'quota'>, string>> = {
  no_model: `No language model is set up here, ${INSTEAD}`,
  no_price: `No price is set for the language model here, ${INSTEAD}`,
  flag: `Drafts by the language model are switched off here at the moment, ${INSTEAD}`,
  off: `Drafts by the language model are switched off here at the moment, ${INSTEAD}`,
  plan: `Drafts by the language model are part of premium, ${INSTEAD}`,
};
const NO_ANSWER = `The language model gave no usable answer, ${INSTEAD} Nothing was charged.`;
const NOT_REACHED = `The language model can't be reached right now, ${INSTEAD} Nothing was charged.`;
const NOT_SET_UP = `The language model is not set up right here, ${INSTEAD} Nothing was charged.`;
/** By the kind of the failure; what does not stand here is an answer that was of no use. */
const WHY_FAILED: ReadonlyMap<string, string> = new Map([
  ['unavailable', NOT_REACHED],
  ['timeout', NOT_REACHED],
  ['circuit_open', NOT_REACHED],
  ['rate_limited', `The language model is asked too much right now, ${INSTEAD} Nothing was charged.`],
  ['refused_by_provider', NOT_SET_UP],
  ['not_configured', NOT_SET_UP],
]);

/** Refused with what is free as the answer: nobody is left with a no alone. */
export function offerTemplate(
  shortage: Shortage,
  offer: { question: string; choiceSlots: Record<string, Work['slots']>; keep?: Work['slots'] },
): Step {
  const { message, needed, remaining, limit, resetsAt } = shortage;
  return ask({
    slot: 'email_type',
    kind: 'choice',
    choices: [TEMPLATE_CHOICE, { choice_id: DROP_CHOICE, label: 'Never mind' }],
    ...offer,
    refused: { code: 'quota_exceeded', message, tokens: { needed, remaining } },
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
          alternatives: [TEMPLATE_CHOICE],
        },
      },
    ],
  });
}

/** An email in the language model's words, why it is not to be had, or the tokens that are missing for it. */
export type ByModel =
  | { email: EmailText; answer: string; price: string; cost: number }
  | { instead: Instead }
  | { shortage: Shortage };

/** Streamed as it comes; what it costs is said the first time in a month. */
export async function byModel(
  work: Work,
  verdict: Allowed,
  {
    prompt,
    said,
    name,
  }: { prompt: Wording<EmailText>['prompt']; said: Pick<Said, 'subject' | 'type'>; name: string },
): Promise<ByModel> {
  work.say.progress('draft', 'Writing the draft');
  try {
    const { value } = await work.model.word({
      operation: FEATURE,
      intent: 'email',
      step: work.step,
      function: name,
      prompt,
      read: (text) => ({ ...readEmail(text, said), answer: text }),
    });
    const { answer, ...email } = value;
    const { cost, used, limit } = verdict;
    const price =
      used === 0 && limit !== null ? ` This uses ${number(cost)} of your ${number(limit)} tokens.` : '';
    return { email, answer, price, cost };
  } catch (error) {
    if (error instanceof WordingFailed) return { instead: { why: WHY_FAILED.get(error.kind) ?? NO_ANSWER } };
    // Another call has taken the tokens since they were looked at.
    if (error instanceof QuotaExceeded)
      return {
        shortage: {
          ...verdict,
          message: error.message,
          needed: error.needed,
          remaining: Math.max(0, error.remaining),
        },
      };
    if (error instanceof PulseError && error.code === 'feature_unavailable')
      return { instead: { why: WHY.no_model, gated: 'no_model' } };
    throw error;
  }
}

export const KEPT = 'Kept as a draft.';
/** What was streamed, as it came, with a paragraph's end. */
export const asParagraph = (text: string): string =>
  text + '\n'.repeat(2 - (/\n{1,2}$/.exec(text)?.[0].length ?? 0));
