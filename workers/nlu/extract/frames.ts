import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { overlaps, trimRange } from '../text.ts';

/**
 * What people say around what they want: chatter, politeness, the verb that asks for it and the words that only point
 * back ("put it in"). Each kind of content has its own verbs; the rest is common to all.
 */
export type ContentKind =
  'task' | 'event' | 'reminder' | 'slot' | 'change' | 'remove' | 'done' | 'renew' | 'find' | 'ask';

/** A pattern that is written over several lines. */
const oneLine = (source: string): string => source.replace(/\n\s*/g, '');

const CHATTER = oneLine(String.raw`
  (?:hey|hi|hello|hiya|heya|ok|okay|kk|so|well|um+|uh+|er+|erm|oh|yo|lo+l|ha(?:ha)*h?|heh|omg|ugh+|argh+|
  aw+|wow|ya+y|woo+(?:hoo)?|phew|hmm+|right(?: (?:so|then))?|alright|actually|please|pls|plz|plss*|kindly|
  just|and|now|also|then|btw|fyi|anyway|look|listen|dear(?: assistant)?|love|mate|buddy|pal|bestie|sunshine|
  honey|pet|dude|bro|man|pulse\s?plan|guess what|i think|i guess|i mean|i suppose|tbh|maybe|perhaps|basically|
  real quick|quick(?:ly)?|random(?: but)?|thanks|thank you|thx|cheers|good (?:morning|evening|afternoon)|
  my dear|dear|before i forget(?: again)?|because i always forget|if (?:it's )?possible|if (?:you|u) (?:can|
  could|would)(?: please)?|if it's no trouble|no rush|one more thing|another thing|oh and|please be a dear and|
  be a dear and|do me a favou?r(?: and)?|i forgot|for me|finally|apparently|that's it)`);
const ASKS = oneLine(String.raw`
  (?:be so (?:kind|good)(?: as)? to|be a dear(?: and)?|(?:it(?:'d| would) be|would be) (?:great|nice|good|lovely|
  helpful|cool|best) if (?:you|we) (?:could|can|would)|(?:can|could|would|will|may|might|cud|wud)\s+(?:you|
  u|yu|ya|i|we|someone|somebody)(?:\s+(?:please|pls|kindly|maybe|just|possibly|also|help me|help|be so (?:kind|
  good)(?: as)?|be a dear(?: and)?|mind|go ahead and|like to|get))*(?:\s+to)?|(?:i|we)(?:'d|\s+would|\s+wud)\s+(?:really\s+|
  also\s+)?(?:like|love|prefer|rather|appreciate it if you(?: could| would)?|be grateful if you(?: could|
   would)?)(?:\s+(?:you|for you))?(?:\s+to)?|(?:i|we)\s+(?:want|need|wish|wanna)(?:\s+(?:that\s+)?you)?\s+to|
  (?:i|we)(?:'ll|'ve|\s+will)?\s+(?:(?:have|got)\s+to|must|should)(?=\s+(?:move|reschedule|postpone|shift|push|bring\s+forward)\s+(?:the|my|our)\s)|
  i\s+want(?:\s+that)?\s+you|(?:i|we)\s+wanna|(?:would it be|is it) possible(?: for (?:you|u|me))? to|let's|lets|let us|
  go ahead and|help me(?: to)?|make sure (?:to|you)|you (?:can|could|should|may|need to|have to)|please to|
  kindly|i (?:was|am|'m) (?:hoping|wondering if) (?:you (?:can|could)|to)|how about(?: we)?|time to|don't forget to|
  (?:i\s+)?(?:nedd|ned) to|i need(?: for)?|(?:i|we)\s+(?:also|still|really|just)\s+(?:need|want)(?=\s+(?:an?|the|my|another|some)\s)|i want|give me|gimme|get me|do|we need|need to|try to|to)`);

