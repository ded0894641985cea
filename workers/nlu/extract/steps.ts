import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';

/** Steps that are to be added, and the task that they belong to. */
export interface SaidSteps {
  /** Null where it is the one spoken of. */
  of: Range | null;
  /** None where only the task was named. */
  steps: Range[];
}

const LEAD =
  String.raw`^[\s,.!]*(?:(?:please|can you|could you|let's|i want to|i'd like to)\s+)*(?:add|create|make|put|append|insert|new)\s+` +
  String.raw`(?:(?:an?|the|another|one|some|these|this|those|following|new|more|two|three|four|five|six|\d{1,2})\s+)*`;
const SUB = String.raw`(?:sub-?\s?(?:tasks?|steps?|items?|todos?))`;
const NOUN = String.raw`(?:${SUB}|steps?)`;
const UNDER = String.raw`(?:to|for|of|under|in|into|on|onto)`;
const CALLED = String.raw`(?:\s*[:;]\s*|\s+-\s+|,?\s+(?:called|named|titled)\s*:?\s*)`;
const PARENT = String.raw`(?<of>[^:;\n]{1,200}?)`;

const WORDINGS = [
  // "a step to the report: collect figures"
  String.raw`${LEAD}${NOUN}\s+${UNDER}\s+${PARENT}${CALLED}(?<steps>\S[\s\S]*)$`,
  // "a step called collect figures to the report", "subtask book hotel to trip"
  String.raw`${LEAD}(?:${NOUN}${CALLED}|${SUB}\s+)(?!${UNDER}\b)(?<steps>\S[^:;\n]*?)\s+(?:to|under|onto)\s+(?<of>(?:(?:the|my|our)\s+)?[^:;\n]{1,80})$`,
  // "a step buy stamps to it": with any other name behind "to" it may be a thing, such as a step stool
  String.raw`${LEAD}steps?\s+(?!${UNDER}\b)(?<steps>\S[^:;\n]*?)\s+(?:to|under|onto)\s+(?<of>(?:it|that|this)(?:\s+(?:one|task))?)[\s.!]*$`,
  // "a step "draft" to the report"
  String.raw`${LEAD}steps?\s+(?<quoted>["'\u201c\u2018])(?<steps>[^"\u201d:;\n]+?)["'\u201d\u2019]\s+(?:to|under|onto)\s+(?<of>(?:(?:the|my|our)\s+)?[^:;\n]{1,80})$`,
  // "order drinks as a step of the party"
  String.raw`${LEAD}(?<steps>\S[^:;\n]*?)\s+as\s+(?:an?|another|the next)\s+${NOUN}\s+${UNDER}\s+(?<of>[^:;\n]{1,80})$`,
  // "subtasks for the report: outline, draft"
  String.raw`^[\s,.!]*(?:the\s+)?(?:${SUB}\s+${UNDER}|steps?\s+(?:for|of))\s+${PARENT}(?:\s*:\s*|\s+-\s+)(?<steps>\S[\s\S]*)$`,
  // "another step: order cake"
  String.raw`${LEAD}${NOUN}\s*:\s*(?<steps>\S[\s\S]*)$`,
  // "break it down into steps: find a place, book buses", "split the trip into: …", "its steps are: …"
  String.raw`^[\s,.!]*(?:(?:please|can you|could you|let's|and|now)\s+)*(?:break|split|divide|cut)\s+(?<of>it|that|this|(?:the|my|our)\s+[^:;\n]{1,80}?)(?:\s+(?:down|up))?\s+(?:in|into)(?:\s+(?:the\s+following\s+)?${NOUN})?\s*[:;-]?\s+(?<steps>\S[\s\S]*)$`,
  String.raw`^[\s,.!]*(?:the|its|my)\s+${NOUN}\s+(?:are|would be)\s*:?\s+(?<steps>(?=[\s\S]*(?:[,;\n]|\band\b))\S[\s\S]*)$|^[\s,.!]*${NOUN}\s*:\s*(?<steps2>\S[\s\S]*)$`,
  // "a subtask to the report"
  String.raw`${LEAD}${SUB}\s+${UNDER}\s+(?<of>[^:;\n]{1,80})$`,
].map((wording) => new RegExp(wording, 'd'));

const SPOKEN_OF = /^(?:it|that|this)(?:\s+(?:one|task))?$/;

/** "Add subtasks to the trip: book hotel, buy tickets"; null where no steps are asked for. */
export function stepsIn(draft: Draft): SaidSteps | null {
  if (!/\bsub|\bsteps?\b|\b(?:break|split|divide|cut)\b/.test(draft.folded)) return null;
  for (const wording of WORDINGS) {
    const groups = wording.exec(draft.folded)?.indices?.groups;
    const [of, said] = [groups?.['of'], groups?.['steps'] ?? groups?.['steps2']];
    if (!groups || (!of && !said)) continue;
    return {
      of: of && !SPOKEN_OF.test(draft.folded.slice(...of)) ? parentAt(draft, rangeOf(of)) : null,
      steps: said ? partsOf(draft, rangeOf(said)) : [],
    };
  }
  return null;
}

const rangeOf = ([start, end]: [number, number]): Range => ({ start, end });

/** The words of the title alone: "the trip task" is called "trip". */
function parentAt(draft: Draft, range: Range): Range {
  const words = draft.folded.slice(range.start, range.end);
  const lead = /^\s*(?:(?:the|my|our)\s+)?(?:task\s+(?=["']))?/.exec(words)?.[0].length ?? 0;
  const tail = /\s+task[\s.!?]*$/.exec(words)?.[0].length ?? 0;
  return trimRange(draft.folded, { start: range.start + lead, end: range.end - tail }, ',.!?"');
}

/** Several are set apart by commas, semicolons or lines; "and" tells the last one only behind a comma. */
function partsOf(draft: Draft, range: Range): Range[] {
  // Lines are told apart in the text as it was typed only.
  const words = draft.text.slice(range.start, range.end);
  const between = /[;\n]/.test(words)
    ? /[;\n]+/g
    : words.includes(',') || /\bsteps\b|\bsub-?\s?\w+s\b/.test(draft.folded.slice(0, range.start))
      ? /\s*,\s*(?:and\s+|then\s+)*|\s+and\s+(?:then\s+)?/gi
      : /[;\n]+/g;
  const parts: Range[] = [];
  let start = range.start;
  for (const { index, 0: mark } of [...words.matchAll(between), { index: words.length, 0: '' }]) {
    const part = trimRange(draft.folded, { start, end: range.start + index }, ',.;"-*•');
    if (part.start < part.end) parts.push(part);
    start = range.start + index + mark.length;
  }
  return parts.slice(0, 50);
}
