import { actionEntry, type Action } from '../../../contracts/intents.ts';
import type { Act, ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';

/** An act that a wording and what was spoken of make sure of. */
export function actOn(
  draft: Draft,
  action: Action,
  entities: readonly Entity[],
  params: ActParams = {},
): Act {
  return {
    intent: actionEntry(action).intent,
    action,
    confidence: 0.95,
    source: 'rule',
    span: { start: 0, end: draft.text.length },
    entities: [...entities],
    ...(Object.keys(params).length > 0 && { params }),
    gate: { verdict: 'pass', missing: [], alternatives: [] },
  };
}

/** The event spoken of last, with how much of it is meant where it repeats. */
export const spokenEvent = (draft: Draft, scope?: Target['scope']): Entity =>
  entityAt(
    draft,
    'target',
    NOWHERE,
    { kind: 'event', reference: 'last', ...(scope && { scope }) } satisfies Target,
    'the event spoken of last',
  );

export const NOWHERE: Range = { start: 0, end: 0 };

/** Where a named group stands in the text. */
export function groupAt(match: RegExpExecArray, name: string, from = 0): Range | null {
  const at = match.indices?.groups?.[name];
  return at ? { start: from + at[0], end: from + at[1] } : null;
}
