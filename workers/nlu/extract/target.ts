import type { Entity } from '../../../contracts/nlu.ts';
import type { Target } from '../../../contracts/slots.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import { ORDINALS } from '../time/words.ts';

const ITEM = String.raw`(?:tasks?|to-?\s?dos?|to do|items?|one|entry|thing|reminders?)`;
const PRONOUN = new RegExp(
  String.raw`^(?:it|that|this|this one|that one|the same(?: one)?|(?:the|my|this|that) ${ITEM}|(?:the |my )?(?:latest|newest|most recent|previous|recent|last (?:added|created))(?: ${ITEM})?|(?:the )?${ITEM} (?:i )?(?:just )?(?:added|created|made))$`,
);
/** The last of the list that was shown, and the one spoken of last where none was. */
const LAST = new RegExp(String.raw`^(?:the |my )?last(?: ${ITEM})?(?: (?:on|in|of) (?:the|my) list)?$`);
const ALL = new RegExp(
  String.raw`^(?:all|everything|them|them all|them both|(?:all|both) of (?:it|them|these|those)|both|all (?:two|three|four|five)|(?:these|those) (?:two|three|four|five)|(?:all|all of|every|each)(?: (?:of )?(?:my|the|these|those))?(?: (?:open|remaining|done|completed|finished))? ${ITEM}|(?:my|the|these|those) (?:tasks|to-?\s?dos|todos|items)|(?:my |the )?(?:whole |entire )?(?:to-?\s?do |todo |task )?list)$`,
);
const NUMBERS: readonly string[] = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
];
const NUMBERED = new RegExp(
  String.raw`^(?:(?:the )?${ITEM} )?(?:number|no\.?|nr\.?|#) ?(?<number>\d{1,3})$|^(?:the )?number (?<word>${NUMBERS.join('|')})$|^(?:(?:the )?${ITEM} )?(?<plain>\d{1,2})$`,
);

/** The item that a stretch of text names, or null when nothing is left of it. */
export function readTarget(folded: string, original: string): Target | null {
  const words = folded.trim();
  if (words === '') return null;
  const plain = words
    .replace(/[.!?,]+$/, '')
    .replace(/\s+/g, ' ')
    .replace(/ please$/, '');
  if (plain === '') return null;
  if (PRONOUN.test(plain)) return { kind: 'task', reference: 'last' };
  if (LAST.test(plain)) return { kind: 'task', reference: 'last', ordinal: -1 };
  if (ALL.test(plain)) return { kind: 'task', reference: 'all' };
  const numbered = NUMBERED.exec(plain);
  const number = numbered?.groups?.['number'] ?? numbered?.groups?.['plain'];
  if (number !== undefined) return { kind: 'task', reference: 'ordinal', ordinal: Number(number) };
  const counted = numbered?.groups?.['word'];
  if (counted !== undefined)
    return { kind: 'task', reference: 'ordinal', ordinal: NUMBERS.indexOf(counted) + 1 };
  const ordinal = readOrdinal(plain);
  if (ordinal !== null) return { kind: 'task', reference: 'ordinal', ordinal };
  const query = stripNoun(plain, original.trim());
  return query === '' ? null : { kind: 'task', query: query.slice(0, 4000) };
}

/** "the second one", "3rd task", "second to last" as a place in a list; -1 is the last. */
export function readOrdinal(plain: string): number | null {
  const back = /^(?:the )?(?<nth>very|next to|second|third|fourth|fifth)(?: to)? last\b(?: [a-z]+)?$/.exec(
    plain,
  );
  const before = back?.groups?.['nth'];
  if (before !== undefined) return before === 'very' ? -1 : -(ORDINALS.get(before) ?? 2);
  const match = new RegExp(
    String.raw`^(?:the )?(?<word>[a-z]+|\d{1,3}(?:st|nd|rd|th))(?: ${ITEM})?(?: (?:on|in|of) (?:the|my) list)?$`,
  ).exec(plain);
  const word = match?.groups?.['word'];
  if (word === undefined) return null;
  const digits = /^\d+/.exec(word)?.[0];
  return digits !== undefined ? Number(digits) : (ORDINALS.get(word) ?? null);
}

/** Words of the title without what only says that it is a task: "the dentist task" → "dentist". Case is kept. */
function stripNoun(folded: string, original: string): string {
  const inner = /^["'`](.+)["'`]$/.exec(folded);
  if (inner) return original.slice(1, original.length - 1).trim();
  let { start, end } = trimRange(folded, { start: 0, end: folded.length });
  const head = new RegExp(
    String.raw`^(?:(?:the|my|that|this|a|an|our)\s+)?(?:${ITEM})\s+(?:(?:called|named|titled|about|to|with the title|for|that says)\s+)?(?=\S)|^(?:the|my|that|this|our|his|her|their)\s+(?=\S)`,
  ).exec(folded);
  if (head && !/^(?:one|thing)\s+(?!about|called|named|for|to)/.test(head[0].replace(/^(?:the|my) /, '')))
    start += head[0].length;
  const tail = new RegExp(String.raw`\s+(?:tasks?|to-?\s?dos?|item|entry|reminder|one)$`).exec(
    folded.slice(start, end),
  );
  if (tail) end = start + tail.index;
  // Original and folded differ in trailing marks and blanks only, so offsets from the front hold.
  const spaced = original.replace(/\s+/g, ' ');
  const query = spaced.slice(start, end).trim();
  const quoted = /^["'`\u201c\u2018\u00ab](.+)["'`\u201d\u2019\u00bb]$/.exec(query);
  return quoted?.[1]?.trim() ?? query;
}

export function targetEntity(draft: Draft, range: Range): Entity | null {
  const span = trimRange(draft.folded, range, ',.!?:;');
  if (span.start >= span.end) return null;
  const target = readTarget(draft.folded.slice(span.start, span.end), draft.text.slice(span.start, span.end));
  return target && entityAt(draft, 'target', span, target, reasonOf(target));
}

export function lastTarget(draft: Draft, range: Range): Entity {
  const target: Target = { kind: 'task', reference: 'last' };
  return entityAt(draft, 'target', range, target, 'the item spoken of last');
}

function reasonOf(target: Target): string {
  if (target.reference === 'last') return 'the item spoken of last';
  if (target.reference === 'all') return 'everything that the filters select';
  if (target.reference === 'ordinal') return 'its place in the list just shown';
  return 'words of its title';
}
