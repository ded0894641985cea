import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { timesIn } from '../extract/times.ts';
import { coreOf } from '../rules/rule.ts';
import type { Range } from '../text.ts';
import { trimRange } from '../text.ts';
import type { Head } from './head.ts';
import { readHead } from './head.ts';
import type { Part } from './parts.ts';
import { readParts } from './parts.ts';
import { MESSAGE, namesSomebody, objectOf, recipientEntity, SOMEBODY } from './people.ts';
import { cutManner, findEmailType, mannerBefore, mannerOf } from './wording.ts';

/** A request for the words of an e-mail, with all that it says. */
export interface EmailRequest {
  confidence: number;
  entities: Entity[];
  params: ActParams;
}

/** Null when the text asks for no e-mail, or notes one as something to do later ("email Sarah by friday"). */
export function readEmailRequest(draft: Draft): EmailRequest | null {
  const text = rawText(draft);
  const found = readHead(text, coreOf(draft.folded).start);
  if (!found) return null;
  const { head, method } = found;
  const manners: ActParams[] = [
    method ? mannerOf(text.slice(method.start, method.end)) : {},
    mannerBefore(text.slice(head.before.start, head.before.end)),
  ];
  const parts = withManner(text, partsOf(draft, text, head), manners);
  if (isForLater(draft, head, parts) || !saysEnough(draft, head, parts)) return null;
  const entities = entitiesOf(draft, head, parts);
  const manner = manners.reduce<ActParams>((all, one) => ({ ...all, ...one }), {});
  return {
    confidence: head.confidence,
    entities,
    params: { ...manner, ...(head.another && { another: true }) },
  };
}

/** What an answer to "Who is it for?" and the like says: names, and perhaps what it is about. */
export function readEmailAnswer(draft: Draft): Entity[] {
  return readEmailReply(draft).entities;
}

/** The same with how it is to be written ("Bob, with a template"). */
export function readEmailReply(draft: Draft): Pick<EmailRequest, 'entities' | 'params'> {
  const text = rawText(draft);
  const manners: ActParams[] = [];
  const start = text.length - text.trimStart().length;
  const head: Head = {
    confidence: 0.9,
    before: { start, end: start },
    rest: start + (ANSWER_LEAD.exec(text.slice(start, start + 80))?.[0].length ?? 0),
    expects: 'name',
    another: false,
    needsWords: false,
    drafting: true,
  };
  const entities = entitiesOf(draft, head, withManner(text, partsOf(draft, text, head), manners));
  return { entities, params: manners.reduce<ActParams>((all, one) => ({ ...all, ...one }), {}) };
}

