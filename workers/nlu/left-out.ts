import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Action } from '../../contracts/intents.ts';
import type { Act } from '../../contracts/nlu.ts';
import { leavesOutOf } from './narrowing.ts';
import { withWords, type PlainText } from './plain-text.ts';
import { foldText, type Range } from './text.ts';

const BUT = String.raw`(?:except(?:ing)?(?:\s+for)?|apart\s+from|other\s+than|besides|excluding|save\s+for|but\s+not|but\s+(?:leave|keep|spare|skip)|but(?:\s+for)?(?=\s+(?:the|my|our|that)\s)|(?<=\b(?:all|everything|every\s+one)\s(?:(?:as\s)?(?:done|finished|completed?)\s)?)but(?:\s+for)?|(?<=,\s*)not(?=\s+(?:the|my|our)\s+\p{L}))`;
/** Says that many things are meant; "every day" and "all day" are times, "everyone" is people. */
const MANY = String.raw`\b(?:all(?!\s+(?:day|morning|afternoon|evening|night|week)\b)|everything|every\s+(?:one|task|to-?do|item|thing|event|meeting|appointment|reminder)|each\s+(?:of|task|event)|them|both|these|those|(?:my|the|our)\s+(?:[\p{L}-]+\s+){0,2}(?:tasks|to-?dos|todos|items|meetings|events|appointments|lessons|calls|reminders))\b`;
/** What is only looked at, asked for or noted is left to itself; so is whatever says who somebody is or when. */
const OTHERWISE =
  /^[\s,.!]*(?:(?:ok|okay|please|hey|hi|so|and|now)[\s,]+)*(?:show|list|display|see|read|tell|what|which|who|when|where|how|why|do\s+i|am\s+i|remind|add|create|note|buy|get|write|draft|send|e-?mail|find|search|look|plan|book|schedule|invite|call|block|i(?:'m|\s+(?:am|have|need|want|like|work))\b)/;
/** Why it is asked, before it is: "i'm sick, move everything …". */
const REASON =
  /^[^,;.]{1,60}[,;.]\s+(?:(?:so|please|pls|then|just|can\s+you|could\s+you)\s+)*(?=(?:move|push|shift|postpone|put|delete|remove|cancel|complete|finish|mark|make|set|tick|clear|reschedule)\s)/;
const DAY = String.raw`(?:(?:this|next|the\s+(?:coming|next)|coming)\s+)?(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|week|weekend|month|morning|afternoon|evening|noon|midnight|january|february|march|april|may|june|july|august|september|october|november|december|day\s+after|\d)`;
/** What goes on with the order behind the names. */
const GOES_ON = String.raw`(?:to|till|until|by|on|onto|for|in(?=\s+(?:to|the\s))|from|due|at)\s+(?:the\s+)?${DAY}|by\s+(?:an?|one|two|three|half|\d)|(?:to|on|onto|into|in)\s+(?:(?:my|the|our)\s+)?(?:[\p{L}-]+\s+){0,2}list\b|(?:an?|one|two|three|half\s+an|\d+)\s+(?:minutes?|hours?|days?|weeks?|months?)\b|(?:as\s+)?(?:done|completed?|finished|urgent|important|off)\b|(?:is|are|was|were|has\s+been|have\s+been)\s|(?:as\s+|a\s+)?(?:low|medium|normal|high|highest|top|lowest)(?:er)?\s+priority|to\s+(?:low|medium|normal|high|urgent)\b|one\s+(?:day|week|hour)|today\b|tomorrow\b|please\b|thanks\b|too\b|as\s+well\b|then\b`;
/** Not a name, but what tells some from others: all of it belongs together. */
const SOME = String.raw`(?:(?:those|the\s+ones|ones|anything|everything|all|what|whatever)\b)`;
const LEFT_OUT = new RegExp(
  String.raw`${MANY}.*?(?<cut>[\s,]+${BUT}\s+(?<names>(?:${SOME}.*|\S.*?)))(?=\s*$|\s*[.!;]\s*$|[\s,]+(?:${GOES_ON}))`,
  'du',
);
/** Behind "and" somebody asks for more: what is left out ends before it. */
const ASKS =
  /^(?:and|then)?\s*(?:please\s+)?(?:add|create|remind|show|list|e-?mail|mark|move|delete|remove|cancel|complete|make|set|tick|push|postpone|undo)\s/;
/** What is said short beside what is left out, in full. */
const HEADS: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:finish|complete)\s+(?:all(?:\s+(?:of\s+)?(?:my|the)\s+(?:tasks|to-?dos))?|everything)(?=\s*$)/,
    'mark all as done',
  ],
  [/^(?:all|everything)(?=\s+(?:done|finished|completed?)\s*$)/, 'all are'],
];
const STAYS = /\b(?:is|are|stays?|should|must|can|could|will|would|has|have|needs?|what|when|i|we|you)\b/;
const AROUND =
  /^(?:for\s+)?(?:(?:the|my|that|this|our)\s+)?|\s+(?:(?:task|event|meeting|one)s?|out|alone|there|(?:as|where)\s+(?:it|they)\s+(?:is|are))$/gi;
