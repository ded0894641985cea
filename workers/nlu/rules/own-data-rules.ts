import type { Rule } from './rule.ts';

const WISH = String.raw`(?:(?:how|where)\s+(?:do|can|could|would)\s+(?:i|we|one)\s+|(?:i|we)(?:'d\s+like|\s+would\s+like|\s+want|\s+need|\s+wanna)\s+(?:you\s+)?(?:to\s+)?|(?:can|could|may|will|would)\s+(?:i|we|you)\s+(?:please\s+|just\s+)?|(?:please|just|now)\s+)*`;
const ERASE = String.raw`(?:delete|erase|remove|close|cancel|deactivate|terminate|wipe|destroy|purge|get\s+rid\s+of)`;
const ALL = String.raw`(?:(?:all|the\s+whole|every\s?thing|of|in)\s+)*`;
const OWN = String.raw`(?:(?:my|this|our)\s+)(?:(?:whole|entire|complete|own|user|personal|private|pulse\s?plan|stored|saved|demo|old)\s+)*`;
const ACCOUNT = String.raw`(?:accounts?|profile|login|registration)`;
const DATA = String.raw`(?:data|personal\s+(?:data|information|info|details))`;
const HERE = String.raw`(?:\s+(?:with|on|in|from|at)\s+(?:pulse\s?plan|here|this\s+(?:app|service|site|product)|the\s+(?:app|service))|\s+here)?`;
const FOR_GOOD = String.raw`(?:[\s,]+(?:please|now|permanently|completely|entirely|for\s?ever|for\s+good|altogether|right\s+now|at\s+once|too|as\s+well|(?:that\s+)?(?:you|it|this)\s+(?:have|has|keeps?|stores?|holds?)(?:\s+(?:on|about|of)\s+me)?))*`;
/** "Everything you have about me": of the person, and not of a list. */
const ofMe = (verbs: string): string =>
  String.raw`(?:everything|anything|all(?:\s+(?:of\s+)?(?:it|that|the\s+${DATA}))?|what(?:ever)?|the\s+${DATA}|(?:the\s+|all\s+)*information)(?:\s+(?:that\s+)?(?:you|it|pulse\s?plan)\s+(?:${verbs}))?\s+(?:about|on|of)\s+me`;
const HOLDS = 'have|has|keep|keeps|store|stores|saved|stored|hold|holds|collected';
/** What is known of somebody is forgotten by words, and is no account. */
const HELD_OF_ME = ofMe(HOLDS);
const OF_ME = ofMe(`know|knows|${HOLDS}`);

const US = String.raw`(?:you|it|pulse\s?plan|this\s+app)`;
const STUFF = String.raw`(?:${DATA}|messages?|conversations?|chats?|words|what\s+i\s+(?:say|write|said|wrote)(?:\s+(?:here|to\s+you))?)`;
const CHAT = String.raw`(?:conversations?|chats?(?:\s+history)?|dialogues?|talk\s+history|chat\s?history|conversation\s+history|thread)`;

const whole = (...sources: string[]): RegExp =>
  new RegExp(String.raw`^(?:${sources.join('|')})[\s.!?]*$`, 'dsu');

/**
 * The end of an account, and a copy of all there is. Neither is done by words: they say where it is done. What is kept is
 * asked about in the same place.
 */