const verbs = (list: string): string =>
  `(?:${list
    .trim()
    .split(/\s*\|\s*/)
    .join('|')})`;
/** The same with "-ing" and "-ed": "would you mind moving". */
const inflected = (list: string): string =>
  verbs(
    list
      .trim()
      .split(/\s*\|\s*/)
      .map(inflect)
      .join('|'),
  );
const inflect = (verb: string): string => {
  if (/^[a-z]+e$/.test(verb)) return `${verb.slice(0, -1)}(?:e|ed|ing)`;
  return /^[a-z]+$/.test(verb) ? `${verb}(?:ed|ing|${verb.at(-1) ?? ''}ing)?` : verb;
};

const PUT = oneLine(String.raw`
  put|pop|stick|throw|add|ad|adn|jot|write|wirte|note|log|record|place|include|insert|enter|save|file|slap|
  chuck|drop|get|list|append|track|register`);
const LEADS: Record<ContentKind, string> = {
  task: oneLine(String.raw`
    (?:(?:${verbs(`put|pop|stick|add|ad|adn|jot|note|log|remember|rember|another|new`)}|${verbs(`${PUT}|create|creat|crate|make|mkae|set up|start|open|need`)}(?=.*\b(?:lists?|
    lsit|tasks?|taks|to-?\s?dos?|todo|to do|for (?:mon|tue|wed|thu|fri|sat|sun|tomorrow|today))\b))(?:\s+(?:me|
    in|down|up|that|this|for me|also))*\s*:?\s+)(?:(?:an?|my|new|another|one(?:\s+more)?(?!\s+\S+\s+of)|quick|
    urgent)\s+)*(?:(?:tasks?|taks|to-?\s?do'?s?|todo|to do|item|entry|reminder to self|thing to do)(?:\s+(?:list\s+)?(?:item|
    entry))?(?![\p{L}'-])(?:\s+(?:for me|4 me|called|named|titled|saying|that says|with the (?:title|name)|
    about|to|that))*\s*[:,-]?\s+)?|(?:tasks?|to-?\s?do|todo)\s+(?=(?:for|on|by)\s)|(?:tasks?|taks|to-?\s?do|
    todo)(?:\s+(?:4|for)\s+me)?\s*[:,-]\s*|(?:in|on|to)\s+(?:my|the)\s+(?:to-?\s?do\s+)?list\s+|don'?t let me forget(?:\s+(?:to|
    about))?\s+|(?:we|i)(?:'re|'m|\s+are|\s+am)?\s+(?:nearly\s+|almost\s+|all\s+)?(?:out of|ran out of|low on)(?:\s+the)?\s+|
    i have need of\s+`),
  event: oneLine(String.raw`
    (?:(?:an?\s+|the\s+|my\s+|another\s+|one more\s+|next\s+)*(?:new\s+)?(?:(?:recurring|
    repeating|regular|daily|weekly|biweekly|fortnightly|monthly|yearly|annual)\s+)?(?:calendar(?:\s+(?:event|entry|item))?|event|appointment|entry|
    meeting)(?:\s+(?:for|in|on|to|into)\s+(?:my|the|our)\s+calendar)?(?:,?\s+(?:please|pls|for me))*(?:\s*:\s*|\s+-\s+)|(?:${verbs(String.raw`${PUT}|schedule|shedule|scedule|schedul|book(?!\s+(?:club|fair|reading|launch|signing|swap|group))|set(?:\s+up)?|create|creat|crate|plan|arrange|make|organi[sz]e|mark|block(?:\s+(?:out|off))?|reserve|pencil(?:\s+in)?|slot in|calendar|fix(?:\s+up)?|host|hold|have|hav|new|do|visit|start|need|want`)}(?:\s+(?:me|
    us|in|down|up|for me|that|this|also|it))*\s+)(?:(?:an?|the|my|our|another|one(?!\s+(?:hour|on))|some|
    new|this)\s+)*(?:(?:(?:new\s+|calendar\s+|all[- ]day\s+)*(?:calendar\s+(?:event|entry|item)|event|evnt|
    entry|calendar|appointment(?=\s+(?!(?:with|at|for|on|to|in|next|tomorrow|by)\b)[\p{L}])|meeting(?=\s+(?:called|
    named|titled))|invite|invitation))(?![\p{L}'-])(?:\s+(?:called|named|titled|labell?ed|for(?!\s+(?:tomorrow|
    today|next|this|\d|the\s+\d|mon|tue|wed|thu|fri|sat|sun))|about|of|to|that says)(?![\p{L}]))*\s*[:-]?\s*)?)|(?:(?:i|
    we)(?:'ve|'m|'re|\s+have|\s+am|\s+are|\s+hav|m)?(?:\s+(?:got|having|have|hav|supposed|going|doing|get|
    seeing|meeting|got to|to))*|there(?:'s|\s+is|\s+will be)|it(?:'s|\s+is)|that's|this is|we will|i will|
    hav|have)(?=\s)\s+(?:(?:an?|the|my|our)\s+)?`),
  reminder: oneLine(String.raw`
    (?:(?:set|create|creat|add|make|put|give me|gimme|i need|get me|get|need|send me|i want|i'd like|would like|
    schedule|leave)(?:\s+(?:me|up|in))*\s+)?(?:(?:an?|the|my|new|another|one|some|quick)\s+)*(?:reminder|
    remidner|remider|alarm|alram|alarm clock|timer|timmer|nudge|poke|ping|heads-?up|wake-?up(?:\s+call)?|
    wake up|egg timer|clock|shout)(?!\s*s\b)(?![\p{L}'-])(?:\s+(?:called|named|titled|labell?ed|saying|that|
    to|about|for|of|on|regarding|from)(?![\p{L}]))*\s*[:,-]?\s*|(?:to\s+)?(?:(?:remind|rmeind|remnid|remaind|remeind|
    remid|reming|reminding|remember|ping|nudge|notify|alert|poke|warn|buzz|prompt|bug|nag|wake|wakeme)(?:\s+(?:to\s+)?(?:me|
    us|myself|future me))?(?:\s+up)?|(?:tell|text|message|yell at|shout at|holler at|get|beep|call)\s+me(?:\s+up)?|
    don'?t let me forget|wake up me|be (?:reminded|woken(?: up)?|told|notified|alerted))(?![\p{L}])(?:\s+(?:to(?!p\b)|too|about|
    abuot|of|that|regarding|when|for|on)(?![\p{L}]))*\s*[:,-]?\s*`),
  slot: oneLine(String.raw`
    (?:(?:when|wen|whne|where|what time|what times|which times?|in which moment)\s+(?:can|could|should|might|
    may|do|does|would|are|is|am|'s)\s+(?:i|we|you)?\s*|(?:when|wen|whne)'?s?(?:\s+is)?|(?:can|could)\s+(?:i|
    we)|find(?:\s+(?:me|us))?|fnid|look for|search(?:\s+(?:me|for))?|see|suggest|get|give me|any|is there|
    are there|show(?:\s+me)?|what's|what is|what are|need|block|check|tell me|(?:an?\s+|the\s+)?(?:next|first|
    earliest|free|slots?|gaps?|openings?|best|good)(?=\s))(?:\s+(?:when|if|an?|some|any|the|my|me|us|where|
    i|we|i've|i have|have|got|available|free|good|best|suitable|ideal|next|earliest|open|time|times|slot|
    slots|moment|opening|openings|gap|gaps|spot|window|room|space|day|evening|afternoon|morning|for|to|in|
    do|can|could|both|squeeze|fit|schedule|meet(?= with)|have a)(?![\p{L}\p{N}'’]))*\s*`),
  change: oneLine(String.raw`
    (?:${inflected(String.raw`move|moev|push|shift|postpone|postpon|delay|reschedule|bump|bring|put|switch|change|chnage|chage|update|edit|set|make|mkae|modify|adjust|alter|extend|shorten|lengthen|prolong|cut|trim|prepone|rename|retitle|mark|flag|add|give|knock|have|let|can|could|fix|reduce|increase|raise|lower|turn|keep|tag|label|repeat|snooze|defer|swap|revise|correct|call`)}(?:\s+(?:me|
    back|up|out|forward))?\s+)`),
  remove: oneLine(String.raw`
    (?:${inflected(String.raw`cancel|cancle|cancell|delete|delet|dleete|remove|remvoe|rm|erase|scrap|scratch|bin|drop|kill|clear(?:\s+out)?|clera|wipe|purge|trash|discard|take(?:\s+(?:out|off|away))?|tkae|get(?:\s+rid\s+of)?|throw (?:away|out)|call off|strike|cross (?:off|out)|x|ditch|forget(?: about)?|eliminate|undo|stop|turn off|switch off|disable|no more|no|skip|unschedule|lose|dump|restore|bring back|recover|revert|put back|get back|undelete|tick off|off the list:?`)}\s+(?:my\s+(?=whole|
    entire)|the\s+(?=whole|entire))?)`),
  done: oneLine(String.raw`
    (?:(?:i|we)(?:'ve|\s+have|'m|\s+am)?\s+)?(?:(?:just|already|alredy|finally|now|also|all|made already)\s+)*(?:finished|
    finsihed|done|completed|complete|did|got|mark(?:t|ed)?|check(?:ed)?(?:\s+off)?|chek(?:\s+off)?|tick(?:ed)?(?:\s+off)?|
    cross(?:ed)?(?:\s+(?:off|out))?|close(?:d)?(?:\s+out)?|set|consider|handled|sorted|dealt with|took care of|
    finish(?:\s+to)?|through|over)(?:\s+with)?\s*[:,]?\s+(?:off\s+)?`),
  renew: oneLine(String.raw`
    (?:${inflected(String.raw`reschedule|reshedule|reshcedule|resched|rebook|rearrange|reshuffle|shuffle|rejig|shift|move|push|postpone|put|reorgani[sz]e|reprogram|redo|replan|find|fnid|need|look for|get|set|give`)}(?:\s+(?:me|
    us|for))?\s+)(?:(?:an?|the|some|another|anohter|different|new|other|alternative)\s+)*(?:(?:time|tiem|
    times|date|day|slot|evening|morning|afternoon|spot|moment|week|appointment)s?(?:\s+|$)(?:for\s+|to\s+(?=do|
    have))?)?|(?:an?\s+)?(?:new|another|different)\s+(?:time|date|day|slot)(?:\s+|$)(?:for\s+)?`),
  find: oneLine(String.raw`
    (?:search|serach|look|find|fnid|dig|show|get|see|tell me|give me|pull up|check|fetch|where(?:'s|\s+is|
    \s+are|\s+did i (?:put|write|save|note|leave|store)(?:\s+down)?|\s+i have (?:written|saved|put))?|did i (?:ever )?(?:note|
    write|save|put|jot|record)(?:\s+down)?|do i have|i need|i'd like|all|everything|evrything|everythng|anything|
    anyting|any|whatever|what)(?:\s+(?:me|up|out|through|down|for|all|everything|evrything|anything|anyting|
    whatever|stuff|things|what|that|those|my|the(?=\s+(?:things|stuff|notes?\b))|i(?:'ve|\s+have)?|have|had|
    got|saved|stored|wrote|written|noted|put|find|where|when|see|notes?|tasks|mails|appointments|and|in|information|
    info|mentions?|is|are|there|regarding)(?![\p{L}\p{N}'’]))*(?:\s+(?:about|abuot|on|of|for|re|regarding|
    concerning|related to|relating to|that mentions?|mentioning|containing|that contains?|with(?:\s+the)?(?:\s+words?)?(?:\s+in it)?|
    with|in which|from(?=\s+the project)))*\s*:?\s+`),
  ask: oneLine(String.raw`
    (?:(?:when|where|who|what time|what|at what time|how long|which|wen|waht)(?:'s|'re|\s+is|\s+are|\s+was|
    \s+were|\s+does|\s+do|\s+did|\s+will|\s+am)?|is|are|do|does|have|did|am|any|show(?:\s+me)?|shwo|list|
    lsit|display|read(?:\s+(?:me|out))?|tell(?:\s+me)?|check|see|view|give me|let me know|open|find|get|pull up|
    what've)(?:\s+(?:me|i|we|there|have|got|any|anything|my|all|the(?=\s+(?:next|first|last))|a|an|about|
    if|whether|coming to|coming|going to|going|invited to|invited|attending|when|what|time|next|first|still|
    else|see|planned|scheduled|supposed to|out|is|are|on|in|i've|doing)(?![\p{L}\p{N}'’]))*\s+`),
};

