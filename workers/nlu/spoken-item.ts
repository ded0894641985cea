import type { NluInput } from './nlu-input.ts';
import { FRESH_MS } from './fresh.ts';
import { withWords, type PlainText } from './plain-text.ts';
import { foldText } from './text.ts';

/** "Sorry, the holiday goes until the 9th": the thing that was spoken of, and what is said of it. */
const SAID_OF =
  /^[\s,.!]*(?:(?:no|oh|ok|okay|sorry|actually|well|hm+|but|and|so|wait|btw)[\s,.!]+)*(?<named>(?:the|my|our|that)\s+(?:\S+\s+){0,3}?\S+)(?=['’]s\s|\s+(?:goes|lasts|ends|runs|starts|begins|is|was|has|should|needs|takes|must|will|(?:comes|arrives|leaves|opens|closes|happens)(?=\s+(?:at|on|by|around|about|not|only)\s))\s)/di;
const WAITS = /\?\s*$/;

/** A text in which what was made or changed last is "it" where something is said of it by its name. */
export function withSpokenAsIt(
  plain: PlainText,
  { lastReceipt: last, now }: Pick<NluInput, 'lastReceipt' | 'now'>,
): PlainText {
  const { text } = plain;
  if (!last?.title || WAITS.test(text) || now.getTime() - Date.parse(last.at) >= FRESH_MS) return plain;
  const named = SAID_OF.exec(text)?.indices?.groups?.['named'];
  if (!named) return plain;
  const own = new Set(foldText(last.title).split(/[^\p{L}\p{N}]+/u));
  const words = foldText(text.slice(...named))
    .split(/\s+/)
    .slice(1);
  return words.length > 0 && words.every((word) => own.has(word))
    ? withWords(plain, { start: named[0], end: named[1] }, 'it')
    : plain;
}
