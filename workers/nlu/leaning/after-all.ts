import type { Act } from '../../../contracts/nlu.ts';
import type { Slot } from '../../../contracts/slots.ts';
import { entityAt, type Draft } from '../draft.ts';
import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import { saidValues } from '../said-values.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

const THOUGHT_AGAIN = String.raw`(?:no|oh|ok|okay|wait|actually|sorry|hm+|but|well|please|yes|on\s+second\s+thoughts?|i\s+changed\s+my\s+mind|(?:can|could)\s+you|do|then)`;
const REMIND = String.raw`(?<remind>(?:do\s+)?remind\s+me)`;
const MAKE = String.raw`(?<make>(?:do\s+)?(?:add|book|create|schedule|put\s+in|make|do)\s+(?:it|that))`;
const AFTER_ALL = new RegExp(
  String.raw`^[\s,.!]*(?<lead>(?:${THOUGHT_AGAIN}[\s,.!]+)*)(?:${REMIND}|${MAKE})(?<still>(?:\s+(?:after\s+all|anyway|please|then))*)(?<rest>[\s,]+[^?]{1,60}?)?[\s.!]*$`,
  'd',
);
/** Without any of these it is asked for anew. */
const AGAIN = /\b(?:actually|wait|thoughts?|mind|do|after|anyway|no)\b/;

/** "Actually do remind me, at 5" after "never mind": what was dropped is asked for again, with what is said besides. */
export function afterAll(draft: Draft, { lastDropped: last, now }: NluInput): Act[] | null {
  if (!last || now.getTime() - Date.parse(last.at) >= FRESH_MS) return null;
  const match = AFTER_ALL.exec(draft.folded);
  const { lead = '', remind, make, still = '' } = match?.groups ?? {};
  const verb = last.action === 'set_reminder' ? remind : last.action.startsWith('create_') ? make : undefined;
  if (!match || verb === undefined || !AGAIN.test(`${lead} ${verb.replace(/^do (?:it|that)/, '')} ${still}`))
    return null;
  const rest = groupAt(match, 'rest');
  const said = rest && saidValues(draft, rest, { action: last.action, known: last.slots });
  if (said && !said.complete) return null;
  const told = new Set(said?.entities.map(({ slot }) => slot));
  const known = Object.entries(last.slots).flatMap(([slot, value]) =>
    value === undefined || told.has(slot as Slot)
      ? []
      : [entityAt(draft, slot as Slot, NOWHERE, value, 'as said before')],
  );
  return [actOn(draft, last.action, [...known, ...(said?.entities ?? [])])];
}
