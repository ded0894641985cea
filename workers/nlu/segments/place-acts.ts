import type { Action } from '../../../contracts/intents.ts';
import type { Act, Grain } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { newDraft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { recogniseByRules } from '../recognise.ts';
import { formatDay } from '../time/civil.ts';
import type { Segment } from './split-message.ts';

/** One segment as a draft of its own, recognised by rules, with the shared words around it and the day said earlier. */
export function segmentDraft(draft: Draft, segment: Segment, acts: readonly Act[]): Draft {
  const { start, end, shares } = segment;
  const words = draft.text.slice(start + shares.skip, end);
  const before = shares.before === '' ? '' : `${shares.before} `;
  const after = shares.after === '' ? '' : ` ${shares.after}`;
  const own = newDraft(before + words + after, draft.timezone, draft.now);
  const saidDay = acts.map((act) => dayOf(draft, act)).findLast((day) => day !== null);
  return recogniseByRules(saidDay == null ? own : { ...own, saidDay });
}

/** What is made may share its day with what is made next; a day that was only asked about is none of it. */
const MAKES: ReadonlySet<Action> = new Set<Action>(['create_event', 'create_task', 'set_reminder']);

/** The day that was named in a request; a guessed one or a whole week is none. */
function dayOf(draft: Draft, { action, span }: Act): string | null {
  if (!MAKES.has(action)) return null;
  const said = timesIn(draft, span).findLast(
    ({ clockOnly, past, readings: [first] }) =>
      !clockOnly && !past && first !== undefined && ONE_DAY.has(first.grain) && first.epoch === undefined,
  )?.readings[0];
  return said === undefined ? null : formatDay(said.start);
}

const ONE_DAY: ReadonlySet<string> = new Set<Grain>(['minute', 'hour', 'day', 'part_of_day']);

/** The act of a segment with its spans in the whole message. Shared words have no place there. */
export function placedAct(act: Act, draft: Draft, { start, end, shares }: Segment): Act {
  const shift = start + shares.skip - (shares.before === '' ? 0 : shares.before.length + 1);
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
