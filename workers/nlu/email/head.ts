import type { Range } from '../text.ts';
import { TITLE } from './people.ts';
import { KNOWN_WORD, METHOD_FIRST } from './wording.ts';

/** How a request for an e-mail begins. Offsets are those of the text that was read. */
export interface Head {
  /** Sure that it is one; a rule's confidence. */
  confidence: number;
  /** Words before the noun: "a formal thank-you". */
  before: Range;
  /** Where the rest begins, and what stands there unless a word says otherwise. */
  rest: number;
  expects: 'anything' | 'name';
  /** Who it is for, named before the noun: "shoot Tom an e-mail". */
  front?: Range;
  another: boolean;
  /** Only a topic or a text makes it a request for words rather than something to do later. */
  needsWords: boolean;
  /** A name alone would be a note of something to do. */
  drafting: boolean;
  /** What follows belongs to the deed, a day among it: "schedule a meeting with Ann by e-mail next week". */
  deed?: boolean;
}

const EMAIL = String.raw`(?:e-?\s?mail|emial|eamil|emal|emaill|mail)`;
const DRAFTING = String.raw`(?:draft|drafting|compose|composing|craft|crafting|drfat|darft|compsoe|draf|drft|draff|dratf|drat|drafft|whip up|put together|help with|generate)`;
const WRITING = String.raw`(?:write|writing|wirte|wriet|write up|send|sending|prepare|preparing|create|reply with|start|make|do|get|give|prep|type|type up|pen|fire off|fire|shoot|drop)`;
const DET = String.raw`(?:(?:an?|the|my|this|that|some|another|one more|yet another|new)\s+)`;
const STOP = String.raw`(?:to|for|about|of|from|with|by|in|on|at|that|and|or|is|are|it|him|her|them|me|re|regarding|tasks?|list|if|when|because|into|as|via|my|the|another|an?)`;
const WORD = String.raw`(?:(?!${STOP}\b)(?!(?!meeting)\p{L}+ing\b)[\p{L}][\p{L}'-]*,?\s+)`;
const KNOWN = String.raw`(?:${KNOWN_WORD}(?:,?\s+(?:and\s+)?))`;
const FOLLOW = String.raw`(?=\s*$|\s*[:,.;!?("\uFFFC\n-]|\s*[\p{Extended_Pictographic}]|\s+(?:to|for|about|regarding|re|concerning|on|saying|sayin|say|that|which|telling|tell|asking|ask|thanking|apologi[sz]ing|inviting|requesting|reminding|declining|informing|letting|explaining|confirming|introducing|with|without|using|use|by|via|from|in|and|addressed|subject|now|please|pls|plz|thanks|thx|lol|but|no|template|free|again|back|right|asap|as|because|titled|entitled|whose)\b|\s+2\s+\p{L}|\s+(?:${TITLE}\b|[^\s@]+@))`;
const TYPED = String.raw`(?:thank[\s-]?you(?:\s+(?:note|letter|message|card))?|apology(?:\s+(?:note|letter))?|follow[\s-]?up(?:\s+(?:note|message))?|invitation|invite|leave request|time[\s-]off request|meeting request|status update|introduction|sick note|resignation(?:\s+letter)?|refusal|complaint)`;
const NOTE = String.raw`(?:note|message|letter|reply|response|answer|line)`;
const NAME = String.raw`(?:(?!${STOP}\b|e-?mail\b)[\p{L}\p{N}@#._'+-]+|my|our|the|and|of)`;
/** What is told to somebody, not done later. */
const INTRO = String.raw`(?=.*?(?:\s(?:about|regarding|concerning|saying|sayin|telling|asking|that|re:?)\s|\sto\s+(?:say|ask|tell|thank)\s))`;

const pattern = (source: string): RegExp => new RegExp(`^${source}`, 'dsu');

