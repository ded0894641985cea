import type { Act } from '../../contracts/nlu.ts';
import type { Range } from './text.ts';

/** A text as it is read, and the way back to the offsets of the original. */
export interface PlainText {
  text: string;
  restore(act: Act): Act;
}

/** Long runs of blanks mean nothing but make patterns try every split of them. */
const LONG_BLANK = String.raw`\s{4,}`;
/** What is not seen: controls, zero widths, marks of direction. Between emoji and in other scripts joiners mean something. */
const UNSEEN = String.raw`[\0-\x08\x0E-\x1F\x7F-\x9F\xAD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]|(?<=^|[\s\p{Script=Latin}\p{Nd}])[\u200C\u200D]+`;
/** Letters and digits in another dress: full width, mathematical, ligatures, circled; not "½", "m²" or "™". */
const DRESSED = String.raw`[\uFF01-\uFF5E\u{1D400}-\u{1D7FF}\uFB00-\uFB06\u2460-\u24FF\u{1F130}-\u{1F149}\u2102\u210A-\u2113\u2115\u2119-\u211D\u2124\u2128\u212C\u212D\u212F-\u2131\u2133\u2134]`;
/** A digit on a key: only the key goes. */
const KEY = String.raw`(?<=[\d#*])\uFE0F?\u20E3`;
/** Written so short that it is no word any more. */
const ABOUT = String.raw`(?<=^|\s)[Aa]bt(?=\s)`;
/** "Before" with letters exchanged or left out, and as a sound: "call mum b4 bed"; "room B4" is none. */
const BEFORE = String.raw`(?<=^|\s)(?:befroe|befor|beofre|bfore|beforre|(?<!\b(?:room|gate|platform|seat|building|block|row|hall|stand|unit|terminal)\s+)b4(?=\s+(?:i|we|you|he|she|it|they|the|my|our|bed|work|school|lunch|dinner|breakfast|noon|that|\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|tonight)\b))(?=\s|$|[,.;!?])`;
/** An apostrophe that thumbs leave out, where the word is none without it. "Its due date" has none. */
const LEFT_OUT = [
  String.raw`(?:do|does|did|is|are|was|were|have|has|had|would|could|should|must|ca|wo)n(?=t\b)`,
  String.raw`(?:that|what|where|who|how|there|here|when|it(?=s\s+(?:been|moved|got|off|cancell?ed|called|now|not|too|already|due(?!\s+(?:date|time|day|to)\b)|at|on|in|a|the|for|fine|ok|okay|going|done|over|just|gonna|next|this|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d)\b))(?=s\b)`,
  String.raw`i(?=(?:m|ve)\b)|(?:you|they)(?=(?:re|ve|ll)\b)|we(?=ve\b)`,
].join('|');
/** One letter of "remind" left out, one too many, another one or two exchanged, where nobody can mean anything else. */
const REMIND = String.raw`(?<=^\s*|[.!?,;:]\s*|\b(?:please|pls|plz|you|u|and|also|then|just|hey|hi)\s+)(?!(?:rewind|remand|rebind|reminds?)\b)(?:${slipsOf('remind')})(?=\s+(?:me|us)\b)`;
/** "The 4pm one to friday": it is no stretch from one o'clock to friday. */
const ONE_AT = String.raw`(?<=\b(?:the|my|our|that)\s+(?:\d{1,2}(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?|o'?clock)?|(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:\s+o'?clock)?|noon|midday)\s+)one(?=\s+(?:to|till|until|from)\s)`;
/** An order about all that something holds of: "delete everything that's due today", "complete what's overdue". */
const OF_ALL = String.raw`(?<=^\s*(?:(?:please|pls|ok|okay|so|and|now|just|then|(?:can|could|would)\s+you|let's)[\s,]+)*(?:delete|remove|cancel|complete|finish|mark|move|push|postpone|delay|shift|set|tick\s+off|check\s+off|clear|reschedule|put|drop|scrap)\s+`;
const HOLDS = String.raw`(?=(?:(?:still|already|only|now)\s+)*(?:due|overdue|late|on|tagged|labell?ed|from|for|planned|scheduled)(?:\s|[.!]*$))`;
const WHICH = String.raw`${OF_ALL}(?:everything|anything|all(?:\s+(?:of\s+)?(?:(?:my|the)\s+)?(?:tasks|to-?dos|todos|events|meetings|appointments|reminders|items|things))?)\s+)(?:(?:that|which)(?:['’]?s|\s+is|\s+are)\s+${HOLDS}|(?:(?:that|which)\s+)?(?:i|we)(?:\s+have|(?:['’]ve|\s+have)\s+got)\s+${HOLDS})`;
const WHAT = String.raw`${OF_ALL})what(?:ever)?(?:['’]?s|\s+is)(?=\s+${HOLDS})`;
/** "Move it 2 mon" as "to mon": what is moved has its place behind the number; "push it 2 days" counts. */
const TO = String.raw`(?<=\b(?:move|push|shift|change|switch|reschedule|postpone|put|set|bump)\s+(?:(?:it|that|this)|(?:the|my|our)\s+[\p{L}'’-]+(?:\s+(?!(?:the|at|on|in|by|to|for|from)\b)[\p{L}'’-]+)?)\s+)2(?=\s+(?:(?:next|this)\s+)?(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|tmrw?|tomoz|noon|midday|\d{1,2}(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?|\s*o'?clock)?|(?:next|this)\s+(?:week|month))(?=\s*(?:$|[,.!?]|at\b|\d|please|pls|plz|instead|then|morning|afternoon|evening)))`;
/** "On 7.12." is a day, whose dots end no sentence; a version has no such word before it. */
const DOTTED = String.raw`(?<=(?<![\p{L}\p{N}])(?:on|by|from|until|till|before|after|since|for|to)\s+)(?<day>0?[1-9]|[12]\d|3[01])\.\s?(?<month>0?[1-9]|1[0-2])\.(?=\s|$|[,;!?])`;
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const CHANGED = new RegExp(
  `(?<blank>${LONG_BLANK})|(?<gone>${UNSEEN}|${KEY}|${WHICH})|(?<all>${WHAT})|(?<about>${ABOUT})|(?<one>${ONE_AT})|(?<before>${BEFORE})|(?<remind>${REMIND})|(?<to>${TO})|(?<dotted>${DOTTED})|(?<![\\p{L}\\p{N}'’])(?<short>(?:${LEFT_OUT}))|${DRESSED}`,
  'giu',
);

