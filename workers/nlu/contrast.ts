import { WEEKDAY_CODES } from '../../contracts/recurrence.ts';
import type { Entity } from '../../contracts/nlu.ts';
import type { Slots } from '../../contracts/slots.ts';
import type { Draft } from './draft.ts';
import { entityAt } from './draft.ts';
import type { Range } from './text.ts';
import { foldText, trimRange } from './text.ts';
import { WEEKDAYS } from './time/words.ts';

/** Words that were wrong, and those that are to stand in their place. */
export interface Contrast {
  right: Range;
  wrong: Range;
}

const BEFORE =
  /^not\s+(?:(?:to|for|about|at|on|in|with)\s+)?(?<wrong>\S[^,.;!?]{0,60}?)\s*(?:[,.;!?-]+\s*(?:but\s+)?|\s+but\s+)(?<right>\S.*)$/d;
const AFTER =
  /^(?:(?:it|that)(?:'s|\s+is|\s+should\s+be|\s+was)\s+)?(?<right>\S.{0,120}?)[\s,.;-]+(?:and\s+not|not|rather than|instead of)\s+(?:(?:to|for|about|at|on|in|with)\s+)?(?<wrong>\S[^,.;!?]{0,60})$/d;

/** "not Bob, Bill", "Bill not Bob", "at home instead of at the office" */
export function readContrast(draft: Draft, range: Range): Contrast | null {
  const words = draft.folded.slice(range.start, range.end);
  if (words.length > 200) return null;
  const groups = (BEFORE.exec(words) ?? AFTER.exec(words))?.indices?.groups;
  const [right, wrong] = [groups?.['right'], groups?.['wrong']];
  if (!right || !wrong) return null;
  const at = ([start, end]: [number, number]): Range =>
    trimRange(draft.folded, { start: range.start + start, end: range.start + end }, ',.!?;');
  return { right: at(right), wrong: at(wrong) };
}

const ARTICLE = /^(?:(?:the|a|an|my|our|to|at|in|on|with|for)\s+)+/i;

/** The slots that have the wrong words in them, with the right ones instead. */
export function swapped(draft: Draft, { right, wrong }: Contrast, known: Slots): Entity[] {
  const old = draft.folded
    .slice(wrong.start, wrong.end)
    .replace(ARTICLE, '')
    .replace(/\s+(?:list|one)$/, '');
  const lead = ARTICLE.exec(draft.folded.slice(right.start, right.end))?.[0].length ?? 0;
  return exchanged(draft, { start: right.start + lead, end: right.end }, old, known);
}

/** The slots that have the old words in them, with those of the stretch instead. */
export function exchanged(draft: Draft, span: Range, old: string, known: Slots): Entity[] {
  const said = draft.text.slice(span.start, span.end);
  // A number is an hour rather than a word of a title.
  if (old === '' || said === '' || said.split(/\s+/).length > 6 || /^\d+$/.test(old)) return [];
  const entity = (slot: keyof Slots, value: unknown): Entity =>
    entityAt(draft, slot, span, value, `instead of "${old}"`);
  const entities: Entity[] = [];
  for (const slot of ['participants', 'recipient'] as const) {
    const names = known[slot];
    if (!names?.some((name) => has(name, old))) continue;
    entities.push(
      entity(
        slot,
        names.map((name) => (has(name, old) ? said : name)),
      ),
    );
  }
  if (known.title !== undefined && has(known.title, old)) {
    const at = wordAt(known.title, old);
    entities.push(entity('title', known.title.slice(0, at) + said + known.title.slice(at + old.length)));
  }
  const weekday = known.recurrence && otherWeekday(known.recurrence, old, foldText(said));
  if (weekday) entities.push(entity('recurrence', weekday));
  if (known.location !== undefined && has(known.location, old)) entities.push(entity('location', said));
  if (known.list !== undefined && has(known.list, old))
    entities.push(entity('list', said.replace(/\s+list$/i, '')));
  const { target } = known;
  if (target?.query !== undefined && has(target.query, old))
    entities.push(
      entity('target', { kind: target.kind, query: said.replace(/\s+(?:one|task|event)$/i, '') }),
    );
  return entities;
}

/** A rule that comes on another day of the week: "not monday, wednesday"; null where it did not come on the one said. */
function otherWeekday(rule: string, old: string, said: string): string | null {
  const [from, to] = [old, said].map(
    (word) => WEEKDAY_CODES[(WEEKDAYS.get(word.replace(/s$/, '')) ?? 0) - 1],
  );
  const days = /(?<=(?:^|;)BYDAY=)[^;]+/.exec(rule)?.[0].split(',') ?? [];
  if (from === undefined || to === undefined || !days.includes(from)) return null;
  const others = [...new Set(days.map((day) => (day === from ? to : day)))];
  return rule.replace(/(?<=(?:^|;)BYDAY=)[^;]+/, others.join(','));
}

const has = (text: string, words: string): boolean => wordAt(text, words) >= 0;

/** Where the words stand as whole words; -1 where they don't. */
function wordAt(text: string, words: string): number {
  const folded = foldText(text);
  for (let at = folded.indexOf(words); at >= 0; at = folded.indexOf(words, at + 1)) {
    const around = [folded[at - 1], folded[at + words.length]];
    if (around.every((unit) => unit === undefined || !/[\p{L}\p{N}]/u.test(unit))) return at;
  }
  return -1;
}
