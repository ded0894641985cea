import type { Entity } from '../../contracts/nlu.ts';
import type { Draft, Recognition } from './draft.ts';
import { entityAt, newDraft } from './draft.ts';
import { timesIn } from './extract/times.ts';
import type { NluInput } from './nlu-input.ts';
import { freshReceipt } from './corrections.ts';
import { GIVEN_NAMES } from './people/given-names.ts';
import { recogniseByRules } from './recognise.ts';
import { ACTIVITY_NOUN } from './rules/nouns.ts';
import { bareClause, openingOf } from './segments/wording.ts';
import { civilFromIso, formatDay } from './time/civil.ts';
import { trimRange, type Range } from './text.ts';

/** "and another one: …", "one more, …" */
const ANOTHER =
  /^[\s,.!]*(?:(?:oh|ok(?:ay)?|and|also|then|please|pls|add|new)[\s,]+)*(?:another(?:\s+one)?|one\s+more(?:\s+(?:thing|one))?|(?:the\s+)?next(?:\s+(?:one|thing|up))?(?=\s*:))\s*(?::|,|-|\s(?=(?:tomorrow|at|to|on|for)\s))\s*/;
/** "and one to ship the samples", behind a task */
const ONE_TO =
  /^[\s,.!]*(?:(?:oh|ok(?:ay)?|please|pls)[\s,]+)*(?:(?:and|also|plus|then)[\s,]+)+(?:(?:a|one)\s+(?:last|final|third|fourth|further)\s+(?:one\s+)?|one\s+(?:more\s+)?)to\s+(?=\p{L})/u;
/** What says that something comes beside what was added before. */
const BESIDE = /^[\s,.!]*(?:(?:oh|ok(?:ay)?|and|also|plus|add)[\s,]+)+/;
const ALSO = /\b(?:and|also|plus)\b/;
const TOO = /(?:[\s,]+(?:too|also|as\s+well|please|pls))+[\s.!]*$/;
/** These begin something else than the name of a thing. */
const NO_THING =
  /^(?:you|me|i|we|he|she|they|it|its|it's|that|this|them|those|these|him|her|yes|no|not|never|so|more|one|both|all|then|now|here|there|again|bad|if|when|what|who|how|why|where|which|is|are|do|does|can|good|nice|thanks?|bye|hello|hi|ok|okay)\b/;
const MOST_WORDS = 5;

/**
 * A further thing of the kind that was made last: "and another one: defrost the freezer", and "also butter", which goes on the
 * same list. The draft comes back unchanged where it is none.
 */
export function oneMore(draft: Draft, input: Pick<NluInput, 'lastReceipt' | 'now'>): Draft {
  const last = freshReceipt(input);
  if (last?.action === 'draft_email') return draft;
  return remindedToo(draft, last) ?? another(draft, last) ?? alsoThat(draft, last) ?? draft;
}

type Last = ReturnType<typeof freshReceipt>;

function another(draft: Draft, last: Last): Draft | null {
  const further = last?.action === 'create_task' ? ONE_TO.exec(draft.folded) : null;
  const lead = (ANOTHER.exec(draft.folded) ?? further)?.[0].length ?? 0;
  const body = trimRange(draft.folded, { start: lead, end: draft.folded.length }, '.!');
  if (lead === 0 || body.start >= body.end) return null;
  const own = readAlone(draft, body);
  const times = timesIn(draft, body);
  const hours = times.some(({ hasClock }) => hasClock);
  if (hours && last?.action === 'set_reminder') return null;
  // "And another one at 2" behind an event names nothing of its own: it is that once more.
  const isTime = times.some(({ leadStart, end }) => leadStart <= body.start && end >= body.end);
  if (isTime && last?.action === 'create_event')
    return made(draft, body, 'create_event', again(draft, body, last));
  if (hours && last?.action === 'create_event') return made(draft, body, 'create_event');
  // "another one, remind me at 5" asks for something by its own words.
  if (own && own.action !== 'create_task' && own.action !== 'draft_email' && own.confidence >= 0.9)
    return null;
  return hours && ACTIVITY_NOUN.test(draft.folded.slice(body.start, body.end))
    ? made(draft, body, 'create_event')
    : made(draft, body, 'create_task');
}

const TO_DO = /^[\s,]*to\s+(?=\p{L})/u;

/** "And at 2pm to return the van", behind a reminder: an hour alone is of its day. */
function remindedToo(draft: Draft, last: Last): Draft | null {
  const at = last?.action === 'set_reminder' ? last.slots.remind_at : undefined;
  const lead = BESIDE.exec(draft.folded)?.[0] ?? '';
  if (at === undefined || !ALSO.test(lead)) return null;
  const day = civilFromIso(at, draft.timezone);
  const onThatDay = { ...draft, ...(day && { saidDay: formatDay(day.moment) }) };
  const [time] = timesIn(onThatDay, { start: lead.length, end: draft.folded.length });
  const begins = time?.hasClock === true && draft.folded.slice(lead.length, time.leadStart).trim() === '';
  const deed = begins ? TO_DO.exec(draft.folded.slice(time.end)) : null;
  return time && deed
    ? made(onThatDay, { start: time.end + deed[0].length, end: draft.folded.length }, 'set_reminder')
    : null;
}

/** What an event is called and who takes part, for another one like it. */
function again(draft: Draft, { start }: Range, { slots, title }: NonNullable<Last>): Entity[] {
  const at = { start, end: start };
  const { participants } = slots;
  return [
    entityAt(draft, 'title', at, slots.title ?? title, 'one more of what was made before'),
    ...(participants
      ? [entityAt(draft, 'participants', at, participants, 'with those of the one before')]
      : []),
  ];
}

/** "also butter", "bread too": a thing without a verb, beside what was put on a list. */
function alsoThat(draft: Draft, last: Last): Draft | null {
  const isEvent = last?.action === 'create_event' || last?.action === 'update_event';
  const event = isEvent ? alsoThen(draft) : null;
  if (event) return event;
  if (last?.action !== 'create_task' || /\?\s*$/.test(draft.folded)) return null;
  const lead = BESIDE.exec(draft.folded)?.[0] ?? '';
  const tail = TOO.exec(draft.folded)?.index ?? draft.folded.length;
  const said = ALSO.test(lead) || /\b(?:too|also|well)\b/.test(draft.folded.slice(tail));
  const body = trimRange(draft.folded, { start: lead.length, end: tail }, ',.!');
  const words = draft.folded.slice(body.start, body.end);
  if (!said || body.start >= body.end || words.split(/\s+/).length > MOST_WORDS) return null;
  if (NO_THING.test(words) || openingOf(bareClause(words)) !== 'other' || /[,;:]/.test(words)) return null;
  if (timesIn(draft, body).length > 0 || readAlone(draft, body)) return null;
  const { list } = last.slots;
  const end = { start: body.end, end: body.end };
  const implied =
    list === undefined ? [] : [entityAt(draft, 'list', end, list, 'the list of what was added before')];
  // "And the tax office" behind "call the bank" is to be called as well, and "and dad" behind "call mum" on the same day.
  const person = WITH_PERSON.exec(last.slots.title ?? '')?.groups;
  const also = person && isPerson(person['who'] ?? '') && isPerson(draft.text.slice(body.start, body.end));
  const due = also ? last.slots.due_date : undefined;
  if (due !== undefined)
    implied.push(entityAt(draft, 'due_date', end, due, 'the day of what was added before'));
  const verb = also
    ? person['verb']
    : ARTICLE.test(words)
      ? SHARED_VERB.exec(last.slots.title ?? '')?.[0]
      : undefined;
  const title =
    verb === undefined
      ? []
      : [
          entityAt(
            draft,
            'title',
            body,
            verb + draft.text.slice(body.start, body.end),
            'with the verb before',
          ),
        ];
  return made(draft, body, 'create_task', [...implied, ...title]);
}

const WITH_PERSON =
  /^(?<verb>(?:call|ring|phone|text|email|message|visit|meet|thank|ask|invite|pick up|write to|talk to|send a card to)\s+)(?<who>\p{L}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)?)$/iu;
