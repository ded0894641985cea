import type { Range } from '../text.ts';

/** What a stretch of a request for an e-mail says. */
export type Kind = 'name' | 'topic' | 'subject' | 'said' | 'deed' | 'nothing';

/** A stretch with what it says; `lead` is where the words that introduce it begin. */
export interface Part extends Range {
  kind: Kind;
  lead: number;
  /** Somebody named by the words that introduce it ("telling Ann that …"). */
  who?: Range;
}

const DEED_VERB = String.raw`(?:ask|thank|apologi[sz]e|request|invite|remind|decline|confirm|explain|introduce|follow[\s-]up|check|see|find out|complain|cancel|schedule|reschedule|book|arrange|set up|update|accept|wish|congratulate|express|discuss|resign|offer|propose|share|announce|inform|notify|clarify|suggest|welcome|turn down|call off|postpone|submit|apply|warn|recommend|negotiate|report|let|tell|know|get|make|talk|quit|reject|join)`;
const DEED_ING = String.raw`(?:asking|thanking|apologi[sz]ing|requesting|inviting|reminding|declining|confirming|explaining|introducing|following up|checking|complaining|cancell?ing|updating|accepting|wishing|congratulating|offering|proposing|announcing|informing|notifying|suggesting|welcoming|turning down|letting|telling|wondering|turning)`;
const THEM = String.raw`(?:him|her|them|everyone|everybody|you|us|people|all of them)`;
const END = String.raw`(?![\p{L}\p{N}@.'-]*@)(?![\p{L}\p{N}])`;
const GAP = String.raw`(?:^|(?<=[\s,;.!?]))`;

/** Words that introduce a part, by what it is. The first group that fits at a place counts. */
const INTRODUCED = new RegExp(
  [
    String.raw`(?<subject>${GAP}(?:(?:and\s+)?with\s+(?:the\s+|a\s+|an?\s+)?subject(?:\s+line)?(?:\s*[:=]|\s+(?:of|is|being))?\s+|(?:and\s+)?(?:the\s+)?subject(?:\s+line)?(?:\s*[:=]\s*|\s+(?:is|should be)\s+|\s+(?=\uFFFC))|(?:titled|entitled|headed)\s*:?\s+|(?<=,\s)subject\s+(?=\S)))`,
    String.raw`(?<body>${GAP}(?:(?:and\s+)?(?:with\s+)?(?:the\s+)?(?:body|content|text)(?:\s+text)?\s*[:=]\s*|(?:and\s+)?(?:with\s+)?(?:the\s+|an?\s+)?body(?:\s+(?:of|saying|that says))?\s+|(?:the\s+)?message\s*[:=]\s*|(?<=,\s)body\s+(?=\S)))`,
    String.raw`(?<said>${GAP}(?:(?:and\s+)?sayin(?:g\b|\b'?):?\s*(?:that\s+)?|(?:to|and|just|please)\s+say\b:?\s*(?:that\s+)?|say\b:\s*(?:that\s+)?|(?:that|which)\s+(?:just\s+)?says\b:?\s*(?:that\s+)?|(?:and\s+)?(?:to\s+)?(?:telling|tell|informing|inform|notify|notifying)\s+(?:${THEM}\s+(?:that\s+)?|(?<who>(?:[^\s,.:;!?]+\s+){1,4}?)that\s+)|(?:and\s+)?(?:to\s+)?(?:letting|let)\s+(?:${THEM}\s+|(?<who2>(?:[^\s,.:;!?]+\s+){1,4}?))know\b\s*(?:that\s+)?))`,
    String.raw`(?<deed>${GAP}(?:(?:to|and)\s+(?=${DEED_VERB}${END})|(?=(?:${DEED_ING}|because|since|whether)${END})))`,
    String.raw`(?<that>${GAP}that\s+(?=\S))`,
    String.raw`(?<topic>${GAP}(?:all\s+)?(?:about|abuot|abot|regarding|re\s*:|re(?=\s)|concerning|with regards? to|in regards? to|with respect to|on the (?:subject|topic) of|on(?=\s))\s*)`,
    String.raw`(?<for>${GAP}for\s+(?=\S))`,
    String.raw`(?<with>${GAP}(?=with\s+\S))`,
    String.raw`(?<to>${GAP}(?:(?:addressed\s+)?to\s*:?\s*(?=\S)|2\s+(?=\p{L})))`,
    String.raw`(?<quote>${GAP}(?=\uFFFC))`,
    String.raw`(?<colon>\s?:\s+(?=\S)|\s-+\s+(?=\S))`,
    String.raw`(?<clause>,\s+(?=(?:i|i'm|im|i'll|i've|i'd|we|we're|we'll|we've|it|it's|he|she|they|there|there's)\s|(?:the|my|our|his|her)\s+(?:[^\s,]+\s+){1,3}(?:is|are|was|were|has|have|will|can't|cannot|won't|does|doesn't|isn't)\s))`,
    String.raw`(?<break>\n+|(?<!(?:^|[\s.])(?:mrs?|ms|mx|dr|prof|st|jr|sr|no|\p{L}))[.!?]\s+(?=\S))`,
  ].join('|'),
  'dgu',
);

