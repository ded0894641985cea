import type { Act } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { newDraft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { recogniseByRules } from '../recognise.ts';
import { formatDay } from '../time/civil.ts';
import type { Segment } from './split-message.ts';

/** One segment as a draft of its own, recognised by rules, with the shared words around it and the day said earlier. */
export function segmentDraft(draft: Draft, segment: Segment): Draft {
  const { start, end, shares } = segment;
  const words = draft.text.slice(start + shares.skip, end);
  const before = shares.before === '' ? '' : `${shares.before} `;
  const after = shares.after === '' ? '' : ` ${shares.after}`;
  const own = newDraft(before + words + after, draft.timezone, draft.now);
  const saidDay = dayBefore(draft, start);
  return recogniseByRules(saidDay === null ? own : { ...own, saidDay });
}

/** The day that was named last before an offset; a guessed one or a whole week is none. */
function dayBefore(draft: Draft, at: number): string | null {
  const said = timesIn(draft, { start: 0, end: at }).findLast(
    ({ clockOnly, past, readings: [first] }) =>
      !clockOnly &&
      !past &&
      first !== undefined &&
      ['minute', 'hour', 'day', 'part_of_day'].includes(first.grain),
  );
  const first = said?.readings[0];
  return first === undefined || first.epoch !== undefined ? null : formatDay(first.start);
}

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
