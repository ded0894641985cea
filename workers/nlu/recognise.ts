import type { Action } from '../../contracts/intents.ts';
import type { Draft, Recognition } from './draft.ts';
import type { Guess, IntentClassifier } from './intent-classifier.ts';
import { moveIn } from './leads.ts';
import { ABOUT_RULES, WHEN_RULES } from './rules/about-rules.ts';
import { COMMENT_RULES } from './rules/comment-rules.ts';
import { CONTACT_RULES } from './rules/contact-rules.ts';
import { CREATE_RULES } from './rules/create-rules.ts';
import { DIALOGUE_RULES } from './rules/dialogue-rules.ts';
import { FACT_RULES } from './rules/fact-rules.ts';
import { COMPLETE_RULES, DELETE_RULES } from './rules/finish-rules.ts';
import { ELSEWHERE_RULES } from './rules/elsewhere-rules.ts';
import { ENTRY_RULES } from './rules/entry-rules.ts';
import { EXPLAIN_RULES } from './rules/explain-rules.ts';
import { LIST_RULES } from './rules/list-rules.ts';
import { LOOKING_BACK_RULES } from './rules/looking-back-rules.ts';
import { OTHER_RULES } from './rules/other-rules.ts';
import { OWN_DATA_RULES } from './rules/own-data-rules.ts';
import { MOVED_DAY_RULES } from './rules/moved-day-rules.ts';
import { NOTE_RULES } from './rules/note-rules.ts';
import { ADDED_OCCASION_RULES, OCCASION_RULES } from './rules/occasion-rules.ts';
import { PLAIN_PREFERENCE_RULES } from './rules/preference-rules.ts';
import type { Core, Rule } from './rules/rule.ts';
import { applyRules, coreOf } from './rules/rule.ts';
import { PLAIN_SEARCH_RULES, SEARCH_RULES } from './rules/search-rules.ts';
import { SHIFT_ALL_RULES } from './rules/shift-all-rules.ts';
import { STATEMENT_RULES } from './rules/statement-rules.ts';
import { UPDATE_RULES } from './rules/update-rules.ts';
import { WISH_RULES } from './rules/wish-rules.ts';

const COMMAND_EARLY: readonly Rule[] = CREATE_RULES.filter(({ name }) =>
  [
    'create.command',
    'create.label',
    'create.into-list',
    'create.tagged-on-list',
    'create.goes-on-list',
    'create.headed',
    'create.quoted',
    'create.listed',
    'create.remember',
  ].includes(name),
);
const COMMAND_LATE: readonly Rule[] = CREATE_RULES.filter((rule) => !COMMAND_EARLY.includes(rule));

const COMPLETE_EARLY: ReadonlySet<string> = new Set(['complete.bare', 'complete.mark', 'complete.done']);

/** Every request rule in the order it is tried: explicit wording first, plain statements last. */
const REQUEST_RULES: readonly Rule[] = [
  ...OWN_DATA_RULES,
  ...CONTACT_RULES,
  ...FACT_RULES,
  ...PLAIN_PREFERENCE_RULES,
  ...LOOKING_BACK_RULES,
  ...PLAIN_SEARCH_RULES,
  ...EXPLAIN_RULES,
  ...ABOUT_RULES,
  ...WHEN_RULES,
  ...ELSEWHERE_RULES,
  ...COMMENT_RULES,
  ...NOTE_RULES,
  ...ENTRY_RULES,
  ...COMMAND_EARLY,
  ...UPDATE_RULES.filter(({ name }) => name === 'update.rename' || name === 'update.tag'),
  ...COMPLETE_RULES.filter(({ name }) => COMPLETE_EARLY.has(name)),
  ...SHIFT_ALL_RULES,
  ...MOVED_DAY_RULES,
  ...OTHER_RULES,
  ...UPDATE_RULES.filter(({ name }) => name !== 'update.rename' && name !== 'update.tag'),
  ...LIST_RULES,
  ...COMPLETE_RULES.filter(({ name }) => !COMPLETE_EARLY.has(name)),
  ...DELETE_RULES,
  ...ADDED_OCCASION_RULES,
  ...COMMAND_LATE,
  ...SEARCH_RULES,
  ...OCCASION_RULES,
  ...WISH_RULES,
  ...STATEMENT_RULES,
];

/** Every rule, for those who look at them one by one. */
export const RULES: readonly Rule[] = [...DIALOGUE_RULES, ...REQUEST_RULES];

/** Longer texts are notes rather than requests; the rules look at this much of one line. */
const MAX_RULE_CHARS = 4_000;

