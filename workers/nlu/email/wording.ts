import type { ActParams } from '../../../contracts/nlu.ts';

/** Kinds of e-mail that have a template, by the value of the slot `email_type`. */
type EmailType =
  | 'general'
  | 'thank_you'
  | 'apology'
  | 'follow_up'
  | 'meeting_request'
  | 'invitation'
  | 'request'
  | 'reminder'
  | 'introduction'
  | 'decline'
  | 'leave_request'
  | 'status_update';

const LEAVE = String.raw`(?:(?:parental|maternity|paternity|annual|sick|medical|unpaid|paid|family|bereavement)[\s-]+leave|leave\s+of\s+absence|leave\s+request|time[\s-]off|(?:a|some|\w+)\s+days?\s+off|days?\s+off|vacation(?!\s+(?:photos?|pictures?|rental|house|home|plans))|sick[\s-]day|(?:call(?:ing)?|be(?:ing)?|am|i'm|feel(?:ing)?|off|is)\s+sick|sick\s+note|sick(?=\s*[.,]?\s*(?:today|tomorrow|$)))`;
const MEETING = String.raw`(?:meeting[\s-]+(?:request|invite|invitation)|(?:ask(?:ing)?(?:\s+\S+)?\s+for|request(?:ing)?|schedul(?:e|ing)|arrang(?:e|ing)|set(?:ting)?\s+up|propos(?:e|ing)|book(?:ing)?|about|for)\s+(?:an?\s+)(?:\S+\s+)?(?:meeting|call|appointment)|an?\s+meeting\s+with|ask(?:ing)?(?:\s+\S+)?\s+to\s+meet)`;

type Wording = readonly [type: EmailType, pattern: RegExp];

/** Words before the noun: "a thank-you e-mail". */
const BEFORE: readonly Wording[] = [
  ['thank_you', /\bthank(?:[\s-]?you|s)?\b/],
  ['apology', /\b(?:apolog(?:y|ies|etic|i[sz]e|i[sz]ing)|sorry)\b/],
  ['follow_up', /\bfollow[\s-]?(?:up|ing up)\b/],
  ['meeting_request', /\bmeeting(?:[\s-]+(?:request|invite|invitation))?\b/],
  ['leave_request', /\b(?:leave(?:[\s-]+request)?|time[\s-]off|vacation|sick(?:[\s-](?:leave|day|note))?)\b/],
  ['status_update', /\b(?:status|progress)(?:[\s-]+(?:update|report))?\b/],
  ['invitation', /\binvit(?:ation|e)\b/],
  ['reminder', /\breminder\b/],
  ['introduction', /\bintro(?:duction|ductory)?\b/],
  ['decline', /\b(?:decline|declining|rejection|refusal)\b/],
  ['request', /\brequest\b/],
  ['general', /\bgeneral\b/],
];

/** What the e-mail is said to do: "to ask for the slides". */
const DOING: readonly Wording[] = [
  ['leave_request', new RegExp(String.raw`\b${LEAVE}`)],
  ['meeting_request', new RegExp(String.raw`\b${MEETING}\b`)],
  ['follow_up', /^(?:\S+\s+){0,2}follow(?:ing)?[\s-]up\b/],
  ['thank_you', /^(?:to\s+|and\s+)*(?:thank(?:ing)?\b|say\s+(?:thanks|thank you)\b)/],
  [
    'apology',
    /^(?:to\s+|and\s+)*(?:apologi[sz](?:e|ing)|say\s+(?:that\s+)?(?:i'm\s+|i am\s+|we're\s+)?sorry)\b/,
  ],
  ['invitation', /^(?:to\s+|and\s+)*invit(?:e|ing)\b/],
  ['reminder', /^(?:to\s+|and\s+)*remind(?:ing)?\b/],
  ['introduction', /^(?:to\s+|and\s+)*introduc(?:e|ing)\b/],
  ['decline', /^(?:to\s+|and\s+)*(?:declin(?:e|ing)|turn(?:ing)?\s+down)\b/],
  [
    'request',
    /^(?:to\s+|and\s+)*(?:request(?:ing)?\b|ask(?:ing)?(?:\s+(?!if\b|whether\b)\S+){0,3}?\s+for\b)/,
  ],
];

/** What the e-mail is about, or what it says. */
const SAYING: readonly Wording[] = [
  ['leave_request', new RegExp(String.raw`\b${LEAVE}`)],
  ['meeting_request', new RegExp(String.raw`^(?:an?\s+)meeting\s+with\b|\b(?:meeting request)\b`)],
  ['thank_you', /^(?:many\s+)?(?:thanks|thank you|thx)\b/],
  [
    'apology',
    /^(?:(?:i'm|i am|we're|we are)\s+(?:so\s+|very\s+|really\s+)?sorry|sorry|my apologies|i apologi[sz]e)\b/,
  ],
  ['status_update', /\b(?:status|progress)\s+(?:update|report)\b/],
];