/** "draft an email", "write a quick email" */
const NOUN = pattern(
  String.raw`(?:(?<drafting>${DRAFTING})|(?<bare>send|sending|write|writing|wirte|wriet|prepare|create|reply with|compose)|${WRITING}(?=\s+(?:me\s+|off\s+|up\s+)?(?:an?|some|another|one more|yet another|new)\s))\s+(?:me\s+|us\s+|off\s+|up\s+)?(?<before>${DET}*(?:${KNOWN}|${WORD}){0,5}?)(?:${EMAIL}${FOLLOW}|(?:e-?mails|mails)(?=\s+to\s))`,
);
/** "draft a reply to Bob", "write a thank-you note to Mrs. Chen" */
const LETTER = pattern(
  String.raw`(?:(?<drafting>${DRAFTING})|write|writing|wirte)\s+(?:me\s+|up\s+)?(?<before>${DET}*(?:${KNOWN}|${WORD}){0,4}?(?:${TYPED}(?:\s+${NOTE})?))(?=\s+(?:to|for)\s)|${DRAFTING}\s+(?:me\s+)?(?<before3>${DET}*${KNOWN}{0,4}?(?:${TYPED}(?:\s+${NOTE})?|${NOTE}))(?=\s*[.!]*\s*$)|(?:(?<drafting2>${DRAFTING})|(?:write|wirte|writing)(?=\s+(?:me\s+)?(?:an?\s+|the\s+|another\s+)?(?:(?:friendly|formal|polite|professional)\b|(?:\p{L}+\s+){0,2}letter\b))|(?:send|shoot|drop|fire off)${INTRO})\s+(?:me\s+|off\s+)?(?<before2>${DET}*(?:${KNOWN}|${WORD}){0,4}?)${NOTE}(?=\s+(?:to|for)\s)`,
);
/** "shoot Tom a quick email", "send my boss a note saying …" */
const GIVEN = pattern(
  String.raw`(?:(?<drafting>${DRAFTING})|write|send|shoot|drop|fire off)\s+(?:(?:to|2)\s+)?(?<front>${NAME}(?:\s+${NAME}){0,6}?)\s+(?<before>(?:an?|another|one more)\s+(?:${KNOWN}|${WORD}){0,4}?)(?:${EMAIL}${FOLLOW}|${NOTE}${INTRO})`,
);
/** "email Sarah that …", "write to HR about …", "reply to Ann" */
const VERB = pattern(
  String.raw`(?:(?<reply>reply(?:ing)?\s+(?:back\s+)?to|respond(?:ing)?\s+to|answer(?=\s.{1,80}?\b${EMAIL}\b))|email|emailing|e-mail|e-mailing|emial|eamil|mail|write\s+(?:back\s+)?to|writing\s+to)\s+(?!to\b|me\b|myself\b)(?=[\p{L}\p{N}@"#])`,
);
/** "a formal email to the dean", "another email", "email to Ann" */
const BARE = pattern(
  String.raw`(?<before>(?<det>${DET})?(?<det2>${DET})?${KNOWN}{0,5})(?:(?:${EMAIL})(?:(?=\s+(?:to|about|regarding|re|saying|addressed)\b)|(?<whole>${FOLLOW}))|(?<=\p{L}\s+)(?<!^(?:an?|the|my|new|another)\s+)${NOTE}(?=\s+to\s))`,
);
/** "another one to Bob", "draft one more" */
const ANOTHER = pattern(
  String.raw`(?:(?:(?<verb>draft|write|compose|drafting)\s+(?:me\s+)?)?(?<before>another\s+(?:one|draft)|(?:one|a)\s+more(?:\s+one|\s+draft)?|a new draft)|(?:draft|write|compose)\s+another)(?=\s*$|\s*[.!?]|\s+(?:to|for|about)\s)`,
);
/** "say thank you to Ann via email", "schedule a meeting with Sarah by email": a deed, and e-mail as its way */
const BY_MAIL = pattern(
  String.raw`(?<before>(?:apologi[sz]e|complain|say\s+(?:[\p{L}']+\s+){0,3}?[\p{L}']+)\s+(?=to\s)|(?:draft|write|compose)\s+(?:me\s+)?(?:something|a\s+few\s+words|some\s+words)(?:\s+(?!(?:to|for)\b)\p{L}+){0,2}\s+(?=(?:to|for)\s)|(?<meeting>(?:schedule|arrange|set up|request|propose)\s+an?\s+(?:\p{L}+\s+){0,2}?(?:meeting|call|appointment))\s+(?=with\s)|(?:thank|invite|congratulate|apologi[sz]e)\s+)(?:(?:to|for|with)\s+)?(?<front>${NAME}(?:\s+${NAME}){0,6}?)\s+(?:by|via|over|through)\s+${EMAIL}(?![\p{L}\p{N}])`,
);
const AGAIN = /\b(?:another|one more|a second|yet another)\b/;
const ASKED =
  /^(?:(?:do you think|i was wondering if|any chance|is it possible)\s+(?:you\s+(?:can|could)|to)\s+|(?:(?:i|we)\s+)?(?:need|want)(?:\s+you)?\s+to\s+|(?:i\s+)?need\s+(?:help(?:\s+(?:with|to))?)\s+|help(?:\s+me)?(?:\s+(?:with|to))?\s+|(?:i|we)\s+(?:need|want)\s+(?=an?\s|another\s|to\s)|with\s+(?=(?:an?|my|another)\s+(?!ai\b|template\b|llm\b))|(?:can|could)\s+you\s+|please\s+)+/;

