import type { Draft } from '../draft.ts';
import type { Range } from '../text.ts';
import { blank, trimRange } from '../text.ts';

/** A place named in a text, and the stretch that leaves the title with it. */
export interface Place extends Range {
  cut: Range;
}

const PLATFORM =
  'zoom|(?:microsoft |ms )?teams|skype|google meet|meet|facetime|webex|slack|hangouts|whatsapp|discord|signal|telegram|phone|the phone|video(?: call)?|video chat|gotomeeting';
const SITE =
  'rooms?|hall|offices?|garage|restaurant|cafe|café|bar|pub|park|school|church|street|st|avenue|ave|road|rd|lane|building|floor|library|gym|studio|clinic|hospital|hotel|house|home|center|centre|station|airport|campus|theater|theatre|stadium|museum|court|club|salon|place|kitchen|garden|beach|lake|mall|store|shop|market|bakery|mosque|temple|synagogue|cathedral|university|college|arena|auto|pool|rink|lounge|terminal|gate|lobby|headquarters|hq|conference room|cinema|zoo|farm|barn|factory|lido|square|plaza|diner|grill|bistro|kaffebar|rue|pier|embassy|bank';
/** After a preposition these name no place. */
const NO_PLACE =
  /^(?:least|most|first|last|once|all|any|noon|night|midnight|lunch(?:time)?|dinner(?:time)?|breakfast|brunch|dawn|dusk|sunrise|sunset|the (?:latest|earliest|moment|weekend|end|beginning|start|same|time|calendar|list|agenda|diary|first|last|morning|afternoon|evening|usual|phone|\d)|(?:my|the|our) (?:calendar|diary|agenda|schedule|list|calender|planner|to-?do|name|own|way|mind|plate|inbox|hole|day|week)|person|advance|case|general|charge|order|time|addition|calendar|diary|agenda|schedule|my calendar|me|it|that|this|there|here|now|then|today|tomorrow|future|total|full|detail|touch|between|mind|fact|particular|short|progress|peace|public|private|a (?:row|bit|while|hurry|few|couple|day|week|month|year|minute|hour|moment)|one|two|three|four|five|six|seven|eight|nine|ten|half|which|what|who|all day|every|each|next|about|around|\d{1,2}(?::\d{2})?(?:\s|$|ish))\b/;
