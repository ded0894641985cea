import type { ActParams, Entity } from '../../../contracts/nlu.ts';
import type { Draft } from '../draft.ts';
import type { Moment } from './moments.ts';
import type { Person } from '../people/people.ts';
import type { Range } from '../text.ts';
import { contains, overlaps, trimRange } from '../text.ts';
import { eventTimes } from './event-times.ts';
import { contentOf } from './frames.ts';
import { daysOf, leftOutOf } from './left-out.ts';
import { piecesOf, stripped, wordsEntity } from './pieces.ts';
import { COMES_TO_BE } from '../rules/entry-rules.ts';
import { isEvent } from '../rules/nouns.ts';
import { findSpans, peopleEntities, placeEntity, wholeDay } from './spans.ts';

const INVITE =
  /\b(?:invite|invte|have|book me with|include|cc|send)\s+(?<people>\S.*?)\s+(?:(?:an?\s+)?(?:invite|invitation)\s+)?(?:to|too|for|over for|at)\s+(?:the\s+|a\s+|an\s+|my\s+|our\s+)?(?<title>\S.*)$/d;
const CALENDAR = new RegExp(
  String.raw`(?:^|\s)(?:(?:${COMES_TO_BE}\s+(?:down\s+)?)?(?:to|in|into|on|onto|off|for)\s+)?(?:my|the|our|a|teh)\s+(?:google\s+|outlook\s+|work\s+|family\s+)?(?:calendar|diary|schedule|agenda|cal|calender|planner)(?:\s+(?:please|pls|for))?(?=\s*(?:$|[,.!?;]|\s{1,}))|\s(?:in|to)\s+calendar\b`,
  'g',
);
const LEAD =
  /^(?:(?:and|also|for|of|to|that|about|is|it's|with(?=\s+(?:the\s+)?(?:title|name))|called|named|titled|labelled|the|an?|my|our|some|another|new|going to|doing|having|attending|there's|i have|i've got|write|event|appointment(?=\s+(?!with|at|for|on|to|in)[\p{L}])|calendar|one(?!\s+on\b)|this|so)\s+|(?:(?:can|could)\s+)?[\p{L}]+(?:\s+[\p{L}]+)?\s+and\s+i\s+(?:are|will|'re|have)?\s*(?:having|doing|meeting for|going (?:to|for)|getting|doing)?\s+(?:the\s+|a\s+)?)/u;
