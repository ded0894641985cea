import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Action } from '../../contracts/intents.ts';
import { actionEntry } from '../../contracts/intents.ts';
import { slotsOf, type Act, type ActParams, type Continuation, type Entity } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Draft, Recognition } from './draft.ts';
import { entityAt, newDraft } from './draft.ts';
import { readEmailCorrection } from './email-corrections.ts';
import { holdsBack, readDraftEdit, readReceiverOff, readSending, sendOff } from './email/edits.ts';
import { isItADraft } from './leaning/is-draft.ts';
import { addressAlone } from './leaning/person.ts';
import type { NluInput } from './nlu-input.ts';
import { recogniseByRules } from './recognise.ts';
import type { Range } from './text.ts';

/** What is asked before an email goes: a change of the email is no answer to it, and comes first. */
const isAboutSending = ({ action }: OpenQuestion): boolean => action === 'send_email';
/** Any words are an answer to these. */
const TAKES_WORDS: ReadonlySet<string> = new Set([
  'title',
  'subject',
  'body',
  'query',
  'location',
  'email_type',
]);

/** Lasts some time, so that "shorter" may be said of it. */
const LASTS: ReadonlySet<Action> = new Set([
  'create_event',
  'update_event',
  'find_time',
  'reschedule',
  'plan_schedule',
]);
const COMPARES =
  /^\W*(?:(?:please|can you|could you)\W+)*(?:make|keep|have)\b|\b(?:more|less|too)\s|\w{3}er\b/;

/** "More formal" answers nothing that is asked about something else: it is said of the email, and the question stays. */
function restyles(draft: Draft, { action }: OpenQuestion, held: boolean): boolean {
  const edit = readDraftEdit(draft, held);
  if (!edit || edit.entities.length > 1 || !COMPARES.test(draft.folded)) return false;
  const { tone, edit: { length, ...others } = {} } = edit.params;
  if (Object.keys(others).length > 0) return false;
  return tone !== undefined || (length !== undefined && (edit.named || !LASTS.has(action)));
}

/** What a text changes of an email that is kept: acts, with what it is to the conversation. */
interface Edited {
  acts: Act[];
  continuation: Continuation;
}

const NEW_REQUEST: Continuation = { kind: 'none' };

/** Null where the text is something else. */
export function editedDraft(draft: Draft, input: NluInput): Edited | null {
  if (input.answering) return null;
  const active = input.questions.find(({ active_until: until }) => Date.parse(until) > input.now.getTime());
  const held = isItADraft(input) || (active !== undefined && isAboutSending(active));
  const isElsewhere = active !== undefined && !isAboutSending(active);
  const restyled = isElsewhere && restyles(draft, active, held);
  if (isElsewhere && !restyled && TAKES_WORDS.has(active.slot)) return null;
  const off = sendOff(draft);
  const before = off ? partAlone(draft, off.before) : draft;
  if (held && !active && holdsBack(draft))
    return { acts: [actIn(draft, 'cancel', [], {})], continuation: NEW_REQUEST };
  const receivers = held && !active ? (input.lastReceipt?.slots.recipient ?? []) : [];
  const edit =
    readDraftEdit(before, held && (!isElsewhere || restyled)) ?? readReceiverOff(before, receivers);
  if (edit) {
    const act = actIn(before, 'draft_email', edit.entities, edit.params);
    if (off) return { acts: [act, sendingAct(draft, off.send)], continuation: NEW_REQUEST };
    const { target: _which, ...slots } = slotsOf(edit.entities);
    const isCorrection = held && !active && edit.params.edit?.to !== 'add' && Object.keys(slots).length > 0;
    return {
      acts: [act],
      continuation: isCorrection ? { kind: 'correction', slots } : NEW_REQUEST,
    };
  }
  const sending = held && !active ? readSending(draft) : null;
  if (sending) return { acts: [actIn(draft, 'send_email', sending, {})], continuation: NEW_REQUEST };
  const address = held && !active ? addressAlone(draft) : null;
  const corrected =
    address !== null
      ? { recipient: [address] }
      : held && !active && mayCorrect(draft)
        ? readEmailCorrection(draft)
        : null;
  return (
    corrected && {
      acts: [correctionOfDraft(draft, entitiesOf(draft, corrected))],
      continuation: { kind: 'correction', slots: corrected },
    }
  );
}

/** What asks for something of its own corrects nothing; "to Bob" may look like something to do. */
function mayCorrect({ recognition, folded }: Draft): boolean {
  return (recognition === null || recognition.action === 'create_task') && !SENDS.test(folded);
}
/** "Send it to Bob" sends it. */
const SENDS =
  /^[\s,.!]*(?:(?:please|just|no|ok|okay|now|and|then|can you|could you)[\s,]+)*(?:send|mail|e-?mail)\b/;

/** New values of an email that is kept: "no, to Bob", "actually, about the exam". */
export function correctionOfDraft(draft: Draft, entities: readonly Entity[]): Act {
  const target = entityAt(
    draft,
    'target',
    { start: 0, end: 0 },
    { kind: 'draft', reference: 'last' },
    'the email spoken of last',
  );
  return actIn(draft, 'draft_email', [target, ...entities], { edit: { to: 'set', about: true } });
}

/** "Ann's email is ann@example.com", said when an address is asked for, is the address. */
export function addressAsked(told: Recognition, draft: Draft, input: NluInput): Draft | null {
  const active = input.questions.find(({ active_until: until }) => Date.parse(until) > input.now.getTime());
  const address = told.params?.contact?.address;
  return active?.slot === 'recipient' && active.kind === 'slot' && address !== undefined
    ? recogniseByRules(newDraft(address, draft.timezone, draft.now))
    : null;
}

const entitiesOf = (draft: Draft, slots: Slots): Entity[] =>
  (['recipient', 'subject', 'body'] as const).flatMap((slot) =>
    slots[slot] === undefined
      ? []
      : [entityAt(draft, slot, { start: 0, end: draft.text.length }, slots[slot], 'as corrected')],
  );

/** "… and send it" behind a request for an email: the request alone, and the sending. */
export function sentAfterwards(draft: Draft): { before: Draft; act: Act } | null {
  const off = sendOff(draft);
  const before = off && recogniseByRules(partAlone(draft, off.before));
  return off && before?.recognition?.action === 'draft_email'
    ? { before, act: sendingAct(draft, off.send) }
    : null;
}

const partAlone = (draft: Draft, { start, end }: Range): Draft =>
  newDraft(draft.text.slice(start, end), draft.timezone, draft.now);

function sendingAct(draft: Draft, span: Range): Act {
  const target = entityAt(draft, 'target', span, { kind: 'draft', reference: 'last' }, 'the email before it');
  return { ...actIn(draft, 'send_email', [target], {}), span };
}

function actIn(draft: Draft, action: Action, entities: readonly Entity[], params: ActParams): Act {
  return {
    intent: actionEntry(action).intent,
    action,
    confidence: 0.95,
    source: 'continuation',
    span: { start: 0, end: draft.text.length },
    entities: [...entities],
    ...(Object.keys(params).length > 0 && { params }),
    gate: { verdict: 'pass', missing: [], alternatives: [] },
  };
}
