import type { OpenQuestion } from '../../contracts/clarification.ts';
import { actionEntry } from '../../contracts/intents.ts';
import { slotsOf, type ActParams, type Entity } from '../../contracts/nlu.ts';
import type { Target } from '../../contracts/slots.ts';
import { deedWords } from './agreement.ts';
import type { Correction } from './corrections.ts';
import { entityAt, type Draft } from './draft.ts';
import { filterEntities } from './extract/filters.ts';
import { blank, trimRange, type Range } from './text.ts';

const LEAD =
  /^[\s,.!-]*(?:(?:no+|nope|nah|wait|hold on|hang on|stop|oh|ok|okay|oops|sorry|actually|yes|yeah|yep|sure|well|please|but|and|rather|better|i (?:meant?|said|want(?:ed)?)|make (?:it|that))(?=[\s,.!;-])[\s,.!;-]*)*/;
const TAIL = /(?:[\s,]+(?:please|pls|thanks|thank you|then|instead|ok|okay|though))*[\s,.!]*$/;
const DENIED = /\b(?:no+|nope|nah|wait|hold on|hang on|stop|actually|i meant?|rather)\b/;
const BUT = String.raw`(?:except(?:ing)?(?: for)?|apart from|other than|besides|excluding|but(?: not)?(?: for)?|without|minus|save for)`;
const THEM = String.raw`(?:(?:all|everything|every one|them|those|the (?:rest|others))(?: of (?:them|those|these|it))?[\s,]+)`;
/** "Not all of them" leaves open which. */
const NOT_ALL = /^(?:all|every|everything|each|so many)\b/;
/** Says no more than a plain no. */
const WHOLE =
  /^(?:it|that|this|them|those|these|any|anything|now|yet|really|sure|like that|a good idea|necessary|needed)\b/;

/** What is to be left of those that are asked about, or left out of them. */
interface Said {
  kind: 'only' | 'except';
  at: Range;
}

/**
 * "No, only the ones due today", "all except the milk" to "Delete 3 tasks?": the same is asked of fewer. A yes after it
 * must never do more than that.
 *
 * @returns `unclear` where fewer are meant, but not which can be told
 */
export function readNarrowing(draft: Draft, question: OpenQuestion): Correction | 'unclear' | null {
  const said = isOfMany(question) ? saidOf(draft, question) : null;
  if (!said) return null;
  if (question.plan || NOT_ALL.test(draft.folded.slice(said.at.start, said.at.end))) return 'unclear';
  const { entities, names } = partsOf(draft, said.at);
  const filters = slotsOf(entities);
  if (said.kind === 'except' && (entities.length > 0 || names.length === 0)) return 'unclear';
  if (said.kind === 'only' && entities.length === 0 && names.length === 0) return 'unclear';
  const { action, params } = question;
  const target = entityAt(draft, 'target', said.at, targetOf(question), 'those that were asked about');
  const among = names.length > 0 ? { among: { [said.kind]: names } } : {};
  // Of a change the slots are the new values, and what selects stands apart.
  const apart = action.startsWith('update_');
  const takes: readonly string[] = actionEntry(action).slots;
  if (!apart && entities.some(({ slot }) => !takes.includes(slot))) return 'unclear';
  const { date_range, list, tags, priority } = filters;
  const where: ActParams['where'] = {
    ...params?.where,
    ...(date_range && { date_range }),
    ...(list !== undefined && { list }),
    ...(tags && { tags }),
    ...(priority && { priority }),
  };
  const own = apart ? [target] : [target, ...entities];
  return {
    slots: slotsOf(own),
    entities: own,
    action,
    known: question.slots,
    params: { ...params, ...(apart && entities.length > 0 && { where }), ...among },
  };
}

/** Whether words say which of those that are asked about are left out, and nothing else. */
export const leavesOutOf = (folded: string, question: OpenQuestion): boolean =>
  isOfMany(question) && saidOf({ folded }, question)?.kind === 'except';

/** Whether several things are asked about, and the answer is a yes for all of them. */
function isOfMany({ kind, slot, slots, choice_slots: choices, plan, question }: OpenQuestion): boolean {
  if (kind !== 'confirm') return false;
  const shown = choices['yes']?.target?.ids ?? slots.target?.ids ?? [];
  return (
    plan !== undefined ||
    (slot === 'target' &&
      (shown.length > 1 || slots.target?.reference === 'all' || /^\w+ \d+ /.test(question)))
  );
}

