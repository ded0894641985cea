import type { Draft } from '../draft.ts';
import { FRESH_MS } from '../fresh.ts';
import type { NluInput } from '../nlu-input.ts';
import { withWords, type PlainText } from '../plain-text.ts';
import { ADDRESS, LEAD } from '../rules/contact-rules.ts';
import { GIVEN_NAMES, WORD_NAMES } from '../people/given-names.ts';
import { foldText } from '../text.ts';
import { groupAt } from './act-on.ts';
import { isItADraft } from './is-draft.ts';

const PRONOUN = String.raw`(?<who>him|her|them)`;
const LETTER = String.raw`(?:e-?\s?mails?|mails?|message|letter|note|line|reply|invitation|apology)`;
const BEGIN = String.raw`(?:^|[.;,!]\s+|\b(?:and|then)\s+)(?:[\s,.!]*(?:please|pls|hey|ok|okay|so|now|then|and|also|great|thanks|(?:can|could|would|will) you(?: please)?|i(?:'?d| would) like (?:you )?to|i (?:want|need)(?: you)? to|i wanna|let's|help me(?: to)?)[\s,]+)*`;
const WRITE = String.raw`(?:write|wirte|send|draft|compose|drop|shoot|fire off|prepare|make|create|do)`;
const ONE = String.raw`(?:an?|another|one more|the|some)\s+(?:[\p{L}-]+\s+){0,4}?`;

/** What is to be written to "her", where nothing in the message says who that is. */
const WRITTEN_TO: readonly RegExp[] = [
  // "could you write her a short email …", "send him another one"
  String.raw`${WRITE}\s+(?:to\s+)?${PRONOUN}\s+(?:back\s+)?${ONE}(?:${LETTER}|one)\b`,
  // "an email to her …"
  String.raw`(?:${WRITE}\s+(?:me\s+)?)?${ONE}${LETTER}\s+(?:to|for)\s+${PRONOUN}\b`,
  // "email her that …", "write to them about …"
  String.raw`(?:e-?mail|mail|write(?:\s+back)?\s+to|reply\s+to)\s+${PRONOUN}(?=\s*$|[\s]*[:,.!]|\s+(?:that|about|asking|saying|telling|thanking|inviting|and|to|if|whether|please|regarding)\b)`,
  // "write her that …", which is not said with a name
  String.raw`(?:write|wirte|reply|text)\s+(?<to>)${PRONOUN}(?=\s*$|[\s]*[:,.!]|\s+(?:back\s+)?(?:that|about|asking|saying|telling|thanking|if|whether)\b)`,
  // "send it to her"
  String.raw`(?:send|mail|e-?mail|forward|address)\s+(?:it|this|that|the\s+(?:draft|${LETTER}))\s+to\s+${PRONOUN}\b`,
].map((form) => new RegExp(`${BEGIN}${form}`, 'du'));
/** "tell him that I am ill": an email as well, unless one is being written, which then says so. */
const TOLD = new RegExp(
  String.raw`${BEGIN}(?<tell>(?:tell|inform|notify)\s+(?<who>him|her|them)|let\s+(?<who2>him|her|them)\s+know)(?=\s+(?:that|about|i|i'?m|i'?ll|i'?ve|i'?d|we|we're|we'?ll|we've|the|my|our|it|it's|there)\s)(?<that>\s+(?:that|about)\b)?`,
  'du',
);
/** "to her", asked who it is for. */
const ANSWER = new RegExp(String.raw`^[\s,.!]*(?:(?:to|for)\s+)?${PRONOUN}[\s,.!]*$`, 'du');

const FIELD = String.raw`(?:(?:e-?\s?mail|mail|contact)(?:\s+(?:address|addr|adress))?|address|adress)`;
/** "Nora's address is nora@example.com, …": whom the rest of the message may be about. */
const TOLD_BEFORE = new RegExp(
  String.raw`^${LEAD}(?<who>\p{L}[\p{L}.' -]{0,60}?)(?:'s|')\s+${FIELD}\s+is\s+<?${ADDRESS}>?[\s.,;!]+\S`,
  'du',
);

type Around = Pick<NluInput, 'lastPeople' | 'lastReceipt' | 'now'>;

const NOBODY_KNOWN = /^(?:him|her|them|me|us|you|it|someone|somebody|everyone|everybody|all|\s*)$/i;

function peopleOf({ lastPeople, now }: Pick<NluInput, 'lastPeople' | 'now'>): readonly string[] {
  if (!lastPeople || now.getTime() - Date.parse(lastPeople.at) >= FRESH_MS) return [];
  return lastPeople.names.filter((name) => !NOBODY_KNOWN.test(name));
}

