import type { Act } from '../../../contracts/nlu.ts';
import { freshSubject } from '../corrections.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { isItAnEvent } from '../last-item.ts';
import type { NluInput } from '../nlu-input.ts';
import { actOn, groupAt, spokenEvent } from './act-on.ts';

const NAME = String.raw`(?<who>\p{L}[\p{L}'’-]*(?:\s+\p{L}[\p{L}'’-]*)?)`;
const LEAD = String.raw`^[\s,.!]*(?:(?:ok|okay|oh|hm+|no|and|but|so|actually|please|unfortunately|sadly)[\s,]+)*`;
const PRONOUN = String.raw`(?:him|her|them)`;
const OFF = String.raw`(?:take|leave|drop|remove|uninvite|kick|cut|strike|scratch)\s+${PRONOUN}(?:\s+(?:out|off|from|of|the|it|that|invite|list|guest|meeting|event|call|please))*`;
const ABSENT = String.raw`(?:(?:can't|cannot|can\s+not|won't|will\s+not|couldn't|is\s+not\s+able\s+to|isn't\s+able\s+to|isn't\s+going\s+to|doesn't\s+want\s+to)\s+(?:be\s+able\s+to\s+)?(?:make|come|attend|join|be|do)(?:\s+(?:it|there|us|that|along|anymore|any\s+more|after\s+all|to\s+it))*|(?:isn't|is\s+not|ain't|is\s+no\s+longer|is\s+not)\s+(?:coming|joining|attending|available|free|in)(?:\s+(?:anymore|any\s+more|after\s+all))?|(?:has\s+)?(?:dropped\s+out|declined|cancell?ed|bailed|backed\s+out)|is\s+(?:out|sick|ill|away|off)(?:\s+(?:today|then|that\s+day))?)`;

/** "Omar can't make it, take him out", "Omar isn't coming". */
const COMES_NOT = new RegExp(
  String.raw`${LEAD}${NAME}\s+${ABSENT}(?<off>[\s,.;:-]+(?:(?:so|and|please|can\s+you|could\s+you|just)[\s,]+)*${OFF})?[\s.!]*$`,
  'du',
);
/** "Take Omar out", "without Omar" */
const TAKEN_OUT = new RegExp(
  String.raw`${LEAD}(?:(?:take|leave|kick|cut)\s+${NAME}\s+(?:out|off)(?:\s+of\s+(?:it|that))?|(?:uninvite|disinvite)\s+(?<who2>\p{L}[\p{L}'’-]*))[\s.!]*$`,
  'du',
);
/** "Remove Omar": of whoever is invited. */
const REMOVED = new RegExp(String.raw`${LEAD}(?:remove|drop|delete|take)\s+${NAME}[\s.!]*$`, 'du');

const FROM_IT = String.raw`(?:from|off|out\s+of)\s+(?:it|that|this|there|the\s+(?:list|invite|invitation|guest\s+list|guests|event|meeting|party|dinner|lunch|call))`;
/** "Remove Ann", "drop Carl and Dora", "delete Bob from it": taken off where they are its guests, whatever else has such a name. */
const NAMED_GUESTS = new RegExp(
  String.raw`${LEAD}(?:remove|delete|drop|take|cut|strike|scratch|kick|uninvite|disinvite|lose|cross)\s+(?<who>\p{L}[^.;:!?]{0,80}?)(?:\s+(?:off|out))?(?:\s+${FROM_IT})?(?:\s+(?:again|please|too|as\s+well|after\s+all|then|now))*[\s.!]*$`,
  'du',
);

function guestsNamed(draft: Draft, known: readonly string[]): Act[] | null {
  const match = NAMED_GUESTS.exec(draft.folded);
  const at = match && groupAt(match, 'who');
  if (!at) return null;
  const said = draft.text.slice(at.start, at.end).split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*/i);
  const guests = said.map((name) => guestCalled(name, known));
  const names = guests.filter((name) => name !== undefined);
  if (names.length < guests.length) return null;
  const people = entityAt(draft, 'participants', at, names, 'who is taken off');
  return [actOn(draft, 'update_event', [spokenEvent(draft), people], { uninvite: names })];
}

/** A guest by the first name or by the whole one. */
const guestCalled = (said: string, known: readonly string[]): string | undefined => {
  const name = said.trim().toLowerCase();
  return known.find((one) => one.toLowerCase() === name || one.toLowerCase().split(/\s+/)[0] === name);
};

/** Whoever can't come is no reason to call the event off that was spoken of last: only he is taken off it. */
export function guestComesNot(draft: Draft, input: NluInput): Act[] | null {
  if (!isItAnEvent(input)) return null;
  const known = freshSubject(input)?.known.participants ?? [];
  const named = guestsNamed(draft, known);
  if (named) return named;
  const absent = COMES_NOT.exec(draft.folded);
  const taken = absent ? null : TAKEN_OUT.exec(draft.folded);
  const match = absent ?? taken ?? REMOVED.exec(draft.folded);
  const at = match && (groupAt(match, 'who') ?? groupAt(match, 'who2'));
  if (!match || !at) return null;
  const who = draft.text.slice(at.start, at.end);
  const guest = known.find(
    (name) => name.toLowerCase().split(/\s+/)[0] === who.toLowerCase().split(/\s+/)[0],
  );
  // Said only that somebody does not come, it has to be one of those who are invited.
  const isOrder = match.groups?.['off'] !== undefined || taken !== null;
  if (guest === undefined && !(isOrder && /^\p{Lu}/u.test(who))) return null;
  const names = [guest ?? who];
  const people = entityAt(draft, 'participants', at, names, 'who does not come');
  return [actOn(draft, 'update_event', [spokenEvent(draft), people], { uninvite: names })];
}
