import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Answer } from './answer.ts';
import { valuesOf } from './answer.ts';
import type { Draft, Recognition } from './draft.ts';
import { entityAt } from './draft.ts';
import { extractEntities } from './extract/extract.ts';
import { coreOf } from './rules/rule.ts';
import { isVagueTitle, startsWithActivity } from './vague-titles.ts';
import { looksLikeActivity } from './rules/statement-rules.ts';

const TALK =
  /^[\s,.!]*(?:(?:(?:it's|its|it is|it should be|that's)(?: (?:called|named|titled))?|(?:the|its|my) (?:title|name|task|to-?do|reminder)(?:(?:'s| is| would be| should be)(?: called)?|(?=\s*:))|(?:i(?:'d| would)|let's|you can) (?:call|name|title) it|call it|name it|i mean|i meant|make it|let's say|i(?:'ll| will| want to| need to| have to| must|'d like to)|just|well|um|uh|hm+|oh|so|ok|okay|please|yes|actually|i guess|maybe|probably)[\s,.:]+)+/;
const QUESTION =
  /^[\s]*(?:what|who|why|when|where|which|how|is|are|do|does|did|can|could|would|will)\b.*\?\s*$/;

/** What is left of "not on weekends". */
const NO_TITLE = /^(?:(?:and|but|or|not|never|no|only|just|except|always|all|every)\b\s*)+$/i;

/** Any text fits a title, so that fitting says little. */
const ANSWER_CONFIDENCE = 0.8;

/**
 * Free text as a title. A phrase with a verb of its own stands for itself ("read chapter 4"); anything else completes
 * the activity that was known ("study" + "for my physics exam"). Dates in it become what the answer adds besides.
 */
export function readTitleAnswer(draft: Draft, question: OpenQuestion, explicit: boolean): Answer | null {
  const action = draft.recognition?.action;
  if (!explicit && (QUESTION.test(draft.folded) || action === 'affirm' || action === 'deny')) return null;
  const body = answerBody(draft, question);
  const recognition: Recognition = {
    action: 'create_task',
    confidence: 0.8,
    source: 'continuation',
    rule: 'answer.title',
    body,
  };
  const { entities } = extractEntities({ ...draft, recognition });
  const said = entities.find(({ slot }) => slot === 'title');
  const known = question.slots.title?.trim() ?? '';
  if (!said || typeof said.value !== 'string') {
    return null;
  }
  if (!explicit && (!/[\p{L}\p{N}]/u.test(said.value) || NO_TITLE.test(said.value))) return null;
  const title = mergeTitle(known, said.value, draft.folded.slice(body.start, body.end));
  // Who insists on a bare activity when asked again gets it.
  if (isVagueTitle(title) && !(explicit && question.asked_count > 1)) return null;
  return withTitle(
    said.value,
    entities,
    entityAt(
      draft,
      'title',
      said,
      title,
      known === '' ? 'the words of the answer' : 'the words of the answer, put to what was known',
    ),
  );
}

/** "Call" to "what should the task be called?": the activity is known then, and of what it is has still to be said. */
export function bareActivity(draft: Draft, question: OpenQuestion): Answer['entities'] {
  const body = answerBody(draft, question);
  const said = draft.text.slice(body.start, body.end);
  const asksAnew = question.slot === 'title' && question.slots.title === undefined;
  return asksAnew && question.action === 'create_task' && isVagueTitle(said) && startsWithActivity(said)
    ? [entityAt(draft, 'title', body, said, 'the words of the answer')]
    : [];
}

function withTitle(
  said: string,
  entities: readonly Answer['entities'][number][],
  title: Answer['entities'][number] | null,
): Answer | null {
  const all = [...entities.filter(({ slot }) => slot !== 'title'), ...(title ? [title] : [])].toSorted(
    (a, b) => a.start - b.start,
  );
  const slots = valuesOf(all);
  return slots && { confidence: ANSWER_CONFIDENCE, slots, entities: all, said };
}

function answerBody(draft: Draft, { action }: OpenQuestion): { start: number; end: number } {
  const { start, end } = coreOf(draft.folded);
  const talk = TALK.exec(draft.folded.slice(start, end));
  const skipped = talk && talk[0].length < end - start ? talk[0].length : 0;
  const from =
    start + skipped + (/^[\s,.:;-]+(?=\S)/.exec(draft.folded.slice(start + skipped, end))?.[0].length ?? 0);
  // "Remind you of what?": "that the parking runs out", "about the ticket".
  const frame = action === 'set_reminder' ? FRAME.exec(draft.folded.slice(from, end)) : null;
  return { start: from + (frame?.[0].length ?? 0), end };
}

const FRAME = /^(?:that|about|of)\s+(?=\S)/;

/** The known activity and what the answer adds, as one title. */
export function mergeTitle(known: string, said: string, folded: string): string {
  // "do something", "three tasks": only the verb of it goes on.
  const activity = known
    .replace(/(?:^|\s+)(?:some\s+)?(?:something|stuff|things?)$|^.*\b(?:tasks|to-?dos|todos|items)$/i, '')
    .trim();
  const addition = said.trim();
  if (activity === '') return addition;
  const lower = addition.toLowerCase();
  if (lower === activity.toLowerCase() || lower.startsWith(`${activity.toLowerCase()} `)) return addition;
  const own = startsWithActivity(lower) || looksLikeActivity(lower);
  if (own && !/^(?:for|about|on|with|to|in|at)\b/.test(lower)) return addition;
  const preposition = /^\s*(to|for|about|on|with|at|in)\s/.exec(folded)?.[1];
  if (preposition !== 'to' || lower.startsWith('to ')) return `${activity} ${addition}`;
  if (own) return addition;
  // "to Bob" goes with "write", but one does not "call to Bob".
  return TAKES_TO.test(activity.toLowerCase()) ? `${activity} to ${addition}` : `${activity} ${addition}`;
}

const TAKES_TO =
  /^(?:write|talk|speak|reply|respond|send|go|listen|present|move|sell|mail|post|report)(?:ing)?\b/;
