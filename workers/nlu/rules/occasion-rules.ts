import { entityAt, type Draft, type Recognition } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { SURELY_WRONG, WRONG } from '../facts/read-fact.ts';
import { dateFact } from '../facts/statements.ts';
import { repetitionIn } from '../repetition.ts';
import type { Range } from '../text.ts';
import type { Rule } from './rule.ts';
import type { TimeMatch } from '../time/expressions.ts';
import { NAMES_AN_EVENT, startsWithVerb } from './statement-rules.ts';

/** What one has at a time of day, by its name alone: "dentist tomorrow" is no deed. */
const OCCASION = [
  'dentist|doctor|doc|gp|vet|optician|optometrist|physio|physiotherap(?:y|ist)|hairdresser|barber|orthodontist|dermatologist|cardiologist|paediatrician|pediatrician|midwife|therap(?:y|ist)|osteopath|chiropractor|counsell?ing',
  'haircut|check-?up|massage|manicure|pedicure|facial|acupuncture|scan|x-?ray|mri|vaccination|blood\\s+test|ultrasound|appt|appointment',
  'lunch|dinner|breakfast|brunch|supper|coffee|drinks|picnic|barbecue|bbq',
  'gym|yoga|pilates|swimming|tennis|football|soccer|basketball|volleyball|badminton|squash|golf|hockey|rugby|cricket|climbing|bouldering|boxing|karate|judo|ballet|zumba|gymnastics|choir|band|rehearsal|practice|training|tournament|marathon|book\\s+club|chess\\s+club|(?:football|soccer|tennis|basketball|volleyball|hockey|rugby|cricket|handball|golf|chess)\\s+(?:match|game)',
  'lesson|class|lecture|tutorial|seminar|workshop|webinar|session|exam|recital|driving\\s+test',
  'meeting|stand-?up|1:1|one-on-one|retro|interview|conference|kick-?off|all-?hands|offsite|check-?in|zoom|call(?=\\s+(?:with|w\\/))|video\\s+call|conference\\s+call',
  "party|birthday|anniversary|wedding|funeral|christening|graduation|concert|opera|theatre|theater|cinema|movies|festival|exhibition|sleepover|playdate|reunion|get-?together|school\\s+(?:play|trip|run|fair|concert|party|meeting)|sports\\s+day|open\\s+(?:day|house)|(?:movie|film|date|game|games|quiz|poker|pub|girls|boys|family|karaoke)\\s+night|parents['’]?\\s+evening|parent[\\s-]+teacher\\s+(?:evening|meeting|conference|night)",
  '(?:night|late|early|day|morning|afternoon|evening|weekend|double|extra)\\s+shift',
  'flight|trip|vacation|holidays?|cruise|city\\s+break|weekend\\s+away|ferry',
  '(?:house|flat|apartment|room)\\s+viewing|viewing|inspection',
].join('|');
/** Things that are as often something else, so that only an hour makes an occasion of them. */
const AT_AN_HOUR =
  'call|match|game|race|movie|film|show|play|train|bus|run|swim|walk|jog|hike|ride|tea|plumber|electrician|cleaner|handyman|gardener|babysitter|nanny|piano|guitar|violin|drums|art|dance|dancing|delivery|repair|repairs|installation|fitting|servicing|consultation|handover|assembly|maintenance|photo\\s?shoot|audition|assessment|treatment|surgery|appraisal|briefing|debrief|signing|hearing|removal|measurement|visit|review|demo|sync|presentation|test|quiz|club|tour|ceremony|service|church|mass|therapy|spinning|crossfit|pickup|drop-?off|(?!(?:some|any|no|every)?thing|morning|evening|being|going|king|ring|bring|during)\\p{L}{3,}ing';

