import { ME } from '../../../contracts/entities.ts';
import type { ActParams } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { ATTRIBUTE, MEALS, NAMED, PERSON, PLACE, SHARED } from './attributes.ts';
import { isName, nameSaid } from './names.ts';
import { subjectOf, WHO, WHOSE, type Found } from './statement-parts.ts';
import { foundIn, readStatement } from './statements.ts';

type Fact = NonNullable<ActParams['fact']>;

interface Form {
  pattern: RegExp;
  read(found: Found, range: Range): Fact | null;
}

const form = (source: string, read: Form['read']): Form => ({
  pattern: new RegExp(`^(?:${source})$`, 'dsu'),
  read,
});

const AGAIN = String.raw`(?:\s+(?:again|now|please|actually|called))*`;
/** Of whom: the user, or somebody by name or role. */
const ABOUT = String.raw`(?:(?<me>me|myself|us|my\s?self)|(?<who>${WHO}))`;
const TELLS = String.raw`(?:(?:please\s+)?(?:tell|show|give|list)\s+(?:me\s+)?|(?:can|could|do)\s+you\s+(?:tell\s+me\s+)?)?`;
const WHAT = String.raw`(?:what(?:\s+all)?(?:\s+(?:do|did))?|everything(?:\s+that)?|all(?:\s+that)?|anything(?:\s+that)?|the\s+things|which\s+things(?:\s+do)?)`;
const KNOWN = String.raw`you(?:'ve|\s+have)?\s+(?:all\s+)?(?:know|remember(?:ed)?|kept|stored|saved|got|learned|learnt)|(?:i(?:'ve|\s+have)?|have\s+i|did\s+i)\s+(?:told|tell|said|say)(?:\s+(?:to\s+)?you)?`;

function subjectAsked(found: Found): string | null {
  return found.at('who') ? subjectOf(found, 'who') : ME;
}

const about = (found: Found): Fact | null => {
  const subject = subjectAsked(found);
  return subject === null ? null : { move: 'list', subject };
};

const find = (found: Found, attribute: string, group = 'whose'): Fact | null => {
  const subject = subjectOf(found, group);
  return subject === null ? null : { move: 'find', subject, attribute };
};

const called = (found: Found): string =>
  found
    .folded('attribute')
    .replace(/\s+/g, ' ')
    .replace(/\bfavorite\b/, 'favourite')
    .replace(/\ballergies\b/, 'allergy')
    .replace(/^number$/, 'phone number')
    .replace(/\s+time$/, '');

/** What a thing was before it was another. */
const BEFORE = String.raw`(?:before(?:\s+(?:that|then|now))?|previously|earlier|until\s+now)`;
const FORMER = String.raw`(?:previous|former|old|last|earlier|first)`;