/** Those of the question, as it says itself or as all that its filters select. */
const targetOf = ({ slots, choice_slots: choices, action }: OpenQuestion): Target =>
  slots.target?.ids || slots.target?.reference === 'all'
    ? slots.target
    : (choices['yes']?.target ?? {
        kind: actionEntry(action).intent === 'calendar_event' ? 'event' : 'task',
        reference: 'all',
      });

function saidOf({ folded }: Pick<Draft, 'folded'>, { action, choices }: OpenQuestion): Said | null {
  if (folded.length > 300 || /\?\s*$/.test(folded)) return null;
  const start = LEAD.exec(folded)?.[0].length ?? 0;
  const end = folded.length - (TAIL.exec(folded.slice(start))?.[0].length ?? 0);
  if (start >= end) return null;
  const words = folded.slice(start, end);
  if (choices.some(({ label }) => label.toLowerCase().endsWith(words))) return null;
  const deed = deedWords(action);
  const patterns: readonly (readonly [Said['kind'], RegExp])[] = [
    ['except', new RegExp(String.raw`^(?:(?:${deed})\s+)?${THEM}?${BUT}\s+(?<at>.+)$`, 'd')],
    ['except', /^(?:just |only )?not\s+(?<at>.+)$/d],
    ['except', new RegExp(String.raw`^(?:don't|do not|dont)\s+(?:${deed}|touch)\s+(?<at>.+)$`, 'd')],
    [
      'except',
      /^(?:keep|leave|spare|skip)\s+(?<at>.+?)(?:\s+(?:out|alone|in|be|there|(?:as|where) (?:it|they) (?:is|are)))?$/d,
    ],
    [
      'only',
      new RegExp(
        String.raw`^(?:(?:${deed})\s+)?(?:just|only|solely)\s+(?:(?:${deed})\s+)?(?:(?:on|for)\s+)?(?<at>.+)$`,
        'd',
      ),
    ],
    ['only', /^(?<at>.+?)\s+only$/d],
  ];
  const bare: typeof patterns = DENIED.test(folded.slice(0, start))
    ? [
        [
          'only',
          new RegExp(
            String.raw`^(?:(?:${deed})\s+)?(?<at>(?:(?:the|those|my)\s+)?(?:\S+\s+)?(?:ones?|tasks?|things|stuff)(?:\s.+)?|(?:(?:the|those)\s+)?\S+'s(?:\s.+)?)$`,
            'd',
          ),
        ],
      ]
    : [];
  for (const [kind, pattern] of [...patterns, ...bare]) {
    const found = pattern.exec(words)?.indices?.groups?.['at'];
    if (!found) continue;
    if (WHOLE.test(words.slice(...found))) return null;
    return { kind, at: { start: start + found[0], end: start + found[1] } };
  }
  return null;
}

/** Words around what tells things apart. */
const UNTELLING =
  /^(?:the|my|our|that|which|those|these|this|is|are|was|were|one|ones|all|any|of|them|due|from|on|in|with|by|for|at|to|till|until|list|lists|tag|tags|tagged|marked|priority|tasks?|to-?dos?|things?|stuff|events?|meetings?|appointments?|reminders?|about|called|named|please|just|only|'?s|again|either)$/;

/** Filters of the stretch, and the names that it has beside them. */
function partsOf(draft: Draft, said: Range): { entities: Entity[]; names: string[] } {
  // "The tuesday one" is none at one o'clock.
  const one = /(?<!\b(?:at|by|to|until|till))\s+ones?$/.exec(draft.folded.slice(said.start, said.end));
  const range = one ? { start: said.start, end: said.start + one.index } : said;
  const { entities } = filterEntities(draft, range);
  const left = blank(draft.folded, entities);
  const names: string[] = [];
  const joint = /\s*(?:,|&|\band\b)\s*/g;
  let from = range.start;
  const add = (until: number): void => {
    const piece = trimRange(left, { start: from, end: until }, `,.!?"'`);
    const words = [...left.slice(piece.start, piece.end).matchAll(/\S+/g)].filter(
      ([word]) => !UNTELLING.test(word),
    );
    const [first, last] = [words[0], words.at(-1)];
    if (!first || !last) return;
    names.push(draft.text.slice(piece.start + first.index, piece.start + last.index + last[0].length));
  };
  for (const match of left.slice(0, range.end).matchAll(joint)) {
    if (match.index < range.start || match[0].trim() === '') continue;
    add(match.index);
    from = match.index + match[0].length;
  }
  add(range.end);
  return { entities, names };
}