export const OWN_DATA_RULES: readonly Rule[] = [
  {
    name: 'own-data.erase',
    action: 'help',
    confidence: 0.97,
    sure: /^/,
    pattern: whole(
      `${WISH}${ERASE}\\s+${ALL}${OWN}(?:${ACCOUNT}|${DATA})${HERE}(?:\\s+(?:and|with|including)\\s+${ALL}(?:${OWN}|the\\s+)?(?:${ACCOUNT}|${DATA}|everything(?:\\s+(?:in|on)\\s+it)?))*${HERE}${FOR_GOOD}`,
      `${WISH}(?:delete|erase|wipe|purge|remove|destroy)\\s+${HELD_OF_ME}${FOR_GOOD}`,
      `${WISH}(?:delete|remove|unregister|sign)\\s+me\\s+(?:off\\s+|out\\s+of\\s+|from\\s+)(?:pulse\\s?plan|this\\s+(?:app|service|site)|your\\s+(?:database|system|service|servers?))${FOR_GOOD}`,
    ),
    read: (_draft, recognition) => ({ ...recognition, params: { tell: 'erasure' } }),
  },
  {
    name: 'own-data.export',
    action: 'help',
    confidence: 0.97,
    sure: /^/,
    pattern: whole(
      `${WISH}(?:export|download|back\\s?up|take\\s+(?:along|out|with\\s+me))\\s+${ALL}${OWN}(?:${DATA}|account|calendar\\s+(?:data|as\\s+(?:an?\\s+)?(?:ics|file))|everything)${HERE}${FOR_GOOD}`,
      `${WISH}(?:get|have|give\\s+me|send\\s+me|download|see|request)\\s+(?:me\\s+)?an?\\s+(?:copy|export|download|backup)\\s+of\\s+${ALL}(?:${OWN}(?:${DATA}|account)|${OF_ME})${HERE}${FOR_GOOD}`,
      `what\\s+(?:${DATA}|information)?\\s*(?:do|does|have|are|is)\\s+(?:you|it|pulse\\s?plan|this\\s+app)\\s+(?:store|keep|keeping|save|collect|storing|stored|hold)\\s+(?:about|on|of)\\s+me`,
    ),
    read: (_draft, recognition) => ({ ...recognition, params: { tell: 'export' } }),
  },
  {
    // What is kept, where, and for how long.
    name: 'own-data.kept',
    action: 'help',
    confidence: 0.97,
    sure: /^/,
    pattern: whole(
      `(?:what|which)\\s+(?:of\\s+)?(?:my\\s+|personal\\s+)?${DATA}\\s+(?:do|does|have|are|is)\\s+${US}\\s+(?:have|has|got|hold|keep|store|save|collect|storing|keeping)(?:\\s+(?:about|on|of|from)\\s+me)?`,
      `(?:how\\s+long|for\\s+how\\s+long|until\\s+when|where)\\s+(?:do|does|will|are|is)\\s+${US}\\s+(?:keep|store|save|hold|retain|remember|keeping|storing)\\s+${ALL}(?:(?:my|our|the)\\s+)?${STUFF}${HERE}`,
      `(?:how\\s+long|where|for\\s+how\\s+long)\\s+(?:is|are)\\s+(?:my|our)\\s+${STUFF}\\s+(?:kept|stored|saved|held)${HERE}`,
      `(?:who|which\\s+people)\\s+can\\s+(?:see|read)\\s+(?:my|our)\\s+${STUFF}`,
    ),
    read: (_draft, recognition) => ({ ...recognition, params: { tell: 'kept' } }),
  },
  {
    // A conversation itself: its name, and its end.
    name: 'own-data.conversations',
    action: 'help',
    confidence: 0.97,
    sure: /^/,
    pattern: whole(
      `${WISH}(?:${ERASE}|forget|clear|rename|name|retitle)\\s+${ALL}(?:this|the\\s+(?:whole|entire|current|last)|our|my(?:\\s+(?:old|past|earlier))?|these|this\\s+whole|our\\s+(?:whole|last))\\s+${CHAT}(?:\\s+(?:to|as|into)\\s+\\S.{0,80})?${FOR_GOOD}`,
      `${WISH}(?:change|give)\\s+(?:the\\s+(?:name|title)\\s+of\\s+)?(?:this|the|our)\\s+${CHAT}(?:\\s+(?:to|(?:an?\\s+)?(?:new|other|another)\\s+(?:name|title))(?:\\s+\\S.{0,80})?)?`,
    ),
    read: (_draft, recognition) => ({ ...recognition, params: { tell: 'conversations' } }),
  },
];
