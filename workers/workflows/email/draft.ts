import type { Draft } from '../../../contracts/entities.ts';
import { cutText } from '../../../core/cut-text.ts';
import type { DraftSaid } from '../../../db/drafts.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';
import { quote } from '../sentences.ts';
import {
  asParagraph,
  byModel,
  FEATURE,
  KEPT,
  offerTemplate,
  TEMPLATE_CHOICE,
  WHY,
  type Allowed,
  type Instead,
} from './by-model.ts';
import { changeContacts } from './contacts.ts';
import { editDraft } from './edit.ts';
import { earlierFor, payForEarlier } from './earlier.ts';
import { emailPrompt } from './prompt.ts';
import { EMAIL_TYPES, type EmailType } from './template-shape.ts';
import { fillTemplate, type Said } from './templates.ts';

/**
 * Drafts an email: worded by a language model where the quota has room, from a template otherwise. Looked at in this
 * order, so that nobody answers questions about an email that is refused afterwards. What is said of an email that is
 * kept, or of somebody's address, comes in here as well.
 */
export async function draftEmail(work: Work): Promise<Step> {
  if (work.params?.contact) return changeContacts(work, work.params.contact);
  if (work.params?.edit) return editDraft(work, work.params.edit);
  if (wantsTemplate(work)) return missing(work) ?? fromTemplate(work);
  const verdict = await work.model.check(FEATURE);
  if (verdict.allowed) return missing(work) ?? worded(work, verdict);
  if (verdict.reason === 'quota') return offerTemplate(verdict, offerOf(work));
  return missing(work) ?? fromTemplate(work, { why: WHY[verdict.reason], gated: verdict.reason });
}

/** As it was asked for, or as it was chosen, or left to us, when the other was refused. */
const wantsTemplate = ({ params, chosen, skipped }: Work): boolean =>
  params?.method === 'template' ||
  chosen.includes(TEMPLATE_CHOICE.choice_id) ||
  skipped.includes('email_type');

const missing = ({ slots, skipped }: Work): Step | null =>
  (slots.recipient ?? []).length > 0 || skipped.includes('recipient')
    ? null
    : ask({ slot: 'recipient', question: 'Who is it for?' });

const offerOf = ({ slots }: Work): Parameters<typeof offerTemplate>[1] => ({
  question: 'Do you want it from a template instead? That is free.',
  choiceSlots: { [TEMPLATE_CHOICE.choice_id]: { email_type: typeOf(slots.email_type) } },
});

async function worded(work: Work, verdict: Allowed): Promise<Step> {
  const [said, earlier] = [await saidIn(work), await earlierFor(work, verdict)];
  const made = await byModel(work, verdict, {
    prompt: emailPrompt(said, work.words, earlier.lines),
    said,
    name: 'draftEmail',
  });
  if ('instead' in made) return fromTemplate(work, made.instead);
  if ('shortage' in made) return offerTemplate(made.shortage, offerOf(work));
  await payForEarlier(work, earlier);
  const { email, answer, price, cost } = made;
  return keep(
    work,
    { ...said, ...email, method: 'llm' },
    // What was streamed stands in it as it came.
    {
      reply: `${asParagraph(answer)}${KEPT}${price}${earlier.note}`,
      facts: { tokens_used: cost + earlier.cost },
    },
  );
}

async function fromTemplate(work: Work, instead?: Instead): Promise<Step> {
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
    said.type,
  );
}

export const typeOf = (said: string | undefined): EmailType =>
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

/**
 * The email as a thing of the user's. `facts` stand in the result besides, for whoever counts.
 *
 * @param asked the type that was asked for, where the template has found another one
 */
async function keep(
  work: Work,
  email: Said & { subject: string; body: string; method: Draft['method'] },
  told: { reply: string; facts: Record<string, unknown> },
  asked: EmailType = email.type,
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
  const said: DraftSaid = {
    subject: work.slots.subject,
    body: work.slots.body,
    email_type: asked,
    length: 'usual',
    added: [],
    signature: null,
  };
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
        fields: { ...fields, said },
        reason: `you asked: "${cutText(work.words, 300)}"`,
      },
    ],
    cards: [{ kind: 'email', data: { draft, change: 'created' } }],
    executionResult: { draft_id: draft.id, method, subscription_tier, ...told.facts },
    item: { kind: 'draft', id: draft.id, title: subject },
  });
}
