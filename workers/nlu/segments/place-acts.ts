import type { Action } from '../../../contracts/intents.ts';
import { slotsOf, type Act, type Grain } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { newDraft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { recogniseByRules } from '../recognise.ts';
import { civilFromIso, formatDay } from '../time/civil.ts';
import type { Segment } from './segment.ts';

/** One segment as a draft of its own, recognised by rules, with the shared words around it and the day said earlier. */
export function segmentDraft(draft: Draft, segment: Segment, acts: readonly Act[]): Draft {
  const { start, end, shares } = segment;
  const said = draft.text.slice(start + shares.skip, end);
  // Beside an earlier request it says instead of what; alone it would be a correction.
  const beside = acts.length > 0 ? said.replace(BESIDE, '') : said;
  // "sunscreen too", said of a list that was named before.
  const words = shares.after === '' ? beside : beside.replace(/\s+(?:too|as\s+well)[.!?]*$/i, '');
  const before = shares.before === '' ? '' : `${shares.before} `;
  const after = shares.after === '' ? '' : ` ${shares.after}`;
  const own = newDraft(before + words + after, draft.timezone, draft.now, draft.preferences);
  const days = acts.map((act) => ({ day: dayOf(draft, act), makes: MAKES.has(act.action) }));
  const thatDay = days.findLast(({ day }) => day !== null)?.day;
  const isOfToday = remindsLater(own, acts.at(-1));
  const saidDay = isOfToday ? null : days.findLast(({ day, makes }) => makes && day !== null)?.day;
  return recogniseByRules({
    ...own,
    ...(thatDay != null && { thatDay }),
    ...(saidDay != null && { saidDay }),
  });
}

/** "instead", "after that": says no more than that something else was named before, unless it counts from it. */
const BESIDE =
  /\s+(?:instead|(?<!\b(?:minutes?|mins?|hours?|days?|weeks?|months?|years?|right|straight)\s+)(?:(?:right|straight)\s+)?after\s+that)[.!?]*$/i;

const REMINDS = /^\s*(?:and\s+|then\s+|also\s+|please\s+)*remind\s+me\s.*\bto\s+\S/;
const DAY_S = 86_400;

/** "Site meeting friday at 10 and remind me at 5pm to lock the shop": what comes after the meeting has nothing to do with it. */
function remindsLater(own: Draft, before: Act | undefined): boolean {
  const start = before?.action === 'create_event' ? slotsOf(before.entities).start : undefined;
  if (start === undefined || !REMINDS.test(own.folded)) return false;
  const [time] = timesIn(own, { start: 0, end: own.folded.length });
  const at = time?.clockOnly ? time.readings[0]?.start : undefined;
  const event = civilFromIso(start, own.timezone);
  return at !== undefined && event !== null && at % DAY_S > event.moment % DAY_S;
}

/** What is made may share its day with what is made next; a day that was only asked about is none of it. */
const MAKES: ReadonlySet<Action> = new Set<Action>(['create_event', 'create_task', 'set_reminder']);

/** The day that was named in a request; a guessed one or a whole week is none. */
function dayOf(draft: Draft, { span }: Act): string | null {
  const said = timesIn(draft, span).findLast(
    ({ clockOnly, past, readings: [first] }) =>
      !clockOnly && !past && first !== undefined && ONE_DAY.has(first.grain) && first.epoch === undefined,
  )?.readings[0];
  return said === undefined ? null : formatDay(said.start);
}

const ONE_DAY: ReadonlySet<string> = new Set<Grain>(['minute', 'hour', 'day', 'part_of_day']);

/** The act of a segment with its spans in the whole message. Shared words have no place there. */
export function placedAct(act: Act, draft: Draft, { start, end, shares, moved }: Segment): Act {
  const shift = start + shares.skip - (shares.before === '' ? 0 : shares.before.length + 1);
  const place = (at: number): number => {
    const behind = at + shift - end - 1;
    if (moved && behind >= 0) return Math.min(moved.end, moved.start + behind);
    return Math.min(end, Math.max(start, at + shift));
  };
  return {
    ...act,
    span: { start, end },
    entities: act.entities.map((entity) => {
      const own = { start: place(entity.start), end: place(entity.end) };
      return { ...entity, ...own, text: draft.text.slice(own.start, own.end) };
    }),
  };
}
