import type { Act } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import { readShift } from '../extract/change.ts';
import type { NluInput } from '../nlu-input.ts';
import { saidTime, timeEntities } from '../said-times.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

const MOVED =
  /^[\s,.!]*(?:(?:no|oh|ok|okay|and|so|actually|sorry|please|lovely|great|good|thanks|can\s+(?:you|we)|could\s+(?:you|we))[\s,.!]+)*(?:make|move|change|set|push|put|shift|switch)\s+(?:that|the|this|my)\s+(?:reminder|alarm)(?:\s+(?:to|for|at|be))?\s+(?<to>\S.{0,40}?)(?:\s+(?:instead|please|rather))*[\s.!?]*$/d;

const SHIFTED =
  /^[\s,.!]*(?:(?:no|oh|ok|okay|and|so|actually|sorry|please|make|move|push|put)[\s,.!]+)*(?:that|the|this|my)\s+reminder\s+(?:back\s+|forward\s+|by\s+)*(?<far>\S.{0,30}?\s(?:earlier|later|sooner))(?:\s+(?:please|instead|too))*[\s.!]*$/d;

/** "And the reminder half an hour earlier", whatever else was spoken of. */
export function reminderShifted(draft: Draft): Act[] | null {
  const match = SHIFTED.exec(draft.folded);
  const far = match && groupAt(match, 'far');
  const shift = far && readShift(draft, far)?.shift;
  const target: Target = { kind: 'reminder', reference: 'last' };
  return shift
    ? [actOn(draft, 'set_reminder', [entityAt(draft, 'target', NOWHERE, target, 'the reminder')], { shift })]
    : null;
}

/** "Could we make that reminder 7pm instead?": an hour alone is of the day that it comes on. */
export function thatReminder(draft: Draft, input: NluInput): Act[] | null {
  const last = freshReceipt(input);
  const at = last?.slots.remind_at;
  if (last?.action !== 'set_reminder' || at === undefined) return null;
  const match = MOVED.exec(draft.folded);
  const to = match && groupAt(match, 'to');
  const said = to && saidTime(draft, to);
  if (!to || !said || said.cut.end < to.end) return null;
  const entities = timeEntities(draft, said, 'remind_at', { remind_at: at });
  const target: Target = { kind: 'reminder', reference: 'last' };
  return entities.length === 0
    ? null
    : [
        actOn(draft, 'set_reminder', [
          entityAt(draft, 'target', NOWHERE, target, 'the reminder spoken of last'),
          ...entities,
        ]),
      ];
}