function toldBefore(text: string, folded: string): readonly string[] | null {
  const match = TOLD_BEFORE.exec(folded);
  const at = match && groupAt(match, 'who');
  return at ? [text.slice(at.start, at.end)] : null;
}

/** A text in which "her" is called by name where an email is to be written: whoever was spoken of last. */
export function withPersonNamed(plain: PlainText, input: Pick<NluInput, 'questions'> & Around): PlainText {
  const folded = foldText(plain.text);
  const people = toldBefore(plain.text, folded) ?? peopleOf(input);
  if (people.length === 0) return plain;
  const isAsked = input.questions.some(
    ({ slot, kind, active_until: until }) =>
      slot === 'recipient' && kind === 'slot' && Date.parse(until) > input.now.getTime(),
  );
  for (const form of isAsked ? [ANSWER, ...WRITTEN_TO] : WRITTEN_TO) {
    const match = form.exec(folded);
    const at = match && groupAt(match, 'who');
    if (!match || !at) continue;
    // One is not two: "her" is none of Ann and Bob.
    if (people.length > 1 && match.groups?.['who'] !== 'them') return plain;
    const names = new Intl.ListFormat('en').format(people);
    return withWords(plain, at, match.groups?.['to'] === undefined ? names : `to ${names}`);
  }
  return isItADraft(input) ? plain : withTelling(plain, folded, people);
}

function withTelling(plain: PlainText, folded: string, people: readonly string[]): PlainText {
  const match = TOLD.exec(folded);
  const at = match && groupAt(match, 'tell');
  const { who, who2 = who, that } = match?.groups ?? {};
  if (!at || (people.length > 1 && who2 !== 'them')) return plain;
  const names = new Intl.ListFormat('en').format(people);
  return withWords(plain, at, `email ${names}${that === undefined ? ' that' : ''}`);
}

const BARE_ADDRESS = new RegExp(
  String.raw`^${LEAD}(?:(?:it's|its|it\s+is|that's|thats|that\s+is|this\s+is|use|take|try|here(?:'s|\s+it\s+is|s)?|:)[\s:,]+|(?:the\s+)?${FIELD}\s*[:=]\s*|(?:you\s+can\s+)?(?:reach|get|find)\s+(?:him|her|them)\s+(?:at|under|on)\s+)?<?${ADDRESS}>?[\s.!?]*(?:please|thanks)?[\s.!]*$`,
  'du',
);

/**
 * An address without a name, said of somebody just spoken of: it is theirs. Null where the text tells no address, or
 * something is asked that it may answer.
 */
export function addressOfPerson(draft: Draft, input: NluInput): Draft | null {
  const { recognition } = draft;
  const contact = recognition?.params?.contact;
  const people = peopleOf(input);
  const [sole] = people;
  const isPerson = sole !== undefined && people.every((name) => !name.includes('@'));
  // Of several it has to be asked whose it is.
  const named = people.length === 1 ? { name: sole } : {};
  if (recognition && contact?.move === 'save' && contact.name === undefined)
    return isPerson
      ? { ...draft, recognition: { ...recognition, params: { contact: { ...contact, ...named } } } }
      : draft;
  const isAsked = input.questions.some(({ active_until: until }) => Date.parse(until) > input.now.getTime());
  if (isAsked || input.answering || !isPerson) return null;
  const address = addressAlone(draft);
  if (address === null) return null;
  const isTheirs = sole !== undefined && !isOfSomebodyElse(address, sole);
  return {
    ...draft,
    recognition: {
      action: 'draft_email',
      confidence: 0.95,
      source: 'rule',
      rule: 'email.contact-save',
      body: { start: 0, end: draft.folded.length },
      params: { contact: { move: 'save', ...(isTheirs && named), address } },
    },
  };
}

/** "mark@example.com" is hardly Lisa's. */
function isOfSomebodyElse(address: string, name: string): boolean {
  const own = foldText(name).split(/\s+/);
  const [first = ''] = foldText(address).split(/[@._-]/);
  return (GIVEN_NAMES.has(first) || WORD_NAMES.has(first)) && !own.includes(first);
}

/** "It's ann@example.com": an address, and nothing else. */
export function addressAlone({ text, folded }: Draft): string | null {
  const match = BARE_ADDRESS.exec(folded);
  const at = match && groupAt(match, 'change');
  return at ? text.slice(at.start, at.end).replace(/[.!?]+$/, '') : null;
}
