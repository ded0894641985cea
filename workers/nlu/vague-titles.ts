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