const QUESTIONS: readonly Form[] = [
  // "Who was my dentist before?", "what was my old address?"
  form(
    String.raw`(?:who|what|where)\s+(?:was|were)\s+${WHOSE}\s+(?<attribute>${ATTRIBUTE})\s+${BEFORE}|(?:who|what|where)(?:\s+(?:was|were|is)|'s)\s+${WHOSE.replace('<whose>', '<whose2>')}\s+${FORMER}\s+(?<attribute2>${ATTRIBUTE})`,
    (found) => {
      const asked = find(found, called(found));
      return asked && { ...asked, is_over: true };
    },
  ),
  form(String.raw`where\s+did\s+(?:i|we|(?<who>${WHO}))\s+(?<verb>live|work)\s+${BEFORE}`, (found) => {
    const asked = find(found, found.folded('verb') === 'live' ? 'home' : 'work', 'who');
    return asked && { ...asked, is_over: true };
  }),
  // "What's the wifi password?"
  form(
    String.raw`(?:what(?:'s|\s+is|\s+was)|(?:tell|give)\s+me|do\s+you\s+(?:know|remember))\s+the\s+(?<attribute>${SHARED})${AGAIN}`,
    (found) => find(found, called(found)),
  ),
  // "When do I usually eat?"
  form(
    String.raw`(?:when|(?:at\s+)?what\s+time)\s+do\s+(?:i|we)\s+(?:usually|normally|always|generally|typically|mostly)\s+(?:have|eat|take)(?:\s+(?:my\s+|our\s+)?(?<attribute>lunch|dinner|breakfast|supper))?`,
    (found) => ({ move: 'find', subject: ME, attribute: found.folded('attribute') || MEALS }),
  ),
  // "What is Ann to me?"
  form(String.raw`(?:what|who)(?:'s|\s+is)\s+(?<who>${WHO})\s+(?:to|for)\s+me`, about),
  form(
    String.raw`(?:(?:please\s+)?(?:tell|show|give)\s+me\s+)?(?:everything|all)(?:\s+that)?\s+you\s+(?:know|remember)`,
    () => ({ move: 'list', subject: ME }),
  ),
  form(
    String.raw`(?:who(?:'s|\s+is|\s+are|\s+was)|(?:what|who)(?:'s|\s+is)\s+the\s+name\s+of|what(?:'s|\s+is|\s+was)|(?:tell|remind)\s+me\s+(?:who|what)|do\s+you\s+(?:know|remember)\s+(?:who|what))\s+${WHOSE}\s+(?<attribute>${NAMED})(?:'s\s+name)?(?:\s+is)?${AGAIN}`,
    (found) => find(found, called(found)),
  ),
  form(
    String.raw`(?:what(?:'s|\s+is|\s+was|\s+are)|(?:tell|remind)\s+me(?:\s+(?:what|where))?|where(?:'s|\s+is)|when(?:'s|\s+is)|do\s+you\s+(?:know|remember)(?:\s+(?:what|where))?)\s+${WHOSE}\s+(?<attribute>${ATTRIBUTE})(?:\s+is)?${AGAIN}`,
    // Where and when something takes place is asked of the calendar first.
    (found) => {
      const asks = /^[\s,]*(?<how>where|when)/.exec(found.draft.folded)?.groups?.['how'];
      const isPlace = IS_PLACE.test(found.folded('attribute'));
      return asks === 'when' || (asks === 'where' && !isPlace) ? null : find(found, called(found));
    },
  ),
  form(
    String.raw`(?:what(?:'s|\s+is)\s+my\s+name|who\s+am\s+i|what\s+(?:do|will|should)\s+you\s+call\s+me)`,
    () => ({
      move: 'find',
      subject: ME,
      attribute: 'name',
    }),
  ),
  form(
    String.raw`what(?:\s+am\s+i|(?:'s|\s+is|\s+are)\s+(?<who>${WHO}))\s+allergic\s+to|(?:am\s+i|(?:is|are)\s+(?<who2>${WHO}))\s+allergic(?:\s+to\s+(?:anything|something|[\p{L}\s]{2,30}))?|(?:do\s+i\s+have|does\s+(?<who3>${WHO})\s+have)\s+(?:an?y?\s+)?(?:[\p{L}]+\s+)?allerg(?:y|ies)`,
    (found) => find(found, 'allergy', 'who'),
  ),
  form(String.raw`(?:am\s+i|is\s+(?<who>${WHO}))\s+(?:an?\s+)?(?:vegan|vegetarian|pescatarian)`, (found) =>
    find(found, 'diet', 'who'),
  ),
  form(
    String.raw`what\s+(?:don't\s+i|do\s+i\s+not|doesn't\s+(?<who>${WHO})|does\s+(?<who2>${WHO})\s+not)\s+eat`,
    (found) => find(found, 'not eaten', 'who'),
  ),
  form(String.raw`where\s+(?:do\s+(?:i|we)|does\s+(?<who>${WHO}))\s+(?<verb>live|work)`, (found) =>
    find(found, found.folded('verb') === 'live' ? 'home' : 'work', 'who'),
  ),
  form(String.raw`what\s+does\s+(?<who>${WHO})\s+(?<verb>like|love|hate|dislike|not\s+like)`, (found) =>
    find(found, /^(?:like|love)$/.test(found.folded('verb')) ? 'likes' : 'dislikes', 'who'),
  ),
  form(String.raw`when\s+(?:was\s+i|was\s+(?<who>${WHO}))\s+born`, (found) => find(found, 'birthday', 'who')),
  form(
    String.raw`${TELLS}(?:${WHAT}\s+)?(?:(?:do\s+)?(?:${KNOWN})|i\s+told\s+you)(?:\s+(?:anything|so\s+far|already))*\s+about\s+${ABOUT}(?:\s+(?:so\s+far|already|now))?|what(?:'s|\s+is)\s+(?:known|stored|saved)\s+about\s+${ABOUT.replaceAll('<me>', '<me2>').replaceAll('<who>', '<who2>')}`,
    about,
  ),
  form(
    String.raw`(?:show|list|open|see)\s+(?:me\s+)?(?:my\s+|your\s+|the\s+|all\s+(?:the\s+|my\s+)?)?(?:facts|memory|memories|things\s+you\s+(?:know|remember)(?:\s+about\s+me)?)|what\s+(?:have\s+i|did\s+i)\s+(?:told|tell)\s+you(?:\s+so\s+far)?|what\s+do\s+you\s+(?:remember|have\s+in\s+(?:your\s+)?memory)`,
    () => ({ move: 'list', subject: ME }),
  ),
  form(String.raw`who(?:'s|\s+is)\s+(?<who>${WHO})`, (found) => {
    const who = found.at('who');
    return who && isName(found.draft, who) ? { move: 'list', subject: nameSaid(found.said('who')) } : null;
  }),
];

