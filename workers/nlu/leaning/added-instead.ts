import type { Act } from '../../../contracts/nlu.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { actOn, groupAt, NOWHERE } from './act-on.ts';

const ADD =
  /^[\s,.!]*(?:(?:ok|okay|and|then|so|please|just)[\s,]+)*(?:add|put|write)\s+(?:(?:on|down)\s+)?(?:some\s+)?(?<what>(?!(?:it|that|them|the\s)\b)[^,;:?]{2,60}?)\s+instead(?:\s+(?:please|of\s+(?:it|that|them)))?[\s.!]*$/d;

/** "And add crayons instead" after something was taken off a list: it goes on that list, where there was one. */
export function addedInstead(draft: Draft, input: NluInput): Act[] | null {
  const last = freshReceipt(input);
  const match = last?.action === 'delete_task' ? ADD.exec(draft.folded) : null;
  const at = match && groupAt(match, 'what');
  if (!at) return null;
  const title = entityAt(draft, 'title', at, draft.text.slice(at.start, at.end), 'as said');
  const list = last?.slots.list;
  const there = entityAt(draft, 'list', NOWHERE, list, 'the list that something was taken off');
  return [actOn(draft, 'create_task', list === undefined ? [title] : [title, there])];
}
