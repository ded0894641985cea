import type { Draft } from '../../../contracts/entities.ts';
import { cutText } from '../../../core/cut-text.ts';
import { ask, done, type Step, type Work } from '../outcome.ts';
import { SEND_DELAY_MS } from '../policy.ts';
import { whichOne } from '../references.ts';
import { quote } from '../sentences.ts';
import { draftsOf, resolveDraft } from './find.ts';
import {
  addressAll,
  bareName,
  learnt,
  possessive,
  readReceiver,
  sayReceiver,
  type Receiver,
  type Unaddressed,
} from './receivers.ts';
import { planSending, sayAll, sayReceivers, sendObstacle } from './sending.ts';

/**
 * Sends a draft, never without a yes to just this text and just these addresses. Until its delay is over it can be taken
 * back like any change.
 */
export async function sendEmail(work: Work): Promise<Step> {
  const found = await whichDraft(work);
  if ('step' in found) return found.step;
  const { draft } = found;
  const obstacle = sendObstacle(draft);
  if (obstacle !== null) return refused(obstacle);
  if (work.confirmed === false) return notYet(work, draft);
  if (work.skipped.includes('recipient'))
    return kept(draft, 'Without an address I can not send it. It stays a draft.');
  const isNobody = await answersNobody(work);
  const meant = receiversIn(isNobody ? { ...work, slots: { ...work.slots, recipient: [] } } : work, draft);
  if (meant.length === 0)
    return ask({
      slot: 'recipient',
      question: 'Who should it go to?',
      keep: { target: targetOf(draft), participants: [], recipient: [] },
    });
  const addressed = await addressAll(work.ports.contacts, meant);
  if ('missing' in addressed) return askFor(addressed.missing, draft, meant, isNobody);
  return work.confirmed && isAsConfirmed(work, draft)
    ? sent(work, draft, addressed.receivers)
    : confirm(work, draft, addressed.receivers);
}

/** What was said when an address was asked for is none, and nobody is called so. */
async function answersNobody({ slots, ports }: Work): Promise<boolean> {
  const { participants, recipient = [] } = slots;
  if (!participants || recipient.length === 0) return false;
  const known = await Promise.all(
    recipient.map(
      async (said) =>
        readReceiver(said).address !== null || (await ports.contacts.match(bareName(said), 1)).length > 0,
    ),
  );
  return !known.every(Boolean);
}

/** The draft of the words; one for just these people before others, "to Ann" being a part of its name then. */
async function whichDraft(work: Work): Promise<{ draft: Draft } | { step: Step }> {
  const { target, recipient = [] } = work.slots;
  const query = target?.query?.replace(/^(?:to|for)\s+/i, '');
  if (target?.id || query === undefined || recipient.length === 0) return resolveDraft(work, 'send');
  const isNamedByReceiver = query.toLowerCase().startsWith((recipient[0] ?? '').toLowerCase());
  if (!isNamedByReceiver) return resolveDraft(work, 'send');
  const filter = { recipient: recipient.join(' '), status: ['draft'] as const };
  const { drafts } = await work.ports.drafts.list(filter, 6);
  const [only] = drafts;
  if (drafts.length === 1 && only) return { draft: only };
  if (drafts.length > 1)
    return { step: whichOne(draftsOf(work, 'draft'), 'Which one do you want to send?', drafts) };
  const { target: _named, ...slots } = work.slots;
  return resolveDraft({ ...work, slots }, 'send');
}

/** As it stands now: what is confirmed is this text, and not what it becomes meanwhile. */
const targetOf = (draft: Draft) => ({
  kind: 'draft' as const,
  id: draft.id,
  start: draft.updated_at,
  query: draft.recipients.join(', '),
});
/** It has been made out to others since its receivers were looked up. */
const isReaddressed = ({ slots }: Work, draft: Draft): boolean =>
  slots.target?.query !== draft.recipients.join(', ');
const isAsConfirmed = ({ slots }: Work, draft: Draft): boolean => slots.target?.start === draft.updated_at;

/** Who it goes to, as far as it is known by now: what was said, what was answered, else who the draft is for. */
function receiversIn(work: Work, draft: Draft): Receiver[] {
  const { slots, words } = work;
  const { recipient = [], participants, query } = slots;
  const said = recipient.map(readReceiver);
  const own = draft.recipients.map(readReceiver);
  if (participants) {
    const looked = participants.map(readReceiver);
    const before = isReaddressed(work, draft)
      ? own.map((one) => looked.find(({ name }) => name !== null && name === one.name) ?? one)
      : looked;
    if (said.length === 0) return before;
    const at = before.findIndex((one) => query !== undefined && sayReceiver(one) === query);
    return before.length === 0 || at < 0
      ? [...before, ...said]
      : [...before.slice(0, at), ...answered(before[at], said), ...before.slice(at + 1)];
  }
  const [only, ...more] = said;
  if (!only) return own;
  const isOwn = (one: Receiver): boolean => names(own, one) || own.some((known) => isCalled(known, one));
  // "The email to Ann" names it; "send it to Ann" says who is to get it.
  if (said.every(isOwn))
    return slots.target?.query === undefined
      ? own.filter((one) => names(said, one) || said.some((name) => isCalled(one, name)))
      : own;
  if (/\b(?:also|too|as well)\b/i.test(words)) return [...own, ...said.filter((one) => !isOwn(one))];
  // An address alone is that of the one it is for.
  const [sole] = own;
  if (own.length === 1 && sole?.address === null && more.length === 0 && only.name === null)
    return [{ name: sole.name, address: only.address }];
  return said;
}

