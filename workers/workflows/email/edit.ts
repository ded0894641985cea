import type { Draft } from '../../../contracts/entities.ts';
import { cutText } from '../../../core/cut-text.ts';
import type { DraftSaid } from '../../../db/drafts.ts';
import { done, type Step, type Work } from '../outcome.ts';
import { capital, quote } from '../sentences.ts';
import {
  asParagraph,
  byModel,
  FEATURE,
  KEPT,
  offerTemplate,
  TEMPLATE_CHOICE,
  WHY,
  type Instead,
} from './by-model.ts';
import { changeLetter, type Changed, type Edit } from './edit-letter.ts';
import { resolveDraft } from './find.ts';
import { revisionPrompt } from './prompt.ts';
import { bareName } from './receivers.ts';
import { sayAll } from './sending.ts';
import { EMAIL_TYPES } from './template-shape.ts';

/**
 * Changes an email that is kept. What can be said without a language model is done without it; it is asked only where it
 * worded the email itself, or where that is wanted, and for what only words can do: tone, length, other words.
 */
export async function editDraft(work: Work, edit: Edit): Promise<Step> {
  const found = await resolveDraft(work, edit.discard ? 'delete' : 'change');
  if ('step' in found) return found.step;
  const { draft } = found;
  if (draft.status === 'sending')
    return refused(`${quote(draft.subject)} is on its way. Say "undo" to stop it, and change it then.`);
  if (edit.discard) return discard(work, draft);
  if (draft.status === 'sent')
    return refused(`${quote(draft.subject)} has been sent already, so I can't change it any more.`);
  const method = methodOf(work);
  const isRewording = edit.length !== undefined || edit.reword === true || work.params?.tone !== undefined;
  const wantsModel = method === 'llm' || (method === undefined && draft.method === 'llm');
  if (isRewording && wantsModel) return reword(work, draft, edit);
  return rewrite(work, draft, edit, method === 'template' && draft.method === 'llm');
}

const methodOf = ({ params, chosen, skipped }: Work): Draft['method'] | undefined =>
  chosen.includes(TEMPLATE_CHOICE.choice_id) || skipped.includes('email_type') ? 'template' : params?.method;

function refused(reply: string): Step {
  return done({ reply, decision: 'REFUSE', refused: { code: 'version_conflict', message: reply } });
}

/** What is left of the email when the changes that need no other words have been made. */
async function plainly(
  { ports, slots, params }: Work,
  draft: Draft,
  edit: Edit,
  refill: boolean,
): Promise<Changed> {
  const said = await ports.drafts.said(draft.id);
  const recipients = recipientsAfter(draft.recipients, slots.recipient, edit.to);
  return changeLetter({ draft, said, recipients, edit, slots, tone: params?.tone ?? draft.tone, refill });
}

/** @param refill its words are given up for those of a template, as far as it is known what was said */
async function rewrite(
  work: Work,
  draft: Draft,
  edit: Edit,
  refill: boolean,
  instead?: Instead,
): Promise<Step> {
  const changed = await plainly(work, draft, edit, refill || instead !== undefined);
  const parts = [...recipientWords(draft, changed), ...changed.did];
  if (parts.length === 0) {
    const reply = [instead?.why, changed.obstacle ?? 'There is nothing to change in that.']
      .filter(Boolean)
      .join(' ');
    return done({ reply, item: { kind: 'draft', id: draft.id, title: draft.subject } });
  }
  const told = [instead?.why, `${capital(parts.join(', '))}.`, changed.obstacle].filter(Boolean).join(' ');
  const isSeen = changed.body !== draft.body;
  const text = isSeen ? `\n\nSubject: ${changed.subject}\n\n${changed.body}\n\n${KEPT}` : '';
  return changedStep(work, draft, changed, { reply: `${told}${text}`, facts: {} });
}

