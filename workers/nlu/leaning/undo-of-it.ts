import type { Act } from '../../../contracts/nlu.ts';
import { freshReceipt } from '../corrections.ts';
import { entityAt, type Draft } from '../draft.ts';
import type { NluInput } from '../nlu-input.ts';
import { foldText } from '../text.ts';
import { actOn, groupAt } from './act-on.ts';

const UNDO =
  /^[\s,.!]*(?:(?:ok|okay|oh|no|oops|sorry|please|pls|can\s+you|could\s+you)[\s,]+)*(?:undo|revert|roll\s?back|take\s+back)\s+(?:(?:the|my|that)\s+)?(?<what>\S.{0,120}?)(?:\s+(?:again|please|thanks))*[\s.!]*$/d;

/** "Undo buy candles", right after "buy candles", takes that back: its name is no work to undo. */
export function undoOfIt(draft: Draft, input: NluInput): Act[] | null {
  const title = freshReceipt(input)?.title;
  const match = title === undefined ? null : UNDO.exec(draft.folded);
  const at = match && groupAt(match, 'what');
  if (!at || title === undefined || draft.folded.slice(at.start, at.end) !== foldText(title)) return null;
  const target = { kind: 'any', query: draft.text.slice(at.start, at.end) };
  return [actOn(draft, 'undo', [entityAt(draft, 'target', at, target, 'what is to be taken back')])];
}
