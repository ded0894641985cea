import { entityAt, type Draft, type Recognition } from '../draft.ts';
import { readPriority } from '../extract/attributes.ts';
import { timesIn } from '../extract/times.ts';
import { repetitionIn } from '../repetition.ts';
import { LEVEL, TASK } from './nouns.ts';
import { isOccasion } from './occasion-rules.ts';
import type { Rule } from './rule.ts';
import { foldedSlice } from './rule.ts';

const MORE = String.raw`(?:an?|another|one\s+more|new|my|the|next|further|extra)`;
const OFTEN = String.raw`(?:recurring|repeating|repeated|regular|daily|weekly|biweekly|fortnightly|monthly|yearly|annual)`;
const WISH = String.raw`(?:(?:(?:i|we)(?:'d|\s+would)?\s+(?:(?:also|just|still|really)\s+)*(?:need|want|like)|need|want|add|create|make|set\s+up|enter|note|put\s+in|save)\s+(?:(?:me|us)\s+)?)`;
const POLITE_END = String.raw`(?:,?\s+(?:please|pls|thanks|too|as\s+well|for\s+me))*`;
/** The list that everything is on which names none. */
const MY_LIST = String.raw`(?:my|the|our)\s+(?:(?:to-?\s?do|task)\s+)?(?:list|tasks|to-?\s?dos?)`;
export const MY_CALENDAR = String.raw`(?:my|the|our)\s+(?:(?:google|outlook|work|family|own)\s+)?(?:calendar|diary|agenda|planner)`;
/** How something comes to be kept in a place: "goes", "needs to go", "should be". */
export const COMES_TO_BE = String.raw`(?:(?:also|still|just)\s+)*(?:goes|belongs|comes|(?:(?:needs?|has|have|ought)\s+to|should|must|can|could|may|wants\s+to)\s+(?:(?:also|still)\s+)?(?:go|be(?:\s+(?:put|added|entered|noted))?|get|come))`;
/** Something said before and nothing new; a question. */
const NOT_A_NAME = String.raw`(?!(?:it|that|this|they|them|those|these|what|which|who|how|when|where|why|does|do|did|is|are|can|could|should|nothing|everything|something|anything|all|to|you|there|if|no|not|any|one)\b)`;

