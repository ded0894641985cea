import { coreOf } from '../rules/rule.ts';
import { looksLikeActivity } from '../rules/statement-rules.ts';

/**
 * How a clause begins. `order`: said to the planner, wherever it stands. `command`: a verb that a planner understands
 * and that one may also have to do oneself ("email Ann", "cancel the gym"). `question` and `wish` ("i need to …") speak
 * for themselves. `activity`: something to do ("call Bob"). `value`: says more of what was just named ("make it
 * urgent", "for an hour"). `other`: nouns, statements, all the rest.
 */
export type Opening = 'order' | 'command' | 'question' | 'wish' | 'activity' | 'value' | 'other';

const POLITE =
  /^(?:(?:please|pls|plz|kindly|maybe|just|now|ok|okay|yes(?=,)|yeah(?=,)|yep(?=,)|no(?=,)|nope(?=,)|first(?:\s+of\s+all)?(?!\s+(?:one|task|item|thing|is|meeting|event)\b)|lol|haha|uh|um|hm+|oh|well|hey|to(?=\s+(?:add|put|say|show|tell|remind|cancel|delete|move|set|make)\s)|(?:can|could|would|will)\s+(?:you|u)(?:\s+like)?(?:\s+(?:please|pls|also|maybe|kindly))*|can\s+we|i(?:'d|\s+would)\s+like\s+you\s+to|i\s+want\s+you\s+to|(?:you\s+)?(?:should|can)\s+(?:also|maybe)|let's|lets|go\s+ahead\s+and|try\s+and|if\s+you\s+can|if\s+possible|when\s+you\s+can|don't\s+forget\s+to\s+also|like)[\s,]+)+/;

const NOUN = String.raw`(?:reminders?|alarms?|timers?|tasks?|to-?dos?|events?|meetings?|appointments?|lists?|calendar|calender|entry|entries|one(?=\s+(?:called|named|for|with|at|on|to|in)\b))`;
const A = String.raw`(?:(?:me|us)\s+)?(?:up\s+)?(?:an?\s+|another\s+|one\s+|the\s+|my\s+|all\s+)?(?:\S+\s+){0,2}?`;
const PLACE = String.raw`(?:\S+\s+){0,3}?(?:list|calendar|calender|tasks|to-?\s?dos?|diary|agenda|schedule|groceries|planner)\b`;

/** Words that can only be meant for the planner. */
const ORDER = [
  String.raw`(?:remind|wake|ping|nudge|alert|notify|brief|warn)\s+(?:me|us)\b`,
  String.raw`(?:show|tell|give|read|send|say|find|book)\s+(?:me|us)\b(?!\s+(?:how|a\s+joke))|let\s+me\s+(?:know|see)\b|catch\s+me\s+up`,
  String.raw`(?:set|create|add|make|start|open|put\s+(?:in|on|down|up)|schedule|delete|remove|cancel|drop|kill|clear|list|show|move|change|turn\s+off|new|need|get\s+rid\s+of)\s+${A}(?:new\s+)?${NOUN}\b`,
  String.raw`(?:add|put|stick|pop|throw|chuck|place|write|note|get|jot|move|slap|bung)\s.+\s(?:to|on|in|into|onto|down\s+on)\s+(?:(?:my|the|our|her|his)\s+)?${PLACE}`,
  String.raw`(?:on|to)\s+(?:my|the|our)\s+(?:\S+\s+){0,3}?list\s+(?:put|add)\b`,
  String.raw`(?:mark|tick|check|cross|scratch|strike|take)\s(?:.+\s)?(?:as\s+)?(?:done|complete|completed|finished|bought|paid|off)\b`,
  String.raw`(?:new|another)\s+${NOUN}\b|(?:to-?do|task|reminder|event|appointment|meeting|note\s+to\s+self)\s*:\s`,
  String.raw`(?:upgrade|sign)\s+me\b|undo\b|make\s+me\s+(?:an?\s+)?(?:plan|list|schedule)`,
  String.raw`(?:set|change|make|switch)\s+my\s|wake\s+me`,
].join('|');

const COMMAND = [
  String.raw`(?:add|put|jot\s+down|note|log|put\s+in|stick|pop|pencil\s+in|slot\s+in|squeeze\s+in|fit\s+in)\s+\S`,
  String.raw`(?:cancel|delete|remove|scratch|scrap|kill|erase|call\s+off|get\s+rid\s+of|unschedule|uncheck)\s+\S|bin\s+(?:the|my|that|it|all)\b|take\s.+\s(?:off|out)\b|drop\s+(?:the|my|that|it)\b|clear\s+(?:my|the|out|all|every)`,
  String.raw`(?:move|push|shift|postpone|reschedule|delay|bump|extend|shorten|swap|reshuffle|rearrange|rejig|bring\s+forward|snooze|rename|change|switch|make\s+(?:the|my)|set\s+(?:the|my|an?|up)|mark|tick|check\s+off|cross|complete|flag|tag|prioriti[sz]e)\s+\S|give\s+(?:the|my|our)\s.+\s(?:priority|prio|deadline|due\s+date)\b`,
  String.raw`(?:schedule|book|block|plan|reserve|invite|set\s+up|arrange|organi[sz]e)\s+\S`,
  String.raw`(?:remind|draft|e-?mail|mail|reply|forward|write\s+(?:back\s+)?(?:to|an?)|respond|send|compose|shoot)\s+\S|write\s+\S+\s+(?:an?|that)\s|(?:tell|let)\s+.+\s(?:by|per|via|with|in|over)\s+(?:an?\s+)?(?:e-?)?mail`,
  String.raw`(?:search|look\s+up|look\s+for|find|show|list|check|see\s+(?:if|whether|what)|read|count)\s+\S`,
  String.raw`(?:upgrade|cancel|restore|bring\s+back|put\s+back|go\s+premium)\b`,
].join('|');

/** What nobody but a planner can do: an item of its own gets another time, place or state. */
const PLANNER_ONLY =
  /^(?:(?:move|push|shift|postpone|bump|bring\s+forward|extend|snooze)\s.+\s(?:to|by|until|till|from)\s|(?:cancel|delete|remove|reschedule|unschedule|tick\s+off|cross\s+off|mark|rename|postpone|call\s+off|block|change)\s|take\s.+\s(?:off|out)\b|add\s.+\sto\s|put\s.+\s(?:on|in|for|to)\s)/;

const QUESTION =
  /^(?:(?:what|where|which|who|whose|how|why)(?:'s|s|'re)?\s+\S|when(?:'s|s)?\s+(?:is|are|am|was|do|does|did|can|could|should|will|would|i\s+am|my|the|'s)\b|when(?:'s|s)\s|wh?at\s|(?:do|does|did|have|has|am|is|are|was|were|can|could|should|will)\s+(?:i|we|there|my|the|it|any|anyone|anybody|\p{L}+\s+(?:write|wrote|written|reply|replied|answer|answered|email|emailed|coming|free|get|got|come))\b|any(?:thing)?\s+(?:\S+\s+){0,4}?(?:e?mails?|overdue|news|messages|tasks|meetings|events|reminders|appointments|plans|stuff|left|else|new|unread|due|on)\b|(?:free|busy)\s+(?:on|at|tomorrow|today))/u;
const WISH =
  /^(?:i|we)(?:'ll|'ve|\s+will|\s+also|\s+still|\s+really|\s+just|\s+now|\s+then)*\s+(?:need|have|want|ought|'ve\s+got|have\s+got|got)\s+to\s|^(?:i|we)\s+(?:also\s+|still\s+)?(?:must|should|gotta|need|wanna)\s|^i(?:'d|\s+would)\s+(?:also\s+)?like\s+|^(?:need|have|got)\s+to\s|^need\s+(?:a|an|the)\s|^gotta\s|^we(?:'re|\s+are)\s+out\s+of\s|^(?:don't|do\s+not|dont)\s+(?:let\s+me\s+)?forget\b|^make\s+sure\s+(?:i|to|that\s+i)\b|^(?:remember\s+to|note\s+to\s+self)\b|^(?:never|don't|do\s+not|no)\s+(?:schedule|book|put|plan|meetings?)\b/;

/** It goes on with what was just named, so it says more of the same request. */
const VALUE =
  /^(?:(?:make|set|mark|give|call|name|tag|label|title|keep|put|move|add|push|file|invite|change|have|write|note|jot|log|stick|pop|save)\s+(?:it|that|this|them|that\s+one)\b|(?:tell|show)\s+me\s+(?:it|that|they)\b|(?:it|that|they|this|which|who|whose|where)(?:'s|'re)?\b|(?:with|for|due|by|before|until|till|because|cause|cos|since|as|not|at|from|in|every|around|about|of|or|starting|ending|lasting|high|low|medium|urgent|important|asap|no|nothing|only|instead|except|preferably|ideally|same|both|all|please|thanks|thank\s+you)\b|priority\b|tags?\s+#?[\p{L}\p{N}_-]+$|location\b|subject\b|make\s+sure\s+(?:it|that|this|they)\b)/u;
/** Goes on with an errand: "call the bank and ask about the fees". */
const ERRAND =
  /^(?:ask|tell|say|see\s+(?:if|whether)|wish|find\s+out|let|discuss|check\s+(?:if|whether))\s+(?!me\b)/;

const FILLER =
  /^(?:(?:i|we|he|she|they|you|there|my\s+\S+|the\s+\S+|im|ive)(?:'m|'s|'re|'ve|'ll|'d)?\s+(?:am\b|is\b|are\b|was\b|were\b|have\s+(?!to\b)|has\b|had\b|got\b|feel|can't|cant|cannot|don't|didn't|hurts?\b|love|hate|think|know|guess|hope|sick|ill|tired|late|so\s|really\s|just\s)|(?:i'm|im|we're|he's|she's|they're|you're|there's)\s|sorry\b|lol\b|haha\b|omg\b|phew\b|ugh\b)/;

/** The clause without what is polite in it, folded. */
export function bareClause(folded: string): string {
  const bare = coreOf(folded.trim()).text.replace(POLITE, '');
  const [first = ''] = bare.split(' ', 1);
  const meant =
    first.length >= 5 && /^\S+\s+(?:me|my|the|teh|a|an|all|that|this|it)\b/.test(bare)
      ? mistyped(first)
      : undefined;
  return meant === undefined ? bare : meant + bare.slice(first.length);
}

const TYPED = [
  'cancel',
  'remind',
  'delete',
  'remove',
  'schedule',
  'reschedule',
  'email',
  'draft',
  'finish',
  'change',
];

/** The verb that a word with two letters swapped, one missing or one too many stands for. */
function mistyped(word: string): string | undefined {
  return TYPED.find((verb) => {
    if (verb === word || Math.abs(verb.length - word.length) > 1) return false;
    let at = 0;
    while (at < word.length && word[at] === verb[at]) at += 1;
    const [left, right] = [word.slice(at), verb.slice(at)];
    return (
      left.slice(1) === right ||
      left === right.slice(1) ||
      (left.length > 1 && `${left[1]}${left[0]}${left.slice(2)}` === right)
    );
  });
}

const OF_THE_SAME =
  /^(?:put|move|add|push|change|mark|make|set|write|note|stick|pop|jot|get|save|log)\s+(?:it|this|them|that(?=\s+(?:on|in|to|into|as|for|off|down)\b|$))\b|^(?:tell|show)\s+me\s+(?:it|that|they)\b/;
/** What may happen to an item: "the fourth can be deleted". */
const PASSIVE =
  /^(?:the|my|our|that)\s.+\s(?:can|could|should|must|may|needs\s+to)\s+(?:now\s+)?(?:be\s+(?:deleted|removed|cancell?ed|moved|postponed|ticked\s+off|checked\s+off|crossed\s+off|marked|rescheduled|dropped|pushed)|go\s+(?:away|now|too)?)/;

const beginsWith = (source: string): RegExp => new RegExp(`^(?:${source})`, 'u');
const ORDERS = beginsWith(ORDER);
const COMMANDS = beginsWith(COMMAND);

/** Tells how a clause without politeness begins. */
export function openingOf(bare: string): Opening {
  if (ORDERS.test(bare)) return OF_THE_SAME.test(bare) ? 'value' : 'order';
  if (PASSIVE.test(bare)) return 'command';
  if (WISH.test(bare)) return 'wish';
  if (VALUE.test(bare)) return 'value';
  if (QUESTION.test(bare)) return 'question';
  if (COMMANDS.test(bare)) return 'command';
  if (looksLikeActivity(bare)) return 'activity';
  return 'other';
}

const NOUN_AFTER_ALL =
  /^(?:call|interview|visit|talk|review|test|practice|study|run|walk|swim|meet|sync|drive|film)\s+(?:(?:with|at|in)\b|w\/)/;
/** "3pm call with the bank": no verb, though it looks like one. */
export const isNounAfterAll = (bare: string): boolean => NOUN_AFTER_ALL.test(bare);

export const isPlannerOnly = (bare: string): boolean => PLANNER_ONLY.test(bare);

export const continuesErrand = (bare: string): boolean => ERRAND.test(bare);

/** A remark about oneself or the day that asks for nothing: "i'm sick", "we have some". */
export const isRemark = (bare: string): boolean => FILLER.test(bare);

/** The first thing it speaks of was named before: "email them to Ann", "delete it". */
export const refersBack = (bare: string): boolean =>
  /^(?:\S+\s+){1,3}(?:it|the\s+one|them|him|her|there|those|these|this(?!\s+(?:week|weekend|month|year|morning|afternoon|evening|\p{L}+day)\b)|that(?=\s*(?:$|[,.!?])|\s+(?:one|on|in|to|from|off|out|too|as|for|down|there|then|please)\b))(?![\p{L}'])/u.test(
    bare,
  );

/** Begins a clause that depends on another: "if it rains", "because i'm sick". */
export const isSubordinate = (bare: string): boolean =>
  /^(?:if|when(?!'s|s?\s+(?:is|are|am|was|do|does|did|can|could|should|will|would)\b)|since|because|cause|cos|as|unless|although|though|once|until|while|whenever|in\s+case|now\s+that|before|after)\s+(?:i|we|you|he|she|it|they|there|that|this|my|the|mum|mom|dad|\p{L}+\s+(?:is|are|has|have|comes?|gets?|can't|visits?|leaves?|arrives?|calls?)|\p{L}+s\b)/u.test(
    bare,
  );
