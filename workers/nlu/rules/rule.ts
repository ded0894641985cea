import type { Action } from '../../../contracts/intents.ts';
import type { Draft, Recognition } from '../draft.ts';
import type { Range } from '../text.ts';

/** The part of a draft that rules look at: no greeting before it, no "please" around it. */
export interface Core extends Range {
  /** Folded text of the range. */
  text: string;
}

/** One way to recognise a request. `read` refines a hit of the pattern, or refuses it with null. */
export interface Rule {
  name: string;
  action: Action;
  confidence: number;
  pattern: RegExp;
  /**
   * Wording of the rule that decides by itself, at no cost of a classifier: it was wrong less than once in a hundred on
   * sentences of all kinds, and says in so many words what is wanted.
   */
  sure?: RegExp;
  read?(
    draft: Draft,
    recognition: Recognition,
    groups: Record<string, string | undefined>,
  ): Recognition | null;
}

/**
 * The recognition of the first rule that fits. Named groups of a pattern are stretches of the text: `body`,
 * `target`, `change` (new values) and `title` (a new title); `target2`, `target3` and so on are the same in other
 * alternatives of the pattern. Patterns need the `d` flag.
 */
export function applyRules(rules: readonly Rule[], draft: Draft, core: Core): Recognition | null {
  for (const rule of rules) {
    const match = rule.pattern.exec(core.text);
    if (!match) continue;
    const range = (group: string): Range | undefined => {
      const groups = Object.entries(match.indices?.groups ?? {});
      const indices = groups.find(
        ([name, at]) => at !== undefined && name.replace(/\d+$/, '') === group,
      )?.[1];
      return indices && { start: core.start + indices[0], end: core.start + indices[1] };
    };
    const body = range('body');
    const target = range('target');
    const change = range('change');
    const title = range('title');
    const recognition: Recognition = {
      action: rule.action,
      confidence: rule.confidence,
      source: 'rule',
      rule: rule.name,
      ...(rule.sure?.test(core.text) && { sure: true }),
      body: body ?? { start: core.start, end: core.end },
      ...(target && { target }),
      ...(change && { change }),
      ...(title && { title }),
    };
    const read = rule.read ? rule.read(draft, recognition, match.groups ?? {}) : recognition;
    if (read) return read;
  }
  return null;
}

const LEAD_IN =
  /^(?:[\s,.!]*(?:hey|hi|hello|ok|okay|alright|(?:right|great|perfect|cool|nice|fine)(?=\s*[,!])|so|well|um|uh|yo|pulse\s?plan|actually|please|pls|plz|kindly|just|and|now|also|then|(?:can|could|would|will) (?:you|u)(?: please| pls| plz| kindly)?(?: help me)?(?: be so (?:kind|nice|good) (?:as )?to)?|(?:can|could|may) i(?: please)?|i(?:'d| would) like (?:you )?to|i want (?:you )?to|i wanna|(?:i|we) (?:need|have|want|would like) to(?=\s+(?:add|create|put|set up|cancel|move|reschedule|delete|remove)\s+(?:an?|the|my|another)\s+(?:new\s+)?(?:\S+\s+)?(?:appointment|meeting|event|reminder|task)\b)|(?:i|we)(?:'ll|'ve| will)? (?:(?:need|have|got|want) to|must|should)(?=\s+(?:move|reschedule|postpone|shift|push(?:\s+back)?|bring\s+forward)\s+(?:the|my|our)\s+(?:\S+\s+){0,2}?(?:sync|call|stand-?up|review|demo|interview|retro|1:1|workshop|lunch|dinner|meeting|appointment|event|session|party|dentist|rehearsal|training|class|lesson)(?=\s*(?:$|[.,!?]|(?:to|by|from|on|at|with|until|till|this|next|tomorrow|back|forward|up|out|an?|half|\d+)\b)))|be so (?:kind|nice|good) (?:as )?to|i(?:'d| would) love to|let's|lets|let us|go ahead and|help me(?: to)?|i(?:'d| would) like|would you mind|(?:it(?:'d| would) be|would be) (?:great|nice|good|lovely|helpful|cool|best) if (?:you|we) (?:could|can|would))(?=[\s,.!:])[\s,]*)+/;
const LEAD_OUT =
  /(?:[\s,]+(?:please|pls|thanks|thank you|thx|for me|will you|would you|if you can|ok|okay))+[\s.!?]*$/;

/** Cuts politeness away so that each rule needs to know the request only. */
export function coreOf(folded: string): Core {
  let start = 0;
  let end = folded.length;
  const lead = LEAD_IN.exec(folded.slice(0, 200));
  if (lead && lead[0].length < folded.trimEnd().length) start = lead[0].length;
  const tail = LEAD_OUT.exec(folded.slice(Math.max(start, end - 60)));
  if (tail) end = Math.max(start, end - 60) + tail.index;
  while (start < end && folded[start] === ' ') start += 1;
  while (end > start && ' .!?'.includes(folded[end - 1] ?? 'x')) end -= 1;
  // Nothing left means that the politeness was all there is.
  if (start >= end) [start, end] = [0, folded.length];
  return { start, end, text: folded.slice(start, end) };
}

export function foldedSlice(draft: Draft, range: Range): string {
  return draft.folded.slice(range.start, range.end);
}

export function withoutTarget(recognition: Recognition): Recognition {
  const { target: _target, change: _change, ...rest } = recognition;
  return rest;
}
