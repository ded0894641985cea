import type { ActParams } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import { entityAt, type Draft, type Recognition } from '../draft.ts';
import { factAsked } from '../facts/questions.ts';
import { ACTIVITY_NOUN, TASK_NOUN, isEvent } from './nouns.ts';
import { foldedSlice, withoutTarget, type Rule } from './rule.ts';
import { looksLikeActivity } from './statement-rules.ts';

type Asked = NonNullable<ActParams['asks']>;

const IT = String.raw`(?:it|that|this|that one|this one)`;
/** Days that people ask for by their name. */
const DATES = String.raw`(?:birthday|anniversary|holidays?|vacation|trip|flight|exam|wedding|party|concert|recital|match|game|graduation)`;
/** "the dinner", "my dentist appointment", "dinner with Mia" */
const THING = String.raw`(?:${IT}|\S.{0,60}?)`;

const about = (name: string, asks: Asked, patterns: readonly string[]): Rule => ({
  name: `about.${name}`,
  action: 'list_events',
  confidence: 0.95,
  sure: /^/,
  pattern: new RegExp(`^(?:(?:and|so|but)\\s+)?(?:${patterns.join('|')})$`, 'dsu'),
  // Of "it" only we can be asked; what is named has to be something that takes place.
  read: (draft, recognition) => {
    const { target } = recognition;
    const words = target ? foldedSlice(draft, target) : 'it';
    const isIt = new RegExp(`^${IT}$`).test(words);
    const takesPlace = isIt || isEvent(words) || ACTIVITY_NOUN.test(words) || NAMES_DATE.test(words);
    return takesPlace && !TASK_NOUN.test(words) ? asked(draft, recognition, asks, isIt) : null;
  },
});

const NAMES_DATE = new RegExp(`${DATES}$`);

/** Questions about one event: where it is, who comes, how long it takes, when it is. */
export const ABOUT_RULES: readonly Rule[] = [
  about('place', 'place', [
    String.raw`where(?:'?s|\s+is|\s+was|\s+will)\s+(?<target>${THING})(?:\s+(?:be|held|happening|taking place|going to be|again|at))*`,
    String.raw`(?:at\s+)?(?:which|what)\s+(?:place|room|address|restaurant|location)\s+(?:is|was)\s+(?<target2>${THING})(?:\s+(?:in|at))?`,
  ]),
  about('people', 'people', [
    String.raw`who(?:'?s|\s+is|\s+are|\s+else\s+is|\s+all\s+is)\s+(?:all\s+|else\s+)?(?:coming|going|invited|attending|joining|there)(?:\s+(?:to|at|for|in)\s+(?<target>${THING}))?`,
    String.raw`who(?:'?s|\s+is|\s+are|\s+else\s+is)\s+(?:at|in|on)\s+(?<target2>${THING})`,
    String.raw`(?:with\s+whom|who)\s+(?:is|was)\s+(?<target3>${THING})\s+with|who(?:\s+am\s+i|\s+are\s+we)\s+meeting(?:\s+with)?`,
  ]),
  about('length', 'length', [
    String.raw`how\s+long(?:'?s|\s+is|\s+does|\s+will|\s+was)\s+(?<target>${THING})(?:\s+(?:be|take|last|run|going to be|going to take))*`,
  ]),
  about('time', 'time', [
    String.raw`(?:when|(?:at\s+)?what\s+time)(?:'?s|\s+is|\s+does|\s+will)\s+(?<target>${IT})\s+(?:start|begin|end|finish|over|be over|take place|happen|happening|on|again)(?:\s+again)?`,
    String.raw`when(?:'?s|\s+is|\s+was)\s+(?<target2>${IT})(?:\s+due)?(?:\s+next)?(?:\s+(?:now|again|then|at|on|exactly))*`,
    String.raw`when(?:'?s|\s+is|\s+are|\s+was)\s+(?<target5>(?:the|my|our|his|her|their|\p{L}+['’]s)\s+(?:\S+\s+){0,2}?${DATES})`,
    String.raw`(?:until|till|up\s+to)\s+(?:when|which\s+(?:day|date))(?:\s+(?:does|is|do|will))\s+(?<target3>${THING})(?:\s+(?:go|run|last|repeat|on|be|going|scheduled|there))*|how\s+long\s+does\s+(?<target4>${THING})\s+(?:go|run|keep\s+going)\s+(?:on|for)`,
  ]),
];

const VERB_HAS_OWN_QUESTION =
  /^(?:meet|see|have|get|go|come|leave|arrive|start|begin|finish|stop|end|work|eat|sleep|need|want|know|fly|travel|schedule|plan|book|pay\s+you)\b/;

/** "When do I take my pills?": something to do, or to be reminded of, as well as what stands in the calendar. */
export const WHEN_RULES: readonly Rule[] = [
  {
    name: 'about.deed',
    action: 'list_tasks',
    confidence: 0.95,
    sure: /^/,
    pattern:
      /^(?:(?:and|so|but)\s+)?(?:when|(?:at\s+)?what\s+time|(?:on\s+)?(?:what|which)\s+day)\s+(?:(?:do|must|will)\s+(?:i|we)\s+(?:(?:have|need|got)\s+to\s+)?|(?:am\s+i|are\s+we)\s+(?:supposed|going)\s+to\s+)(?:next\s+)?(?<target>\p{L}+\s+\S.{1,80}?)(?:\s+(?:again|next|exactly))*$/dsu,
    read: (draft, recognition) => {
      const words = recognition.target ? foldedSlice(draft, recognition.target) : '';
      return looksLikeActivity(words) && !VERB_HAS_OWN_QUESTION.test(words)
        ? asked(draft, recognition, 'time', false)
        : null;
    },
  },
];

/** The event that is asked about, by its words; "it" is what was spoken of last. */
function asked(draft: Draft, recognition: Recognition, asks: Asked, isIt: boolean): Recognition {
  const { target, body } = recognition;
  const fact = target && factAsked(draft, target);
  const params = { asks, ...(fact && { fact }) };
  const nothing = { start: body.end, end: body.end };
  const rest = { ...withoutTarget(recognition), body: nothing, params };
  if (!target || isIt) {
    const value: Target = { kind: 'any', reference: 'last' };
    return {
      ...rest,
      implied: [entityAt(draft, 'target', target ?? body, value, 'the item spoken of last')],
    };
  }
  const query = draft.text
    .slice(target.start, target.end)
    .replace(/^(?:the|my|our|that|this|his|her|their)\s+(?=\S)/i, '');
  return { ...rest, implied: [entityAt(draft, 'query', target, query, 'what is asked about')] };
}