const MOST_CHARS = 200;

/** Changes of what there is; of whatever else an act asks, nothing is left out. */
const OF_MANY = new Set<Action>([
  'update_task',
  'complete_task',
  'delete_task',
  'update_event',
  'cancel_event',
  'reschedule',
]);

/**
 * "Move everything except the wine to sunday": the text without what is left out, whose names the act has then. An answer
 * that narrows what is asked about is read as that.
 */
export function withoutLeftOut(plain: PlainText, asked: readonly OpenQuestion[] = []): PlainText {
  const folded = foldText(plain.text);
  if (
    folded.length > MOST_CHARS ||
    OTHERWISE.test(folded.replace(REASON, '')) ||
    asked.some((question) => leavesOutOf(folded, question))
  )
    return plain;
  const match = LEFT_OUT.exec(folded);
  const [cut, said] = [match?.indices?.groups?.['cut'], match?.indices?.groups?.['names']];
  if (!cut || !said) return plain;
  const { names, end } = namesIn(plain.text, { start: said[0], end: said[1] });
  if (names.length === 0 || STAYS.test(folded.slice(said[0], end))) return plain;
  const rest = withWords(plain, { start: cut[0], end }, '');
  const order = inFull(rest);
  return { text: order.text, restore: (act) => leavingOut(order.restore(act), names) };
}

/** Whether one of the acts is such a change; else nothing is left out, and the words that say so are words like others. */
export const isOfMany = (acts: readonly Act[]): boolean =>
  acts.some(({ action, otherwise }) => OF_MANY.has(action) || otherwise?.params?.among !== undefined);

function inFull(plain: PlainText): PlainText {
  const folded = foldText(plain.text);
  for (const [head, words] of HEADS) {
    const said = head.exec(folded)?.[0];
    if (said !== undefined) return withWords(plain, { start: 0, end: said.length }, words);
  }
  return plain;
}

function namesIn(text: string, range: Range): { names: string[]; end: number } {
  const names: string[] = [];
  let { end } = range;
  let from = range.start;
  for (const { index, 0: joint } of text
    .slice(range.start, range.end)
    .matchAll(/\s*(?:,|&|\band\b|\bor\b)\s*|$/gi)) {
    const at = range.start + index;
    if (at < from) continue;
    if (ASKS.test(foldText(text.slice(from, range.end))) && names.length > 0) {
      end = text.slice(0, from).replace(/[\s,]*(?:and|or|then|&)?\s*$/i, '').length;
      break;
    }
    names.push(
      text
        .slice(from, at)
        .replace(AROUND, '')
        .replace(/^["'“‘]|["'”’]$/g, '')
        .trim(),
    );
    from = at + joint.length;
  }
  return { names: names.filter(Boolean), end };
}

function leavingOut(act: Act, names: string[]): Act {
  const isOfMany = act.entities.some(
    ({ slot, value }) =>
      slot === 'target' &&
      typeof value === 'object' &&
      value !== null &&
      'reference' in value &&
      value.reference === 'all',
  );
  const among = { among: { except: names } };
  const { otherwise } = act;
  return {
    ...act,
    ...(OF_MANY.has(act.action) && isOfMany && { params: { ...act.params, ...among } }),
    ...(otherwise?.slots.target?.reference === 'all' && {
      otherwise: { ...otherwise, params: { ...otherwise.params, ...among } },
    }),
  };
}