type Word =
  | 'subject'
  | 'body'
  | 'said'
  | 'deed'
  | 'that'
  | 'topic'
  | 'for'
  | 'with'
  | 'to'
  | 'quote'
  | 'colon'
  | 'clause'
  | 'break';
const WORDS: readonly Word[] = [
  'subject',
  'body',
  'said',
  'deed',
  'that',
  'topic',
  'for',
  'with',
  'to',
  'quote',
  'colon',
  'clause',
  'break',
];

const AFTER_NAME = {
  subject: 'subject',
  body: 'said',
  said: 'said',
  deed: 'deed',
  that: 'said',
  topic: 'topic',
  for: 'topic',
  with: 'deed',
  quote: 'said',
  colon: 'said',
  clause: 'said',
  break: 'said',
} as const;

/** What each introduction begins, by what stands before it. What is not listed goes on with the part before. */
const NEXT: Record<Kind, Partial<Record<Word, Kind>>> = {
  nothing: { ...AFTER_NAME, to: 'name' },
  name: AFTER_NAME,
  topic: {
    subject: 'subject',
    body: 'said',
    said: 'said',
    deed: 'deed',
    topic: 'topic',
    to: 'name',
    clause: 'said',
    break: 'said',
  },
  subject: { body: 'said', said: 'said', deed: 'deed', to: 'name', clause: 'said', break: 'said' },
  said: { subject: 'subject' },
  deed: { subject: 'subject', break: 'deed' },
};

/** Whether an introduction is one where it stands. */
export type Judge = (word: string, part: Part, rest: number) => boolean;

/**
 * The parts of a request after its noun or verb, in their order.
 *
 * @param text folded, with line ends as they were and U+FFFC in place of what stands in quotes
 */
export function readParts(text: string, from: number, first: Kind, judge: Judge): Part[] {
  let part: Part = { kind: first, lead: from, start: from, end: text.length };
  const parts: Part[] = [part];
  for (const match of text.slice(from).matchAll(INTRODUCED)) {
    const word = WORDS.find((name) => match.groups?.[name] !== undefined);
    const start = from + match.index + match[0].length;
    const empty = text.slice(part.start, from + match.index).trim() === '';
    const kind =
      word &&
      (NEXT[part.kind][word] ?? (word === 'said' && part.kind === 'said' && empty ? 'said' : undefined));
    if (!word || !kind || from + match.index < part.start || !judge(word, part, start)) continue;
    const at = match.indices?.groups?.['who'] ?? match.indices?.groups?.['who2'];
    part.end = from + match.index;
    part = {
      kind,
      lead: from + match.index,
      start,
      end: text.length,
      ...(at && { who: { start: from + at[0], end: from + at[1] } }),
    };
    parts.push(part);
  }
  return parts;
}