/** Whole clauses that only point back to what was said: "put it in", "can you add that to my list lol". */
const POINTING = new RegExp(
  String.raw`^(?:(?:${PUT}|mark|block|schedule|book|set(?: up)?|create|edit|update|fix|change|move|shift|push|make|remind me|find|cancel|delete|delet|remove|remvoe|scrap|bin|drop|kill|erase|take|tick|check|cross|close|strike|calendar|turn|get rid of|send|cut|knock|bring|rebook)\s+(?:it|that|this|them|these|those|me(?: in)?|him|her|one|that one|so|its?|all)(?:\s+(?:up|in|down|off|out|on|over|back|there|somewhere|too|also|again|please|pls|done|complete|completed|down as (?:a|an) (?:task|to-?do|event)|as (?:done|a (?:task|to-?do|event))))*|(?:calendar|tick|list|note|save|schedule|add|edit|update|fix|cancel|delete|remove)\s*(?:it|that|this)?|(?:${PUT})\s+(?:(?:it|that|this)\s+)?(?:on|to|in|into|onto|under|for|down)(?:\s+(?:it|there|for|as|something|a|to|pay|back|the|my|our|do|later))*|calendar please|add|list)(?:\s+(?:(?:in|on|to|into|onto|from|off|for|under)\s+)?(?:the\s+|my\s+|our\s+)?(?:calendar|cal|diary|agenda|list|to-?do(?: list)?|tasks?|schedule|planner|me|then|now|before.*|somewhere))*(?<value>\s+(?:(?:for|on|to|at|by|until|till|in|every|each|this|next|from|under)\s+[^,]{1,40}|\d{1,2}(?::\d\d)?(?:\s*[ap]m)?|weekly|daily|monthly|urgent|(?:high|low|top) priority|an?\s+\S+|tomorrow|today|tonight|\S+day))?$`,
);
const CHATTER_RUN = new RegExp(String.raw`^(?:(?:${CHATTER})(?![\p{L}\p{N}'’-])[\s,.!?:;-]*)+`, 'u');
const CHATTER_END = new RegExp(
  String.raw`(?:[\s,.!?:;-]+(?:${CHATTER}|you can|actually|if (?:you|u) (?:can|could|would|don't mind)|for (?:me|us)|asap|too|as well|from now on|in for me|wud|cheers|or something|i guess|after all|once and for all|already|instead|again|xx*|don't (?:let me )?forget|before anyone sees|(?:will|would) (?:you|ya))(?![\p{L}\p{N}'’]))+[\s.!?]*$|[\s.!?,;:]+$`,
  'u',
);
/** Words that are talk and nothing else. */
export const isChatter = (words: string): boolean => CHATTER_RUN.exec(words)?.[0].length === words.length;
const ASK_RUN = new RegExp(String.raw`^(?:(?:${ASKS})(?![\p{L}\p{N}'’-])[\s,.:]*)+`, 'u');
const LEAD_OF = new Map<ContentKind, RegExp>();
const leadOf = (kind: ContentKind): RegExp => {
  let pattern = LEAD_OF.get(kind);
  if (!pattern) {
    pattern = new RegExp(String.raw`^(?:${LEADS[kind]})`, 'u');
    LEAD_OF.set(kind, pattern);
  }
  return pattern;
};