/** In the language model's words: streamed, metered, and with its price. */
async function reword(work: Work, draft: Draft, edit: Edit): Promise<Step> {
  const verdict = await work.model.check(FEATURE);
  const offer = {
    question: 'Do you want me to change it without the language model? That is free.',
    choiceSlots: { [TEMPLATE_CHOICE.choice_id]: { email_type: draft.email_type } },
    keep: { target: { kind: 'draft' as const, id: draft.id } },
  };
  if (!verdict.allowed)
    return verdict.reason === 'quota'
      ? offerTemplate(verdict, offer)
      : rewrite(work, draft, edit, true, { why: WHY[verdict.reason], gated: verdict.reason });
  const { length: _length, reword: _reword, ...plain } = edit;
  const tone = work.params?.tone ?? draft.tone;
  const changed = await plainly(
    { ...work, params: { ...work.params, tone: undefined } },
    draft,
    plain,
    false,
  );
  const type = EMAIL_TYPES.find((known) => known === draft.email_type) ?? 'general';
  const made = await byModel(work, verdict, {
    prompt: revisionPrompt({ ...changed, tone }, work.words),
    said: { subject: changed.subject, type },
    name: 'editDraft',
  });
  if ('shortage' in made) return offerTemplate(made.shortage, offer);
  if ('instead' in made) return rewrite(work, draft, edit, true, made.instead);
  const { email, answer, cost } = made;
  const { limit } = verdict;
  const price = limit === null || cost === 0 ? '' : ` This took ${cost} tokens.`;
  return changedStep(
    work,
    draft,
    { ...changed, ...email, tone, method: 'llm' },
    { reply: `${asParagraph(answer)}${KEPT}${price}`, facts: { tokens_used: cost } },
  );
}

function changedStep(
  work: Work,
  draft: Draft,
  changed: Pick<Changed, 'recipients' | 'subject' | 'body' | 'tone' | 'method'> & { said: DraftSaid | null },
  told: { reply: string; facts: Record<string, unknown> },
): Step {
  const { recipients, subject, body, tone, method, said } = changed;
  const fields = {
    recipients: [...recipients],
    subject,
    body,
    tone,
    method,
    updated_at: work.now.toISOString(),
  };
  return done({
    reply: told.reply,
    summary: `Changed the email draft ${quote(draft.subject)}`,
    effects: [
      {
        kind: 'draft',
        op: 'update',
        id: draft.id,
        version: draft.version,
        fields: { ...fields, said },
        reason: `you asked: "${cutText(work.words, 300)}"`,
      },
    ],
    cards: [
      {
        kind: 'email',
        data: { draft: { ...draft, ...fields, version: draft.version + 1 }, change: 'updated' },
      },
    ],
    executionResult: { draft_id: draft.id, ...told.facts },
    item: { kind: 'draft', id: draft.id, title: subject },
  });
}

function discard(work: Work, draft: Draft): Step {
  const at = work.now.toISOString();
  return done({
    reply: `Deleted the ${draft.status === 'sent' ? 'email' : 'draft'} ${quote(draft.subject)}.`,
    summary: `Deleted the email draft ${quote(draft.subject)}`,
    effects: [
      {
        kind: 'draft',
        op: 'delete',
        id: draft.id,
        version: draft.version,
        fields: { deleted_at: at, updated_at: at },
        reason: `you asked: "${cutText(work.words, 300)}"`,
      },
    ],
    cards: [{ kind: 'email', data: { draft: { ...draft, version: draft.version + 1 }, change: 'deleted' } }],
    executionResult: { draft_id: draft.id },
    item: { kind: 'draft', id: draft.id, title: draft.subject },
  });
}

/** Who it is for, once somebody was put to them, taken off, or named instead. */
function recipientsAfter(
  before: readonly string[],
  said: readonly string[] | undefined,
  to: Edit['to'],
): string[] {
  if (!said || said.length === 0) return [...before];
  const key = (name: string): string => bareName(name).toLowerCase();
  const named = new Set(said.map(key));
  if (to === 'remove') return before.filter((name) => !named.has(key(name)));
  if (to === 'add')
    return [...before, ...said.filter((name) => !before.some((one) => key(one) === key(name)))];
  return [...said];
}

function recipientWords(draft: Draft, { recipients }: Changed): string[] {
  const same =
    recipients.length === draft.recipients.length &&
    recipients.every((name, index) => name === draft.recipients[index]);
  if (same) return [];
  return [recipients.length === 0 ? 'it is for nobody now' : `it is for ${sayAll(recipients)} now`];
}
