import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import type { Entity } from '../../../contracts/nlu.ts';
import { looksLikeActivity } from '../rules/statement-rules.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';

const ROLE = String.raw`(?:landlord|landlady|boss|manager|supervisor|director|ceo|cto|mom|mum|mother|dad|father|sister|brother|wife|husband|partner|girlfriend|boyfriend|fianc[eé]e?|parents|family|son|daughter|cousin|aunt|uncle|grandma|grandpa|grandmother|grandfather|teacher|professors?|profs?|tutor|advis[eo]r|mentor|coach|trainer|lecturer|dean|principal|colleagues?|co-?workers?|team|friends?|clients?|customers?|doctor|dentist|therapist|lawyer|accountant|bank|insurance|insurer|neighbou?rs?|hr|students?|class(?:mates?)?|school|university|college|company|department|office|roommates?|flatmates?|housemates?|group|recruiter|vendor|supplier|editor|agent|agency|support|reception|staff|committee|board|council|club|members|guests|investors|interns?|babysitter|nanny|plumber|electrician|vet|hotel|airline|everyone|everybody|all|them|him|her)`;
/** What stands before a name, as a pattern. */
export const TITLE = String.raw`(?:mrs?|ms|mx|dr|prof|professor|aunt|uncle|sir|madam|doctor|coach|father|sister)`;

/** Words that name somebody whatever their case: a role, a title with a name, an address. */
export const SOMEBODY = new RegExp(
  String.raw`^(?:(?:my|our|the|his|her|their|your|all|of|both|dear)\s+)*(?:(?:[\p{L}-]+\s+){0,2}?${ROLE}\b|${TITLE}\b\.?\s+\S|[^\s@]+@[^\s@]+)`,
  'u',
);
const PRONOUN = /^(?:him|her|them|me|us|you|it|someone|somebody|that|this)$/;
/** Words of a second verb: "to Ann and tell her" names Ann alone. */
const TAIL =
  /(?:[\s,]+(?:please|pls|now|right now|right away|asap|quickly|again|first|then|and|or|thanks|thank you|thx|for me|by (?:e-?)?mail|via (?:e-?)?mail|if you can|will you|would you))+$|[\s,;:.!?-]+$/;
const LEAD =
  /^(?:[\s,:;-]+|(?:e-?mails? )?(?:to|for|from)\s+|(?:it's|its|it is|that's|send it|write it|address it)\s+(?=(?:to|for)\s))/;
const PICTURES =
  /^[\p{Extended_Pictographic}\u{FE0F}\u{200D}\s]+|[\p{Extended_Pictographic}\u{FE0F}\u{200D}\s]+$/gu;
/** Who gets a copy gets the e-mail. */
const COPY = /^\s*(?:and\s+)?(?:b?cc(?:'?ing|'d)?|(?:with\s+)?(?:a\s+)?copy\s+(?:to|for)|in\s+copy)\s*:?\s+/i;
const LONGEST = 320;
const MOST = 50;

/** The range without politeness, pictures and connecting words at its ends. */
export function trimPeople(draft: Draft, range: Range): Range {
  let { start, end } = trimRange(draft.folded, range);
  for (let turn = 0; turn < 6; turn += 1) {
    const words = draft.folded.slice(start, end);
    const cut =
      LEAD.exec(words)?.[0].length ??
      words.length - words.replace(/^[\p{Extended_Pictographic}\u{FE0F}\u{200D}\s]+/u, '').length;
    const tail = TAIL.exec(words.slice(-80))?.[0].length ?? trailingPictures(words);
    if (cut === 0 && tail === 0) break;
    start = Math.min(end, start + cut);
    end = Math.max(start, end - (cut >= words.length ? 0 : tail));
  }
  return { start, end };
}

function trailingPictures(words: string): number {
  return words.length - words.replace(PICTURES, (hit, at: number) => (at === 0 ? hit : '')).length;
}