const KIN =
  /^(?:(?:my|our)\s+)?(?:mum|mom|mama|mother|dad|papa|father|gran|grandma|granny|grandpa|grandad|oma|opa|nana|auntie?|uncle|sister|brother|son|daughter|wife|husband|boss)$/i;
const isPerson = (words: string): boolean =>
  KIN.test(words) ||
  (/^\p{L}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)?$/u.test(words) &&
    (/^\p{Lu}/u.test(words) || GIVEN_NAMES.has(words.toLowerCase())));

const ARTICLE = /^(?:the|my|our|an?)\s/;
/** A verb with an object that has an article as well. */
const SHARED_VERB =
  /^(?:call|ring|phone|visit|email|pay|clean|wash|water|feed|fix|order|renew|return|book|pick up|drop off|print|pack|empty|write to|talk to)\s+(?=(?:the|my|our|an?)\s)/i;

/** "And window repair at 1pm" behind an event is one, too. */
function alsoThen(draft: Draft): Draft | null {
  const lead = BESIDE.exec(draft.folded)?.[0] ?? '';
  const body = trimRange(draft.folded, { start: lead.length, end: draft.folded.length }, ',.!');
  const words = draft.folded.slice(body.start, body.end);
  if (!ALSO.test(lead) || /[?;]|:\s/.test(words) || words.split(/\s+/).length > MOST_THEN) return null;
  if (NO_THING.test(words) || openingOf(bareClause(words)) !== 'other') return null;
  if (!timesIn(draft, body).some(({ hasClock, past }) => hasClock && !past)) return null;
  const own = readAlone(draft, body);
  return own && own.action !== 'create_event' && own.action !== 'create_task'
    ? null
    : made(draft, body, 'create_event');
}
const MOST_THEN = 12;

const readAlone = (draft: Draft, { start, end }: Range): Recognition | null =>
  recogniseByRules(newDraft(draft.text.slice(start, end), draft.timezone, draft.now, draft.preferences))
    .recognition;

function made(
  draft: Draft,
  body: Range,
  action: Recognition['action'],
  implied: Recognition['implied'] = [],
): Draft {
  const recognition: Recognition = {
    action,
    confidence: 0.95,
    source: 'rule',
    rule: 'create.another',
    sure: true,
    body,
    implied,
  };
  return { ...draft, recognition };
}