/** What one obliges oneself to: the to-do begins behind it. */
const OBLIGED =
  /(?:^|[\s,])(?:i|we|he|she|they)(?:'ve|'ll|'d|\s+have|\s+still|\s+really|\s+also|\s+should|\s+probably|\s+just|\s+always|\s+now)*\s+(?:got\s+to|gotta|have\s+to|has\s+to|need\s+to|nedd\s+to|must(?:\s+to)?|should(?:\s+really|\s+probably)?|ought\s+to|really\s+ought\s+to|had\s+better|better|promised(?:\s+\S+)?(?:\s+(?:i'd|to))?|to(?=\s)|keep forgetting to|need(?!\s+to))\s+/;
const EARLIEST = 200;

/** Clause by clause: chatter and pointing clauses have no content of their own. */
interface Clause extends Range {
  /** Behind chatter and politeness. */
  from: number;
  /** Before closing politeness. */
  to: number;
  kind: 'empty' | 'pointing' | 'command' | 'plain';
}

export interface Content {
  /** Where the content stands, lead-in and closing words cut. */
  body: Range;
  /** What was said before the order: why, and sometimes what. */
  before: Range;
  /** Where the order itself begins, its verb included. */
  order: Range;
  /** Where what belongs to it may stand as well (times, lists): all but clauses that only explain. */
  region: Range;
  /** Clauses inside the region that say nothing of their own. */
  idle: Range[];
  /** Whether the wording itself asked for it ("schedule …"). */
  commanded: boolean;
  /** A clause that only points back stood there. */
  pointed: boolean;
  /** It says what one has to do: "I need to …". */
  obliged: boolean;
}

