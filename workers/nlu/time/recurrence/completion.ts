import type { TokenView } from '../tokens.ts';
import { readStep } from './counting.ts';
import type { PartReader } from './parts.ts';
import { part } from './parts.ts';
import type { Wordings } from './wordings.ts';
import { phrases } from './wordings.ts';

const AROUND = new Set(
  "it it's its is i i've i'm we we've have has had having being been be was get gets got the my our this that last previous each every time task actual its one of date again".split(
    ' ',
  ),
);
const DONE = new Set(
  'completion completing complete completed completes finish finishing finished finishes done doing did do checked ticked check marking closing'.split(
    ' ',
  ),
);
const AFTER = new Set(
  'it them this that off with task one time again is last as done complete the'.split(' '),
);
const LEADS = phrases(
  'counting from',
  'counted from',
  'based on',
  'after',
  'from',
  'since',
  'upon',
  'on',
  'when',
  'once',
  'following',
);
const AFTER_STEP = phrases('after', 'from', 'since', 'following');

/** The index after "after completion", "after I finish it", "since it was last done"; null where nothing is completed. */
function readCompletion(view: TokenView, index: number, leads: Wordings<string>): number | null {
  for (const { next: from } of leads(view, index)) {
    let at = from;
    let seen = false;
    while (at < from + 7) {
      const word = view.word(at);
      if (DONE.has(word)) seen = true;
      else if (!(seen ? AFTER : AROUND).has(word)) break;
      at += 1;
    }
    if (seen) return at;
  }
  return null;
}

/** "3 days after I finish it", "a month after it's done" */
export const afterCompletion: PartReader = ({ view, lenient, said }, index) => {
  if (said.unit !== undefined || said.weekdays !== undefined) return null;
  const step = readStep(view, index);
  if (!step || step.value.partOfDay !== undefined) return null;
  const later = view.is(step.next, 'later') ? step.next + 1 : step.next;
  const next = readCompletion(view, later, AFTER_STEP);
  if (next === null) return null;
  // "two days after I finish the book" is a day that comes once.
  const whole = view.tokens[next] === undefined || view.tokens[next]?.kind === 'other';
  if (!lenient && !whole) return null;
  const { unit, count } = step.value;
  return part({ unit, ...(count > 1 && { interval: count }), fromCompletion: true }, 'sure', next);
};

/** "every 2 weeks after completion", "weekly from the last completion" */
export const onCompletion: PartReader = ({ view, said }, index) => {
  if (said.unit === undefined && said.weekdays === undefined) return null;
  const next = readCompletion(view, index, LEADS);
  return next === null ? null : part({ fromCompletion: true }, 'detail', next);
};
