import type { Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import { entityAt } from '../draft.ts';
import { contentOf } from '../extract/frames.ts';
import { findMoments } from '../extract/moments.ts';
import { periodEntities } from '../extract/look.ts';
import { peopleEntities } from '../extract/spans.ts';
import type { Person } from '../people/people.ts';
import { findPeople } from '../people/people.ts';
import type { Range } from '../text.ts';
import { contains, trimRange } from '../text.ts';
import { whichDraft } from './which-draft.ts';

const BY = String.raw`(?:\s+(?:by|via|per|over|in an?)\s+(?:e-?)?mail)?`;
const SAID = new RegExp(
  String.raw`(?:\b(?:that|saying(?:\s+that)?|say(?:\s+that)?|telling\s+(?:\S+\s+){1,3}?that|tell\s+(?:him|her|them|us)${BY}(?:\s+that)?|know${BY}(?:\s+that)?|body(?:\s+is)?|with the text)\b\s*:?\s+|\s*:\s+|,\s+(?=(?:i|we|it|the|my|they|he|she|there|sorry)\b))(?<words>\S[\s\S]*)$`,
  'd',
);
const ABOUT =
  /\b(?:about|abuot|re:?|regarding|concerning|on the subject of|subject(?:\s+line)?:?|with regard to|in regards? to)\s+(?<words>\S[\s\S]*?)(?=\s*(?:,\s*(?:body|saying|and say)\b|\s+(?:saying|and say|body)\b|:\s|$))/d;
const FOR_THEM =
  /\b(?:to|for|email|e-?mail|mail|write|answer|reply to|tell|let|ask|invite|thank|inform|message|at|forward|notify)\s+$/;

/** A request for an e-mail in words that no rule knows: for whom, about what, saying what. */
export function extractEmail(draft: Draft, core: Range): Entity[] {
  const named = receivers(draft, { start: core.start, end: Math.min(core.end, core.start + 600) });
  const from = named.at(-1)?.end ?? core.start;
  const rest = { start: from, end: Math.min(core.end, core.start + 4_000) };
  const words = draft.folded.slice(rest.start, rest.end);
  const about = groupAt(draft, rest, ABOUT.exec(words));
  const said =
    groupAt(draft, rest, SAID.exec(words)) ?? (about ? null : bareWords(draft, rest, named.length > 0));
  const quote = draft.quotes.find((one) => contains(core, one));
  const body = quote
    ? { start: quote.start + 1, end: quote.end - 1 }
    : said && (!about || said.start >= about.end)
      ? said
      : null;
  const topic = about && (!body || about.start < body.start) ? about : null;
  return [
    ...peopleEntities(draft, 'recipient', named),
    ...(topic
      ? [entityAt(draft, 'subject', topic, draft.text.slice(topic.start, topic.end), 'as said')]
      : []),
    ...(body ? [entityAt(draft, 'body', body, draft.text.slice(body.start, body.end), 'as said')] : []),
  ];
}

/** "email my sister happy birthday you old goat": what stands behind the name is what to say. */
function bareWords(draft: Draft, rest: Range, named: boolean): Range | null {
  if (!named) return null;
  const lead = new RegExp(
    String.raw`^${BY}\s*(?:an?\s+(?:\S+\s+){0,2}?(?:e-?mail|mail|message|note)\b)?[\s,:-]*`,
  ).exec(draft.folded.slice(rest.start, rest.end));
  const span = trimRange(
    draft.folded,
    { start: rest.start + (lead?.[0].length ?? 0), end: rest.end },
    '.,;:?!',
  );
  return /\S\s+\S/.test(draft.folded.slice(span.start, span.end)) &&
    !/^(?:and|or|by|on|at|for|with|please)\b/.test(draft.folded.slice(span.start, span.end))
    ? span
    : null;
}

function groupAt(draft: Draft, core: Range, match: RegExpExecArray | null): Range | null {
  const at = match?.indices?.groups?.['words'];
  if (!at) return null;
  const span = trimRange(draft.folded, { start: core.start + at[0], end: core.start + at[1] }, '.,;:?!');
  return span.end > span.start ? span : null;
}

/** Whoever stands where a receiver stands, with those who are named beside; else the first who is named at all. */
function receivers(draft: Draft, head: Range): Person[] {
  const people = findPeople(draft, head).filter(({ owner }) => !owner);
  const first = Math.max(
    0,
    people.findIndex(({ start }) => FOR_THEM.test(draft.folded.slice(0, start))),
  );
  const list = people.slice(first, first + 1);
  for (const person of people.slice(first + 1)) {
    const last = list.at(-1);
    if (
      !last ||
      !/^(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)$/.test(draft.folded.slice(last.end, person.start))
    )
      break;
    list.push(person);
  }
  return list;
}

/** "send the draft to Ann", "it can go": which one, and to whom. */
export function extractSending(draft: Draft, core: Range): Entity[] {
  const content = contentOf(draft, core, 'ask');
  const people = findPeople(draft, content.body).filter(
    ({ owner, start }) => !owner && /\b(?:to|for)\s+$/.test(draft.folded.slice(0, start)),
  );
  const words = draft.folded.slice(content.body.start, content.body.end);
  const match =
    /(?:^|\b(?:send|off|out|mail|submit|fire|release)\s+)(?<what>it|that one|that|this|(?:the (?:first|second|third|last|latest) (?:one|draft|e-?mail|mail)|(?:the|that|my|this)\s+(?:\S+\s+){0,4}?(?:draft|e-?mail|mail|message|reply|letter|one|note))(?:\s+(?:to|for|about)\s+.+?)?)(?=\s*(?:$|[,.!?]|\b(?:now|off|out|please|already|can|should|is|today|to|before|then|at once)\b))/d.exec(
      words,
    );
  const at = match?.indices?.groups?.['what'];
  const range =
    at &&
    trimRange(draft.folded, { start: content.body.start + at[0], end: content.body.start + at[1] }, '.,!?');
  const item =
    range &&
    entityAt(draft, 'target', range, whichDraft(draft.text.slice(range.start, range.end)), 'the email meant');
  return [...(item ? [item] : []), ...peopleEntities(draft, 'recipient', people)];
}

const TOPIC =
  /\b(?:about|abuot|with|re:?|regarding|concerning|containing|mentioning|on|(?<=mail\s)where|titled|called|for)\s+(?:the\s+words?\s+)?(?<words>\S[\s\S]*?)(?=\s*(?:$|[?.!,])|\s+(?:from|since|in my|yet|this|last|today|yesterday|there|please|arrived|came)\b)/d;
const WRITER = /\b(?:from|by|to|did|has|have|does|if|hasn't|anything from|of)\s+(?:the\s+|my\s+)?$/;
const WROTE =
  /^(?:'s)?\s+(?:ever\s+|already\s+|yet\s+)?(?:write|wrote|written|email|emailed|mail|mailed|reply|replyed|replied|respond|responded|answer|answered|send|sent|say|said|get back|got back)\b/;

/** Mail that is looked at: from whom, about what, since when; what a rule found out already stays. */
export function extractMailSearch(draft: Draft, core: Range, implied: readonly Entity[]): Entity[] {
  const moments = findMoments(draft, core);
  const people = findPeople(draft, core, moments).filter(
    ({ owner, start, end }) =>
      !owner && (WRITER.test(draft.folded.slice(0, start)) || WROTE.test(draft.folded.slice(end))),
  );
  const cut = [...moments.map(({ cut: stretch }) => stretch), ...people];
  const said = topicOf(draft, core, cut);
  const known = implied.length > 0;
  return [
    ...periodEntities(draft, core, moments),
    ...peopleEntities(draft, 'recipient', people),
    ...(said && !known ? [said] : []),
  ];
}

function topicOf(draft: Draft, core: Range, cuts: readonly Range[]): Entity | null {
  const quote = draft.quotes.find((one) => contains(core, one));
  if (quote)
    return entityAt(
      draft,
      'query',
      { start: quote.start + 1, end: quote.end - 1 },
      draft.text.slice(quote.start + 1, quote.end - 1),
      'the words in quotes',
    );
  const span = groupAt(
    draft,
    core,
    TOPIC.exec(draft.folded.slice(core.start, Math.min(core.end, core.start + 600))),
  );
  if (!span) return null;
  const first = cuts.find((cut) => cut.start >= span.start && cut.start < span.end);
  const end = first ? first.start : span.end;
  const inner = trimRange(draft.folded, { start: span.start, end }, '.,?! ');
  if (
    inner.end <= inner.start ||
    /^(?:it|them|that|me|my|the|mail|mails|inbox|emails?)$/.test(draft.folded.slice(inner.start, inner.end))
  )
    return null;
  return entityAt(draft, 'query', inner, draft.text.slice(inner.start, inner.end), 'the words looked for');
}
