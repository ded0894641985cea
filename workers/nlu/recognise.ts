import type { Draft } from './draft.ts';
import type { IntentClassifier } from './intent-classifier.ts';
import { CREATE_RULES } from './rules/create-rules.ts';
import { DIALOGUE_RULES } from './rules/dialogue-rules.ts';
import { COMPLETE_RULES, DELETE_RULES } from './rules/finish-rules.ts';
import { LIST_RULES } from './rules/list-rules.ts';
import { OTHER_RULES } from './rules/other-rules.ts';
import type { Rule } from './rules/rule.ts';
import { applyRules, coreOf } from './rules/rule.ts';
import { STATEMENT_RULES } from './rules/statement-rules.ts';
import { UPDATE_RULES } from './rules/update-rules.ts';

const COMMAND_EARLY: readonly Rule[] = CREATE_RULES.filter(({ name }) =>
  ['create.command', 'create.label', 'create.into-list', 'create.listed', 'create.remember'].includes(name),
);
const COMMAND_LATE: readonly Rule[] = CREATE_RULES.filter((rule) => !COMMAND_EARLY.includes(rule));

const COMPLETE_EARLY: ReadonlySet<string> = new Set(['complete.bare', 'complete.mark', 'complete.done']);

/** Every request rule in the order it is tried: explicit wording first, plain statements last. */
const REQUEST_RULES: readonly Rule[] = [
  ...COMMAND_EARLY,
  ...UPDATE_RULES.filter(({ name }) => name === 'update.rename' || name === 'update.tag'),
  ...COMPLETE_RULES.filter(({ name }) => COMPLETE_EARLY.has(name)),
  ...OTHER_RULES.filter(({ name }) => name !== 'search.all' && name !== 'events.noun'),
  ...UPDATE_RULES.filter(({ name }) => name !== 'update.rename' && name !== 'update.tag'),
  ...LIST_RULES,
  ...COMPLETE_RULES.filter(({ name }) => !COMPLETE_EARLY.has(name)),
  ...DELETE_RULES,
  ...COMMAND_LATE,
  ...OTHER_RULES.filter(({ name }) => name === 'search.all' || name === 'events.noun'),
  ...STATEMENT_RULES,
];

/** Longer texts are notes rather than requests; the rules look at this much of one line. */
const MAX_RULE_CHARS = 4_000;

/** Finds what the text asks for by rules. The draft comes back unchanged when none fits. */
export function recogniseByRules(draft: Draft): Draft {
  const whole = { start: 0, end: draft.folded.length, text: draft.folded };
  const dialogue = draft.folded.length <= 200 ? applyRules(DIALOGUE_RULES, draft, whole) : null;
  if (dialogue) return { ...draft, recognition: dialogue };
  const core = coreOf(draft.folded);
  const text = core.text.length > MAX_RULE_CHARS ? core.text.slice(0, MAX_RULE_CHARS) : core.text;
  const recognition = applyRules(REQUEST_RULES, draft, { ...core, text });
  return recognition ? { ...draft, recognition } : draft;
}

/** Two guesses closer than this are put to the user as choices. */
const MARGIN = 0.1;
/** Below this the classifier's best guess is no better than none. */
const FLOOR = 0.45;

/** Asks the classifier about a text that no rule recognised; without one, or without a clear guess, it is out of scope. */
export async function recogniseByClassifier(
  draft: Draft,
  classifier: IntentClassifier | undefined,
): Promise<Draft> {
  if (draft.recognition) return draft;
  const body = coreOf(draft.folded);
  const nothing: Draft = {
    ...draft,
    recognition: {
      action: 'out_of_scope',
      confidence: 0.4,
      source: 'rule',
      rule: '',
      body: { start: 0, end: draft.folded.length },
    },
  };
  if (!classifier || draft.text.trim() === '') return nothing;
  const [best, ...others] = await classifier.classify(draft.text);
  if (!best || best.confidence < FLOOR) return nothing;
  const alternatives = others.filter(({ confidence }) => best.confidence - confidence < MARGIN);
  return {
    ...draft,
    recognition: {
      action: best.action,
      confidence: best.confidence,
      source: 'classifier',
      rule: '',
      body: { start: body.start, end: body.end },
    },
    gate: { ...draft.gate, alternatives },
  };
}