const STOP =
  /\s+(?:at|on|from|for|with|w\/|by|until|till|to|every|each|next|this|starting|and|but|because|so|since|if|when|that|which|tomorrow|today|tonight|please|pls|thanks|is|are|was|now|instead|too|lasting|about|re|via|over|as|before|after|around|between|monday|tuesday|wednesday|thursday|friday|saturday|sunday|it|it's|i|we|lol|calendar)\b|\s*[,;:!?()\n]|(?<!\b(?:st|ste|mt|dr|ft))\s*[.](?:\s|$)|\s+-+\s|\s{3,}/;
const LONGEST = 60;

/** What was somewhere else before is no name of a place: "at the same place", "the usual restaurant". */
const OTHERS = new RegExp(
  String.raw`^(?:the\s+)?(?:very\s+)?(?:same|usual)\s+(?:\p{L}+\s+)?(?:${SITE}|spot|venue|location|caf[eé]|pizzeria)(?:\s|$)`,
  'u',
);

/** Places, prepositions of time and everything masked left out. */
export function findPlaces(draft: Draft, range: Range, masked: readonly Range[]): Place[] {
  const end = Math.min(range.end, range.start + 1_000);
  const masks = [...masked, ...draft.quotes].map((mask) => ({
    start: Math.min(mask.start, end),
    end: Math.min(mask.end, end),
  }));
  const text = blank(draft.folded.slice(0, end), masks);
  return [
    ...quotedPlaces(draft, range),
    ...online(text, range),
    ...led(draft, text, range),
    ...listed(draft, text, range),
  ]
    .filter(({ start, end: until }) => !OTHERS.test(draft.folded.slice(start, until)))
    .toSorted((a, b) => a.cut.start - b.cut.start)
    .filter(
      (place, index, all) =>
        all.findIndex((other) => other.start < place.end && place.start < other.end) === index,
    );
}

/** 'at "The Blue Door"' */
function quotedPlaces(draft: Draft, range: Range): Place[] {
  return draft.quotes.flatMap((quote) => {
    if (quote.start < range.start || quote.end > range.end) return [];
    const lead = /(?:^|\s)(?:at|@|location:?)\s+$/.exec(draft.folded.slice(0, quote.start));
    return lead
      ? [{ start: quote.start + 1, end: quote.end - 1, cut: { start: lead.index, end: quote.end } }]
      : [];
  });
}

/** "on Zoom", "via teams", and a platform alone behind a comma */
function online(text: string, range: Range): Place[] {
  const found: Place[] = [];
  const pattern = new RegExp(
    String.raw`(?<cut>(?:\b(?:on|via|over|through|using|by|in)\s+|,\s*)(?<name>${PLATFORM}))(?=\s*(?:$|[,.!?;)]|\s{2,}|\s(?:at|on|for|with|to|tomorrow|and|please|from|instead|now)\b))`,
    'dg',
  );
  for (const match of text.slice(range.start).matchAll(pattern)) {
    const [cut, name] = [match.indices?.groups?.['cut'], match.indices?.groups?.['name']];
    if (cut && name) found.push(placeAt(range.start, cut, name));
  }
  return found;
}

const placeAt = (from: number, cut: readonly [number, number], name: readonly [number, number]): Place => ({
  start: from + name[0],
  end: from + name[1],
  cut: { start: from + cut[0], end: from + cut[1] },
});

/** "at Luigi's", "in room 5", "@ the gym" */
function led(draft: Draft, text: string, range: Range): Place[] {
  const found: Place[] = [];
  for (const match of text
    .slice(range.start)
    .matchAll(
      /(?:^|[\s,(])(?<lead>(?:at|in|@|inside|near|from(?=\s(?:terminal|gate|platform|pier|track)\s)|(?:location|venue)(?::|\s+(?:to|is|at)(?=\s))|(?<!\b(?:an?|the|my|our|your|its|new)\s)(?:location|venue)|where:)\s?)(?=[\p{L}\p{N}])/dgu,
    )) {
    const at = match.indices?.groups?.['lead'];
    if (!at) continue;
    const lead = (match.groups?.['lead'] ?? '').trim();
    if (lead.length === (match.groups?.['lead'] ?? '').length && lead !== '@') continue;
    const start = range.start + at[1];
    const ahead = text.slice(start, Math.min(range.end, start + LONGEST));
    // What ends the place; a dot of "St. Anne's" does not.
    const address = /^\d+[a-z]?\s+[\p{L}'.-]+(?:\s+[\p{L}'.-]+){0,2}/u.exec(ahead)?.[0] ?? '';
    const named =
      /^(?:the\s+)?(?:rooms?|st\.?|saint|pier|gate|terminal|hall|suite|floor)\s+[\p{L}\p{N}.'-]+/u.exec(
        ahead,
      )?.[0] ?? '';
    const numeric =
      address !== '' &&
      new RegExp(String.raw`\b(?:${SITE})\b|\p{L}{4,}`, 'u').test(address) &&
      !/^\d{1,2}\s+(?:am|pm|o'clock|to|and|minutes?|hours?|mins?|h|for|in|on|at|with)\b/.test(ahead);
    if (!numeric && (NO_PLACE.test(ahead) || /^\d/.test(ahead))) continue;
    if (lead === 'in' && !isInside(draft, ahead, start)) continue;
    const skip = Math.max(numeric ? (/^\d+[a-z]?\s+\S+/.exec(ahead)?.[0].length ?? 0) : 0, named.length);
    const stop = STOP.exec(ahead.slice(skip));
    const span = trimRange(text, { start, end: start + (stop ? skip + stop.index : ahead.length) }, '.,!?');
    if (span.end > span.start) found.push({ ...span, cut: { start: range.start + at[0], end: span.end } });
  }
  return found;
}

/** "in Berlin", "in the gym" are places; "in my name", "in writing" are none. */
function isInside(draft: Draft, ahead: string, start: number): boolean {
  if (/^\p{Lu}/u.test(draft.text.slice(start, start + 2))) return true;
  if (/^(?:the|my|our|his|her)\s+\S/.test(ahead))
    return !/^the\s+(?:mean|name|form|works|pipeline|oven|machine|wash)\b/.test(ahead);
  return (
    new RegExp(String.raw`^(?:\S+\s+)?(?:${SITE})\b`).test(ahead) ||
    /^\p{L}{4,}(?=\s*(?:$|[,.!?]|\s{2,}))/u.test(ahead)
  );
}

/** ", room 2.11", ", Hendrick's garage", ", St Mark's": behind a comma or at the end, where the rest is the name of a site. */
function listed(draft: Draft, text: string, range: Range): Place[] {
  const found: Place[] = [];
  const pattern = new RegExp(
    String.raw`(?<cut>(?:,\s*|\s{3,})(?:in\s+|at\s+)?(?<name>(?:the\s+)?(?:(?:rooms?|hall|suite|floor)\s+[\p{L}\p{N}.'-]+|(?:[\p{L}\p{N}'.&-]+\s+){0,3}?(?:${SITE})|st\.?\s+[\p{L}'-]+)))(?=\s*(?:$|[,.!?;]|\s{2,}))`,
    'dgu',
  );
  for (const match of text.slice(range.start).matchAll(pattern)) {
    const [cut, name] = [match.indices?.groups?.['cut'], match.indices?.groups?.['name']];
    if (!cut || !name || name[0] < 2) continue;
    const place = placeAt(range.start, cut, name);
    // A word between two times may as well be what happens: "9am work thing".
    if (
      !text.startsWith(',', place.cut.start) &&
      !/^\p{Lu}/u.test(draft.text.slice(place.start)) &&
      !/^(?:rooms?|hall|suite|floor)\s+\S*\d/.test(text.slice(place.start))
    )
      continue;
    if (/^(?:home|work|place|meet|phone|video|bank)$/.test(text.slice(place.start, place.end))) continue;
    found.push(place);
  }
  return found;
}
