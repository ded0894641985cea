import type { OpenQuestion } from '../../contracts/clarification.ts';
import { dateRange, type Target } from '../../contracts/slots.ts';
import type { Answer } from './answer.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { rangeEntity } from './extract/times.ts';
import { saidTime } from './said-times.ts';
import { blank } from './text.ts';
import { civilFromIso, DAY, formatInstant } from './time/civil.ts';

const SINCE = /\b(?:from|since|starting|beginning|as of|after|following|onwards?|later)\b/;
const AROUND =
  /^(?:[\s,.!]|\b(?:no|yes|ok|just|only|please|the|one|ones|that|for|on|of|from|since|starting|beginning|as|onwards?|and|all|every|everything|following|later|after|it|this|week|change|move|cancel|them|him|'s|s)\b)*$/;

/** "Just next monday", "from the 30th on" to how much of a series is meant: another day of it than was offered. */
export function readScopedDay(draft: Draft, question: OpenQuestion): Answer | null {
  const offered = question.choice_slots['this']?.target;
  const whole = { start: 0, end: draft.folded.length };
  const said = saidTime(draft, whole);
  if (!offered || !said || said.main.hasClock || said.day) return null;
  const rest = blank(draft.folded, [said.cut]);
  const { data: days } = dateRange.safeParse(rangeEntity(draft, { ...said.main, lead: 'on' }).value);
  const day = days?.start === undefined ? null : civilFromIso(days.start, draft.timezone);
  if (!day || !AROUND.test(rest)) return null;
  const isSince = SINCE.test(draft.folded);
  // "After the 30th" is the day behind it at the earliest.
  const later = /\bafter\b/.test(draft.folded) ? DAY : 0;
  const target: Target = {
    ...offered,
    scope: isSince ? 'following' : 'this',
    start: formatInstant(day.moment + later, draft.timezone),
  };
  const entity = entityAt(draft, 'target', said, target, 'the day of the series that was named');
  return { confidence: 0.97, slots: { target }, entities: [entity] };
}