/** "Robert" is whom robert@example.com is of, where only the address is known. */
function isCalled(known: Receiver, { name, address }: Receiver): boolean {
  if (known.name !== null || known.address === null || name === null || address !== null) return false;
  const [first = ''] = known.address.toLowerCase().split(/[@._+\d-]/);
  return first === name.toLowerCase().split(/\s/)[0];
}

const keyOf = (one: Receiver): string => bareName(sayReceiver(one)).toLowerCase();
const names = (list: readonly Receiver[], one: Receiver): boolean =>
  list.some((known) => keyOf(known) === keyOf(one));

/** An address that was given for a name is its; a name is another one. */
function answered(asked: Receiver | undefined, said: readonly Receiver[]): readonly Receiver[] {
  const [only, ...more] = said;
  return more.length === 0 && only && only.name === null && asked
    ? [{ name: asked.name, address: only.address }]
    : said;
}

function askFor(missing: Unaddressed, draft: Draft, receivers: readonly Receiver[], again: boolean): Step {
  const { kind, name } = missing;
  const pending = receivers.find((one) => one.name === name || one.address === name);
  const keep = {
    target: targetOf(draft),
    participants: receivers.map(sayReceiver),
    recipient: [],
    ...(pending && { query: sayReceiver(pending) }),
  };
  if (kind !== 'several')
    return ask({
      slot: 'recipient',
      question:
        kind === 'invalid'
          ? `${quote(name)} is no email address. What is the right one?`
          : `${again ? 'I need an address such as ann@example.com. ' : ''}What is ${possessive(name)} email address?`,
      keep,
    });
  const choices = missing.contacts.map((contact) => ({
    choice_id: contact.id,
    label: sayReceiver(contact),
  }));
  return ask({
    slot: 'recipient',
    kind: 'choice',
    question: `Which ${bareName(name)} do you mean?`,
    choices,
    choiceSlots: Object.fromEntries(
      choices.map(({ choice_id, label }) => [choice_id, { recipient: [label] }]),
    ),
    keep,
  });
}

const GAP = /\[[^\]\n]{2,80}\]/g;

/** A moment at which it is to be sent; it goes at once or not at all. */
const LATER =
  /\bsend\b.*\b(?:tomorrow|tonight|later|next (?:week|month)|in (?:\d+|an?|half an?) (?:minutes?|hours?|days?|weeks?)|(?:on |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day|at (?:\d{1,2}(?::\d\d)?|noon|midnight))\b/i;

function confirm(work: Work, draft: Draft, receivers: readonly Receiver[]): Step {
  const gaps = [...new Set(`${draft.subject}\n${draft.body}`.match(GAP) ?? [])];
  const question = [
    work.confirmed === true ? 'It was changed meanwhile.' : '',
    `Send ${quote(draft.subject)} to ${sayReceivers(receivers)}?`,
    LATER.test(work.words) ? "I can't send at a set time, only now." : '',
    gaps.length > 0 ? `It still has ${gaps.slice(0, 3).join(' and ')} in it.` : '',
  ];
  return ask({
    slot: 'target',
    kind: 'confirm',
    question: question.filter(Boolean).join(' '),
    choices: [
      { choice_id: 'yes', label: 'Send it' },
      { choice_id: 'no', label: 'Not yet' },
    ],
    choiceSlots: { yes: {}, no: {} },
    cards: [{ kind: 'email', data: { draft, change: 'shown' } }],
    keep: { target: targetOf(draft), participants: receivers.map(sayReceiver), recipient: [] },
  });
}

async function sent(work: Work, draft: Draft, receivers: readonly Receiver[]): Promise<Step> {
  const { now, newId, words, ports } = work;
  const reason = `you confirmed: "${cutText(words, 300)}"`;
  const sending = await planSending(ports.contacts, draft, receivers, { now, newId, reason });
  const { id, subject } = draft;
  return done({
    reply: `Sending to ${sayReceivers(receivers)} in ${SEND_DELAY_MS / 1_000} seconds. Say "undo" to stop it.`,
    decision: 'CONFIRM',
    summary: sending.summary,
    effects: sending.effects,
    cards: [{ kind: 'email', data: { draft: sending.draft, change: 'updated' } }],
    executionResult: { draft_id: id, delivery_id: sending.deliveryId, send_at: sending.sendAt },
    item: { kind: 'draft', id, title: subject },
  });
}

const kept = ({ id, subject }: Draft, reply: string): Step =>
  done({ reply, executionResult: { draft_id: id }, item: { kind: 'draft', id, title: subject } });

/** It stays a draft; an address that was told on the way is kept all the same. */
async function notYet({ ports, slots, now, newId, words }: Work, draft: Draft): Promise<Step> {
  const receivers = (slots.participants ?? []).map(readReceiver);
  const reason = `you said: "${cutText(words, 300)}"`;
  const effects = await learnt(ports.contacts, receivers, { now, newId, reason });
  const told = receivers.flatMap(({ name }) => name ?? []);
  const reply = 'All right, it stays a draft.';
  if (effects.length === 0) return kept(draft, reply);
  return done({
    reply: `${reply} I keep the address for the next time.`,
    summary: `Kept the address of ${sayAll(told)}`,
    effects,
    executionResult: { draft_id: draft.id },
    item: { kind: 'draft', id: draft.id, title: draft.subject },
  });
}

function refused(reply: string): Step {
  return done({ reply, decision: 'REFUSE', refused: { code: 'version_conflict', message: reply } });
}
