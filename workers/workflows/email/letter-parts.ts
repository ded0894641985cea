import type { ActParams } from '../../../contracts/nlu.ts';
import { literally } from '../../../core/literally.ts';
import { salutation } from './salutation.ts';
import type { Tone } from './template-shape.ts';
import { SIGN_OFFS, signOffOf, YOUR_NAME } from './templates.ts';

type Cut = NonNullable<NonNullable<ActParams['edit']>['cut']>;

/** An email's text in its parts, so that it can be changed without a template. */
export interface Letter {
  /** "Hello Ann,"; empty where it begins at once. */
  greeting: string;
  paragraphs: string[];
  /** "Kind regards,\nMia"; empty where nobody signs. */
  close: string;
}

const GREETING = /^(?:dear|hello|hi|hey|good (?:morning|afternoon|evening)|to whom)\b[^\n]{0,200}[,:!]?$/i;
const CLOSE =
  /^(?:(?:kind|best|warm|many)\s+(?:regards|wishes|thanks)|regards|best|yours\b.*|sincerely|cheers|love|thanks|thank you|all the best|take care|see you)[,.!]?\n/i;

export function lettersParts(body: string): Letter {
  const parts = body
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((part) => part.trim())
    .filter(Boolean);
  const greeting = parts.length > 0 && GREETING.test(parts[0] ?? '') ? (parts.shift() ?? '') : '';
  const last = parts.at(-1) ?? '';
  const close = parts.length > 0 && CLOSE.test(`${last}\n`) ? (parts.pop() ?? '') : '';
  return { greeting, paragraphs: parts, close };
}

export const wholeLetter = ({ greeting, paragraphs, close }: Letter): string =>
  [greeting, ...paragraphs, close].filter(Boolean).join('\n\n');

/** Greets and closes in another tone or for others; what stands between stays. */
export function inManner(
  letter: Letter,
  { recipients, tone }: { recipients: readonly string[]; tone: Tone },
): Letter {
  const [, ...signed] = letter.close.split('\n');
  const ours = SIGN_OFFS.some((words) => letter.close.startsWith(words));
  return {
    ...letter,
    greeting: letter.greeting === '' ? '' : salutation(recipients, tone),
    close: ours ? [signOffOf(tone), ...signed].join('\n') : letter.close,
  };
}

/** With a name at its end. */
export function signedBy(letter: Letter, name: string, tone: Tone): Letter {
  const [words = '', ...signed] = letter.close.split('\n');
  if (words === '') return { ...letter, close: `${signOffOf(tone)}\n${name}` };
  const isGap = signed.some((line) => line.trim() === YOUR_NAME);
  const close = isGap ? letter.close.replace(YOUR_NAME, () => name) : `${words}\n${name}`;
  return { ...letter, close };
}

/** Where sentences part: abbreviations and initials end none. */
const SENTENCE_END = /(?<=[^.\s]{2}[.!?]["')\]]?)\s+(?=\S)/;
const PLACE = { first: 0, second: 1, third: 2, last: -1 } as const;

/** Without a sentence or a paragraph; `gone` is null where there is no such one, or nothing would be left. */
export function withoutPart(letter: Letter, cut: Cut): { letter: Letter; gone: string | null } {
  const kept = letter.paragraphs.map((paragraph) =>
    'unit' in cut && cut.unit === 'paragraph' ? [paragraph] : paragraph.split(SENTENCE_END),
  );
  const all = kept.flatMap((sentences, row) => sentences.map((text, column) => ({ text, row, column })));
  const found =
    'about' in cut ? all.findLast(({ text }) => hasWords(text, cut.about)) : all.at(PLACE[cut.place]);
  if (!found || all.length < 2) return { letter, gone: null };
  const paragraphs = kept
    .map((sentences, row) =>
      sentences.filter((_text, column) => row !== found.row || column !== found.column).join(' '),
    )
    .filter(Boolean);
  return { letter: { ...letter, paragraphs }, gone: found.text };
}

const SMALL = new Set(['the', 'a', 'an', 'my', 'your', 'our', 'i', 'that', 'is', 'am', 'to', 'of', 'and']);
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

function hasWords(text: string, words: string): boolean {
  const own = new Set(wordsOf(text));
  const telling = wordsOf(words).filter((word) => !SMALL.has(word));
  return telling.length > 0 && telling.every((word) => own.has(word) || own.has(`${word}s`));
}

/** Less of it: the closing sentence goes first, as it says least. */
export function shortened(letter: Letter): { letter: Letter; gone: string | null } {
  return withoutPart(letter, { place: 'last', unit: 'paragraph' }).gone === null
    ? withoutPart(letter, { place: 'last', unit: 'sentence' })
    : withoutPart(letter, { place: 'last', unit: 'paragraph' });
}

/** Other words in place of some, wherever they stand; null where they stand nowhere. */
export function replacedIn(text: string, { from, to }: { from: string; to: string }): string | null {
  const pattern = literally(from).replace(/\s+/g, '\\s+');
  const found = new RegExp(String.raw`(?<![\p{L}\p{N}])${pattern}(?![\p{L}\p{N}])`, 'giu');
  const changed = text.replace(found, (was) =>
    /^\p{Lu}/u.test(was) ? to.charAt(0).toUpperCase() + to.slice(1) : to,
  );
  return changed === text ? null : changed;
}