/**
 * The text as it is read: every letter in its plain form, nothing unseen, no long runs of blanks. Spans are moved back at
 * the end.
 */
export function plainText(original: string): PlainText {
  // Offset of each kept unit in the original, and where what it stands for ends there.
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let at = 0;
  const keep = (words: string, start: number, length: number): void => {
    for (let unit = 0; unit < words.length; unit += 1) {
      starts.push(start);
      ends.push(start + length);
    }
    text += words;
  };
  const keepUntil = (until: number): void => {
    for (; at < until; at += 1) keep(original.charAt(at), at, 1);
  };
  for (const { 0: said, index, groups } of original.matchAll(CHANGED)) {
    keepUntil(index);
    if (groups?.['blank']) keep(said.charAt(0), index, 1);
    else if (groups?.['about']) keep('about', index, said.length);
    else if (groups?.['before']) keep('before', index, said.length);
    else if (groups?.['one']) keep('event', index, said.length);
    else if (groups?.['all']) keep('everything', index, said.length);
    else if (groups?.['short']) keep(`${said}'`, index, said.length);
    else if (groups?.['to']) keep('to', index, said.length);
    else if (groups?.['dotted'])
      keep(`${Number(groups['day'])} ${MONTHS[Number(groups['month']) - 1] ?? ''}`, index, said.length);
    else if (groups?.['remind']) keep('remind', index, said.length);
    else if (!groups?.['gone']) keep(said.normalize('NFKC'), index, said.length);
    at = index + said.length;
  }
  if (at === 0) return { text: original, restore: (act) => act };
  keepUntil(original.length);
  const startOf = (offset: number): number => starts[offset] ?? original.length;
  const endOf = (offset: number): number => (offset === 0 ? 0 : (ends[offset - 1] ?? original.length));
  return {
    text,
    restore: (act) => ({
      ...act,
      span: {
        start: startOf(act.span.start),
        end: act.span.end === text.length ? original.length : endOf(act.span.end),
      },
      entities: act.entities.map((entity) => {
        const start = startOf(entity.start);
        const end = entity.end === entity.start ? start : endOf(entity.end);
        const said = original.slice(start, end);
        return { ...entity, start, end, text: said, value: asSaid(entity, said) };
      }),
    }),
  };
}

/** Words that are a value themselves keep the apostrophes that they were said with. */
const asSaid = ({ value, text }: Act['entities'][number], said: string): unknown =>
  value === text && text.replaceAll("'", '') === said.replaceAll("'", '') ? said : value;

/** A stretch of a text as all there is to read. What is said as a whole is still said by the whole text. */
export function readOnly(plain: PlainText, { start, end }: Range): PlainText {
  const { text } = plain;
  if (start === 0 && end === text.length) return plain;
  const moved = (at: number): number => at + start;
  return {
    text: text.slice(start, end),
    restore: (act) =>
      plain.restore({
        ...act,
        span: {
          start: act.span.start === 0 ? 0 : moved(act.span.start),
          end: act.span.end === end - start ? text.length : moved(act.span.end),
        },
        // What stands nowhere stays there.
        entities: act.entities.map((entity) =>
          entity.end === 0 ? entity : { ...entity, start: moved(entity.start), end: moved(entity.end) },
        ),
      }),
  };
}

/** A text with other words in a stretch of it; what is found there is told by the words that were said. */
export function withWords(plain: PlainText, { start, end }: Range, words: string): PlainText {
  const { text } = plain;
  const longer = end - start - words.length;
  const moved = (at: number): number => (at <= start ? at : at >= start + words.length ? at + longer : end);
  return {
    text: text.slice(0, start) + words + text.slice(end),
    restore: (act) =>
      plain.restore({
        ...act,
        span: { start: moved(act.span.start), end: moved(act.span.end) },
        entities: act.entities.map((entity) => {
          const [from, to] = [moved(entity.start), moved(entity.end)];
          const isOther = entity.start < start + words.length && entity.end > start;
          return { ...entity, start: from, end: to, ...(isOther && { text: text.slice(from, to) }) };
        }),
      }),
  };
}

/** All that a word becomes by one slip, as a pattern. */
function slipsOf(word: string): string {
  const places = [...word.split('').keys(), word.length];
  const slips = places.flatMap((at) => {
    const [before, unit, next, rest] = [
      word.slice(0, at),
      word.charAt(at),
      word.charAt(at + 1),
      word.slice(at + 1),
    ];
    return [
      `${before}[a-z]${word.slice(at)}`,
      ...(unit === '' ? [] : [before + rest, `${before}[a-z]${rest}`]),
      ...(next === '' ? [] : [`${before}${next}${unit}${word.slice(at + 2)}`]),
    ];
  });
  return [...new Set(slips)].join('|');
}
