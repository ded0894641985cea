import { entityAt, type Draft, type Recognition } from '../draft.ts';
import { mentions } from '../extract/change.ts';
import { timesIn } from '../extract/times.ts';
import { TASK_NOUN } from './nouns.ts';
import type { Rule } from './rule.ts';
import { foldedSlice } from './rule.ts';

const ORDINAL = String.raw`(?:(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))|(?:number|no\.?|#) ?\d+)`;
/** Another email is meant where one is looked for, and a title may stand in quotes. */
const MAILS = /\b(?:e-?mails?|mails?|drafts?|letters?|inbox)\b/;
const sure = /^/;
const notMails = (draft: Draft, recognition: Recognition): Recognition | null =>
  MAILS.test(draft.folded) ? null : recognition;

/** Wordings that leave nothing to weigh, though they speak of lists and of the calendar as well. They stand first. */
export const PLAIN_SEARCH_RULES: readonly Rule[] = [
  {
    // What was said or written here before.
    name: 'search.said-before',
    action: 'search',
    confidence: 0.96,
    // What was put down to be done, and what one was to be told, stand on lists of their own.
    sure: /^(?!(?:did|have|had)\s+i\s+(?:ever\s+|already\s+)?(?:write|wrote|written|noted?)\s+(?:down|to|any|that)\b)(?!.*\bi\s+(?:say|said|tell|told)\s+(?:you\s+)?(?:that\s+)?i\s*(?:'d|would|need(?:ed)?|have\s+to|had\s+to)\b)(?!.*\b(?:remind|ping|invit\w+|description|my\s+tasks?)\b)/,
    pattern:
      /^(?:did|have|had) (?:i (?:ever |already )?(?:mention|say|said|write|wrote|written|note|noted|talk|talked|tell you|told you)(?:ed)?\b|we (?:ever |already )?(?:talk|talked|speak|spoke|spoken|discuss|discussed|say anything|mention|mentioned)\b)|^(?:what|where|when) (?:did|have) (?:i (?:ever )?(?:say|said|write|wrote|written|mention|mentioned|talk|talked|tell you|told you)|we (?:ever |last )?(?:say|said|mention|mentioned|talk|talked|speak|spoke|spoken|discuss|discussed))\b/ds,
    read: notMails,
  },
  {
    // An errand begins with an article: "search for a new flat", "search for the keys by friday" has its deadline.
    name: 'search.among',
    action: 'search',
    confidence: 0.96,
    sure,
    pattern:
      /^search (?:(?:everything|all|everywhere|my notes|my messages|(?:my|the|our) conversations?|conversations|notes|messages) )?for (?!(?:an?|some|new|cheap|nearby) )(?!.*\b(?:by|nearby|near|online|flights?|hotels?|restaurants?|web|google|internet|craigslist|amazon|ebay|youtube)\b)\S|^search (?:the |my |our )?[\p{L}\p{N}-]+ list for \S|^search (?:through )?(?:(?:all )?(?:my|the|our) |all )?(?:tasks?|to-?dos?|events?|calendar|meetings?|appointments?|things|stuff) for \S|^(?:find|show me|search(?: for)?) (?:my|the|any|all(?: my)?) (?:notes?|messages?) (?:about|on|for|with|from)\b/dsu,
    read: notMails,
  },
  {
    // One of a list that was shown.
    name: 'search.nth',
    action: 'search',
    confidence: 0.96,
    sure,
    pattern: new RegExp(
      String.raw`^(?:open|show(?: me)?|view|see|display|look at) ${ORDINAL}(?: (?:one|result|hit|item|entry|of (?:them|those|these)))?$`,
      'ds',
    ),
  },
];

export const SEARCH_RULES: readonly Rule[] = [
  {
    name: 'search.all',
    action: 'search',
    confidence: 0.95,
    // What was written down lately is looked for among one's own things.
    sure: /^find\s+(?:me\s+)?(?:the|that|my)\s+(?:thing|stuff|one|note|bit)s?\s+(?:about|on|with|for|of)\s+\S|^find\s+(?!time\b|slots?\b|out\b)\p{L}+$|^(?:search|find)\s+(?!(?:for\s+)?an?\s)\S.*\s(?:from|since|of)\s+(?:last|yesterday|this\s+(?:week|month|year)|the\s+(?:last|past)|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b)/u,
    pattern:
      /^(?:search(?:\s+(?:for|my|everything for|all))?|look up|look for|find(?:\s+me)?(?:\s+(?:everything|anything|all|stuff|things)(?:\s+(?:about|on|related to|for))?)|where did i (?:put|write|save)|find)\s+(?<body>(?!(?:an?|some|the)\s+(?:new|good|better|cheap|way|place|job|doctor|dentist|gift|present|apartment|flat|plumber)\b)\S.*)$/ds,
    read: (draft, recognition) => {
      const verb = foldedSlice(draft, {
        start: Math.max(0, recognition.body.start - 6),
        end: recognition.body.start,
      });
      if (TASK_NOUN.test(foldedSlice(draft, recognition.body))) return null;
      // "find the budget from last month" looks back; "find the charger by friday" is an errand.
      if (timesIn(draft, recognition.body).some(({ past }) => past)) return recognition;
      if (/find\s*$/.test(verb) && mentions(draft, recognition.body, 'due_date')) return null;
      const vague = /^(?:the|that|my)\s+(?:thing|stuff|one|note|bit)s?\s+(?:about|on|with|for|of)\s/;
      if (!/find\s*$/.test(verb)) return recognition;
      const lead = vague.exec(foldedSlice(draft, recognition.body))?.[0].length;
      if (lead !== undefined)
        return { ...recognition, body: { ...recognition.body, start: recognition.body.start + lead } };
      // "find bread" looks among the tasks, the done ones as well.
      const { start, end } = recognition.body;
      const implied = [
        entityAt(draft, 'query', { start, end }, draft.text.slice(start, end), 'the words looked for'),
      ];
      const body = { start: end, end };
      return {
        ...recognition,
        action: 'list_tasks',
        confidence: 0.86,
        body,
        implied,
        params: { status: 'all' },
      };
    },
  },
];
