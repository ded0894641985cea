import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { overlaps, trimRange } from '../text.ts';
import { GIVEN_NAMES, WORD_NAMES } from './given-names.ts';
import {
  ATTRIBUTED,
  BARE_ROLES,
  DETERMINERS,
  HONORIFICS,
  KIN_BEFORE_NAME,
  NO_PERSON,
  ROLES,
} from './roles.ts';

/** Somebody named in a text: the words as said, article included where there is one ("my sister"). */
export interface Person extends Range {
  name: string;
  /** Only owns what is spoken of: "Bob's birthday". */
  owner: boolean;
  /** Stands where somebody has to stand: after "with", "invite", "email" and the like. */
  placed: boolean;
}

interface Word extends Range {
  /** Folded, without a dot or a possessive at its end. */
  text: string;
  capital: boolean;
  possessive: boolean;
  /** No mark or masked stretch stands between this word and the one before it. */
  joined: boolean;
  first: boolean;
}

const WORD = /[\p{L}\p{N}@][\p{L}\p{M}\p{N}'’@._+-]*|[&/,]|w\//gu;
const PLACING =
  /^(?:with|w\/|w|wiht|wth|invite|invites|inviting|invte|include|including|call|calling|phone|phoning|ring|ringing|facetime|meet|meeting|see|seeing|visit|visiting|join|joining|email|emailing|e-mail|mail|to|from|between|bring|host|hosting|ask|tell|text|message|answer|reply|write|did|has|have|if|can|could|do|does|would|should|will|for|lunch|dinner|breakfast|brunch|drinks|coffee|1:1|call|chat|sync|date|tea|beers)$/;
const STRONG_PLACING = /^(?:with|w\/|w|wiht|wth|invite|invites|inviting|invte|between)$/;
/** A word that can follow a role without making it a word for a thing ("my dentist appointment"). */
const FOLLOWS =
  /^(?:and|or|&|\/|,|to|for|about|at|on|in|by|from|with|w\/|of|over|via|re|regarding|that|if|whether|when|is|are|was|were|has|have|had|can|could|will|would|should|says|said|wants|want|needs|comes|coming|came|visiting|who|this|next|last|every|each|tomorrow|today|tonight|please|pls|i|i'm|we|we're|he|she|they|you|it|it's|too|also|as|so|but|because|the|a|an|my|our|again|back|now|then|after|before|until|instead|saying|asking|telling|know|moved|rang|called|emailed|mailed|wrote|write|replied|reply|sent|send|happy|sorry|thanks|thank|there|here|w|not|around|some|late|off|on-?site|asap|finally|still|just|isn't|can't|cannot)$/;
const DOES =
  /^(?:is|are|will|wants?|comes?|coming|came|has|have|can|can't|could|would|says|said|needs?|asked|called|rang|wrote|emailed|mailed|moved|cancelled)$/;
const MAX_WORDS = 400;
const MAX_PEOPLE = 50;

/** Everybody named in the range, left to right; stretches already taken (times, places) are looked over. */
export function findPeople(draft: Draft, range: Range, masked: readonly Range[] = []): Person[] {
  const words = wordsOf(draft, range, [...masked, ...draft.quotes]);
  const cased = /\p{Lu}/u.test(draft.text) && draft.text !== draft.text.toUpperCase();
  const found: Person[] = [];
  for (let index = 0; index < words.length && found.length < MAX_PEOPLE;) {
    const placed = isPlaced(words, index, found.at(-1));
    const length = personAt(words, index, placed, cased);
    if (length === 0) {
      index += 1;
      continue;
    }
    const last = words[index + length - 1];
    const first = words[index];
    if (!first || !last) break;
    const span = trimRange(
      draft.folded,
      {
        start: first.start,
        end: last.possessive ? last.start + last.text.length : last.end,
      },
      '.',
    );
    found.push({
      ...span,
      name: draft.text.slice(span.start, span.end).replace(/\s+/g, ' '),
      owner: last.possessive,
      placed: placed !== 'no',
    });
    index += length;
  }
  return withAddresses(draft, present(draft, found));
}

const NOT_THEM =
  /(?:\b(?:without|except(?:ing)?(?:\s+for)?|excluding|apart\s+from|other\s+than|save\s+for|minus|but\s+(?:not|without))|,\s*not|\b(?:every(?:one|body)|all|both)\b[^.;?!]{0,40}\bbut)\s+(?:with\s+)?$/;
const FURTHER = /^\s*(?:,|&|and|or|nor|,\s*(?:and|or))\s*$/;

/** Without those who are named only to say that they are not meant: "everybody but Tom", "without Ben and Kim". */
function present(draft: Draft, people: readonly Person[]): Person[] {
  let before: Person | null = null;
  return people.filter((person) => {
    const left: boolean =
      NOT_THEM.test(draft.folded.slice(Math.max(0, person.start - LOOKED_BACK), person.start)) ||
      (before !== null && FURTHER.test(draft.folded.slice(before.end, person.start)));
    before = left ? person : null;
    return !left;
  });
}
const LOOKED_BACK = 70;

/** "Jane Doe (jane.doe@corp.io)" is one person, whose address tells most. */
function withAddresses(draft: Draft, people: readonly Person[]): Person[] {
  return people.flatMap((person, index): Person[] => {
    const [before, next] = [people[index - 1], people[index + 1]];
    const address = (one: Person | undefined): boolean => one?.name.includes('@') === true;
    const bracket = (one: Person, other: Person): boolean =>
      !address(one) && address(other) && /^\s*[(<]$/.test(draft.folded.slice(one.end, other.start).trimEnd());
    if (before && bracket(before, person)) return [];
    if (!next || !bracket(person, next)) return [person];
    const end = next.end + (/[)>]/.test(draft.folded[next.end] ?? '') ? 1 : 0);
    return [{ ...person, end, name: next.name }];
  });
}

function wordsOf(draft: Draft, range: Range, masked: readonly Range[]): Word[] {
  const words: Word[] = [];
  const text = draft.folded.slice(range.start, range.end);
  let end = -1;
  for (const match of text.matchAll(WORD)) {
    if (words.length >= MAX_WORDS) break;
    const start = range.start + match.index;
    const span = { start, end: start + match[0].length };
    if (masked.some((mask) => overlaps(mask, span))) continue;
    const possessive = /['’]s$|s['’]$/.test(match[0]) && !match[0].includes('@');
    const bare = match[0]
      .replace(/['’]s$/, '')
      .replace(/s['’]$/, 's')
      .replace(/\.+$/, '');
    words.push({
      ...span,
      text: bare,
      capital: /^\p{Lu}/u.test(draft.text.slice(start, start + 2)),
      possessive,
      joined: end >= 0 && /^[\s(]*$/.test(draft.folded.slice(end, start)),
      first: /^[\s]*$/.test(draft.folded.slice(0, start)) || /[.!?]\s+$/.test(draft.folded.slice(0, start)),
    });
    end = span.end;
  }
  return words;
}

type Placing = 'no' | 'weak' | 'strong';

function isPlaced(words: readonly Word[], index: number, before: Person | undefined): Placing {
  const previous = words[index - 1];
  if (!previous) return 'no';
  // "with Ana and Ben, Cem": goes on with a list that has begun.
  if (/^(?:and|&|\/|,|or|plus)$/.test(previous.text) && before?.placed === true) {
    const joint = words[index - 2];
    const also = joint && /^[,]$/.test(joint.text) ? words[index - 3] : joint;
    return also !== undefined && also.end >= before.end && also.start < before.end + 1 ? 'weak' : 'no';
  }
  if (STRONG_PLACING.test(previous.text)) return 'strong';
  return PLACING.test(previous.text) ? 'weak' : 'no';
}

/** How many words from the index name one person; 0 when none do. */
function personAt(words: readonly Word[], index: number, placed: Placing, cased: boolean): number {
  const word = words[index];
  if (!word || word.text === ',' || word.text === '&') return 0;
  if (/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(word.text)) return 1;
  const next = words[index + 1];
  if (
    HONORIFICS.has(word.text) &&
    !word.possessive &&
    !(next && ATTRIBUTED.test(next.text)) &&
    next?.joined !== false &&
    next &&
    isNameLike(next, cased) &&
    /\p{L}/u.test(next.text)
  )
    return 2 + surnames(words, index + 1, cased);
  const role = roleAt(words, index, placed);
  if (role > 0) return role;
  if (GIVEN_NAMES.has(plain(word.text))) {
    if (cased && !word.capital && placed === 'no' && WORDS_IN_USE.has(word.text)) return 0;
    return 1 + (word.possessive ? 0 : surnames(words, index, cased));
  }
  // "Christmas Eve" is a day.
  if (word.text === 'eve' && /^(?:christmas|xmas|year|years)$/.test(words[index - 1]?.text ?? '')) return 0;
  if (WORD_NAMES.has(word.text)) {
    const plainly = cased ? word.capital && (!word.first || placed !== 'no') : placed !== 'no';
    return plainly ? 1 + (word.possessive ? 0 : surnames(words, index, cased)) : 0;
  }
  if (placed === 'no' || NO_PERSON.has(word.text) || /\d/.test(word.text)) return 0;
  const previous = words[index - 1]?.text ?? '';
  // A capital in the middle of a sentence, where somebody has to stand.
  if (
    cased &&
    word.capital &&
    (placed === 'strong' ||
      /^(?:and|&|,|from|invite|email|mail|e-mail|call|meet|between|bring|has|did|have)$/.test(previous))
  )
    return word.text.length > 1 ? 1 + (word.possessive ? 0 : surnames(words, index, cased)) : 0;
  return placed === 'strong' ? companyAt(words, index) : 0;
}

/** Names that are common words in other languages or in English talk. */
const WORDS_IN_USE = new Set([
  'max',
  'jan',
  'june',
  'may',
  'art',
  'rose',
  'bao',
  'mercedes',
  'noel',
  'salvador',
]);

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '');

function isNameLike(word: Word, cased: boolean): boolean {
  return cased
    ? word.capital || GIVEN_NAMES.has(plain(word.text))
    : /^\p{L}{2,}$/u.test(word.text) && !FOLLOWS.test(word.text);
}

/** Capital words right behind a name belong to it: "Priya Raman". */
function surnames(words: readonly Word[], index: number, cased: boolean): number {
  let count = 0;
  while (count < 2 && cased) {
    const word = words[index + count + 1];
    const before = words[index + count];
    if (
      !word?.joined ||
      before?.possessive === true ||
      !word.capital ||
      NO_PERSON.has(word.text) ||
      !/^\p{L}/u.test(word.text)
    )
      break;
    count += 1;
  }
  return count;
}

/** "my sister", "the new landlord", "aunt Bev", "mom", "HR", "the Khans" */
function roleAt(words: readonly Word[], index: number, placed: Placing): number {
  const word = words[index];
  if (!word) return 0;
  const determined = DETERMINERS.has(word.text);
  let at = determined ? index + 1 : index;
  if (determined && words[index + 1]?.joined === false) return 0;
  // "the Petersens", unless what they are to the speaker follows: "the Jones sisters".
  if (word.text === 'the' && placed !== 'no') {
    const [family, next] = [words[index + 1], words[index + 2]];
    const named = family?.capital === true && family.joined && family.text.endsWith('s');
    if (named && !NO_PERSON.has(family.text) && !(next?.joined === true && ROLES.has(next.text))) return 2;
  }
  // Up to two words may describe: "my old boss", "the swimming teacher".
  for (let extra = 0; extra <= (determined ? 2 : 0); extra += 1) {
    const role = words[at];
    if (!role || (extra > 0 && !role.joined)) break;
    if (determined || BARE_ROLES.has(role.text) || placed === 'strong') {
      if (ROLES.has(role.text)) return endOfRole(words, index, at, determined, placed);
    }
    if (NO_PERSON.has(role.text) || FOLLOWS.test(role.text) || role.possessive) break;
    at += 1;
  }
  return 0;
}

function endOfRole(
  words: readonly Word[],
  index: number,
  at: number,
  determined: boolean,
  placed: Placing,
): number {
  const role = words[at];
  const next = words[at + 1];
  if (!role) return 0;
  if (role.possessive) return at - index + 1;
  const more = next?.joined === true && ROLES.has(next.text) ? 1 : 0;
  if (more > 0) return endOfRole(words, index, at + 1, determined, placed);
  const kin = KIN_BEFORE_NAME.has(role.text);
  // "the parish council" alone is a thing; "the midwife wants to see me" is somebody.
  const article = /^(?:the|an?)$/.test(words[index]?.text ?? '');
  if (article && placed === 'no' && !(next && DOES.test(next.text))) return 0;
  if (
    next?.joined === true &&
    (kin || role.text === 'madam') &&
    (GIVEN_NAMES.has(plain(next.text)) || WORD_NAMES.has(next.text) || next.capital)
  )
    return at - index + 2;
  if (next?.joined === true && next.text === 'madam') return at - index + 2;
  const loose = next === undefined || !next.joined || FOLLOWS.test(next.text) || /^[\d@]/.test(next.text);
  if (loose) return at - index + 1;
  if (placed !== 'no' && !ATTRIBUTED.test(next.text)) return at - index + 1;
  return (determined || kin) && kin && !ATTRIBUTED.test(next.text) ? at - index + 1 : 0;
}

/** Whoever "with" names in words that no list knows: "with design", "with the Sydney office". */
function companyAt(words: readonly Word[], index: number): number {
  let length = 0;
  let determined = false;
  while (length < 4) {
    const word = words[index + length];
    if (!word || (length > 0 && !word.joined) || (FOLLOWS.test(word.text) && !DETERMINERS.has(word.text)))
      break;
    if (DETERMINERS.has(word.text)) {
      if (length > 0) break;
      determined = true;
    } else if (NO_PERSON.has(word.text) || word.text === ',' || word.text === '&') return 0;
    length += 1;
    if (word.possessive) break;
  }
  return length > (determined ? 1 : 0) ? length : 0;
}
