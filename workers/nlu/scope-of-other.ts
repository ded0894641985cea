import type { OpenQuestion } from '../../contracts/clarification.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Target } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import { readScope, type Scope } from './extract/scope.ts';
import { actOn, NOWHERE } from './leaning/act-on.ts';

const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|hm+|no|and|but|so|actually|please|well|then|just|wait|sorry|can\s+you|could\s+you)[\s,]+)*`;
const CANCELS = String.raw`(?<cancels>cancel|call\s+off|delete|remove|skip|drop|scrap)`;
const CHANGES = String.raw`(?:move|change|shift|push|reschedule|postpone)`;
const MUCH = String.raw`(?:(?:just|only|this|that|these|those|the|one|ones|it|them|all|every|everything|each|of|and|following|future|later|rest|after|whole|entire|series|from|now|then|here|there|on|onwards?)(?=$|[\s,.!])[\s,]*)+`;
/** An order that says how much of a series, and nothing else. */
const ORDER = new RegExp(
  String.raw`${LEAD}(?:${CANCELS}|${CHANGES})\s+(?<much>${MUCH})(?:please|thanks|then|instead)?[\s.!]*$`,
);

interface Order {
  action: 'cancel_event' | 'update_event';
  scope: Scope;
}

function orderIn({ folded }: Draft): Order | null {
  const groups = ORDER.exec(folded)?.groups;
  const scope = groups ? readScope(groups['much']?.trim() ?? '') : null;
  return scope && { action: groups?.['cancels'] === undefined ? 'update_event' : 'cancel_event', scope };
}

const asksScope = ({ kind, choice_slots: slots }: OpenQuestion): boolean =>
  kind === 'choice' && slots['this']?.target?.scope === 'this';

/**
 * The question that an order answers which says how much of a series, and what is to become of it: where it was asked
 * how much is to change, "cancel this and all following" answers the question behind it, if that is about cancelling.
 *
 * @param open those that bind a bare answer, the newest first
 */
export function scopeAsked(draft: Draft, open: readonly OpenQuestion[]): OpenQuestion | undefined {
  const [newest] = open;
  const order = newest && asksScope(newest) ? orderIn(draft) : null;
  if (!order || order.action === newest?.action) return newest;
  return open.find((question) => question.action === order.action && asksScope(question)) ?? newest;
}

/** Where nothing of that kind was asked, it is an order about the series that was. */
export function scopeOfOther(draft: Draft, open: readonly OpenQuestion[]): Act[] | null {
  const asked = scopeAsked(draft, open);
  const order = asked && asksScope(asked) ? orderIn(draft) : null;
  const offered = asked?.choice_slots['this']?.target;
  if (!order || !offered || order.action === asked.action) return null;
  const target: Target = { ...offered, scope: order.scope };
  return [
    actOn(draft, order.action, [
      entityAt(draft, 'target', NOWHERE, target, 'the series that was asked about'),
    ]),
  ];
}
