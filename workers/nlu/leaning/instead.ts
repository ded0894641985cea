import type { Act, Entity } from '../../../contracts/nlu.ts';
import type { Slots, Target } from '../../../contracts/slots.ts';
import { readCorrection } from '../corrections.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import type { Range } from '../text.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

type Last = NonNullable<NluInput['lastReceipt']>;
type Scope = NonNullable<Target['scope']>;

/** What can be done to another item instead. */
const TO_ITEMS = new Set(['update_task', 'delete_task', 'complete_task', 'update_event', 'cancel_event']);

const WRONG = String.raw`(?:(?:no+|nope|nah|oh|oops|whoops|sorry|wait|hm+|ah|not\s+(?:that|this)(?:\s+one)?|wrong\s+(?:one|meeting|event|task|item|appointment|call)|that(?:'s|\s+was|\s+is)\s+the\s+wrong\s+(?:one|meeting|event|task))[\s,.!:-]+)+`;
const MEANT = String.raw`(?:(?:actually|rather|i\s+(?:really\s+)?(?:mean|meant)|it(?:'s|\s+was|\s+should\s+be)|should\s+(?:be|have\s+been))[\s,]+)+`;
const NOUN = String.raw`(?:one|meeting|event|appointment|call|task|thing)`;
/** "The one with Ben", "the other one", "the party one" */
const WHICH = String.raw`(?:the|my)\s+(?:other(?:\s+${NOUN})?|${NOUN}\s+(?:with|about|for|on|at|in|from|to|of)\s+\S.{0,80}?|\S.{0,60}?\s+one)`;
const INSTEAD = new RegExp(
  String.raw`^[\s,.!]*(?:(?:${WRONG})?(?:${MEANT})?(?<marked>${WHICH})(?:\s+(?:instead|please|i\s+(?:mean|meant)|sorry|rather|actually|of\s+course))*)[\s.!]*$`,
  'ds',
);
const MARKS = new RegExp(
  String.raw`^[\s,.!]*(?:${WRONG}|${MEANT})|\b(?:instead|i\s+(?:mean|meant)|rather|actually)[\s.!]*$`,
);

/** How much of a series was meant after all. */
const SCOPES: readonly (readonly [Scope, RegExp])[] = [
  [
    'following',
    /^(?:(?:that|this)\s+one\s+)?and\s+(?:also\s+)?(?:all|everything|the\s+ones|every\s+one)?\s*(?:the\s+)?(?:following|after(?:\s+(?:it|that|this))?|later)(?:\s+ones)?$|^(?:that|this)\s+(?:one|and)\s+(?:and\s+)?(?:all\s+)?(?:the\s+)?(?:following|later)(?:\s+ones)?$|^from\s+(?:then|there|that\s+(?:one|day|week))\s+on(?:wards?)?$/,
  ],
  [
    'all',
    /^(?:all\s+of\s+(?:them|it)|every(?:\s+single)?\s+one(?:\s+of\s+them)?|(?:the\s+)?(?:whole|entire)\s+(?:series|thing)|all\s+(?:the\s+)?others?\s+too|the\s+others?\s+too|all)$/,
  ],
  [
    'this',
    /^(?:(?:just|only)\s+(?:(?:for\s+)?(?:that|this|the)\s+)?(?:one|once|time|week|day|first\s+one)|(?:that|this)\s+one\s+only)$/,
  ],
];
const SCOPE_LEAD =
  /^[\s,.!]*(?:(?:no+|nope|oh|oops|sorry|wait|hm+|actually|i\s+(?:mean|meant)|please|ok|and\s+(?=(?:that|this)\b))[\s,.!:-]+)*/;

/** "No, the one with Ben", "actually the other one": the last change is taken back and made there instead. */
export function insteadOf(draft: Draft, input: NluInput): Act[] | null {
  const last = lastChange(input);
  if (!last) return null;
  const scope = scopeMeant(draft, last);
  if (scope) return scope;
  const named = namedInstead(draft) ?? correctedTarget(draft, input);
  const kind = last.said.slots.target?.kind;
  return named && kind ? again(draft, last, { ...named, value: { ...named.value, kind } }) : null;
}

interface Named {
  at: Range;
  value: Target;
}

function namedInstead(draft: Draft): Named | null {
  const match = INSTEAD.exec(draft.folded);
  const at = match && groupAt(match, 'marked');
  if (!at || !MARKS.test(draft.folded)) return null;
  const query = draft.text.slice(at.start, at.end).replace(/^(?:the|my)\s+/i, '');
  const named = /^(?:other\b|one\s)/i.test(query) ? query : query.replace(/\s+one$/i, '');
  return { at, value: { kind: 'any', query: named } };
}

/** "I meant the report": as corrections read it. */
function correctedTarget(draft: Draft, input: NluInput): Named | null {
  if (input.lastRefused) return null;
  const found = readCorrection(draft, input, null)?.entities.find(({ slot }) => slot === 'target');
  return found ? { at: found, value: found.value as Target } : null;
}

function scopeMeant(draft: Draft, last: Change): Act[] | null {
  if (last.action !== 'update_event' && last.action !== 'cancel_event') return null;
  const lead = SCOPE_LEAD.exec(draft.folded)?.[0].length ?? 0;
  const words = draft.folded.slice(lead).replace(/[\s.!]+$|\s+please$/g, '');
  const scope = SCOPES.find(([, pattern]) => pattern.test(words))?.[0];
  const { target } = last.said.slots;
  if (!scope || !target || (target.scope ?? 'this') === scope) return null;
  const at = { start: lead, end: lead + words.length };
  return again(draft, last, { at, value: { ...target, scope } });
}

/** The receipt taken back, and the same asked for of something else. */
function again(draft: Draft, last: Change, { at, value }: Named): Act[] {
  const { slots, params } = last.said;
  const { target: _before, participants, ...rest } = slots;
  // Who is met said which one it was.
  const guests = last.action === 'update_event' && params?.uninvite ? { participants } : {};
  const kept = Object.entries({ ...rest, ...guests } satisfies Slots).flatMap(([slot, known]): Entity[] =>
    known === undefined ? [] : [entityAt(draft, slot as keyof Slots, NOWHERE, known, 'as said before')],
  );
  const receipt: Target = { kind: 'receipt', id: last.receipt_id };
  const back = entityAt(draft, 'target', NOWHERE, receipt, 'the change that was meant for another one');
  return [
    actOn(draft, 'undo', [back]),
    actOn(draft, last.action, [entityAt(draft, 'target', at, value, 'what was meant'), ...kept], params),
  ];
}

type Change = Last & Required<Pick<Last, 'receipt_id' | 'said'>>;

/** The change that came last, where it was one of an item and is still what people speak of. */
function lastChange({ lastReceipt: last, now }: NluInput): Change | null {
  if (!last?.said || last.receipt_id === undefined || !TO_ITEMS.has(last.action)) return null;
  if (now.getTime() - Date.parse(last.at) >= FRESH_MS) return null;
  return { ...last, receipt_id: last.receipt_id, said: last.said };
}
