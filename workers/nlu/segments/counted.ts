import type { Draft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import type { Clause } from './clause.ts';
import type { Joint } from './joints.ts';
import { NOTHING_SHARED, shares, type Shares } from './sides.ts';
import { refersBack } from './wording.ts';

/** What announces several things to do: "three things: …", "add two tasks for today: …", "tasks for the move: …". */
export interface Counted {
  /** Where the first of them begins. */
  end: number;
  /** They are tasks by name, whatever verb they begin with: "cancel the phone contract". */
  areTasks: boolean;
  /** The day that holds for each. */
  day: string;
  /** By where a joint begins: it parts two things for sure, since there are as many of them as was said. */
  parts: ReadonlySet<number>;
}

const POLITE = String.raw`(?:(?:ok(?:ay)?|so|hey|please|pls|also|and|i\s+have|i've\s+got|there\s+are|here\s+are|just|(?:can|could)\s+you)[\s,]+)*`;
const ADDS = String.raw`(?:add|create|make|put\s+(?:in|down)|set\s+up|note(?:\s+down)?|jot\s+down)\s+`;
const COUNT = String.raw`(?<count>two|three|four|five|six|[2-6]|a\s+few|a\s+couple(?:\s+of)?|several|some|these|the\s+following)`;
const THINGS = String.raw`(?:(?:more|quick|small|other|new|the|my)\s+)*(?:things?(?:\s+to\s+do)?|tasks?|to-?dos?|errands|chores|requests|items)`;
const FOR = String.raw`(?<for>(?:\s+(?:to\s+do|i\s+have|for\s+[^:,;.!?]{1,40}|today|tomorrow|tonight))*)`;
/** The first number of a counted list is no part of what it counts. */
const OPENS = String.raw`(?:\s*:\s+(?:1[.)]\s+)?)`;

const HEADS = [
  // "three things: …", "add two tasks, …", "add three tasks to …"
  new RegExp(String.raw`^\s*${POLITE}(?:${ADDS})?${COUNT}\s+${THINGS}${FOR}${OPENS}`),
  new RegExp(
    String.raw`^\s*${POLITE}${ADDS}${COUNT}\s+${THINGS}${FOR}(?:,\s+|\s+to\s+(?!(?:my|the|our)\b|[^,;:]{1,30}:))`,
  ),
  // "add these to my list: …", "add these: …"
  new RegExp(
    String.raw`^\s*${POLITE}(?:add|put|write|note|jot)(?:\s+down)?\s+(?:(?<these>(?:all\s+)?(?:of\s+)?(?:these|the\s+following|following)(?:\s+(?:two|three|four|five|six|[2-6]))?)(?:\s+${THINGS})?|${COUNT}\s+${THINGS})(?:\s+(?:to|on|onto|in|into)\s+(?:my|the|our)\s+(?:(?:to-?\s?do|task)\s+)?(?:list|tasks|to-?dos))?${FOR}${OPENS}`,
  ),
  // "add tasks: …", "my tasks for today: …", "things to do tomorrow: …"
  new RegExp(
    String.raw`^\s*${POLITE}(?:${ADDS})?(?:(?:my|the|new)\s+)*(?:tasks|to-?dos|errands|chores|things\s+to\s+do|to\s+do(?=\s+(?:today|tomorrow|for)))${FOR}${OPENS}`,
  ),
  // "todo: …" with commas is a list of them
  new RegExp(String.raw`^\s*${POLITE}to-?\s?do\s*:\s+(?=[^,;:]+,\s*\S[^:]*$|1[.)]\s)(?:1[.)]\s+)?`),
  new RegExp(String.raw`^\s*${POLITE}${ADDS}(?:new\s+)?(?:tasks|to-?dos)\s+to\s+(?!(?:my|the|our)\b)`),
  // "on my to-do list please: …"
  new RegExp(
    String.raw`^\s*${POLITE}(?:on|to|onto|in|into|for)\s+(?:my|the|our)\s+(?:(?:to-?\s?do|task)\s+)?(?:list|tasks|to-?dos)(?:,?\s+(?:please|pls))?${FOR}${OPENS}`,
  ),
];
const TASKS = /\b(?:list|tasks?|to-?dos?|to\s+do|errands|chores)\b/;
const NUMBERS = ['two', 'three', 'four', 'five', 'six'];
/** "…, all for today": no thing of its own. */
const HOLDS_FOR_ALL = /^(?:all|both|each|everything)\b/;

export function countedIn(draft: Draft, joints: readonly Joint[]): Counted | null {
  const head = HEADS.map((pattern) => pattern.exec(draft.folded)).find((match) => match !== null);
  if (!head) return null;
  const end = head[0].length;
  const sentence = joints.findIndex(({ kind, start }) => start >= end && kind !== 'comma' && kind !== 'and');
  const inside = joints
    .slice(0, sentence < 0 ? joints.length : sentence)
    .filter((joint) => joint.start > end && !HOLDS_FOR_ALL.test(draft.folded.slice(joint.end)));
  const { count = '', for: wanted = '', these } = head.groups ?? {};
  const number = NUMBERS.includes(count) ? NUMBERS.indexOf(count) + 2 : Number(count);
  const [day] = wanted === '' ? [] : timesIn(draft, { start: end - wanted.length - 3, end });
  return {
    end,
    areTasks: these !== undefined || TASKS.test(head[0]),
    day: day ? draft.text.slice(day.leadStart, day.end) : '',
    parts: new Set(
      these !== undefined || inside.length === number - 1 ? inside.map(({ start }) => start) : [],
    ),
  };
}

/** What the next of the things shares; null where it goes on with the one before. */
export function oneOfThose(counted: Counted, left: Clause, joint: Joint, right: Clause): Shares | null {
  if (counted.parts.has(joint.start) && right.opening !== 'value') return sharedBy(counted, right);
  if (joint.kind === 'colon' || joint.kind === 'so' || refersBack(right.bare)) return null;
  const further = begins(right) || (counted.areTasks && joint.kind === 'comma' && hasObject(right));
  return right.wordCount > 1 && left.wordCount > 1 && begins(left) && further
    ? sharedBy(counted, right)
    : null;
}

/** "redirect the post": an unknown verb with its object. */
const hasObject = ({ bare }: Clause): boolean => /^[\p{L}-]{3,}\s+(?:the|my|our|an?)\s+\p{L}/u.test(bare);

/** What is read around one of the things. */
export function sharedBy({ areTasks, day }: Counted, { opening, times }: Clause): Shares {
  const own = times.some(({ clockOnly }) => !clockOnly) ? '' : day;
  if (
    opening === 'other' ||
    (areTasks && opening !== 'order' && opening !== 'wish' && opening !== 'question')
  )
    return shares('task:', 0, own);
  return own === '' ? NOTHING_SHARED : shares(own);
}

const begins = ({ opening, shares: { before } }: Clause): boolean =>
  before === 'task:' ||
  opening === 'activity' ||
  opening === 'command' ||
  opening === 'order' ||
  opening === 'wish';