const HAVING = String.raw`(?:(?:(?:i|we)(?:'ve|\s+have)?(?:\s+also)?\s+(?:got|have|had\s+planned)|(?:i|we)(?:'ve|\s+have)|there(?:'s|\s+is))\s+)?`;
const WHOSE = String.raw`(?:(?:an?|the|my|our|his|her|their|some|another|\p{L}+(?:'s|’s|s'))\s+)?`;
/** What the thing is of or of what kind: "piano lesson", "team lunch"; no word that begins an order or joins. */
const KIND = String.raw`(?:(?!(?:not?|and|or|but|for|with|to|at|on|in|of|from|by|than|is|are|was|it|that|this|these|those|the|my|our|your|me|us|all|any|every|each|next|last|free|find|cancel|move|change|reschedule|postpone|delete|remove|skip|push|shift|bring|stop|show|list|see|what|when|where|who|how|why|which|remind|remember|done|do|did|finished|completed?|mark|search|undo|redo|add|create|make|put|set|schedule|prepare|plan|book|yes|ok|actually|instead|only|just|also|except|swap|rename|keep|leave|repeat|combine|include|del|withdraw|cross|scratch|nix|ditch|axe|scrap|drop|resched\p{L}*|c\p{L}{0,2}ncl|rem\p{L}*ve|slot|text|start|merge|extend|shorten|confirm|decline|accept|dump|packed|about|between|before|after|during|until|until|no|more|less|same|other|another|first|second|third|i|we|you|he|she|they)\b)[\p{L}\d'’:&-]+\s+){0,2}?`;
const REST = String.raw`(?:\s+(?:with|w\/|at|in|for|to|from|near|over|against|vs|about|on|re)\s+\S.*)?`;
const named = (head: string): RegExp => new RegExp(`^${HAVING}${WHOSE}${KIND}(?:${head})${REST}$`, 'su');
const NAMED = named(OCCASION);
const NAMED_AT_AN_HOUR = named(`${OCCASION}|${AT_AN_HOUR}`);