/** "Tomorrow move the gym to 7": the day stands before the order. */
const DAY_FIRST = oneLine(String.raw`
  \s*(?:(?:from|starting|beginning|as of|on|this|next)\s+)*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tomorrow|
  tonight|week|month|(?:the\s+)?\d{1,2}(?:st|nd|rd|th)|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:january|february|
  march|april|may|june|july|august|september|october|november|december)|(?:january|february|march|april|may|june|july|
  august|september|october|november|december)(?:\s+\d{1,2}(?:st|nd|rd|th)?)?)(?:\s+(?:on|onwards?))?`);
const ONLY_DAY = new RegExp(`^(?:${DAY_FIRST})[\\s,]*$`);
/** Whether words are a day and nothing else, be it with "from" or "on". */
export const isDayAlone = (words: string): boolean => ONLY_DAY.test(words);
const ORDER = String.raw`(?:please\s+)?(?:move|push|shift|bring|reschedule|postpone|change|make|cancel|delete|drop|skip)\s+(?:the|my|our)\s`;
/** "Everything but the tent", "tent but not the stove" belong together. */
const BUT = String.raw`(?:but(?=\s+(?:i|we|you|he|she|it|its|it's|they|this|that|there)\b)|(?<!\b(?:all|everything|everyone|everybody)\s[^,.;!?]{0,30})but(?!\s+not\s+(?:the|my|our)\s))`;
const BOUNDARY = new RegExp(
  String.raw`\s*[!?;]+(?=\s|$)|\s*\.+(?=\s|$)(?<!\b(?:dr|mr|mrs|ms|st|prof|vs|no|approx|a\.m|p\.m|am|pm)\s*\.)|\s*\n+|,(?=\s)|\s+-+(?=\s)|(?<!\bbe)\s+(?=(?:so(?!\s+(?:that|far|much|many|kind|good))|because|cos|coz|since(?=\s+(?:i|we|my|the|it|he|she|they|\p{L}+'s|\p{L}+\s+(?:is|are|has|was|had))\s?)|which means|and so|${BUT}|otherwise|therefore|hence)\s)|\s+(?=(?:and\s+)?(?:put|add|pop|stick|note|list|mark|write|tick|cross|check|take|calendar|delete|remove|move|push|book)\s+(?:it|that|this|them)\b)|(?<=^${DAY_FIRST})\s+(?=${ORDER})`,
  'gu',
);
const LONG = 700;
/** Behind these words stands why, not what. */
const EXPLAINS = /^(?:because|cos|coz|since|otherwise|as|which|if|when|but|before)\s/;