const IS_PLACE = new RegExp(`^(?:${PLACE})$`, 'u');
const PLEASE = String.raw`(?:(?:please|just|can\s+you|could\s+you|you\s+can|you\s+may)\s+)*`;
const DROP = String.raw`(?:forget|erase|delete|remove|clear|wipe|drop)`;
const FORGETTING: readonly Form[] = [
  // "delete my dentist from your memory", "don't remember my dentist", "forget about the gym"
  form(
    String.raw`${PLEASE}(?:${DROP}|take)\s+(?:${WHOSE}|the)\s+(?<attribute>${ATTRIBUTE})\s+(?:from|out\s+of|in)\s+(?:your|the|my)\s+(?:memory|memories|facts)|${PLEASE}(?:(?:don't|dont|do\s+not)\s+remember|stop\s+remembering)\s+${WHOSE.replace('<whose>', '<whose2>')}\s+(?<attribute2>${ATTRIBUTE})(?:\s+(?:any\s?more|please))*|${PLEASE}forget\s+(?:about\s+)?the\s+(?<attribute3>${PERSON}|${PLACE}|${SHARED})`,
    (found) => {
      const asked = find(found, called(found));
      return asked && { ...asked, move: 'forget' };
    },
  ),
  form(
    String.raw`${PLEASE}${DROP}\s+(?:(?:about\s+)?(?:everything|all|anything|whatever|what)(?:\s+of\s+it)?(?:\s+that)?\s+(?:(?:${KNOWN})\s+)?about\s+${ABOUT}|(?:everything|all|whatever)(?:\s+that)?\s+(?:${KNOWN})|(?:all\s+)?(?:(?:of\s+)?(?:your|my|the)\s+)?(?:memory|memories|facts(?:\s+about\s+me)?))`,
    (found) => {
      const subject = subjectAsked(found);
      return subject === null ? null : { move: 'forget', subject };
    },
  ),
  form(
    String.raw`${PLEASE}forget\s+(?:about\s+)?(?:(?:who|what|where|when)\s+)?${WHOSE}\s+(?<attribute>${ATTRIBUTE})(?:'s\s+name)?(?:\s+is)?|${PLEASE}${DROP}\s+(?:the\s+fact\s+about\s+|what\s+(?:i\s+told\s+you|you\s+know)\s+about\s+)${WHOSE.replace('<whose>', '<whose2>')}\s+(?<attribute2>${ATTRIBUTE})`,
    (found) => {
      const asked = find(found, called(found));
      return asked && { ...asked, move: 'forget' };
    },
  ),
  form(String.raw`${PLEASE}forget\s+(?:that|the\s+fact\s+that)\s+(?<rest>\S.*)`, (found) => {
    const rest = found.at('rest');
    const told = rest && readStatement(found.draft, rest, true);
    if (!told?.attribute) return null;
    const { subject, attribute, value } = told;
    return { move: 'forget', subject, attribute, ...(value !== undefined && { value }) };
  }),
];

const readForms = (forms: readonly Form[], draft: Draft, range: Range): Fact | null => {
  const words = draft.folded.slice(range.start, range.end);
  for (const { pattern, read } of forms) {
    const match = pattern.exec(words);
    const fact = match && read({ ...foundIn(draft, range, match), isNoted: false }, range);
    if (fact) return fact;
  }
  return null;
};

/** "Who is my dentist?", "what do you know about Ann?" */
export const readQuestion = (draft: Draft, range: Range): Fact | null => readForms(QUESTIONS, draft, range);

/** "Forget my dentist", "forget everything you know about me" */
export const readForgetting = (draft: Draft, range: Range): Fact | null =>
  readForms(FORGETTING, draft, range);

/** What is asked of the calendar may have been told as a fact: "my birthday", "my gym". */
export function factAsked(draft: Draft, range: Range): Fact | null {
  const words = draft.folded.slice(range.start, range.end);
  const match = new RegExp(
    String.raw`^${WHOSE}\s+(?<attribute>birthday|b-?day|(?:wedding\s+)?anniversary|name\s?day|${PLACE})$`,
    'dsu',
  ).exec(words);
  if (!match) return null;
  const found = { ...foundIn(draft, range, match), isNoted: false };
  return find(found, called(found));
}
