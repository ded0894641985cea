import type { ActParams } from '../../../contracts/nlu.ts';
import { timesIn } from '../extract/times.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { civilFromIso, formatInstant } from '../time/civil.ts';
import { whenValue } from '../time/values.ts';
import { readForgetting, readQuestion } from './questions.ts';
import { readStatement } from './statements.ts';

type Fact = NonNullable<ActParams['fact']>;

const LONGEST = 240;
/** What is told to be kept, before what it is. */
const NOTED =
  /^(?:(?:please|pls|and|also|oh|btw|by\s+the\s+way|fyi|for\s+your\s+information|just\s+so\s+you\s+know|so\s+you\s+know|you\s+should\s+know|know|i\s+wanted\s+to\s+tell\s+you)(?:\s+that)?[\s,:-]+)*(?<keep>(?:remember|note|keep\s+in\s+mind|bear\s+in\s+mind|make\s+a\s+note|save|don't\s+forget|do\s+not\s+forget|never\s+forget)(?:\s+that|\s*[:,])\s+)?/;
/** What says that something told before was wrong, in front of what is right. */
export const WRONG = String.raw`(?:(?:no+|nope|nah|oh|oops|whoops|wait|hang\s+on|hold\s+on|sorry|actually|correction|well|wrong|not\s+(?:quite|right|true|correct)|(?:that|it)(?:'s|\s+is|\s+was)\s+(?:wrong|not\s+(?:right|true|correct)|a\s+mistake|incorrect)|i\s+(?:mean|meant)(?:\s+to\s+say)?|i\s+was\s+wrong|my\s+(?:bad|mistake))[\s,.!:;-]+)+`;
const SAYS_WRONG = new RegExp(`^${WRONG}(?=\\S)`);
export const SURELY_WRONG =
  /\b(?:no+|nope|nah|oops|whoops|actually|correction|wrong|true|right|mistake|incorrect|mean|meant)\b/;
/** What is said behind it of how it is told. */
const ASIDE =
  /[\s,]+(?:by\s+the\s+way|btw|fyi|for\s+your\s+information|just\s+so\s+you\s+know|so\s+you\s+know|for\s+the\s+record|actually)$/;
/** A cheap sign that something may be told or asked. */
const MAY_BE =
  /\b(?:my|our|is|are|am|was|not|new|changed|switched|usually|normally|always|generally|mostly|typically|call|name|go|allergic|allergy|eat|eats|live|lives|work|works|working|likes?|loves?|hates?|dislikes?|enjoys?|adore|stand|drinks?|reach|know|remember|told|forget|memory|memories|facts|who|where)\b|'s\s|i'm\s/;
/** The end of one sentence and the beginning of another; "Dr. Weber" is none. */
const TWO = /[;\n]|[!?]\s*\S|(?<!\b(?:dr|mr|mrs|ms|mx|prof|st|jr|sr|no|nr)|str)\.\s+\S/;

const TAIL =
  /[\s,]+(?<when>(?:until|till|through|up\s+to)\s+\S.{1,40}|(?:starting|beginning|from)\s+(?!home\b|now\b)\S.{1,30}?(?:\s+on(?:wards)?)?)$/d;
const HEAD =
  /^(?<when>(?:until|till|from|starting|beginning)\s+(?!now\b)[^,]{2,30}?)(?:,\s*|\s+)(?=(?:i|we|my|our|\p{Lu}?\p{L}+(?:'s)?)\s+\S)/du;

/** What a message as a whole tells, asks, or has forgotten of somebody; null where it does none of it. */
export function readFact(draft: Draft, core: Range): Fact | null {
  if (core.end - core.start > LONGEST || !MAY_BE.test(draft.folded.slice(core.start, core.end))) return null;
  const all = trimRange(draft.folded, core, '.!?,');
  const said = draft.folded.slice(all.start, all.end);
  const wrong = SAYS_WRONG.exec(said)?.[0] ?? '';
  const end = all.end - (ASIDE.exec(said)?.[0].length ?? 0);
  const whole = { start: all.start + wrong.length, end };
  if (whole.start >= end) return null;
  const words = draft.folded.slice(whole.start, whole.end);
  if (TWO.test(words)) return null;
  const forgotten = readForgetting(draft, whole);
  if (forgotten) return forgotten;
  const asked = readQuestion(draft, whole);
  if (asked) return asked;
  if (/\?\s*$/.test(draft.folded.slice(0, core.end + 2)) || /\?[\s.!]*$/.test(draft.folded)) return null;
  const noted = NOTED.exec(words);
  const start = whole.start + (noted?.[0].length ?? 0);
  const isNoted = noted?.groups?.['keep'] !== undefined;
  const told = readTold(draft, { start, end: whole.end }, isNoted);
  return told && SURELY_WRONG.test(wrong) ? { ...told, is_change: true } : told;
}

function readTold(draft: Draft, range: Range, isNoted: boolean): Fact | null {
  const { rest, when } = withoutWhen(draft, range);
  const told = readStatement(draft, rest, isNoted);
  // Who says hello with a name is greeted.
  if (told?.attribute === 'name' && GREETS.test(draft.folded)) return null;
  return told && { move: 'save', ...told, ...when };
}

const GREETS = /^[\s,.!]*(?:hello|hi|hiya|hey|good\s+(?:morning|afternoon|evening|day))\b.*\bmy\s+name/;

/** "Until march I work from home": how long it holds stands at either end. */
function withoutWhen(draft: Draft, range: Range): { rest: Range; when: Pick<Fact, 'from' | 'until'> } {
  const words = draft.folded.slice(range.start, range.end);
  for (const pattern of [TAIL, HEAD]) {
    const match = pattern.exec(words);
    const at = match?.indices?.groups?.['when'];
    if (!match || !at) continue;
    const when = boundOf(draft, { start: range.start + at[0], end: range.start + at[1] });
    if (!when) continue;
    const rest =
      match.index === 0 && pattern === HEAD
        ? { start: range.start + match[0].length, end: range.end }
        : { start: range.start, end: range.start + match.index };
    return { rest, when };
  }
  return { rest: range, when: {} };
}

function boundOf(draft: Draft, range: Range): Pick<Fact, 'from' | 'until'> | null {
  const [time, more] = timesIn(draft, range);
  const [reading] = time?.readings ?? [];
  if (!time || !reading || more || time.past) return null;
  if (/^(?:starting|beginning|from)/.test(draft.folded.slice(range.start, range.end)))
    return { from: formatInstant(reading.start, draft.timezone) };
  const { value } = whenValue({ ...time, lead: 'until' }, draft.timezone);
  const end = typeof value === 'object' && value !== null && 'end' in value ? value.end : null;
  const moment = typeof end === 'string' ? civilFromIso(end, draft.timezone) : null;
  return moment ? { until: formatInstant(moment.moment, draft.timezone) } : null;
}
