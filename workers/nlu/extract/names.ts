import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';

/** Names of people that are months, seasons or times of the day, too; in small letters "may" is another word. */
const PERSON =
  /(?<![\p{L}\p{N}])(?:(?:call|phone|ring|text|email|e-mail|message|meet|visit|ask|tell|thank|invite|pay|see|pick\s+up)|(?:lunch|dinner|breakfast|brunch|coffee|drinks|call|meeting|walk|date|chat|catch\s+up|sync|1:1|talk|speak|meet|dance|play|study)\s+(?:with|to))\s+(?<name>april|june|may|august|eve|summer|autumn)(?!'s)(?![\p{L}\p{N}])(?!\s*,?\s*(?:the\s+)?(?:\d|first|second|third|[a-z]+th\b))/gu;
const PERHAPS_SMALL = /^(?:april|june|eve)$/;

/** What has a title follows these. */
const TITLED =
  /(?<![\p{L}\p{N}])(?:(?:re)?watch|(?:re)?read|binge|stream|listen\s+to|see|download|movie|film|show|series|book|novel|song|album|episode\s+of)\s+/gu;
/** Capitalised words, small ones between them: "The Day After Tomorrow", "Thursday of the Dead". */
const CAPITALISED = /^\p{Lu}[\p{L}\p{N}'’]*(?:\s+(?:(?:of|the|and|a|an|&)\s+){0,3}\p{Lu}[\p{L}\p{N}'’]*)+/u;
const BEGINS_AS_TIME =
  /^(?:the\s+|a\s+|an\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|today|tomorrow|tonight|yesterday|day|night|morning|evening|last|next|first|christmas|easter|halloween|midnight|noon|summer|winter|autumn|spring)\b/;
const CLOSING_DAY = /\s+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow)$/;

/** Names that look like dates: "call April", "watch Friday Night Lights". */
export function namesIn(draft: Draft, range: Range): Range[] {
  const words = draft.folded.slice(range.start, Math.min(range.end, range.start + 600));
  return [...people(draft, range, words), ...titles(draft, range, words)];
}

function people(draft: Draft, range: Range, words: string): Range[] {
  return [...words.matchAll(PERSON)].flatMap((match) => {
    const name = match.groups?.['name'] ?? '';
    const end = range.start + match.index + match[0].length;
    const start = end - name.length;
    return isCapital(draft, start) || PERHAPS_SMALL.test(name) ? [{ start, end }] : [];
  });
}

function titles(draft: Draft, range: Range, words: string): Range[] {
  // Where all is in capitals they say nothing.
  if (draft.text === draft.text.toUpperCase()) return [];
  return [...words.matchAll(TITLED)].flatMap((match) => {
    const start = range.start + match.index + match[0].length;
    const run = CAPITALISED.exec(draft.text.slice(start, range.end))?.[0] ?? '';
    const folded = draft.folded.slice(start, start + run.length);
    if (run === '' || !BEGINS_AS_TIME.test(folded)) return [];
    // "watch Saturday Night Fever Sunday": what is left without the day is a name of its own.
    const day = CLOSING_DAY.exec(folded)?.[0].length ?? 0;
    const whole =
      day === 0 || run.slice(0, -day).split(/\s+/).filter(isUpper).length < 3 || /^the\s/.test(folded);
    return [{ start, end: start + run.length - (whole ? 0 : day) }];
  });
}

const isUpper = (word: string): boolean => /^\p{Lu}/u.test(word);
const isCapital = (draft: Draft, at: number): boolean => isUpper(draft.text.slice(at));
