import type { Draft } from '../draft.ts';
import { stepsIn } from '../extract/steps.ts';
import type { Guess } from '../intent-classifier.ts';
import type { Range } from '../text.ts';
import type { Form } from './beside-others.ts';
import { Clause, type Asker } from './clause.ts';
import { countedIn, oneOfThose, sharedBy } from './counted.ts';
import { enumerationIn } from './enumeration.ts';
import { firstFew } from './first-few.ts';
import { withListForAll, withTimeForAll } from './for-all.ts';
import { headingOf, holdsOn, isUnder } from './heading.ts';
import { startsAnother } from './joint-rules.ts';
import { afterBullet, findJoints, type Joint } from './joints.ts';
import { isStrong } from './left-side.ts';
import type { Segment } from './segment.ts';
import { severalTimes } from './several-times.ts';
import { withTimesBehind } from './hours-behind.ts';
import { withLaterContent } from './shared-times.ts';
import { behindReason } from './reasons.ts';
import { NOTHING_SHARED, shares as sharing, type Shares } from './sides.ts';

/** The request that is being put together. */
interface Growing extends Range {
  shares: Shares;
  /** The day that holds for it; how it begins is told without. */
  headed?: string | undefined;
  /** Something in it was said to the planner, though it begins otherwise. */
  asks: boolean;
  /** Joints in it that did not part anything. */
  joined: number;
  /** Where it ends if what follows is a mere remark. */
  closed?: number;
}

/** Longer messages are notes; nobody asks for so many things in one. */
const MAX_CHARS = 1_000;
const MAX_SEGMENTS = 8;
/** A request with more commas and "and"s than this is a list, to whose end nobody adds another request. */
const MAX_JOINED = 10;
/** A question to the classifier costs about as much as all rules together; most joints need none. */
const MAX_QUESTIONS = 8;

/**
 * A message as the requests it holds, in order. What joins them ("and", "then", a comma) belongs to none of them, nor
 * does a remark between them. A single request comes back as one segment over the whole text; values of one request
 * ("… and make it urgent"), titles with an "and" in them and quotes stay whole.
 */
export async function splitMessage(
  draft: Draft,
  classify: (words: string) => Promise<Guess[]>,
): Promise<Segment[]> {
  const whole: Segment = { start: 0, end: draft.folded.length, shares: NOTHING_SHARED, form: 'other' };
  // Steps belong to one task, however many they are, and both ends of a working day to one setting.
  const isOne = draft.recognition?.rule === 'preferences.work-times' || stepsIn(draft);
  if (draft.folded.length > MAX_CHARS || isOne) return [whole];
  const joints = findJoints(draft);
  const alone = joints.length === 0 ? firstFew(draft) : behindReason(draft);
  if (alone) return alone;
  const several = severalTimes(draft);
  if (several) return several;
  const ask = limited(classify);
  if (joints.length === 0 || new Clause(draft, whole, ask).talk) return [whole];
  const segments: Segment[] = [];
  let current: Growing = { ...whole, start: afterBullet(draft), asks: false, joined: 0 };
  let heading = headingOf(draft, current.start, joints);
  const counted = countedIn(draft, joints);
  if (counted) {
    const first = new Clause(
      draft,
      { start: counted.end, end: joints.find(({ start }) => start > counted.end)?.start ?? whole.end },
      ask,
    );
    current = { ...current, start: counted.end, shares: sharedBy(counted, first) };
    heading = null;
  }
  if (heading?.replaces) current = { ...current, start: heading.end, shares: sharing(heading.words) };
  const targets = enumerationIn(draft, joints);
  for (const [index, joint] of joints.entries()) {
    if (joint.start <= current.start || segments.length >= MAX_SEGMENTS - 1) continue;
    if (current.joined >= MAX_JOINED) break;
    // What stands before the colon belongs to what follows.
    if (heading?.marked && joint.start < heading.end) continue;
    const later = joints.slice(index + 1);
    const another = heading?.marked && isStrong(joint) ? headingOf(draft, joint.end, later) : null;
    const next = later.find(({ kind, start }) => kind !== 'colon' && start >= (another?.end ?? 0));
    const right = new Clause(draft, { start: joint.end, end: next?.start ?? whole.end }, ask);
    if (targets?.first.end === joint.start)
      current.shares = { ...current.shares, after: targets.first.after };
    const left = new Clause(
      draft,
      { start: current.start, end: current.closed ?? joint.start },
      ask,
      current.shares,
    );
    const told = targets?.shares.get(joint.start);
    const own = another
      ? NOTHING_SHARED
      : (told ??
        (counted && oneOfThose(counted, left, joint, right)) ??
        (await startsAnother(draft, { clause: left, asks: current.asks }, joint, right)));
    if (heading && (another !== null || !holdsOn(heading, joint, right))) heading = another;
    const under = heading !== null && !another && isUnder(heading, joint, right, own, segments.length === 0);
    const shares = under && heading?.kind === 'list' ? sharing(heading.words) : own;
    if (shares) {
      segments.push(segmentOf(left, current));
      const headed = under && heading?.kind === 'day' ? heading.words : undefined;
      current = { start: joint.end, end: whole.end, shares, headed, asks: false, joined: 0 };
    } else if (onlyLeadsIn(left, joint, right, current.asks)) {
      current = { ...current, start: joint.end };
    } else if (right.isRemark && isApart(joint) && left.opening !== 'other') current.closed ??= joint.start;
    else {
      current.joined += 1;
      current.asks ||= speaksToUs(right);
      delete current.closed;
    }
  }
  if (segments.length === 0) return [whole];
  const last = { start: current.start, end: current.closed ?? whole.end };
  const all = [...segments, segmentOf(new Clause(draft, last, ask, current.shares), current)];
  return withTimeForAll(draft, withListForAll(draft, withTimesBehind(draft, withLaterContent(draft, all))));
}

function segmentOf(clause: Clause, { headed }: Growing): Segment {
  const { start, end, shares } = clause;
  return { start, end, shares: headed === undefined ? shares : sharing(headed), form: formOf(clause) };
}

function formOf({ shares, isItem, opening }: Clause): Form {
  if (shares !== NOTHING_SHARED && shares.before !== '') return 'shared';
  if (isItem) return 'item';
  return opening === 'activity' || opening === 'command' ? opening : 'other';
}

const isApart = ({ kind }: Joint): boolean => kind === 'comma' || kind === 'end' || kind === 'break';

/** Nothing is asked yet and the right side does: "omg so much today: | tick off the flyers". */
function onlyLeadsIn(left: Clause, joint: Joint, right: Clause, asks: boolean): boolean {
  if (asks || left.shares !== NOTHING_SHARED || !speaksToUs(right)) return false;
  if (joint.kind !== 'colon' && joint.kind !== 'comma' && joint.kind !== 'end') return false;
  return (
    left.opening === 'other' &&
    left.times.length === 0 &&
    left.ruled === null &&
    (joint.kind === 'colon' || left.isRemark)
  );
}

const speaksToUs = ({ opening, bare }: Clause): boolean =>
  opening === 'order' ||
  opening === 'command' ||
  /^(?:put|move|add|push|change|tick|mark|cancel|delete)\s/.test(bare);

function limited(classify: (words: string) => Promise<Guess[]>): Asker {
  const asked = new Map<string, Promise<Guess | null>>();
  return (words) => {
    const known = asked.get(words);
    if (known) return known;
    if (asked.size >= MAX_QUESTIONS) return Promise.resolve(null);
    const answer = classify(words).then(([best]) => best ?? null);
    asked.set(words, answer);
    return answer;
  };
}
