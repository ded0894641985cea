import type { Act, Entity } from '../../contracts/nlu.ts';
import type { Draft } from './draft.ts';
import { newDraft } from './draft.ts';
import { timesIn } from './extract/times.ts';
import { recogniseByRules } from './recognise.ts';
import { repetitionIn } from './repetition.ts';
import { coreOf } from './rules/rule.ts';
import { looksLikeActivity } from './rules/statement-rules.ts';
import { overlaps, trimRange, type Range } from './text.ts';

/** One request of a message that holds several, with what it leaves to be taken from the one before. */
export interface Segment extends Range {
  /** The verb and the words before it that this request shares with an earlier one: "call" in "call Bob and at 6 Ann". */
  shares: string;
}

/** Longer messages are notes; nobody asks for so many things in one. */
const MAX_CHARS = 1_000;
const MAX_SEGMENTS = 8;

const JOINT =
  /\s*[.!?]+\s+(?:(?:and|also|then|plus)\s+)*|\s*(?:;|\n)\s*(?:and\s+)?|\s*,?\s+(?:and\s+then|after\s+that|and\s+also|as\s+well\s+as|and\s+after\s+that|then|also|plus|and|&|but)\s+|\s*,\s*(?:(?:and|then|also|plus)\s+)*/g;
/** Marks that end an abbreviation and no sentence. */
const ABBREVIATED =
  /(?:^|[\s(])(?:dr|mr|mrs|ms|prof|st|vs|etc|approx|appt|no|nr|e\.g|i\.e|a\.m|p\.m|am|pm|jr|sr|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thurs?|fri|sat|sun)$/;

/** Words that can only be said to us, wherever they stand. */
const TO_US = new RegExp(
  String.raw`^(?:(?:please|pls|plz|can you|could you|would you|will you|can u|i(?:'d| would) like (?:you )?to|i want you to|you should|just|maybe|also|then|let's|don't forget to also|if you can|while you're at it|while you are at it|when you're done)[\s,]+)*(?:${[
    String.raw`remind me`,
    String.raw`(?:set|create|add|make|give me)\s+(?:me\s+)?(?:up\s+)?(?:an?\s+|another\s+|one\s+)?(?:new\s+)?(?:reminder|alarm|timer|task|to-?do|event|meeting|appointment|list|calendar)\b`,
    String.raw`(?:add|put|stick|pop|throw|chuck|place|write)\s.+\s(?:to|on|in|into|onto)\s+(?:my|the|our)\s+(?:\S+\s+){0,3}?(?:list|calendar|tasks|to-?dos?|todos?|diary|agenda|schedule)\b`,
    String.raw`(?:mark|tick|check|cross)\s.+\s?(?:as\s+)?(?:done|complete|completed|finished|off)\b`,
    String.raw`(?:show|tell|give|read|send)\s+me\b`,
    String.raw`(?:what|when|where|which|who|how)(?:'s|\s+is|\s+are|\s+do|\s+does|\s+much|\s+many|\s+time|\s+else|\s+meetings|\s+tasks)\b`,
    String.raw`(?:do|did|have|am|is|are)\s+(?:i|we|there|my)\b`,
    String.raw`wake me|ping me|nudge me|alert me|notify me|let me know|brief me`,
    String.raw`(?:don't|do not|dont)\s+(?:let me\s+)?forget|make sure (?:i|to|that i)|i (?:also |still )?(?:need|have|want) to|i(?:'ve| have) (?:also )?got to|i must|remember to|note to self`,
    String.raw`(?:schedule|reschedule|postpone|cancel|delete|remove|undo|complete|list|snooze|rename|block|invite|draft|e-?mail|plan|move|push|shift|book|find|search|drop|clear|unschedule|reserve|set up)\s+\S`,
    String.raw`(?:send|write|shoot)\s+(?:an?\s+|another\s+|the\s+)?(?:\S+\s+){0,3}?(?:e-?mail|mail|message|note|draft|invite|invitation)\b`,
    String.raw`(?:a|an|another|one)\s+(?:reminder|alarm|task|meeting|event|appointment|call|to-?do)\s`,
  ].join('|')})`,
);
/** Requests whose words go on over an "and": "remind me to call Bob and buy milk", "email Ann that we are late and …". */
const GOVERNS =
  /^(?:.*?\b)?(?:remind me (?:about|of|to|that|\S+ (?:at \S+ )?to)|need(?:s)? to|have to|want to|got to|gotta|forget to|remember to|make sure (?:to|i)|task (?:to|for)|to-?do (?:to|for)|reminder (?:to|for|about)|say(?:ing|s)?|tell(?:ing)?|ask(?:ing)?|that says|let(?:ting)? \S+ know|asking|called|named|titled|about)\s/;
/** A request whose words may be said with another's verb. */
const ITEM_AFTER_TIME = /^(?:for\s+|with\s+|to\s+(?!the\b|my\b)|the\s+|my\s+|a\s+|an\s+)?[\p{L}"'][^?]*$/u;
/** It goes on with what was just named, so it says more of the same request. */
const SAME_ITEM =
  /^(?:(?:make|set|mark|give|call|name|tag|label|keep|put|move|add|push)\s+(?:it|that|this|them)\b|it\b|that\b|they\b|this\b|with\b|for\b|but\b|due\b|by\b|before\b|until\b|which\b|who\b|because\b|so\b|since\b|as\b)/;
const REFERS_BACK = /\b(?:it|them|him|her|there|that|those|these|this)\b/;

/**
 * A message as the requests it holds, in order. What joins them ("and", "then", a comma) belongs to none of them. A
 * single request comes back as one segment over the whole text; values of one request ("… and make it urgent"), titles
 * with an "and" in them and quotes stay whole.
 */
export function splitSegments(draft: Draft): Segment[] {
  const whole: Segment = { start: 0, end: draft.folded.length, shares: '' };
  if (draft.folded.length > MAX_CHARS) return [whole];
  const segments: Segment[] = [];
  // "daily at 8am and 8pm" is said of one thing.
  const repeated = repetitionIn(draft, whole);
  let current = whole;
  for (const joint of draft.folded.matchAll(JOINT)) {
    const at: Range = { start: joint.index, end: joint.index + joint[0].length };
    if (at.start <= current.start || segments.length >= MAX_SEGMENTS - 1) continue;
    if (draft.quotes.some((quote) => overlaps(quote, at))) continue;
    if (repeated && repeated.start < at.start && at.end < repeated.end) continue;
    if (/[.!?]/.test(joint[0]) && ABBREVIATED.test(draft.folded.slice(current.start, at.start))) continue;
    const left: Range = { start: current.start, end: at.start };
    const shares = startsAnother(
      draft,
      left,
      current.shares,
      { start: at.end, end: draft.folded.length },
      joint[0],
    );
    if (shares === null) continue;
    segments.push({ ...current, end: at.start });
    current = { start: at.end, end: draft.folded.length, shares };
  }
  return [...segments, current];
}

/** What the right side shares with the left if it is a request of its own, else null. */
function startsAnother(
  draft: Draft,
  left: Range,
  leftShares: string,
  right: Range,
  joint: string,
): string | null {
  const before = draft.folded.slice(left.start, left.end).trim();
  const after = draft.folded.slice(right.start, right.end).trim();
  if (before.split(/\s+/).length < 2 || after.split(/\s+/).length < 2 || SAME_ITEM.test(after)) return null;
  const core = coreOf(before).text;
  const first = recogniseByRules(newDraft(draft.text.slice(left.start, left.end), draft.timezone, draft.now));
  const ends = /[.!?;\n]/.test(joint);
  const governs = GOVERNS.test(core) || first.recognition?.action === 'draft_email';
  if (TO_US.test(after)) {
    // "remind me to call Bob and cancel the gym": bare verbs go with the frame, requests with "me" or a list do not.
    if (
      governs &&
      !ends &&
      !/\bme\b|\b(?:list|calendar|reminder|alarm|event|task)\b|^(?:what|when|where|how|do i|am i|i )/.test(
        after.slice(0, 80),
      )
    )
      return null;
    const said = first.recognition;
    // A new name takes all that follows, and "prepare the slides and email them" is one thing to do.
    if (
      said?.title !== undefined ||
      (said?.action === 'create_task' && said.confidence < 0.9 && refersBack(after))
    )
      return null;
    return isRequest(first, core) ? '' : null;
  }
  const activity = looksLikeActivity(coreOf(after).text);
  if (activity && !governs && !/^\s*,\s*$/.test(joint)) {
    const task = first.recognition?.action === 'create_task' || looksLikeActivity(core);
    if (task && looksLikeActivity(core) && !refersBack(after)) return '';
    if (
      first.recognition &&
      first.recognition.action !== 'create_task' &&
      first.recognition.confidence >= 0.95 &&
      ends
    )
      return '';
  }
  return /^\s*,\s*$/.test(joint) ? null : sharedVerb(draft, left, leftShares, right);
}

const refersBack = (words: string): boolean => REFERS_BACK.test(words.split(/\s+/).slice(0, 4).join(' '));

function isRequest(first: Draft, core: string): boolean {
  return (
    (first.recognition !== null && first.recognition.action !== 'out_of_scope') ||
    looksLikeActivity(core) ||
    TO_US.test(core)
  );
}

/** "tomorrow at 5 call Bob | at 6 Ann", "lunch with Ana friday | dinner with Bo saturday": each with a time of its own. */
function sharedVerb(draft: Draft, left: Range, leftShares: string, right: Range): string | null {
  const rightTimes = timesIn(draft, right);
  const [first] = rightTimes;
  if (!first || first.leadStart > right.start + 1) return null;
  const leftTimes = timesIn(draft, left);
  if (leftTimes.length === 0) return null;
  const rest = trimRange(draft.folded, { start: first.end, end: right.end }, ',:-');
  const words = draft.folded.slice(rest.start, rest.end);
  if (
    words === '' ||
    !ITEM_AFTER_TIME.test(words) ||
    timesIn(draft, rest).some(({ leadStart }) => leadStart <= rest.start)
  )
    return null;
  if (looksLikeActivity(words)) return '';
  return leftShares === '' ? verbOf(draft, left, leftTimes) : leftShares;
}

/** The verb, and what frames it, in a request with the times left out: "call", "remind me to call", "meeting with". */
function verbOf(draft: Draft, left: Range, times: readonly Range[]): string {
  let text = draft.folded.slice(left.start, left.end);
  for (const { start, end } of times.toReversed().map((time) => ({
    start: (time as Range & { leadStart?: number }).leadStart ?? time.start,
    end: time.end,
  })))
    text = `${text.slice(0, Math.max(0, start - left.start))} ${text.slice(Math.max(0, end - left.start))}`;
  const plain = text.replace(/\s+/g, ' ').trim();
  const match =
    /^(?:.*?\b(?:remind me (?:to|about|of)|need to|have to|don't forget to)\s+)?(?:\S+\s+with\s+|\S+)/.exec(
      plain,
    );
  return match?.[0].trim() ?? '';
}

/** One segment as a draft of its own, recognised by rules, with the shared words before it and the day said earlier. */
export function segmentDraft(draft: Draft, { start, end, shares }: Segment, before: readonly Act[]): Draft {
  const words = draft.text.slice(start, end);
  const saidDay = before.flatMap(({ entities }) => entities).findLast(isDated)?.value;
  const own = newDraft(shares === '' ? words : `${shares} ${words}`, draft.timezone, draft.now);
  return recogniseByRules(typeof saidDay === 'string' ? { ...own, saidDay: saidDay.slice(0, 10) } : own);
}

const isDated = ({ slot }: Entity): boolean =>
  slot === 'due_date' || slot === 'start' || slot === 'remind_at';

/** The act of a segment with its spans in the whole message. Shared words have no place there. */
export function placedAct(act: Act, draft: Draft, { start, end, shares }: Segment): Act {
  const shift = start - (shares === '' ? 0 : shares.length + 1);
  const place = (at: number): number => Math.min(end, Math.max(start, at + shift));
  return {
    ...act,
    span: { start, end },
    entities: act.entities.map((entity) => {
      const own = { start: place(entity.start), end: place(entity.end) };
      return { ...entity, ...own, text: draft.text.slice(own.start, own.end) };
    }),
  };
}