export function contentOf(draft: Draft, range: Range, kind: ContentKind): Content {
  const whole = trimRange(draft.folded, range);
  const clauses =
    whole.end - whole.start > LONG ? [clauseOf(draft, whole, kind)] : clausesOf(draft, whole, kind);
  const full = clauses.filter((clause) => clause.kind === 'plain' || clause.kind === 'command');
  const pointed = clauses.some((clause) => clause.kind === 'pointing');
  const command = full.findIndex((clause) => clause.kind === 'command');
  const chosen = command > 0 ? full.slice(command) : full;
  const [first] = chosen;
  const named = (body: Range, from: number): Content => ({
    body,
    before: { start: whole.start, end: Math.max(whole.start, from) },
    order: body,
    region: whole,
    idle: [],
    commanded: false,
    pointed,
    obliged: false,
  });
  if (!first) {
    const [only] = clauses;
    return named(only ? bodyOf(draft, only, kind) : whole, whole.start);
  }
  const last = closing(draft, chosen);
  const body = bodyOf(draft, { from: first.from, to: last.to }, kind);
  const start = command > 0 ? timed(draft, clauses, first) : whole.start;
  const idle = clauses
    .filter((clause) => clause.kind === 'empty' || clause.kind === 'pointing')
    .map(({ start: from, end }) => ({ start: from, end }));
  // "find me another slot" names nothing: what was said before it belongs to it.
  if (body.end <= body.start) return named(body, first.start);
  const order = { start: orderStart(draft, first), end: body.end };
  const before = { start: whole.start, end: Math.max(whole.start, first.start) };
  return {
    body,
    before,
    order,
    region: { start, end: whole.end },
    idle,
    commanded: command >= 0,
    pointed,
    obliged:
      kind === 'task' &&
      OBLIGED.test(draft.folded.slice(first.from, Math.min(last.to, first.from + EARLIEST))),
  };
}