/** Finds what the text asks for by rules. The draft comes back unchanged when none fits. */
export function recogniseByRules(draft: Draft): Draft {
  const whole = { start: 0, end: draft.folded.length, text: draft.folded };
  const dialogue = draft.folded.length <= 200 ? readMove(draft, whole) : null;
  if (dialogue) return { ...draft, recognition: dialogue };
  const core = coreOf(draft.folded);
  const text = core.text.length > MAX_RULE_CHARS ? core.text.slice(0, MAX_RULE_CHARS) : core.text;
  const recognition = applyRules(REQUEST_RULES, draft, { ...core, text });
  return recognition ? { ...draft, recognition } : draft;
}

/** A move of the conversation; what takes something back may have a word of any kind before it. */
function readMove(draft: Draft, whole: Core): Recognition | null {
  const found = applyRules(MOVES, draft, whole);
  const behind = found ? null : moveIn(draft.folded);
  const taken = behind && applyRules(TAKES_BACK, draft, behind);
  return found ?? (taken?.action === 'undo' ? { ...taken, sure: true } : taken);
}
/** "How do I delete my account?" asks for more than what can be said. */
const MOVES: readonly Rule[] = [...OWN_DATA_RULES, ...DIALOGUE_RULES];
const TAKES_BACK = DIALOGUE_RULES.filter(({ action }) => action === 'undo' || action === 'cancel');

/**
 * Rules that decide by themselves: whole sentences of closed classes, and patterns that were right with nearly all
 * of the sentences that the classifier is trained on. What the others say is weighed against the classifier, by
 * limits that are fitted to families of sentences which it had not seen (`npm run train`) and kept in its manifest.
 */
const SURE_RULES: ReadonlySet<string> = new Set(
  'cancel repeat greeting goodbye affirm deny create.into-list create.goes-on-list reminder.label scheduling.another-time events.reserve events.now complete.bare update.step update.empty-it update.not-so update.list-it email.send scheduling.plan usage.left usage.plan usage.reset usage.price usage.spent usage.cancel usage.refund usage.meaning usage.model usage.upgrade'.split(
    ' ',
  ),
);
const RULES_OF: ReadonlyMap<Action, readonly Rule[]> = new Map(
  [...new Set(REQUEST_RULES.map(({ action }) => action))].map((action): [Action, readonly Rule[]] => [
    action,
    REQUEST_RULES.filter((rule) => rule.action === action),
  ]),
);

/** Whether a rule's wording asks for something outright, rather than stating it. */
export const isExplicit = ({ confidence }: Recognition): boolean => confidence >= 0.95;

export function isSure({ recognition }: Draft): boolean {
  return recognition !== null && (recognition.sure === true || SURE_RULES.has(recognition.rule));
}

/** Settles what a text asks for by what rules and classifier say of it. */
export function decide(
  draft: Draft,
  guesses: readonly Guess[],
  limits: Pick<IntentClassifier, 'floor' | 'margin' | 'outweighsFrom'>,
): Draft {
  const { recognition: ruled } = draft;
  const [best, ...others] = guesses;
  if (!best || isSure(draft)) return ruled ? draft : nothing(draft);
  if (ruled) {
    if (ruled.action === best.action || best.confidence < limits.outweighsFrom(ruled.rule, isExplicit(ruled)))
      return {
        ...draft,
        recognition: {
          ...ruled,
          confidence:
            ruled.action === best.action
              ? Math.max(ruled.confidence, best.confidence)
              : Math.min(ruled.confidence, 1 - best.confidence / 2),
        },
      };
  }
  if (best.action === 'out_of_scope') return nothing(draft, best);
  const unsure = best.confidence < limits.floor;
  const alternatives = others.filter(
    ({ action, confidence }) =>
      action !== 'out_of_scope' && (unsure || best.confidence - confidence < limits.margin),
  );
  return {
    ...draft,
    recognition: { ...located(draft, best.action), confidence: best.confidence, source: 'classifier' },
    gate: { ...draft.gate, alternatives: alternatives.slice(0, 2) },
  };
}

/** Where in a text the parts of an action stand that is known already: as a rule of it reads them, else all of it. */
export function located(draft: Draft, action: Action): Recognition {
  const core = coreOf(draft.folded);
  return applyRules(RULES_OF.get(action) ?? [], draft, core) ?? unlocated(draft, action);
}

/** An action whose parts no rule knows: all of the text but politeness may hold them. */
export function unlocated(draft: Draft, action: Action): Recognition {
  const { start, end } = coreOf(draft.folded);
  return { action, confidence: 0, source: 'classifier', rule: '', body: { start, end } };
}

/** Out of scope, as sure as the classifier is of it. */
function nothing(draft: Draft, guess?: Guess): Draft {
  const confidence = guess?.action === 'out_of_scope' ? guess.confidence : 0.4;
  const source = guess ? 'classifier' : 'rule';
  const body = { start: 0, end: draft.folded.length };
  return { ...draft, recognition: { action: 'out_of_scope', confidence, source, rule: '', body } };
}