const WORDINGS = { before: BEFORE, doing: DOING, saying: SAYING } as const;

/** The first kind whose words stand in the text, with where they stand. */
export function findEmailType(
  folded: string,
  place: keyof typeof WORDINGS,
): { type: EmailType; start: number; end: number } | null {
  const text = folded.slice(0, 300);
  for (const [type, pattern] of WORDINGS[place]) {
    const match = pattern.exec(text);
    if (!match) continue;
    const lead = /^(?:to\s+|and\s+)*/.exec(match[0])?.[0].length ?? 0;
    return { type, start: match.index + lead, end: match.index + match[0].length };
  }
  return null;
}

/** A bare answer to "what kind of e-mail?". */
export function readEmailType(folded: string): EmailType | null {
  const words = folded.replace(/^[\s,.!]*(?:an?|the|it's|just|as|make it)?\s*/, '').replace(/_/g, ' ');
  return (findEmailType(words, 'before') ?? findEmailType(words, 'doing'))?.type ?? null;
}

/** Adjectives that stand before "e-mail" and say something about it. */
export const KNOWN_WORD = String.raw`(?:quick|short|brief|little|long|longer|nice|polite|kind|warm|simple|proper|professional|formal|informal|friendly|casual|official|neutral|template|templated|ai|llm|ai-written|ai-generated|thank|thanks|thank-you|thankyou|you|apology|apologetic|sorry|follow-up|follow|followup|up|reminder|invitation|invite|meeting|request|free|ai-free|token-free|no-ai|introduction|intro|introductory|status|progress|update|leave|sick|vacation|time-off|time|off|decline|rejection|resignation|complaint|cover|general|out-of-office|out of office|work|business|group|draft|new)`;

const AI = String.raw`(?:ai|a\.i\.|llm|chat\s?gpt|gpt|(?:the\s+)?(?:assistant|language model|model|bot))`;
/** Said of the words of a draft: it may cost nothing. */
const PLEASED = String.raw`(?:\s+(?:please|pls|only|ok|okay|is\s+(?:ok|okay|fine)|works|will\s+do|would\s+do|thanks|thx|for\s+(?:it|this|that)))*`;
const BY_TEMPLATE = new RegExp(
  String.raw`(?:(?:with|using|use|from|by|on|based on|take|via)\s+(?:an?\s+|the\s+|your\s+|one of (?:the|your)\s+)?(?:free\s+|standard\s+|ready\s+)?(?:e-?mail\s+)?templates?|as\s+an?\s+template)${PLEASED}`,
);
const COST = String.raw`(?:${AI}|tokens?|credits?)(?:\s+or\s+(?:${AI}|tokens?|credits?))?`;
/** No language model, or no tokens: the template is all that is left. */
const BY_NONE = new RegExp(
  String.raw`(?:(?:with(?:out|\s+no)|using\s+no|no|not|zero|w/o)\s+(?:(?:using|with|spending|via|any|by|my|the|an?)\s+)*${COST}|(?:do\s+not|don't|dont|never)\s+(?:use|spend|waste|charge)\s+(?:me\s+)?(?:(?:any|my|the|an?)\s+)*${COST}|(?:make\s+it\s+|do\s+it\s+)?for\s+free|(?:at|with)\s+no\s+(?:cost|charge)|free\s+of\s+charge|without\s+(?:charge|cost|paying))${PLEASED}`,
);
/** What means it only where it stands apart: "…, template", "…, the free one". */
const BY_WORD = new RegExp(
  String.raw`(?:(?:the\s+|an?\s+|just\s+(?:the\s+|an?\s+)?)?(?:free\s+|standard\s+|simple\s+)?templates?|(?:the\s+|use\s+the\s+|take\s+the\s+)?free\s+(?:one|way|version|option|please|pls)|(?:make|keep)\s+it\s+free)${PLEASED}`,
);
const BY_LLM = new RegExp(
  String.raw`(?:(?:with|using|use|by|via)\s+(?:the\s+|an?\s+|the help of\s+)*${AI}(?:\s+(?:help|please|for (?:it|this|that)|to write it))*|(?:let|have|get|make)\s+(?:the\s+|an?\s+)?${AI}\s+(?:to\s+)?(?:write|draft|compose|do)\s+(?:it|this|that)|ai-?written)`,
);
const TONED =
  /(?:(?:and\s+)?(?:keep|make)\s+it\s+(?:very\s+|really\s+|more\s+|nice and\s+)?(?<kept>formal|professional|official|friendly|casual|informal|warm|neutral)|in\s+an?\s+(?:very\s+|more\s+)?(?<manner>formal|professional|official|friendly|casual|informal|warm|neutral)\s+(?:tone|way|style|manner|voice)|(?<adverb>formally|informally|professionally|casually))/;
/** Said behind a comma: "…, formal". */
const TONE_WORD = /(?:formal|informal|friendly|casual|neutral|professional)(?:\s+(?:please|pls|tone|style))?/;
const LANGUAGE =
  /in\s+(?:english|german|french|spanish|italian|portuguese|dutch|polish|chinese|japanese|russian|turkish|arabic)/;
const CLAUSE = new RegExp(
  String.raw`(?<lead>(?:^|[\s,;.(-])+(?:and\s+|but\s+|please\s+)*)(?:${BY_TEMPLATE.source}|${BY_NONE.source}|${BY_LLM.source}|${TONED.source.replace(/\?<\w+>/g, '')}|${LANGUAGE.source}|(?<word>${BY_WORD.source}|${TONE_WORD.source}))[\s).!?]*$`,
  'u',
);
/** Where the text stands: after a name, after a topic, or in the words of the e-mail itself. */
export type Place = 'name' | 'topic' | 'words';
const APART = /(?:[,;.(-]\s*(?:and\s+|but\s+|please\s+)*|\bbut\s+(?:please\s+)?)$/;
/** What is said to us without any mark before it, by where it stands. */
const PLAINLY: Record<Place, RegExp> = {
  name: /^/,
  topic:
    /\b(?:with|using|use|as|from)\s+(?:\S+\s+){0,3}templates?\b|\busing\b|\bin\s|\b(?:keep|make)\s+it\b|\bwith(?:out|\s+no)\b|\bfor\s+free\b|\bfree\s+of\b|\bat\s+no\b|w\/o/,
  words:
    /\b(?:with|using)\s+(?:an?|the)\s+(?:\S+\s+)?template\b|\bwith(?:out|\s+no)\s+(?:using\s+)?(?:ai|tokens?)\b/,
};

/**
 * How it is to be written, cut from the end of a text ("to Ann, use a template, keep it formal").
 *
 * @param apart whether a mark stands before the text, so that all of it may be said to us
 * @returns how much of the text is left, and what was said
 */
export function cutManner(folded: string, place: Place, apart = false): { end: number; manner: ActParams } {
  let end = folded.length;
  let manner: ActParams = {};
  for (let turn = 0; turn < 4; turn += 1) {
    const from = Math.max(0, end - 120);
    const match = CLAUSE.exec(folded.slice(from, end));
    if (!match) break;
    const whole = apart && from + match.index === 0;
    const isApart = whole || APART.test(match.groups?.['lead'] ?? '');
    const word = match.groups?.['word'];
    // "Bob template" is no name; "the team formal" may be one.
    const plainly =
      word === undefined ? PLAINLY[place].test(match[0]) : place === 'name' && word.startsWith('template');
    if (!isApart && !plainly) break;
    manner = { ...mannerOf(match[0]), ...manner };
    end = from + match.index;
  }
  return { end, manner };
}

/** Method and tone that words speak of: "a formal template". */
export function mannerOf(folded: string): ActParams {
  const method =
    /\btemplated?\b|\btemplates\b|\b(?:ai|token)-free\b|\bno-ai\b|\bfree\s+(?:one|way|version|option|please|pls)\b|\bit\s+free\b/.test(
      folded,
    ) || BY_NONE.test(folded)
      ? 'template'
      : new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${AI}|ai-written|ai-generated)(?![\p{L}\p{N}])`, 'u').test(
            folded,
          )
        ? 'llm'
        : undefined;
  const tone = /\b(?:informal|informally|friendly|casual|casually|warm)\b/.test(folded)
    ? 'friendly'
    : /\b(?:formal|formally|professional|professionally|official)\b/.test(folded)
      ? 'formal'
      : /\bneutral\b/.test(folded)
        ? 'neutral'
        : undefined;
  return { ...(method && { method }), ...(tone && { tone }) };
}

/** Method and tone in the words before the noun: "a free, formal e-mail". */
export function mannerBefore(folded: string): ActParams {
  return { ...mannerOf(folded), ...(/\bfree\b(?!-)/.test(folded) && { method: 'template' as const }) };
}

/** What stands before the request and says who writes: "use a template to …", "let the AI …". */
export const METHOD_FIRST = new RegExp(
  String.raw`^(?:(?:use|using|with|from)\s+(?:an?\s+|the\s+|your\s+)?(?:free\s+)?(?:(?:e-?mail\s+)?template|${AI})\s*(?:[,:]|-\s|to\b|for\b|and\b)\s*|template\s*[,:]\s*|${BY_NONE.source}\s*[,:]\s*(?:please\s+|just\s+|but\s+)?|(?:let|have|get|make)\s+(?:the\s+|an?\s+|your\s+)?${AI}\s+(?:to\s+)?(?=\p{L}))`,
  'u',
);