const ANSWER_LEAD =
  /^(?:(?:ok|okay|yes|well|um+|uh|hm+|oh|so|please|just|maybe|i think|i guess|it's|its|it is|it should be|it goes|that's|this is|the recipient is|recipient|send it|write it|address it|make it|i mean|let's say)[\s,:]+)*(?:(?:for|to)\s+)?/;

/** Folded text with its line ends, and with nothing to be read in what stands in quotes. */
function rawText(draft: Draft): string {
  let text = draft.folded.replace(/ /g, (blank, at: number) => (draft.text[at] === '\n' ? '\n' : blank));
  for (const { start, end } of draft.quotes)
    text = text.slice(0, start) + '\uFFFC'.repeat(end - start) + text.slice(end);
  return text;
}

const DEED_OF_ITS_OWN =
  /^(?:(?:to|and)\s+)?(?:ask|thank|apologi[sz]|request|invit|remind|tell|inform|let\b|declin|thanking|congrat)/;
const TRAVEL =
  /\b(?:trip|visit|flight|journey|move|moving|drive|way|tour|train|transfer|access|changes?|updates?|return|answer|going|travel|bus|tickets?|road|relocation|invitation|reply|response|introduction|goes?|party)\s*$/;

function partsOf(draft: Draft, text: string, head: Head): Part[] {
  let named = head.front !== undefined || head.expects === 'name';
  const parts = readParts(
    text,
    head.rest,
    head.expects === 'name' ? 'name' : head.deed ? 'deed' : 'nothing',
    (word, part, rest) => {
      const before = { start: part.start, end: rest };
      const ahead = text.slice(rest, rest + 60);
      if (word === 'to') {
        if (part.kind !== 'nothing' && /\b2\s+$/.test(text.slice(0, rest)) && !/^my\s/.test(ahead))
          return false;
        const fits =
          part.kind === 'nothing' ||
          (!named &&
            (SOMEBODY.test(ahead) ||
              (namesSomebody(draft, { start: rest, end: text.length }) &&
                !TRAVEL.test(text.slice(part.start, rest).replace(/\s*to\s+$/, '')))));
        if (fits) named = true;
        return fits;
      }
      // "for free" says what it may cost.
      if (word === 'for') return !/^(?:me|free)\b/.test(ahead);
      if (word === 'with') return Object.keys(mannerOf(ahead.slice(0, 30))).length === 0;
      if (word === 'that' && part.kind === 'name') return !/^\s*that\s+$/.test(text.slice(part.start, rest));
      if (word === 'quote' && part.kind === 'name') return text.slice(part.start, rest).trim() !== '';
      if (word === 'deed' && part.kind === 'topic') return DEED_OF_ITS_OWN.test(text.slice(rest, rest + 20));
      if (word === 'topic' && part.kind === 'topic')
        return !named && isFor(text, part) && namesSomebody(draft, before);
      return word !== 'topic' || !/\bon\s+$/.test(text.slice(0, rest)) || !timeAt(draft, rest);
    },
  );
  return named
    ? parts
    : parts.map((part) => (isPerson(draft, text, part) ? { ...part, kind: 'name' } : part));
}

/** "an e-mail for Bob", and "draft email professor #7", which leaves the "to" out. */
function isPerson(draft: Draft, text: string, part: Part): boolean {
  const words = text.slice(part.start, part.end);
  if (part.kind === 'nothing') return SOMEBODY.test(words.trim());
  return part.kind === 'topic' && isFor(text, part) && namesSomebody(draft, part) && !OCCASION.test(words);
}

const OCCASION =
  /\b(?:meeting|interview|trip|party|event|job|application|project|course|exam|appointment|wedding|birthday)\s*$/;

const isFor = (text: string, { lead, start }: Part): boolean => /^\s*for\s+$/.test(text.slice(lead, start));

/** "on friday" is no topic. */
function timeAt(draft: Draft, start: number): boolean {
  const range = { start: start - 3, end: Math.min(draft.folded.length, start + 60) };
  return timesIn(draft, range).some(({ leadStart }) => leadStart <= start);
}

/** The parts without what says how to write; that goes to `manners`. */
function withManner(text: string, parts: readonly Part[], manners: ActParams[]): Part[] {
  return parts.map((part) => {
    const place =
      part.kind === 'name' || part.kind === 'nothing'
        ? 'name'
        : part.kind === 'topic' || part.kind === 'subject'
          ? 'topic'
          : 'words';
    const words = text.slice(part.start, part.end);
    const apart = /[.,;:!?\n-]\s*$/.test(text.slice(0, part.start));
    const { end, manner } = cutManner(words, place, apart);
    manners.push(manner);
    return { ...part, end: part.start + end };
  });
}

const PRECEDED = /(?:\b(?:and|aunt|mrs?\.?|ms\.?|miss|dr\.?|prof\.?|professor|uncle|sister)|[,&])\s*$/;

/** Whether it names a time at which to write, so that it is a note of something to do. */
function isForLater(draft: Draft, head: Head, parts: readonly Part[]): boolean {
  return parts.some((part) => {
    const { start, end } = trimRange(draft.folded, part, '.!?,');
    if (end <= start || end - start > 300) return false;
    const times = timesIn(draft, { start, end });
    if (part.kind === 'nothing') return times.length > 0;
    if (part.kind === 'name')
      return times.some(
        ({ leadStart, end: until }) =>
          leadStart > start && until >= end - 1 && !PRECEDED.test(draft.folded.slice(start, leadStart)),
      );
    if (part.kind !== 'topic') return false;
    const words = draft.folded.slice(start, end);
    if (times.some(({ leadStart, end: until }) => leadStart <= start && until >= end))
      return isFor(draft.folded, part);
    const dated = times.some(({ lead, end: until }) => (lead === 'by' || lead === 'before') && until >= end);
    return !head.drafting && (dated || /\s(?:every|each)\s+\S+(?:\s+\S+)?$/.test(words));
  });
}

/** "email Ann" and "email Ann the report" are things to do; what is said or asked makes them e-mails to write. */
function saysEnough(draft: Draft, head: Head, parts: readonly Part[]): boolean {
  if (head.expects !== 'name') return true;
  const name = parts.find(({ kind }) => kind === 'name');
  const words = name ? draft.folded.slice(name.start, name.end).trim() : '';
  if (words === '') return false;
  if (!head.needsWords)
    return SOMEBODY.test(words) || !/^(?:the|this|that|an?|my|our)\s/.test(words) || MESSAGE.test(words);
  if (/\S\s+(?<!\b(?:of|at|from|in|and|to|both|all)\s+)(?:the|an?)\s/.test(words)) return false;
  return parts.some(
    ({ kind, lead, start, end }) =>
      kind !== 'name' && end > start && !/^\s*(?:for|with)\b/.test(draft.folded.slice(lead, lead + 8)),
  );
}

function entitiesOf(draft: Draft, head: Head, parts: readonly Part[]): Entity[] {
  const of = (...kinds: Part['kind'][]): Part | undefined =>
    parts.find(({ kind, start, end }) => kinds.includes(kind) && end > start);
  const topic = of('topic');
  const stated = of('subject');
  const words = of('said', 'deed') ?? (stated ? topic : undefined);
  const names = [of('name'), head.front, ...parts.map(({ who }) => who), objectOf(draft, of('deed'))];
  return [
    first(names, (range) => recipientEntity(draft, range)),
    first([stated ?? topic], (range) => subjectEntity(draft, range)),
    first([words], (range) => bodyEntity(draft, range)),
    typeEntity(draft, head, parts),
  ].filter((entity) => entity !== null);
}

function first(ranges: readonly (Range | undefined)[], read: (range: Range) => Entity | null): Entity | null {
  for (const range of ranges) {
    const entity = range ? read(range) : null;
    if (entity) return entity;
  }
  return null;
}

const POLITE =
  /(?:[\s,]+(?:please|pls|thanks|thank you|thx|for me|will you|would you|if you can|ok|okay))+[\s.!?]*$/;
const POLITE_TO_US =
  /(?:[\s,]+(?:please|pls|for me|will you|would you|if you can)|,\s*(?:thanks|thank you|thx))+[\s.!]*$/;
const LONGEST_SUBJECT = 4_000;

function subjectEntity(draft: Draft, part: Range): Entity | null {
  const { start, end } = trimRange(draft.folded, part, '.,;:!?-');
  const polite = POLITE.exec(draft.folded.slice(Math.max(start, end - 80), end));
  const span = trimRange(draft.folded, { start, end: polite ? end - polite[0].length : end }, '.,;:-');
  if (span.start >= span.end) return null;
  span.end = Math.min(span.end, span.start + LONGEST_SUBJECT);
  return entityAt(draft, 'subject', span, unquoted(draft, span), 'as said');
}

function bodyEntity(draft: Draft, part: Range): Entity | null {
  const { start, end } = trimRange(draft.folded, part, ',;:-');
  const polite = POLITE_TO_US.exec(draft.folded.slice(Math.max(start, end - 80), end));
  const cut = trimRange(draft.folded, { start, end: polite ? end - polite[0].length : end }, ',;:-');
  const mark = /[^.]\.$/.test(draft.folded.slice(cut.start, cut.end)) || asksUs(draft, cut) ? 1 : 0;
  const span = { start: cut.start, end: cut.end - mark };
  if (span.start >= span.end) return null;
  return entityAt(draft, 'body', span, unquoted(draft, span), 'as said');
}

/** "can you tell Ann I'm late?": the question is ours, not the e-mail's. */
function asksUs({ folded }: Draft, { start, end }: Range): boolean {
  return (
    folded[end - 1] === '?' &&
    /^[\s,.!]*(?:(?:hey|hi|hello|please|pls|ok|so)[\s,]+)*(?:can|could|would|will)\s+you\b/.test(folded) &&
    !/^(?:what|who|when|where|why|how|which|is|are|am|do|does|did|can|could|will|would|should|have|has)\b/.test(
      folded.slice(start, start + 10),
    )
  );
}

function unquoted(draft: Draft, { start, end }: Range): string {
  const whole = draft.quotes.some((quote) => quote.start === start && quote.end === end);
  return whole ? draft.text.slice(start + 1, end - 1).trim() : draft.text.slice(start, end);
}

function typeEntity(draft: Draft, { before }: Head, parts: readonly Part[]): Entity | null {
  const at = (range: Range, place: Parameters<typeof findEmailType>[1]): Entity | null => {
    const found = findEmailType(draft.folded.slice(range.start, range.end), place);
    if (!found) return null;
    const span = { start: range.start + found.start, end: range.start + found.end };
    return entityAt(draft, 'email_type', span, found.type, 'as said');
  };
  const said = parts.filter(({ kind }) => kind !== 'name' && kind !== 'nothing');
  const steps = [
    () => at(before, 'before'),
    ...said.filter(({ kind }) => kind === 'deed' || kind === 'said').map((part) => () => at(part, 'doing')),
    ...said.map((part) => () => at(part, 'saying')),
  ];
  for (const step of steps) {
    const entity = step();
    if (entity) return entity;
  }
  return null;
}
