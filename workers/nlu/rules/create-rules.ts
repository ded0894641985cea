import type { Draft, Recognition } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { readPriority } from '../extract/attributes.ts';
import { headsList } from '../extract/lists.ts';
import { timesIn } from '../extract/times.ts';
import { repetitionIn } from '../repetition.ts';
import { LEVEL, TASK, isEvent } from './nouns.ts';
import type { Rule } from './rule.ts';
import { coreOf, foldedSlice, withoutTarget } from './rule.ts';
import { looksLikeActivity } from './statement-rules.ts';

/** "… on the shopping list"; the name is in a group of its own, twice since two patterns of a rule can't share it. */
const GO_ON = String.raw`(?:also\s+)?(?:go|be\s+(?:put\s+|added\s+)?)\s*(?:on|onto|on\s+to|to|in|into)\s+(?:my|the|our)\s+(?:(?:to-?\s?do|task)\s+|(?<list>[\p{L}\p{N}&'-]+(?:\s+[\p{L}\p{N}&'-]+)?)\s+)?(?:list|tasks|to-?dos)(?:,?\s+(?:too|as well|also|then|now|please|pls))*`;

export const CREATE_RULES: readonly Rule[] = [
  {
    name: 'create.command',
    action: 'create_task',
    confidence: 0.98,
    pattern: new RegExp(
      String.raw`^(?:create|add|make|set up|put in|enter|record|note down|note|write down|log|save|start|open|jot down|insert|need|register|new|another)\s+(?:me\s+)?(?:an?\s+|the\s+|another\s+|one more\s+|this\s+|my\s+|this as a\s+)?(?:new\s+|quick\s+)?(?<body>(?:${LEVEL}\s+)?${TASK}(?![\p{L}\p{N}'-])(?!\s+list\b)(?:.*))$`,
      'dsu',
    ),
    sure: new RegExp(
      String.raw`^(?:create|add|make|set up|enter|record|log|save|insert|note down|jot down|new)\s+(?:me\s+)?(?:an?\s+|another\s+|one more\s+)?(?:new\s+|quick\s+)?(?:${LEVEL}\s+)?(?:task|to-?do)(?:\s+item)?\s*(?:\s(?:to|for me to|called|named|titled|saying|that says|for|about)\s|:)`,
    ),
    read: (draft, recognition) => createHead(draft, recognition),
  },
  {
    name: 'create.label',
    action: 'create_task',
    confidence: 0.97,
    sure: /^(?:new\s+)?(?:task|to-?do)\s*:\s*\S/,
    pattern: new RegExp(
      String.raw`^(?:(?:an?|another|one more|new)\s+)*(?:${TASK}|todo)\s*(?::|-\s|=)\s*(?<body>.+)$|^todo\s+(?!lists?\b)(?<target>.+)$`,
      'ds',
    ),
    read: (_draft, recognition) =>
      recognition.target ? withoutTarget({ ...recognition, body: recognition.target }) : recognition,
  },
  {
    name: 'create.into-list',
    action: 'create_task',
    confidence: 0.97,
    pattern:
      /^(?:add|put|write|note)\s+(?:(?:this|these|the\s+following)(?:\s+(?:things|items|stuff))?\s+)?(?:to|on|onto|in)\s+(?:my|the)\s+(?:(?:to-?\s?do|task)\s+|(?<list>[\p{L}\p{N}&'-]+)\s+)?(?:list|tasks|to-?dos)\s*(?::|-|,|\bto\b|\s)\s*(?<body>\S.*)$|^(?:on|to|in)\s+(?:my|the|our)\s+(?:(?:to-?\s?do|task)\s+|(?<list2>[\p{L}\p{N}&'-]+)\s+)?list,?\s+(?:put|add|write|note)\s+(?<body2>\S.*)$/dsu,
    read: (draft, recognition, groups) => {
      const name = groups['list'] ?? groups['list2'];
      return name === undefined
        ? recognition
        : onList(draft, recognition, name, draft.folded.lastIndexOf(name, recognition.body.start));
    },
  },
  {
    // "add milk to the shopping list, tag it food"
    name: 'create.tagged-on-list',
    action: 'create_task',
    confidence: 0.97,
    sure: /^/,
    pattern: new RegExp(
      String.raw`^(?:add|put|note|write)\s+(?<body>(?!#|(?:the\s+)?(?:tags?|labels?)\b|(?:it|that|this|them)\s)\S[^,;:?]*?\s(?:to|on|onto|in|into)\s+(?:(?:my|the|our)\s+)?(?:[\p{L}-]+\s+)?list\s*(?:,|\band\b)[^?]*\b(?:tag|label)\s+(?:it|them|that)\s+\S.*)$`,
      'dsu',
    ),
  },
  {
    name: 'create.goes-on-list',
    action: 'create_task',
    confidence: 0.97,
    pattern: new RegExp(
      String.raw`^(?<body>(?!(?:what|which|who|how|does|do|did|is|are|it|that|this|they)\b).+?)\s+(?:can|could|should|must|may|might|needs?\s+to|has\s+to|have\s+to|ought\s+to|wants?\s+to)\s+${GO_ON}$|^(?:can|could|should|may)\s+(?<body2>(?!(?:i|we|you|u|it|that|this)\s).+?)\s+${GO_ON.replace('<list>', '<list2>')}$`,
      'dsu',
    ),
    read: (draft, recognition, groups) => {
      const name = groups['list'] ?? groups['list2'];
      return name === undefined
        ? recognition
        : onList(draft, recognition, name, draft.folded.indexOf(name, recognition.body.end));
    },
  },
  {
    name: 'create.headed',
    action: 'create_task',
    confidence: 0.95,
    pattern: /^[^:]{2,70}(?::|\s-|\swith)\s+\S.*$/ds,
    // "work: answer Lorenzo": the name of a list stands before what is put on it.
    read: (draft, recognition) =>
      headsList(foldedSlice(draft, recognition.body)) &&
      timesIn(draft, recognition.body).every(({ hasClock }) => !hasClock)
        ? recognition
        : null,
  },
  {
    name: 'create.quoted',
    action: 'create_task',
    confidence: 0.95,
    pattern: /^(?:put|add|write|note)\s+(?:down\s+|in\s+)?(?<body>["'`].+)$/ds,
    // What is called by its words is new; the calendar has names without quotes.
    read: (draft, recognition) => {
      const quote = draft.quotes.find(({ start }) => start === recognition.body.start);
      const rest = quote && draft.folded.slice(quote.end, recognition.body.end);
      return rest !== undefined &&
        /^\s*(?:$|(?:for|on|by|before|with|due)\s(?!.*\b(?:calendar|diary|agenda|list|tasks?)\b))/s.test(rest)
        ? recognition
        : null;
    },
  },
  {
    name: 'create.listed',
    action: 'create_task',
    confidence: 0.97,
    pattern:
      /^(?:add|put|place|write|throw|stick|append|get|pop|slap|chuck|bung|jot|drop)\s+(?<body>.+\s(?:to|on|onto|in|into)\s+(?:my|the|our)\s+(?:[\p{L}\p{N}&'-]+\s+){0,3}?(?:list|tasks|to-?dos?|todos?|to do's)\b.*)$|^(?<body2>(?!(?:show|open|read|delete|remove|clear|what|list|check|give)\b)\S[^,:?]{0,60},\s*(?:(?:my|the|our)\s+)?[\p{L}\p{N}&'-]+(?:\s+[\p{L}\p{N}&'-]+)?\s+list)$/dsu,
    read: (draft, recognition) =>
      /^(?:the\s+)?(?:tags?|labels?)\b|^(?:it|that|this)(?:\s+one)?\s|^(?:an?\s+)?(?:\S+\s+)?e-?mail\s+to\s.*\b(?:mailing|distribution|e-?mail)\s+list\b/.test(
        foldedSlice(draft, recognition.body),
      )
        ? null
        : recognition,
  },
  {
    name: 'create.remember',
    action: 'create_task',
    confidence: 0.97,
    pattern:
      /^(?:(?:i\s+(?:have to|need to|must|should)\s+)?remember\s+(?:to|that i (?:have|need) to)|(?:please\s+)?(?:don't|do not|dont)\s+(?:let me\s+)?forget(?:\s+(?:to|about))?|make sure (?:i|to|that i)|note to self:?(?:\s+to)?)\s+(?<body>.+)$/ds,
    // Whatever is told to oneself is not told to us: "note to self: email Sarah".
    sure: /^note to self\b|^(?:please\s+)?(?:don't|do not|dont)\s+let\s+me\s+forget\b/,
    // "don't let me forget to call", "… the pills at 8" want to be told, see `reminder.not-forget`.
    read: (draft, recognition) =>
      /^\S+\s+(?:not\s+)?let\s+me\s+forget\b/.test(
        foldedSlice(draft, { ...recognition.body, start: coreOf(draft.folded).start }),
      ) &&
      (/\bforget\s+to\s/.test(draft.folded) ||
        timesIn(draft, recognition.body).some(({ hasClock }) => hasClock))
        ? null
        : recognition,
  },
  {
    name: 'create.need',
    action: 'create_task',
    confidence: 0.9,
    sure: /^(?:i|we)\b.*?\s(?:to|must|gotta|should)\s+be\s+(?:on\s+time|ready|prepared|early|punctual|present|patient|careful|quiet|nice|friendly)\b/,
    pattern:
      /^(?:i|we)(?:'ll|'ve| will| also| really| just| still)*\s+(?:need (?:to|2)|needs to|am (?:going to|gonna)|'m (?:going to|gonna)|have to|has to|must|gotta|got to|have got to|should(?: probably)?|ought to|am supposed to|want to|wanna)[\s,]+(?<body>(?!see\b|know\b|talk to you)\S.*)$|^(?:need to|have to|gotta|got to|must(?!\s+(?:have|see)\b)|gonna|going to)\s+(?<target>\S.*)$/ds,
    read: (draft, recognition) => {
      const body = recognition.target ?? recognition.body;
      // What one needs to *see* is a question about the list, not a new entry.
      return /^(?:do|get done)\b.{0,40}$/.test(foldedSlice(draft, body)) && /\?|\bwhat\b/.test(draft.folded)
        ? null
        : withoutTarget({ ...recognition, body });
    },
  },
  {
    name: 'create.add',
    action: 'create_task',
    confidence: 0.92,
    sure: /^add\s+[^,.;]{2,40}?(?:\s+and|,)\s+make\s+(?:it|that)\s|^add\s+(?:an?|another)\s+(?:new\s+)?(?:sub-?)?(?:step|task)\b/,
    pattern:
      /^(?:add|create|jot down|note down|note|put down|write down|log)\s*:?\s+(?<body>(?!(?:the\s+)?(?:tags?|labels?)\b)\S.*)$/ds,
    read: (draft, recognition) => {
      const body = foldedSlice(draft, recognition.body);
      return /^(?:#\S+\s+(?:to|on)\s)|^(?:an?\s+|the\s+)?(?:reminder|event|calendar|meeting|appointment|contact)\b|^(?:an?\s+|the\s+)?(?:notes?|comments?|subtasks?|attachments?)\s+to\b/.test(
        body,
      )
        ? null
        : looksLikeActivity(body)
          ? { ...recognition, rule: 'create.add-activity', sure: true }
          : isHabit(draft, recognition)
            ? { ...recognition, sure: true }
            : recognition;
    },
  },
];

/** "add gym every monday": without an hour, and not called a meeting, it is something to do on these days. */
function isHabit(draft: Draft, { body }: Recognition): boolean {
  if (isEvent(foldedSlice(draft, body)) || !repetitionIn(draft, body)) return false;
  return timesIn(draft, body).every(({ hasClock }) => !hasClock);
}

function onList(draft: Draft, recognition: Recognition, name: string, start: number): Recognition {
  const span = { start, end: start + name.length };
  const implied = [entityAt(draft, 'list', span, draft.text.slice(span.start, span.end), 'as said')];
  return { ...recognition, implied };
}

/** What follows the word "task" in a command: how urgent, named what. */
function createHead(draft: Draft, recognition: Recognition): Recognition | null {
  const body = foldedSlice(draft, recognition.body);
  const head = new RegExp(String.raw`^(?:(?<level>${LEVEL})\s+)?${TASK}\s*`).exec(body);
  if (!head) return null;
  const start = recognition.body.start;
  const level = head.groups?.['level'];
  const priority = level === undefined ? null : readPriority(level);
  const implied =
    level !== undefined && priority !== null
      ? [entityAt(draft, 'priority', { start, end: start + level.length }, priority, 'as said')]
      : [];
  let at = start + head[0].length;
  const naming =
    /^(?:(?:called|named|titled|labelled|with (?:the )?(?:title|name)(?: of)?|that says|saying|about|which says|reading|for me)\s*[:,]?\s+|:\s*|-\s+|for me to\s+|for\s+|to\s+(?!(?:my|the)\s+(?:[\p{L}\p{N}-]+\s+){0,2}list\b))+/u.exec(
      draft.folded.slice(at, recognition.body.end),
    );
  if (naming) at += naming[0].length;
  return { ...recognition, body: { start: at, end: recognition.body.end }, implied };
}