/** Where a reason follows ("…, they called me") the content ends before it. */
function closing(draft: Draft, chosen: readonly Clause[]): Clause {
  const [first] = chosen;
  let last = first;
  for (const clause of chosen.slice(1)) {
    if (EXPLAINS.test(draft.folded.slice(clause.start, clause.end).trimStart())) break;
    last = clause;
  }
  if (!last) throw new Error('no clause');
  return last;
}

/** A clause before the command that holds nothing but a time belongs to it: "every night at 9, remind me …". */
function timed(draft: Draft, clauses: readonly Clause[], first: Clause): number {
  const at = clauses.indexOf(first);
  const before = clauses[at - 1];
  const tells =
    before &&
    /^(?:i|i'm|i've|my|the|we|it|it's|he|she|they|since|because|if|there|our|this|that)\b/.test(
      draft.folded.slice(before.from, before.to),
    );
  return before && before.to - before.from <= 30 && at === 1 && !tells ? before.start : first.start;
}

function clausesOf(draft: Draft, whole: Range, kind: ContentKind): Clause[] {
  const clauses: Clause[] = [];
  let start = whole.start;
  for (const match of draft.folded.slice(0, whole.end).matchAll(BOUNDARY)) {
    const at = { start: match.index, end: match.index + match[0].length };
    if (at.start <= start || clauses.length >= 12) continue;
    if (draft.quotes.some((quote) => overlaps(quote, at))) continue;
    clauses.push(clauseOf(draft, { start, end: at.start }, kind));
    start = at.end;
  }
  if (start < whole.end) clauses.push(clauseOf(draft, { start, end: whole.end }, kind));
  return clauses;
}