/** Entries whose kind or place is told before or behind their name: "new event: …", "… goes in my calendar", "… - to my list". */
export const ENTRY_RULES: readonly Rule[] = [
  {
    name: 'create.labelled',
    action: 'create_task',
    confidence: 0.97,
    sure: /^/,
    // "another item for my list, high priority: …", "weekly task: …"
    pattern: new RegExp(
      String.raw`^${WISH}?(?:${MORE}\s+)*(?:(?<level>${LEVEL})[\s,]+)?(?:(?<often>${OFTEN})\s+)?(?:(?<levelb>${LEVEL})\s+)?(?:${TASK}|entry\s+for\s+${MY_LIST})(?<place>\s+(?:for|on|to|in|onto)\s+(?:${MY_LIST}|me))?(?:(?:\s*[,(]\s*|\s+with\s+(?:an?\s+)?|\s+of\s+)(?<levelc>${LEVEL})\)?)?${POLITE_END}(?:\s*:|\s+-)\s+(?<body>\S.*)$`,
      'ds',
    ),
    read: (draft, recognition, { level, levelb, levelc, often, place }) => {
      const urgency = level ?? levelb ?? levelc;
      // A plain label has rules of its own.
      const says =
        levelc ??
        (VERB.test(draft.folded) ? undefined : urgency) ??
        often ??
        place ??
        NEXT.exec(draft.folded)?.[0];
      if (says === undefined) return null;
      const priority = readPriority(urgency ?? '');
      const head = { start: 0, end: recognition.body.start };
      const implied = priority === null ? [] : [entityAt(draft, 'priority', head, priority, 'as said')];
      const own = repetitionIn(draft, recognition.body);
      const comes = often === undefined || own ? null : repetitionIn(draft, head);
      if (comes)
        implied.push(entityAt(draft, 'recurrence', comes, comes.rule, 'how often it was said to come'));
      return { ...recognition, implied };
    },
  },
  {
    name: 'create.on-my-list',
    action: 'create_task',
    confidence: 0.97,
    sure: /^/,
    // "on my to-do list please: …"
    pattern: new RegExp(
      String.raw`^(?:on|to|onto|in|into|for)\s+${MY_LIST}${POLITE_END}(?:\s*:|\s+-)\s+(?<body>\S.*)$`,
      'ds',
    ),
  },
  {
    name: 'create.then-its-list',
    action: 'create_task',
    confidence: 0.97,
    sure: /^/,
    // "approve the press release - to my todos please"
    pattern: new RegExp(
      String.raw`^(?<body>${NOT_A_NAME}\S[^:;?]*?)(?:\s+-|\s*[,;:])\s+(?:(?:please\s+|that\s+|it\s+)?(?:add|put|note|save|goes|for)\s+(?:(?:it|that|this)\s+)?)?(?:to|on|onto|in|into|for)\s+${MY_LIST}${POLITE_END}$`,
      'ds',
    ),
    read: (draft, recognition) => {
      const words = foldedSlice(draft, recognition.body);
      return /\S\s+\S/.test(words) && !SAID_TO_US.test(words) && !TOLD.test(words) ? recognition : null;
    },
  },
  {
    name: 'events.label',
    action: 'create_event',
    confidence: 0.97,
    sure: /^/,
    // "new appointment: physio", "recurring event: gym, every tuesday at 6"
    pattern: new RegExp(
      String.raw`^${WISH}?(?:${MORE}\s+)*(?:${OFTEN}\s+)?(?:(?:calendar\s+)?(?:event|appointment|entry)|meeting|calendar\s+item)(?:\s+(?:for|in|on|to|into)\s+${MY_CALENDAR})?${POLITE_END}(?:\s*:|\s+-)\s+(?<body>\S.*)$`,
      'ds',
    ),
    // "event: yoga - cancelled" says something of one that there is.
    read: (draft, recognition) =>
      /\b(?:cancell?ed|moved|postponed|is|was|called\s+off|over|done)\b/.test(
        foldedSlice(draft, recognition.body),
      )
        ? null
        : recognition,
  },
  {
    name: 'events.often',
    action: 'create_event',
    confidence: 0.96,
    sure: /^/,
    // "weekly: choir thursday 7pm"
    pattern:
      /^(?:weekly|daily|monthly|yearly|biweekly|fortnightly|every\s+(?:day|week|month|year|other\s+week|second\s+week))(?:\s*:|\s+-)\s+(?<body>\S.*)$/ds,
    read: (draft, recognition) => {
      const { body } = recognition;
      const comes = repetitionIn(draft, { start: 0, end: body.start }, true);
      if (!comes || repetitionIn(draft, body) || !isOccasion(draft, body)) return null;
      const often = entityAt(draft, 'recurrence', comes, comes.rule, 'how often it was said to come');
      return { ...recognition, implied: [often] };
    },
  },
  {
    name: 'events.goes-in-calendar',
    action: 'create_event',
    confidence: 0.97,
    sure: /^/,
    // "the farewell party needs to go in my calendar", "yoga goes into my calendar every thursday at 6:30pm"
    pattern: new RegExp(
      String.raw`^(?<body>${NOT_A_NAME}\S[^?:;]*?)\s+${COMES_TO_BE}\s+(?:down\s+)?(?:in|into|on|onto|to)\s+${MY_CALENDAR}\b(?<title>.*)$`,
      'ds',
    ),
    read: (draft, recognition) => inCalendar(draft, recognition),
  },
  {
    name: 'events.wanted-in-calendar',
    action: 'create_event',
    confidence: 0.97,
    sure: /^/,
    // "i need the sprint demo on my calendar"
    pattern: new RegExp(
      String.raw`^(?:(?<wish>(?:i|we)(?:'d|\s+would)?\s+(?:(?:also|just|still|really)\s+)*(?:need|want|like|love)(?:\s+to\s+(?:have|see))?|have|need|want)\s+)?(?<body>${NOT_A_NAME}\S[^?:;]*?)\s+(?:in|into|on|onto)\s+${MY_CALENDAR}\b(?<title>.*)$`,
      'ds',
    ),
    read: (draft, recognition, { wish }) =>
      wish !== undefined || WISHED.test(draft.folded.slice(0, recognition.body.start))
        ? inCalendar(draft, recognition)
        : null,
  },
];

const VERB =
  /^[\s,.!]*(?:(?:please|can you|could you|ok|and)[\s,]+)*(?:add|create|make|set\s+up|enter|note|save|new)\b/;
const NEXT = /^[\s,.!]*(?:(?:and|ok|okay|so|now)[\s,]+)*(?:the\s+)?next\b|^[\s,.!]*(?:i|we)\b/;

/** "I'd like" is politeness to other rules, and cut away. */
const WISHED = /\b(?:i|we)(?:'d|\s+would)\s+(?:like|love)\s*$/;

/** "On monday i have to collect the visa, add that to my tasks": what one has to do is read from its verb on. */
const TOLD = /\b(?:i|we)(?:'\p{L}+)?\s/u;

/** Orders about what there is already. */
const SAID_TO_US =
  /^(?:add|put|show|list|open|delete|remove|cancel|move|mark|tick|check\s+off|complete|rename|change|undo|remind|find|search)\b/;

/** Behind the calendar stands nothing, or when it is. */
function inCalendar(draft: Draft, { title: rest, ...recognition }: Recognition): Recognition | null {
  if (!rest) return null;
  const behind = foldedSlice(draft, rest).replace(new RegExp(`^${POLITE_END}[\\s,.!-]*`), '');
  const [time] = timesIn(draft, rest);
  const said = repetitionIn(draft, rest);
  if (behind !== '' && !time && !said) return null;
  return { ...recognition, body: { start: recognition.body.start, end: rest.end } };
}
