/** Activities that say nothing without an object: "study what?" */
const ACTIVITIES = new Set([
  'study',
  'studying',
  'call',
  'calling',
  'phone',
  'write',
  'writing',
  'email',
  'mail',
  'e-mail',
  'meet',
  'meeting',
  'buy',
  'buying',
  'clean',
  'cleaning',
  'read',
  'reading',
  'work',
  'working',
  'practice',
  'practise',
  'prepare',
  'review',
  'finish',
  'learn',
  'send',
  'text',
  'message',
  'fix',
  'repair',
  'check',
  'order',
  'book',
  'pay',
  'research',
  'plan',
  'organize',
  'organise',
  'get',
  'make',
  'do',
  'visit',
  'pick up',
  'follow up',
  'schedule',
  'start',
  'submit',
  'update',
  'talk',
  'ask',
  'contact',
  'print',
  'draft',
  'renew',
  'return',
  'sell',
  'find',
  'bring',
  'cancel',
  'complete',
  'create',
  'design',
  'drop off',
  'edit',
  'help',
  'install',
  'move',
  'post',
  'present',
  'reply',
  'respond',
  'revise',
  'set up',
  'sign',
  'sort',
  'sort out',
  'stuff',
  'things',
  'something',
  'some stuff',
  'some things',
  'thing',
  'work on',
  'go',
  'wash',
  'shop',
  'prep',
  'teach',
]);

const FILLERS =
  /^(?:to|go|do some|some|more|a bit|for|it|stuff|things|something|someone|somebody|a lot|hard|again|later|soon|now)$/;

/** "three tasks": how many, but not what. */
const COUNTED =
  /^(?:some|several|a few|more|new|two|three|four|five|six|\d+)(?: (?:more|new))? (?:tasks|to-?dos|todos|items|things)$/;

/** Whether the title names an activity without saying of what, so that it has to be asked. */
export function isVagueTitle(title: string): boolean {
  const words = title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{S}\p{M}\s-]/gu, ' ')
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return !/\p{S}/u.test(title);
  if (words.length > 4) return false;
  const whole = words.join(' ');
  if (COUNTED.test(whole)) return true;
  if (ACTIVITIES.has(whole)) return true;
  const kept = words.filter((word) => !FILLERS.test(word)).join(' ');
  return kept === '' ? true : ACTIVITIES.has(kept) && kept.split(' ').length < words.length;
}

/** Whether the text begins with an activity of its own ("read chapter 4"). */
export function startsWithActivity(text: string): boolean {
  const [first = '', second = ''] = text.toLowerCase().trim().split(/\s+/);
  const known = ACTIVITIES.has(first) || ACTIVITIES.has(`${first} ${second}`);
  return (
    known &&
    !['stuff', 'things', 'something', 'thing', 'work', 'research', 'present', 'email', 'mail'].includes(first)
  );
}

/** Activities that are done as part of each other: "read chapter 4" goes on with "study". */
const KINDRED: readonly RegExp[] = [
  /^(?:study|studying|learn|read|reading|review|revise|practi[cs]e|memori[sz]e|rehearse|research|solve|summari[sz]e|outline|prep|prepare)$/,
  /^(?:call|calling|phone|ring|text|message|e-?mail|mail|write|writing|contact|ask|reply|respond|talk|tell|follow|skype|ping)$/,
  /^(?:write|writing|draft|edit|revise|rewrite|proofread|type|finish|submit|post|outline|sketch)$/,
  /^(?:buy|buying|get|order|purchase|shop|pick|grab|fetch|restock|bring)$/,
  /^(?:clean|cleaning|wash|tidy|sweep|vacuum|hoover|mop|dust|scrub|wipe|rinse|declutter|polish)$/,
  /^(?:fix|repair|mend|replace|install|patch|tile|paint)$/,
  /^(?:book|reserve|schedule|arrange|rebook|order)$/,
  /^(?:meet|meeting|visit|see)$/,
];
/** Anything that is done goes on with these. */
const OPEN_ENDED = /^(?:do|go|start|finish|complete|work|working|plan|stuff|things?|something|some)\b/;

/** Whether a verb phrase is a way of doing the activity that was known. */
export function continuesActivity(activity: string, said: string): boolean {
  const [known = '', verb = ''] = [activity, said].map((text) => text.toLowerCase().trim().split(/\s+/)[0]);
  if (known === verb || OPEN_ENDED.test(known)) return true;
  return KINDRED.some((kind) => kind.test(known) && kind.test(verb));
}