const TAIL =
  /(?:[\s,]+(?:is|are|'s|was|will be|be)?\s*(?:now\s+)?(?:coming|scheduled|planned|booked|happening|set|due|taking place)|[\s,]+(?:is|are|on|at|in|for|from|by|down|up|and|with|of|to|the|a|an|will|will be|be|has|is on|it's|its|it is|starting|starts|around|about|every|all|w\/|as|please|going to be|so|until|till|i|that's|my|to be|between|lol|lasting|leaves|arrives|starts|begins|ends|wants? to see (?:me|us)|will come|comes|is visiting|is coming over|-))$/u;
const JOINED = /^(?:with|w\/|about|regarding|for|of|and|to|re|on)\s/;

/** A new entry of the calendar: when, how long, where, with whom, and what is left as its title. */
export function extractEvent(draft: Draft, core: Range): { entities: Entity[]; params?: ActParams } {
  const content = contentOf(draft, core, 'event');
  const { region, idle } = content;
  const allDay = wholeDay(draft, region);
  const spans = findSpans(
    draft,
    region,
    { length: true, places: true, people: true },
    allDay ? [allDay.cut] : [],
  );
  const repeats = spans.moments.some((moment) => moment.repeats !== null);
  const leftOut = repeats ? leftOutOf(draft, spans.moments) : [];
  const held = spans.moments.filter((moment) => leftOut.every((left) => left.moment !== moment));
  const moments = held.filter(({ attribute }) => !attribute);
  const used = moments.length > 0 ? moments : held;
  const times = eventTimes(draft, used, allDay?.entity ?? null);
  const entities: Entity[] = [...times.entities];
  if (spans.length) entities.push(spans.length.entity);
  const people = guests(draft, spans.people);
  entities.push(...peopleEntities(draft, 'participants', people));
  const cuts: Range[] = [
    ...used.map(({ cut }) => cut),
    ...leftOut.map(({ cut }) => cut),
    ...spans.places.map(({ cut }) => cut),
    ...idle,
    ...calendarWords(draft, region),
  ];
  // The address of somebody who is named is no part of the title.
  for (const { start, end } of people) {
    const bracket = /\s*[(<][^\s@]+@[^\s@]+$/.exec(draft.folded.slice(start, end));
    if (bracket) cuts.push({ start: start + bracket.index, end });
  }
  if (spans.length) cuts.push(spans.length.cut);
  if (allDay) cuts.push(allDay.cut);
  const invited = inviteOf(draft, content.order);
  const crowd = crowdOf(draft, people);
  if (crowd) cuts.push(crowd);
  const called = calledIn(draft, region);
  if (called) cuts.push(called.cut);
  const body = invited ?? content.body;
  // The body may begin behind the verb while a clause before it holds the time.
  const pieces = piecesOf(draft, body, cuts)
    .map((piece) => stripped(draft, piece, LEAD, TAIL))
    .filter(({ start, end }) => end > start && !SAYS_NOTHING.test(draft.folded.slice(start, end)));
  const main = choose(draft, pieces, used, content.commanded || invited !== null);
  const [place] = spans.places;
  const isThere = place && !main && IS_THERE.test(draft.folded.slice(region.start, place.start));
  // "I have to be at a meeting" names what it is rather than where.
  const isOccasion = isThere === true && isEvent(draft.folded.slice(place.start, place.end));
  if (place && !isOccasion) entities.push(placeEntity(draft, place));
  else if (!place) {
    const site = main && trailingName(draft, pieces, main, used);
    // ", Bob" behind "with Ann" is one more guest.
    if (site && !people.some((person) => overlaps(person, site))) entities.push(placeEntity(draft, site));
  }
  // "I need to be at the notary at 9": where one is to be is what it is called.
  const name = isThere
    ? {
        ...place,
        start:
          place.start + (/^(?:the|my|our|an?)\s+/.exec(draft.folded.slice(place.start))?.[0].length ?? 0),
      }
    : null;
  const there = name && wordsEntity(draft, 'title', [name], 'where one is to be');
  if (there && !called) entities.push(there);
  // "I'm seeing the midwife" says with whom and leaves no title.
  if (called) entities.push(called.entity);
  else if (
    main &&
    !people.some(
      (person) =>
        person.placed &&
        person.start >= main.start &&
        person.end === main.end &&
        main.end - main.start <= person.end - person.start + 4,
    )
  ) {
    const tail = pieces
      .map((piece) => withAbout(draft, main, piece))
      .find(
        (piece) =>
          piece.start >= main.end &&
          JOINED.test(draft.folded.slice(piece.start, piece.end)) &&
          onlyCuts(draft, main.end, piece.start, cuts),
      );
    const title = wordsEntity(
      draft,
      'title',
      tail ? [main, tail] : [main],
      'what is left once the other parts are known',
    );
    if (title) entities.push(title);
  }
  const without = leftOut.flatMap(({ moment }) => daysOf(moment));
  const params: ActParams = {
    ...(without.length > 0 && { without }),
    ...(times.unread.length > 0 && { unread: times.unread }),
  };
  return { entities, ...(Object.keys(params).length > 0 && { params }) };
}

/** "… tomorrow at 8 about the roof": behind the time that word says that the title goes on. */
function withAbout(draft: Draft, { end }: Range, piece: Range): Range {
  const about = piece.start > end ? ABOUT.exec(draft.folded.slice(end, piece.start))?.index : undefined;
  return about === undefined ? piece : { start: end + about, end: piece.end };
}
const ABOUT = /\b(?:about|re|regarding)\s+(?:(?:the|an?|my|our|some|another|new)\s+)*$/;

const IS_THERE = /\bbe\s+(?:at|in)\s+$/;

const SAYS_NOTHING =
  /^(?:i|we|it|that|this|me|us|you|they|and|or|the|a|is|are|in|on|at|to|for|please|ok|fix|it in|put|event|calendar|now|then|meet|be|an event|new event|must|gotta|should|(?:i|we)'ll|(?:(?:have|need|got|supposed|expected) to)(?: be)?|with|from now|seeing|i guess|it's|(?:can|could) \p{L}+ and i(?: have)?|my)$/u;

/** Everybody named but those who only own something, and those whose words explain ("my sister says …"). */
function guests(draft: Draft, people: readonly Person[]): Person[] {
  return people.filter(({ owner, end, start }) => {
    if (owner)
      return (
        /'s\s*(?:$|\s+(?:on|at|this|next|tomorrow|tonight|today|\d|mon|tue|wed|thu|fri|sat|sun))/.test(
          draft.folded.slice(end, end + 14),
        ) && /\bat\s+$/.test(draft.folded.slice(0, start))
      );
    return (
      !/^\s+(?:says|said|thinks|moved|told|reminded|asked|flaked|cancelled)\b(?!\s+(?:yes|ok))/.test(
        draft.folded.slice(end),
      ) &&
      !/\b(?:birthday|anniversary|funeral|wedding|death|memory|party|graduation) (?:of|for)\s+$/.test(
        draft.folded.slice(0, start),
      )
    );
  });
}

/** Three and more, or a mere list, are no part of the title: "budget review with Lars, Ingrid and Yusuf". */
function crowdOf(draft: Draft, people: readonly Person[]): Range | null {
  const list = people.filter(({ placed }) => placed);
  const [first] = list;
  const last = list.at(-1);
  if (!first || !last || last.end - first.start > 200) return null;
  const isList = list.length === 2 && /^\s*,\s*$/.test(draft.folded.slice(first.end, last.start));
  if (list.length < 3 && !isList) return null;
  const lead = /(?:^|\s)(?:with|w\/)\s+$/.exec(draft.folded.slice(0, first.start));
  return lead ? { start: lead.index, end: last.end } : null;
}

function inviteOf(draft: Draft, order: Range): Range | null {
  const words = draft.folded.slice(order.start, Math.min(order.end, order.start + 300));
  if (!/^(?:invite|invte|include|cc|send\s.*\b(?:invite|invitation)\b)/.test(words)) return null;
  const at = INVITE.exec(words)?.indices?.groups?.['title'];
  return at ? { start: order.start + at[0], end: order.end } : null;
}

/** "block 9 to noon tomorrow and call it thesis and tears" */
function calledIn(draft: Draft, region: Range): { entity: Entity; cut: Range } | null {
  const words = draft.folded.slice(region.start, region.end);
  const match =
    /(?:^|[\s,]+)(?:and\s+)?(?:call|name|title)\s+it\s+(?<name>\S.*)$/d.exec(words) ??
    // "an appointment tomorrow at noon: glazier"
    /(?<=\b(?:appointment|event|entry|booking)\b[^:]{3,60})\s*:\s+(?<name>\S.*)$/d.exec(words);
  const at = match?.indices?.groups?.['name'];
  if (!match || !at) return null;
  const name = trimRange(draft.folded, { start: region.start + at[0], end: region.start + at[1] }, ',.!?');
  const entity = wordsEntity(draft, 'title', [name], 'its name');
  return entity && { entity, cut: { start: region.start + match.index, end: region.end } };
}

function calendarWords(draft: Draft, region: Range): Range[] {
  return [...draft.folded.slice(region.start, region.end).matchAll(CALENDAR)].slice(0, 5).map((match) => ({
    start: region.start + match.index,
    end: region.start + match.index + match[0].length,
  }));
}

/** The piece that the time belongs to: right before it, else right behind it, else the first. */
function choose(
  draft: Draft,
  pieces: readonly Range[],
  moments: readonly Moment[],
  commanded: boolean,
): Range | null {
  const [first] = pieces;
  if (!first || pieces.length === 1 || commanded) return first ?? null;
  for (const moment of moments) {
    // Who takes part says nothing of what it is.
    const before =
      pieces.findLast(
        ({ start, end }) =>
          end <= moment.cut.start && !/^(?:with|w\/)\s/.test(draft.folded.slice(start, end)),
      ) ?? pieces.findLast(({ end }) => end <= moment.cut.start);
    if (before && !/[,.!?;\n]/.test(draft.folded.slice(before.end, moment.cut.start))) return before;
    const behind = pieces.find(({ start }) => start >= moment.end);
    if (behind && !before && !/[,.!?;\n]/.test(draft.folded.slice(moment.end, behind.start))) return behind;
  }
  return first;
}

/** "dec 11 9am Brady's Auto", "haircut, Fade Factory": a name of its own behind title and time says where. */
function trailingName(
  draft: Draft,
  pieces: readonly Range[],
  main: Range,
  moments: readonly Moment[],
): Range | null {
  const last = pieces.at(-1);
  if (!last || last === main || last.start < main.end || draft.text === draft.text.toUpperCase()) return null;
  const behindTime = moments.some(({ end }) => end <= last.start && !contains(main, { start: end, end }));
  const words = draft.text.slice(last.start, last.end);
  const named =
    /^(?:\p{Lu}[\p{L}\p{N}'’.&-]*)(?:\s+(?:(?:of|the|and|&)\s+)?[\p{Lu}\p{N}][\p{L}\p{N}'’.&-]*){0,4}$/u.test(
      words,
    );
  return named && behindTime && !/^(?:I|OK|Ok|Thanks|Please|Label|Put|Add)\b/.test(words) ? last : null;
}

function onlyCuts(draft: Draft, from: number, to: number, cuts: readonly Range[]): boolean {
  const gap = { start: from, end: to };
  if (gap.end <= gap.start) return true;
  const inside = cuts.filter((cut) => overlaps(cut, gap));
  let rest = '';
  for (let at = from; at < to && rest.length < 200; at += 1)
    if (!inside.some((cut) => cut.start <= at && at < cut.end)) rest += draft.folded[at] ?? '';
  return /^[\s,]*$/.test(rest);
}