function clauseOf(draft: Draft, range: Range, kind: ContentKind): Clause {
  const { start, end } = trimRange(draft.folded, range, ',;');
  let from = start;
  let to = end;
  const lead = CHATTER_RUN.exec(draft.folded.slice(from, Math.min(to, from + EARLIEST)));
  if (lead) from += lead[0].length;
  const tail = CHATTER_END.exec(draft.folded.slice(Math.max(from, to - 80), to));
  if (tail) to = Math.max(from, to - 80) + tail.index;
  if (from >= to) return { start: range.start, end: range.end, from: start, to: end, kind: 'empty' };
  const ask = ASK_RUN.exec(draft.folded.slice(from, Math.min(to, from + EARLIEST)));
  const asked = from + (ask?.[0].length ?? 0);
  const words = draft.folded.slice(asked, to).trim();
  if (words.length <= 90 && POINTING.test(words))
    return { start: range.start, end: range.end, from, to, kind: 'pointing' };
  const commands = kind !== 'done' && leadOf(kind).test(`${draft.folded.slice(asked, to)} `);
  return {
    start: range.start,
    end: range.end,
    from,
    to,
    kind: commands && (kind === 'ask' || kind === 'slot' || isCommand(words)) ? 'command' : 'plain',
  };
}

function orderStart(draft: Draft, clause: Clause): number {
  const ask = ASK_RUN.exec(draft.folded.slice(clause.from, Math.min(clause.to, clause.from + EARLIEST)));
  return clause.from + (ask?.[0].length ?? 0);
}

/** "I have", "there's" lead in as well, but they are no orders. */
const isCommand = (words: string): boolean =>
  !/^(?:i|we|there|it|that|this|have|hav|do|can|could|let|no|x|get(?!\s+rid)|put it|any|is|are|what|when|where|all|got|done)\b/.test(
    words,
  );

function bodyOf(draft: Draft, clause: Pick<Clause, 'from' | 'to'>, kind: ContentKind): Range {
  let { from } = clause;
  let { to } = clause;
  const words = (): string => draft.folded.slice(from, Math.min(to, from + EARLIEST));
  const inQuote = (at: number): boolean => draft.quotes.some((quote) => quote.start < at && at < quote.end);
  if (kind === 'task') {
    const obliged = OBLIGED.exec(words());
    if (obliged && !inQuote(from + obliged.index)) {
      from += obliged.index + obliged[0].length;
      return trimRange(draft.folded, { start: Math.min(from, to), end: to }, ',:;');
    }
  }
  for (let turn = 0; turn < 5; turn += 1) {
    const before = from;
    for (const pattern of [CHATTER_RUN, ASK_RUN]) {
      const lead = pattern.exec(words());
      if (lead && from + lead[0].length < to) from += lead[0].length;
    }
    const verb = turn < 3 ? leadOf(kind).exec(words()) : null;
    if (verb && verb[0].length > 0 && from + verb[0].length <= to) {
      from += verb[0].length;
      if (kind === 'task' || kind === 'find' || kind === 'change' || kind === 'remove') break;
    }
    if (from === before) break;
  }
  const tail = CHATTER_END.exec(draft.folded.slice(Math.max(from, to - 80), to));
  if (tail && !inQuote(to - 1)) to = Math.max(from, to - 80) + tail.index;
  return trimRange(draft.folded, { start: Math.min(from, to), end: to }, ',:;');
}
