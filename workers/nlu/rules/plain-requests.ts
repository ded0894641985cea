import type { Action } from '../../../contracts/intents.ts';
import type { Draft } from '../draft.ts';

const WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?';
/** What can be asked about, as people call it. */
const SETTING =
  '(?:settings?|preferences?|work(?:ing)? ?hours|working times?|(?:current )?time ?zone|quiet hours|briefing time|(?:email|mail) (?:style|tone)|default (?:duration|length)s?|week start)';
const ASKING = String.raw`(?:what(?:'s| is| are|s)|which|show(?: me)?|list|tell me|see|display|view|read(?: me)?)`;
const STOPS = String.raw`(?:stop|end|cancel|disable|(?:turn|switch|shut) off|no more)`;
const ORDINAL = String.raw`(?:(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|\d+(?:st|nd|rd|th))|(?:number|no\.?|#) ?\d+)`;

/** Wordings that leave nothing to weigh, though their words speak of days, of lists and of the calendar as well. */
const REQUESTS: readonly { action: Action; patterns: readonly RegExp[] }[] = [
  {
    action: 'set_preference',
    patterns: [
      // "next friday means the coming one", "when I say next friday I mean that of next week"
      new RegExp(
        String.raw`^(?:(?:when|if|whenever) i (?:say|write|type) |by |with |from now on,? )?["']?next (?:${WEEKDAY}|weekday)["']?,? (?:(?:i|we) (?:always )?mean|means|should (?:mean|be)|is always|always means|refers to)\b`,
      ),
      new RegExp(
        String.raw`^${ASKING}(?: all)?(?: of)?(?: the| my| our)* ${SETTING}(?: set to| now)?\s*[?.!]*$`,
      ),
      /^(?:when|what time|at what time) (?:do|will) (?:you brief me|i get (?:my|the) (?:daily |morning )?briefing)\s*\??$/,
      /^(?:what(?:'s| is|s)|when(?:'s| is|s)) my briefing time\s*\??$/,
      /^(?:please )?(?:(?:brief|update) me|(?:give|send) me (?:a|my|the) (?:daily |morning )?briefing)\b.*\b(?:every|each) (?:day|morning|evening|night|week ?day|work ?day)\b/,
      /^what (?:settings |preferences |things )?can i (?:set|change|configure|adjust)\s*\??$/,
      /^(?:please )?(?:don't|dont|do not|stop) brief(?:ing)? me(?: any ?more| every (?:day|morning))?\s*[.!]*$/,
      new RegExp(
        String.raw`^(?:please )?${STOPS}(?: (?:sending|giving)(?: me)?)?(?: the| my| these| those| that)?(?: daily| morning| standing)? briefings?(?: please| any ?more| every (?:day|morning))?\s*[.!]*$`,
      ),
    ],
  },
  {
    action: 'search',
    patterns: [
      // What was said or written here before.
      /^(?:did|have|had) i (?:ever |already )?(?:mention|say|said|write|wrote|written|note|noted|talk|talked|tell you|told you)(?:ed)?\b/,
      /^(?:what|where|when) (?:did|have) i (?:ever )?(?:say|said|write|wrote|written|mention|mentioned|talk|talked|tell you|told you)\b/,
      // An errand begins with an article: "search for a new flat", "search for the keys by friday" has its deadline.
      /^search (?:(?:everything|all|everywhere|my notes|my messages|(?:my|the|our) conversations?|conversations|notes|messages) )?for (?!(?:an?|some|new|cheap|nearby) )(?!.*\b(?:by|nearby|near|online|flights?|hotels?|restaurants?|web|google|internet|craigslist|amazon|ebay|youtube)\b)\S/,
      /^search (?:the |my |our )?[\p{L}\p{N}-]+ list for \S/u,
      /^search (?:through )?(?:(?:all )?(?:my|the|our) |all )?(?:tasks?|to-?dos?|events?|calendar|meetings?|appointments?|things|stuff) for \S/,
      /^(?:find|show me|search(?: for)?) (?:my|the|any|all(?: my)?) (?:notes?|messages?) (?:about|on|for|with|from)\b/,
      // One of a list that was shown.
      new RegExp(
        String.raw`^(?:please )?(?:open|show(?: me)?|view|see|display|look at) ${ORDINAL}(?: (?:one|result|hit|item|entry|of (?:them|those|these)))?(?: please)?\s*[.!]*$`,
      ),
    ],
  },
];

/** Another email is meant where one is looked for, and a title may stand in quotes. */
const MAILS = /\b(?:e-?mails?|mails?|drafts?|letters?|inbox)\b/;

/** What is asked for in such words, whichever days and things they name besides. */
export function plainRequest(draft: Draft): Draft {
  const words = draft.folded.trim();
  const request = REQUESTS.find(({ patterns }) => patterns.some((pattern) => pattern.test(words)));
  if (!request || (request.action === 'search' && MAILS.test(words))) return draft;
  return {
    ...draft,
    recognition: {
      action: request.action,
      confidence: 0.96,
      source: 'rule',
      rule: `plain.${request.action}`,
      sure: true,
      body: { start: 0, end: draft.text.length },
    },
  };
}
