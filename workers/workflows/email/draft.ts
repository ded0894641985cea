import { DROP_CHOICE } from '../../../contracts/clarification.ts';
import type { Draft } from '../../../contracts/entities.ts';
import { PulseError } from '../../../contracts/errors.ts';
import { QuotaExceeded } from '../../../usage/quota-exceeded.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';
import { WordingFailed, type OperationVerdict } from '../ports.ts';
import { number, quote } from '../sentences.ts';
import { emailPrompt, readEmail } from './prompt.ts';
import { EMAIL_TYPES, type EmailType } from './template-shape.ts';
import { fillTemplate, type Said } from './templates.ts';
import { cutText } from '../../../core/cut-text.ts';

const FEATURE = 'email_draft_llm';
const TEMPLATE_CHOICE = { choice_id: 'template', label: 'Use a template' };

type Allowed = Extract<OperationVerdict, { allowed: true }>;
type Refused = Extract<OperationVerdict, { allowed: false }>;
/** What is missing where tokens are. */
type Shortage = Pick<Refused, 'message' | 'needed' | 'remaining' | 'limit' | 'resetsAt'>;

/**
 * Drafts an email: worded by a language model where the quota has room, from a template otherwise. Looked at in this
 * order, so that nobody answers questions about an email that is refused afterwards.
 */
export async function draftEmail(work: Work): Promise<Step> {
  if (wantsTemplate(work)) return missing(work) ?? fromTemplate(work);
  const verdict = await work.model.check(FEATURE);
  if (verdict.allowed) return missing(work) ?? worded(work, verdict);
  if (verdict.reason === 'quota') return offerTemplate(work, verdict);
  return missing(work) ?? fromTemplate(work, { why: WHY[verdict.reason], gated: verdict.reason });
}

/** As it was asked for, or as it was chosen, or left to us, when the other was refused. */
const wantsTemplate = ({ params, chosen, skipped }: Work): boolean =>
  params?.method === 'template' ||
  chosen.includes(TEMPLATE_CHOICE.choice_id) ||
  skipped.includes('email_type');

const INSTEAD = 'so this is from a template.';
const WHY: Readonly<Record<Exclude<Refused['reason'], 'quota'>, string>> = {
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

const missing = ({ slots, skipped }: Work): Step | null =>
  (slots.recipient ?? []).length > 0 || skipped.includes('recipient')
    ? null
    : ask({ slot: 'recipient', question: 'Who is it for?' });

/** Refused with what is free as the answer: nobody is left with a no alone. */
function offerTemplate({ slots }: Work, shortage: Shortage): Step {
  const { message, needed, remaining, limit, resetsAt } = shortage;
  return ask({
    slot: 'email_type',
    kind: 'choice',
    question: 'Do you want it from a template instead? That is free.',
    choices: [TEMPLATE_CHOICE, { choice_id: DROP_CHOICE, label: 'Never mind' }],
    choiceSlots: { [TEMPLATE_CHOICE.choice_id]: { email_type: typeOf(slots.email_type) } },
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

/** Streamed as it comes; what it costs is said the first time in a month. */
async function worded(work: Work, verdict: Allowed): Promise<Step> {
  const said = await saidIn(work);
  work.say.progress('draft', 'Writing the draft');
  try {
    const { value } = await work.model.word({
      operation: FEATURE,
      intent: 'email',
      step: work.step,
      function: 'draftEmail',
      prompt: emailPrompt(said, work.words),
      read: (text) => ({ ...readEmail(text, said), answer: text }),
    });
    const { answer, ...email } = value;
    const { cost, used, limit } = verdict;
    const price =
      used === 0 && limit !== null ? ` This uses ${number(cost)} of your ${number(limit)} tokens.` : '';
    return await keep(
      work,
      { ...said, ...email, method: 'llm' },
      {
        // What was streamed stands in it as it came.
        reply: `${asParagraph(answer)}${KEPT}${price}`,
        facts: { tokens_used: cost },
      },
    );
  } catch (error) {
    if (error instanceof WordingFailed)
      return fromTemplate(work, { why: WHY_FAILED.get(error.kind) ?? NO_ANSWER });
    // Another call has taken the tokens since they were looked at.
    if (error instanceof QuotaExceeded)
      return offerTemplate(work, {
        ...verdict,
        message: error.message,
        needed: error.needed,
        remaining: Math.max(0, error.remaining),
      });
    if (error instanceof PulseError && error.code === 'feature_unavailable')
      return fromTemplate(work, { why: WHY.no_model, gated: 'no_model' });
    throw error;
  }
}

const KEPT = 'Kept as a draft.';
const asParagraph = (text: string): string =>
  text + '\n'.repeat(2 - (/\n{1,2}$/.exec(text)?.[0].length ?? 0));

/** @param instead why it is not the language model's, where that was wanted; `gated` is what its gate said */
async function fromTemplate(work: Work, instead?: { why: string; gated?: Refused['reason'] }): Promise<Step> {
  const said = await saidIn(work);
  const email = fillTemplate(said);
  const text = `Subject: ${email.subject}\n\n${email.body}`;
  return keep(
    work,
    { ...said, ...email, method: 'template' },
    {
      reply: [instead?.why, text, KEPT].filter(Boolean).join('\n\n'),
      facts: instead?.gated ? { gated: instead.gated } : {},
    },
  );
}

const typeOf = (said: string | undefined): EmailType =>
  EMAIL_TYPES.find((known) => known === said) ?? 'general';

async function saidIn({ slots, params, ports }: Work): Promise<Said> {
  const { recipient, subject, body, email_type } = slots;
  return {
    recipients: recipient ?? [],
    subject,
    body,
    type: typeOf(email_type),
    tone: params?.tone ?? (await ports.settings.read()).email_style,
  };
}

/** The email as a thing of the user's. `facts` stand in the result besides, for whoever counts. */
async function keep(
  work: Work,
  email: Said & { subject: string; body: string; method: Draft['method'] },
  told: { reply: string; facts: Record<string, unknown> },
): Promise<Step> {
  const at = work.now.toISOString();
  const { recipients, subject, body, type, tone, method } = email;
  const fields = {
    recipients: [...recipients],
    subject,
    body,
    email_type: type,
    tone,
    method,
    status: 'draft' as const,
    addresses: [],
    send_at: null,
    sent_at: null,
    created_at: at,
    updated_at: at,
  };
  const draft: Draft = { id: work.newId(), version: 1, ...fields };
  const { subscription_tier } = await work.ports.usage.status();
  return done({
    reply: told.reply,
    summary: `Wrote the email draft ${quote(subject)}`,
    effects: [
      {
        kind: 'draft',
        op: 'create',
        id: draft.id,
        version: null,
        fields,
        reason: `you asked: "${cutText(work.words, 300)}"`,
      },
    ],
    cards: [{ kind: 'email', data: { draft, change: 'created' } }],
    executionResult: { draft_id: draft.id, method, subscription_tier, ...told.facts },
    item: { kind: 'draft', id: draft.id, title: subject },
  });
}
