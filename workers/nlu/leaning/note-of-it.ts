import type { Action } from '../../../contracts/intents.ts';
import type { Act } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import type { NluInput } from '../nlu-input.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

/** How the notes are changed of what was made or changed last. */
const CHANGES: Partial<Record<Action, Action>> = {
  create_task: 'update_task',
  update_task: 'update_task',
  create_event: 'update_event',
  update_event: 'update_event',
};

const NOTE =
  /^[\s,.!]*(?:(?:ok|okay|oh|and|also|please|pls|then|great|thanks)[\s,]+)*(?:(?:add|put|write|attach|leave|make|with)\s+)?(?:(?:an?|another|one\s+more|this)\s+)?(?:notes?|comment)(?:\s+(?:to|on|for)\s+(?:it|that|this))?(?:\s*:\s*|,?\s+(?:saying|that\s+says|that\s+reads)\s+)(?<note>\S.*)$/dsu;

/** "Add the phone number: 0664 123456", and the address of what has no place of its own: noted with the word for it. */
const DETAIL =
  /^[\s,.!]*(?:(?:ok|okay|oh|and|also|please|pls|then|great|thanks)[\s,]+)*(?:add|put|write|note(?:\s+down)?|attach|save)\s+(?:(?:the|an?|its|his|her|their|this)\s+)?(?<note>(?:(?:phone|mobile|cell|telephone|room|order|booking|reference|zoom|meeting|video|door|access)\s+)?(?:numbers?|links?|url|code|password|address|details)(?:\s+(?:to|on|for)\s+(?:it|that|this))?\s*:\s*\S.*)$/dsu;

const BARE = /^[\s,.!]*note\s*:/;

/** "Note: bring the id card" after a task or an event was made: it goes to its notes. */
export function noteOfIt(draft: Draft, input: NluInput): Act[] | null {
  const last = freshReceipt(input);
  const action = last && CHANGES[last.action];
  const match = action ? (NOTE.exec(draft.folded) ?? DETAIL.exec(draft.folded)) : null;
  const at = match && groupAt(match, 'note');
  const times = at ? timesIn(draft, at) : [];
  const isBare = BARE.test(draft.folded);
  // What has an hour of its own is something else to be kept; a day is enough where nothing says that it is about "it".
  if (!action || !at || times.some(({ hasClock, past }) => hasClock || (isBare && !past))) return null;
  const kind = action === 'update_task' ? 'task' : 'event';
  const target = { kind, reference: 'last' } satisfies Target;
  return [
    actOn(draft, action, [entityAt(draft, 'target', NOWHERE, target, 'the item spoken of last')], {
      note: draft.text.slice(at.start, at.end).trim(),
    }),
  ];
}
