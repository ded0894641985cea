import type { Act } from '../../../contracts/nlu.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { actOn, NOWHERE } from './act-on.ts';

const ON_IT =
  /^[\s,.!]*(?:(?:ok|okay|and|so|great|thanks)[\s,]+)*(?:what(?:'s|\s+is)|show(?:\s+me)?\s+what(?:'s|\s+is))\s+(?:(?:still|left|now)\s+)*on\s+(?:it|that\s+list|the\s+list|there)(?:\s+(?:now|so\s+far|still|then))*[\s?.!]*$/;

/** "What's on it now?" after something was put on a list, or taken off. */
export function onThatList(draft: Draft, input: NluInput): Act[] | null {
  const list = freshReceipt(input)?.slots.list;
  return list !== undefined && ON_IT.test(draft.folded)
    ? [actOn(draft, 'list_tasks', [entityAt(draft, 'list', NOWHERE, list, 'the list spoken of last')])]
    : null;
}
