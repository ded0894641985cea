import type { Draft, Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { overdueEntity } from '../extract/filters.ts';
import { targetEntity } from '../extract/target.ts';
import { coversRange, timesIn } from '../extract/times.ts';
import { LEVEL } from './nouns.ts';
import type { Rule } from './rule.ts';
import { foldedSlice, withoutTarget } from './rule.ts';

const QUANTIFIER = String.raw`(?:(?:all|any|every|some|only|just)\s+(?:of\s+)?)?(?:(?:my|the|our|those|these|me)\s+)*`;
/** Who wants it summed up wants a briefing. */
const SUMMED_UP =
  /\b(?:summary|summari[sz]e|sum\s+(?:it|that|this)\s+up|wrap\s+(?:it|that|this)\s+up|review|overview|overall|what(?:'s|\s+is)\s+left|what\s+comes\s+next)\b|\bwhat\s+(?:did|have)\s+(?:i|we)\s+(?:achieved?|accomplish(?:ed)?)\s+(?:this|last)\s+week\b/;

export const LIST_RULES: readonly Rule[] = [
  {
    name: 'list.show',
    action: 'list_tasks',
    confidence: 0.98,
    sure: /^(?:(?:find|show me|tell me about)\s+(?:the|my)\s.{1,40}\stask|(?:show|list)\s+(?:me\s+)?(?:all\s+(?:of\s+)?)?(?:(?:my|the|open)\s+)*(?:tasks|to-?dos))$/s,
    pattern: new RegExp(
      String.raw`^(?:show|list|display|view|see|give|get(?!\s+rid)|tell|read|read out|print|pull up|bring up|fetch|find|open|check|look at|filter|search(?: for)?|what\s+(?:are|were)|what're|which\s+are|which|what|where are|are there|do i have|have i got|have i|are|got|how many|is there|let me see|remind me (?:of|about)|go through|count)\s+(?:me\s+)?(?:about\s+)?(?<body>(?:.*?\b)?(?:tasks?|to-?\s?dos?|to do(?:'s)?(?: list)?|chores|(?:[\p{L}-]+\s+)?lists?)(?![\p{L}\p{N}'-])(?:.*))$`,
      'dsu',
    ),
    read: (draft, recognition) => {
      if (
        /^(?:open|check|get|find|tell|read)\s+(?:an?|new)\s/.test(
          draft.folded.slice(recognition.body.start - 5),
        )
      )
        return null;
      const body = foldedSlice(draft, recognition.body);
      // "open a task", "get the task done" and the like are no questions about the list.
      return new RegExp(String.raw`^(?:${QUANTIFIER})?`).test(body) &&
        !/\bas (?:done|complete)|\b(?:task|todo|item) to\b|^a new\b/.test(body)
        ? withOverdue(draft, recognition)
        : null;
    },
  },
  {
    // "what's on christmas?"
    name: 'events.whats-on-day',
    action: 'list_events',
    confidence: 0.96,
    sure: /^/,
    pattern:
      /^what(?:'?s|\s+is|\s+else\s+is)\s+(?:on|happening|going\s+on|planned)\s+(?:(?:on|for|over|at)\s+)?(?<target>\S.{1,40})$/ds,
    read: (draft, recognition) => {
      const { target } = recognition;
      const [time, more] = target ? timesIn(draft, target, [], true) : [];
      const isDay = time && !more && !time.past && !time.hasClock;
      return target && isDay && coversRange(draft, time, target)
        ? withoutTarget({ ...recognition, body: target })
        : null;
    },
  },
  {
    // Before those that ask what is open: "what have I finished".
    name: 'list.done',
    action: 'list_tasks',
    confidence: 0.95,
    sure: /^(?:show\s+(?:me\s+)?|tell\s+me\s+|list\s+)?what\s+(?:all\s+)?(?:did|have)\s+i\b/s,
    pattern:
      /^(?:show\s+(?:me\s+)?|tell\s+me\s+|list\s+)?what\s+(?:all\s+)?(?:did|have|had)\s+(?:i|we)\s+(?:already\s+|just\s+|actually\s+)*(?:do|done|get done|got(?:ten)? done|finish|finished|complete|completed|accomplish|accomplished|achieve|achieved|tick off|ticked off)\b(?<body>(?!\s+(?:wrong|to|with)\b).{0,60})$|^(?:show\s+(?:me\s+)?|tell\s+me\s+|list\s+)what\s+(?:i|we)(?:'ve|\s+have)?\s+(?:already\s+|just\s+)*(?:did|done|got done|finished|completed|accomplished|achieved)\b(?<body2>.{0,60})$/ds,
    read: (draft, recognition) =>
      SUMMED_UP.test(draft.folded) ? null : { ...recognition, params: { status: 'done' } },
  },
  {
    name: 'list.todo',
    action: 'list_tasks',
    confidence: 0.97,
    pattern:
      /^(?:(?:what(?:'?s|\s+is|\s+else|\s+all)?|is there anything|anything|show me what|tell me what|do i have anything|do i have|have i got anything|what things)\s+(?:do\s+)?(?:(?:i|we)\s+)?(?:(?:still|else|all|also)\s+)*(?:(?:have|needs?|got|supposed|ought|should|must|left|on|due|is due|to do|to be done|pending|open|outstanding|overdue|coming up|planned|next|urgent|important|high priority|am i|do i|for|in)\b)(?<body>.*))$/ds,
    read: (draft, recognition) => {
      const core = foldedSlice(draft, { start: 0, end: draft.folded.length });
      if (/\b(?:calendar|schedule|agenda|meetings?|appointments?|events?)\b/.test(core))
        return { ...recognition, action: 'list_events', confidence: 0.95 };
      if (
        /^what(?:'?s|\s+is)\s+(?:in|for|next|on)\b/.test(core.trim()) &&
        !/\b(?:list|plate|tasks?|todo|to do|due|today|tomorrow|week|month|up)\b/.test(core)
      )
        return null;
      if (/\b(?:weather|news|time is it|tv|lunch|dinner)\b/.test(core)) return null;
      return withOverdue(draft, recognition);
    },
  },
  {
    name: 'list.am-i',
    action: 'list_tasks',
    confidence: 0.95,
    pattern:
      /^(?:what(?:'?s|\s+is)\s+next$|what\s+should\s+i\s+(?:do|start\s+with|tackle|work\s+on|focus\s+on)(?<body2>(?:\s+(?:next|now|today))+)$|(?:am i (?:behind|late)|how does my list look)\b(?<body>.*)$)/ds,
    read: (draft, recognition) => withOverdue(draft, recognition),
  },
  {
    name: 'list.one',
    action: 'list_tasks',
    confidence: 0.93,
    // A question about one task: shown with what is known of it.
    pattern:
      /^(?:when\s+(?:is|are|was)\s+(?<target>.+?)\s+due(?:\s+(?:next|again|exactly))*|what(?:'?s|\s+is|\s+are)\s+the\s+(?:due date|deadline|priority|status|details?)\s+(?:of|for|on)\s+(?<target2>.+)|(?:did\s+i|have\s+i)\s+(?:already\s+|ever\s+)?(?:finish(?:ed)?|completed?|do|done)\s+(?<target3>.+))$/ds,
    read: (draft, recognition) => asksAbout(draft, recognition),
  },
  {
    name: 'list.state',
    action: 'list_tasks',
    confidence: 0.93,
    pattern:
      /^(?:is|are|was)\s+(?<target>(?:the|my)\s+.+?)\s+(?:already\s+|still\s+)?(?:(?:done|finished|completed?|open|overdue|due)(?:\s+(?:yet|already|now))?|due\s+(?:(?:on|by|this|next)\s+)?(?:today|tomorrow|tonight|week|month|\p{L}+day|the\s+\d+\S*))$/dsu,
    read: (draft, recognition) => asksAbout(draft, recognition),
  },
  {
    name: 'list.bare',
    action: 'list_tasks',
    confidence: 0.95,
    pattern: new RegExp(
      String.raw`^(?<body>(?:(?:all|my|the|our|any|open|overdue|pending|remaining|unfinished|outstanding|due|upcoming|today's|tomorrow's|this week's|next week's|urgent|important|${LEVEL}|[\p{L}-]+)\s+){0,4}(?:tasks|to-?dos|todos|to do list|to-?do list|todo list|to-do's)(?:\s+(?:for|due|in|on|about|with|tagged|containing|this|next|today|tomorrow|from|before|after|by|that|until|left|matching|under|overdue|#\S+).*)?)$`,
      'dsu',
    ),
    read: (draft, recognition) =>
      /^(?:delete|remove|complete|finish|mark|add|create|move|clear|do|plan|undo|rename|set|edit|sort|schedule)\b/.test(
        foldedSlice(draft, recognition.body),
      )
        ? null
        : withOverdue(draft, recognition),
  },
  {
    name: 'list.everything',
    action: 'list_tasks',
    confidence: 0.95,
    pattern:
      /^(?:show|list|display|view|see|give|get)\s+(?:me\s+)?(?<body>(?:everything|anything|all|things|stuff|what\s+is|what\s+i\s+have|it all)(?:\s+(?:tagged|labell?ed|in|due|with|about|on|for|from|under|that|planned|i|#|this|next|today|tomorrow|open|left|pending)\b.*|\s+#.*)?)$/dsu,
  },
  {
    name: 'list.overdue',
    action: 'list_tasks',
    confidence: 0.95,
    pattern:
      /^(?:(?:show|list|display|view)\s+(?:me\s+)?)?(?<body>(?:(?:everything|anything|all|what(?:'?s|\s+is)|things|stuff)\s+(?:that(?:'?s|\s+is)\s+)?)?(?:overdue|past due|late|due\s+(?!date\b).+))$/ds,
    read: (draft, recognition) => withOverdue(draft, recognition),
  },
];

/** The named task, whether it is open or done. */
function asksAbout(draft: Draft, recognition: Recognition): Recognition | null {
  const named = recognition.target && targetEntity(draft, recognition.target);
  const value = named?.value;
  const query = typeof value === 'object' && value !== null && 'query' in value ? value.query : undefined;
  if (!named || typeof query !== 'string') return null;
  const { start, end } = named;
  const implied = [entityAt(draft, 'query', { start, end }, query, 'words of its title')];
  return { ...withoutTarget(recognition), body: { start, end: start }, implied, params: { status: 'all' } };
}

/** "overdue": everything whose day is past, so the filter ends where today begins. */
function withOverdue(draft: Draft, recognition: Recognition): Recognition {
  const match = /\b(?:overdue|past due|late|missed|behind)\b/.exec(draft.folded);
  if (!match || match.index < recognition.body.start - 40) return recognition;
  if (
    /^(?:late|behind|missed)$/.test(match[0]) &&
    !/\b(?:am i|that are|is|are|was)\s+$|^$/.test(draft.folded.slice(0, match.index))
  )
    return recognition;
  const entity = overdueEntity(draft, match.index, match[0].length);
  return { ...recognition, implied: [...(recognition.implied ?? []), entity] };
}