/** The people of a range, as they were said; null when it names none. */
export function peopleEntity(draft: Draft, range: Range): Entity | null {
  const span = trimPeople(draft, range);
  if (span.start >= span.end || span.end - span.start > LONGEST * MOST) return null;
  const names = draft.text
    .slice(span.start, span.end)
    .split(
      /\s*[,;]\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*|\s+as well as\s+|\s+(?=(?:b?cc|with (?:a )?copy to)[\s:])/i,
    )
    .map((name) =>
      name
        .replace(/\s+/g, ' ')
        .replace(COPY, '')
        .replace(/^["'`\u201c\u201d]+|["'`\u201c\u201d\s.!?]+$/g, '')
        .trim(),
    )
    .filter((name) => /[\p{L}\p{N}]/u.test(name));
  if (names.length === 0 || names.some((name) => name.length > LONGEST || PRONOUN.test(name.toLowerCase())))
    return null;
  return entityAt(draft, 'recipient', span, names.slice(0, MOST), 'as said');
}

/** Whether words name somebody: by role, title or address, or by a capital letter in the original. */
export function namesSomebody(draft: Draft, range: Range): boolean {
  const { start, end } = trimRange(draft.folded, range);
  return (
    SOMEBODY.test(draft.folded.slice(start, end)) ||
    (/^\p{Lu}\p{Ll}/u.test(draft.text.slice(start, end)) && draft.text !== draft.text.toUpperCase())
  );
}

/** Words for what somebody else wrote. */
export const MESSAGE = /\b(?:e-?mails?|mails?|message|invitation|letter|note)\b/;
const THEIR_MESSAGE =
  /(?:'s|s')\s+(?:last\s+|latest\s+)?(?:e-?mail|mail|message|letter|note|invitation|question|request)s?$/;
const MESSAGE_FROM =
  /^(?:(?:the|that|this|an?)\s+)?(?:last\s+|latest\s+|new\s+)?(?:e-?mail|mail|message|letter|note|invitation)\s+(?:from|of|by)\s+/;

/** The people of a stretch of a request, without the message of theirs that is spoken of. */
export function recipientEntity(draft: Draft, range: Range): Entity | null {
  let { start, end } = trimPeople(draft, range);
  const words = draft.folded.slice(start, end);
  // "to Ann and buy milk": the second half is a request of its own.
  for (const joint of words.matchAll(/\s+(?:and|then)\s+/g)) {
    const other = words.slice(joint.index + joint[0].length);
    if (
      looksLikeActivity(other) &&
      /^\p{Ll}/u.test(draft.text.slice(start + joint.index + joint[0].length, end))
    )
      return recipientEntity(draft, { start, end: start + joint.index });
  }
  start += MESSAGE_FROM.exec(words)?.[0].length ?? 0;
  end -= THEIR_MESSAGE.exec(draft.folded.slice(start, end))?.[0].length ?? 0;
  if (
    /^(?:the|that|this|my|his|her|their|an?)?\s*(?:e-?mail|mail|message|letter|note)s?$/.test(
      draft.folded.slice(start, end),
    )
  )
    return null;
  return peopleEntity(draft, { start, end });
}

const OBJECT =
  /^(?:ask(?:ing)?|tell(?:ing)?|thank(?:ing)?|invit(?:e|ing)|remind(?:ing)?|inform(?:ing)?|notify(?:ing)?|let(?:ting)?|congratulat(?:e|ing)|updat(?:e|ing)|warn(?:ing)?|welcom(?:e|ing)|apologi[sz](?:e|ing)\s+to|follow(?:ing)?\s+up\s+with)\s+(?<who>(?:(?!(?:for|about|to|that|if|whether|know|on|of|in|at|by|with)\b)[^\s,.;:!?]+\s*){1,4})(?=for\b|about\b|to\b|that\b|if\b|whether\b|know\b|on\b|$|[,.;:!?])/d;

/** "to thank Ann for the flowers": whom the deed is done to. */
export function objectOf(draft: Draft, part: Range | undefined): Range | undefined {
  if (!part) return undefined;
  const at = OBJECT.exec(draft.folded.slice(part.start, Math.min(part.end, part.start + 120)))?.indices
    ?.groups?.['who'];
  const range = at && { start: part.start + at[0], end: part.start + at[1] };
  if (!range) return undefined;
  const single =
    /^(?!ask)/.test(draft.folded.slice(part.start)) &&
    /^\p{L}+\s*$/u.test(draft.folded.slice(range.start, range.end));
  return single || namesSomebody(draft, range) ? range : undefined;
}