/** How the text asks for an e-mail, from `start` on; null when it does not. */
export function readHead(text: string, start: number): { head: Head; method: Range | null } | null {
  let at = start + (ASKED.exec(text.slice(start, start + 120))?.[0].length ?? 0);
  const first = METHOD_FIRST.exec(text.slice(at, at + 80))?.[0].length ?? 0;
  const method = first > 0 ? { start: at, end: at + first } : null;
  at += first;
  const head = headAt(text.slice(at, at + 600), at, at > start);
  return head && { head, method };
}

function headAt(text: string, at: number, asked: boolean): Head | null {
  const found = [NOUN, LETTER, GIVEN, BY_MAIL, VERB, BARE, ANOTHER]
    .map((form) => ({ form, match: form.exec(text) }))
    .find(({ form, match }) => match !== null && (form !== BARE || isNew(match, asked)));
  const match = found?.match;
  if (!found || !match) return null;
  const groups = match.groups ?? {};
  const range = (name: string): Range | undefined => {
    const place = match.indices?.groups?.[name];
    return place && { start: at + place[0], end: at + place[1] };
  };
  const rest = at + match[0].length;
  const before = range('before') ?? range('before2') ?? range('before3') ?? { start: rest, end: rest };
  const front = range('front');
  const verbal = found.form === VERB;
  return {
    confidence: found.form === BARE ? 0.93 : found.form === ANOTHER && !groups['verb'] ? 0.8 : 0.97,
    before,
    rest,
    expects: verbal ? 'name' : 'anything',
    ...(front && { front }),
    another: AGAIN.test(text.slice(0, match[0].length)) || found.form === ANOTHER,
    needsWords: verbal && groups['reply'] === undefined,
    drafting: groups['drafting'] !== undefined || groups['drafting2'] !== undefined,
    ...(groups['meeting'] !== undefined && { deed: true }),
  };
}

/** "an email" asks for one; "email" and "the email to Ann" only speak of one. */
function isNew(match: RegExpExecArray, asked: boolean): boolean {
  const { det = '', det2 = '', whole, before = '' } = match.groups ?? {};
  if (/^(?:the|my|this|that)\s/.test(det)) return false;
  if (whole === undefined) return true;
  return (
    asked ||
    /^(?:an?|another|one more|yet another|new)\s/.test(det || det2) ||
    /\btemplate|\bai\b/.test(before)
  );
}