/** What is said of an occasion rather than where, with whom or for whom it is. */
const SAID_OF_IT =
  /\b(?:is|are|was|were|make|pick|when|whenever|wherever|where|work|so|due|leaving|isn't|can't|won't|don't|doesn't|should|needs?|must|will|has|moved|cancell?ed|off|instead|notes|agenda|slides|reminder|remind|task|or|if|because)\b/;

/** Places that have to be called, and so many people that they seat. */
const ELSEWHERE =
  /\bat\s+(?:the|an?)\s+(?:spa|salon|restaurant|bar|pub|hotel|club|studio|gym|ivy)\b|\bfor\s+(?:two|three|four|five|six|eight|\d{1,2})(?:\s+people)?(?=\s+(?:at|on|in|for)\b|$)/;

/** "Ben's birthday is on the 2nd of december", also where something else was said before. */
const DATE_TOLD = new RegExp(
  String.raw`^(?:${WRONG})?(?<body>(?:(?:my|our)\s+(?=birthday|b-?day|anniversary|wedding\s+anniversary|name\s?day)|(?:my\s+|our\s+)?(?:(?:\p{L}[\p{L}-]*\s+)?\p{L}[\p{L}-]*(?:'s|’s|s'))\s+)(?:\p{L}+\s+)?(?:birthday|b-?day|anniversary|wedding|name\s?day|graduation|funeral|christening)\s+(?:is|will\s+be|falls)\s+(?:on\s+)?\S[^?]{2,40})$`,
  'dsu',
);

/** "haircut friday", "brunch with Nora sunday 11": the name of an occasion and a time, and nothing to be done. */
export const OCCASION_RULES: readonly Rule[] = [
  {
    name: 'events.book',
    action: 'create_event',
    confidence: 0.95,
    // Who books a flight or a table has something to do first.
    pattern:
      /^(?:book|schedule|arrange|set\s+up|organi[sz]e)\s+(?:(?:me|us)\s+)?(?!.*\b(?:flights?|trip|vacation|holidays?|cruise|hotel|table|train|ferry|tickets?|room|taxi)\b)(?<body>\S.{2,160})$/dsu,
    sure: /^/,
    read: (draft, { sure, ...recognition }) =>
      isOccasion(draft, recognition.body)
        ? { ...recognition, ...(sure && !ELSEWHERE.test(draft.folded) && { sure }) }
        : null,
  },
  {
    name: 'events.away',
    action: 'create_event',
    confidence: 0.94,
    // "i'm on holiday from monday to friday": the days are taken.
    pattern:
      /^(?:(?:i|we)(?:'m|'re|'ll\s+be|\s+am|\s+are|\s+will\s+be)|i'll\s+be)\s+(?:going\s+)?(?<body>(?:on\s+(?:holidays?|vacation|leave|parental\s+leave|a\s+(?:business\s+)?trip)|away|off(?:\s+work)?|out\s+of\s+(?:the\s+)?office|abroad|out\s+of\s+town)\b.*)$/ds,
    sure: /^/,
    read: (draft, recognition) => isAway(draft, recognition),
  },
  {
    name: 'events.date-told',
    action: 'create_event',
    confidence: 0.95,
    // "Ben's birthday is on the 2nd of december"
    pattern: DATE_TOLD,
    sure: /^/,
    read: (draft, recognition) => {
      if (!isDateTold(draft, recognition.body)) return null;
      const fact = dateFact(draft, recognition.body);
      const lead = draft.folded.slice(0, recognition.body.start);
      const isChange = SURELY_WRONG.test(lead);
      // "No, the wedding is on friday" is said of one that is there.
      if (!fact && isChange) return null;
      // A day of birth stands in no calendar.
      if (fact && isPastYear(draft, fact.value))
        return { ...recognition, action: 'set_preference', params: { fact } };
      return {
        ...recognition,
        ...(fact && { params: { fact: { ...fact, ...(isChange && { is_change: true }) } } }),
      };
    },
  },
  {
    name: 'events.occasion',
    action: 'create_event',
    confidence: 0.93,
    pattern: /^(?<body>\S.{2,160})$/dsu,
    sure: /^/,
    read: (draft, recognition) => (isOccasion(draft, recognition.body) ? recognition : null),
  },
];

const BEGINS_SO = new RegExp(
  `^(?:${OCCASION}|${AT_AN_HOUR})(?=$|\\s+(?:with|w\\/|at|in|for|to|from|near|over|against|vs|about|on|re)\\s)`,
  'u',
);
/** What takes days or weeks. */
const TRAVELS =
  /\b(?:trip|vacation|holidays?|cruise|break|away|festival|conference|tournament|offsite|training|visit|exhibition)\b/;
const DAY_S = 86_400;
/** Some time in a week is no time of an occasion; nor is what something is due by. */
const isLong = ({ readings: [first] }: TimeMatch): boolean =>
  first !== undefined && first.end - first.start > DAY_S;
const isDeadline = ({ lead, leadText }: TimeMatch): boolean =>
  lead === 'by' || lead === 'before' || lead === 'until' || leadText.startsWith('in');

/** Where one is, rather than how: "at my best", "in bed", "in time". */
const SOMEWHERE = String.raw`(?:at|in)\s+(?!(?:bed|time|touch|charge|control|shape|the\s+mood|my\s+best|our\s+best|ease|peace|rest|it|that|this|all|least|once|\d)\b)`;

const ADDED = String.raw`(?:add|put(?:\s+(?:in|down))?|note(?:\s+down)?|enter|log|jot\s+down|write\s+down|pencil\s+in|slot\s+in|record)`;

/** "add vet for the cat tomorrow at 11": with an hour it is no task, though it is only added. */
export const ADDED_OCCASION_RULES: readonly Rule[] = [
  {
    name: 'events.occasion-added',
    action: 'create_event',
    confidence: 0.95,
    pattern: new RegExp(String.raw`^${ADDED}\s*:?\s+(?<body>\S.{2,160})$`, 'dsu'),
    sure: /^/,
    read: (draft, recognition) => {
      const { body } = recognition;
      return hasHour(draft, body) && isOccasion(draft, body) ? recognition : null;
    },
  },
  {
    name: 'events.be-there',
    action: 'create_event',
    confidence: 0.94,
    pattern: new RegExp(
      String.raw`^(?<body>(?:(?:i|we)(?:'m|'re|'ve|'ll|\s+am|\s+are|\s+have|\s+will|\s+also|\s+still)*\s+(?:(?:need|have|has|got|supposed|expected)\s+to|must|gotta|should)|(?:need|have|got)\s+to|gotta)\s+be\s+(?:back\s+)?${SOMEWHERE}\S.{2,120})$`,
      'dsu',
    ),
    sure: /^/,
    read: (draft, recognition) => (isThereAt(draft, recognition.body) ? recognition : null),
  },
];

/** "i need to be at the notary friday at 9": where one has to be at an hour. */
const isThereAt = (draft: Draft, range: Range): boolean => {
  const times = timesIn(draft, range);
  const [first] = times;
  const named = first && draft.folded.slice(range.start, first.leadStart);
  return (
    times.some(({ hasClock }) => hasClock) &&
    times.every((time) => !time.past && !isDeadline(time)) &&
    named !== undefined &&
    new RegExp(`${SOMEWHERE}\\p{L}`, 'u').test(named) &&
    !/\?\s*$/.test(draft.folded)
  );
};

const hasHour = (draft: Draft, range: Range): boolean =>
  timesIn(draft, range).some(({ hasClock }) => hasClock) ||
  repetitionIn(draft, range)?.rule.includes('BYHOUR') === true;

const HOW_OFTEN = /\d\s?x\b|\b(?:once|twice|thrice|times)\b/;

/** Whether nothing but an occasion and its time is named. */
export function isOccasion(draft: Draft, range: Range): boolean {
  const words = draft.folded.slice(range.start, range.end);
  if (/\?\s*$/.test(draft.folded.slice(range.start)) || /[;:]\s|[.!]\s+\S|\n/.test(words)) return false;
  const repeats = repetitionIn(draft, range);
  // "Gym 3x a week" says how often, and not when.
  if (repeats && HOW_OFTEN.test(draft.folded.slice(repeats.start, repeats.end))) return false;
  const times = timesIn(draft, range, repeats ? [repeats] : []);
  const impossible = draft.impossible.filter(({ start, end }) => start >= range.start && end <= range.end);
  if ((times.length === 0 && !repeats && impossible.length === 0) || times.some(({ past }) => past))
    return false;
  const whole = without(draft, range, [
    ...times.map(({ leadStart, end }) => ({ start: leadStart, end })),
    ...(repeats ? [repeats] : []),
    ...impossible,
  ]);
  const name = whole.replace(BARE_HOURS, '');
  if (SAID_OF_IT.test(name) || name.split(/\s+/).length > 12) return false;
  const timed =
    name !== whole || times.some(({ hasClock }) => hasClock) || repeats?.rule.includes('BYHOUR') === true;
  // "My meeting tomorrow" is one that there is.
  if (!timed && /^(?:the|my|our)\s/.test(name)) return false;
  const isOpen = TRAVELS.test(name) || WITH_SOMEBODY.test(name);
  if (times.some((time) => isDeadline(time) || (isLong(time) && !isOpen))) return false;
  const isNamed = (timed ? NAMED_AT_AN_HOUR : NAMED).test(name);
  // "Pack lunch" is to be done; the verb of "swim class" only says which, and "practice" is no verb.
  return isNamed && (!startsWithVerb(name) || NAMES_AN_EVENT.test(name) || BEGINS_SO.test(name));
}

/** "Lunch with Mia next week" is one to be had: on which day is asked. */
const WITH_SOMEBODY = new RegExp(
  String.raw`^(?:an?\s+)?(?:lunch|dinner|breakfast|brunch|supper|coffee|drinks|tea|meeting|call|catch-?up|date)\s+(?:with|w\/)\s+\p{L}`,
  'u',
);

/** "Night shift friday 22 to 6": bare hours behind a day. */
const BARE_HOURS = /\s+(?:from\s+)?\d{1,2}(?::\d\d)?\s*(?:-|–|to|till|until)\s*\d{1,2}(?::\d\d)?$/;

/** Nothing but when it is stands behind its name. */
const isPastYear = ({ now }: Draft, value = ''): boolean =>
  Number(/\d{4}$/.exec(value)?.[0] ?? Infinity) < now.getUTCFullYear();

function isDateTold(draft: Draft, range: Range): boolean {
  const [time, more] = timesIn(draft, range);
  const name = time && draft.folded.slice(range.start, time.leadStart).trim();
  return (
    time !== undefined &&
    more === undefined &&
    !time.past &&
    !time.isRange &&
    /\b(?:is|be|falls)(?:\s+on)?$/.test(name ?? '') &&
    !/\p{L}/u.test(draft.folded.slice(time.end, range.end)) &&
    !/\?\s*$/.test(draft.folded)
  );
}

const AWAY =
  /^(?:on\s+(?:an?\s+)?)?\S+(?:\s+(?:of\s+(?:the\s+)?)?\S+)?(?:\s+(?:in|at|with|to)\s+\S+(?:\s+\S+)?)?\s*$/;
/** Away for days of which the first and the last are said; "i'm off tomorrow" alone tells why something is moved. */
function isAway(draft: Draft, { body, ...recognition }: Recognition): Recognition | null {
  const times = timesIn(draft, body);
  const [only] = times;
  if (times.length !== 1 || !only?.isRange || only.past || only.hasClock) return null;
  const named = { start: body.start, end: only.leadStart };
  if (!AWAY.test(draft.folded.slice(named.start, named.end))) return null;
  const rest = draft.folded.slice(only.end, body.end);
  if (/\p{L}/u.test(rest.replace(/^[\s,]*next\s+week/, ''))) return null;
  const title = draft.text
    .slice(named.start, named.end)
    .replace(/^on\s+(?:an?\s+)?/i, '')
    .trim();
  return title === ''
    ? null
    : { ...recognition, body, implied: [entityAt(draft, 'title', named, title, 'why one is not there')] };
}

/** The words of a range that no stretch covers, with single blanks. */
function without({ folded }: Draft, range: Range, cuts: readonly Range[]): string {
  let words = '';
  let at = range.start;
  for (const { start, end } of cuts.toSorted((a, b) => a.start - b.start)) {
    words += `${folded.slice(at, Math.max(at, start))} `;
    at = Math.max(at, end);
  }
  return (words + folded.slice(at, range.end))
    .replace(/\s+/g, ' ')
    .replace(/\s+(?:for\s+(?:an?|\d+|half an?)\s+(?:hours?|minutes?|mins?))$/, '')
    .replace(/[\s,.!]+$|^[\s,.!]+/g, '')
    .replace(/(?:[\s,]+(?:at|on|from|in|every|for|between))+$/, '');
}
