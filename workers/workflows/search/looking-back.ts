import { DateTime } from 'luxon';
import type { Event } from '../../../contracts/entities.ts';
import type { SearchHit } from '../../../contracts/result.ts';
import { sayRange } from '../say-range.ts';
import { done, type Step, type Work } from '../outcome.ts';
import { count, quote, sayDate } from '../sentences.ts';
import { snippetOf } from './snippet.ts';
import { sayHit } from './words.ts';

const LOOKED_AT = 300;
const SHOWN_MAX = 20;
const SPOKEN_MAX = 8;

/** All that was said in a time, in its order. */
export async function saidThen(work: Work): Promise<Step> {
  const { ports, timezone: zone, reference, slots } = work;
  const range = slots.date_range ?? {};
  const at = (value: string | undefined): Date | undefined =>
    value === undefined ? undefined : DateTime.fromISO(value, { zone }).toJSDate();
  const found = await ports.search.find(
    { terms: [], from: at(range.start), to: at(range.end), kinds: ['turn'] },
    { zone, reference },
    LOOKED_AT,
  );
  // What is asked now is said now.
  const turns = found
    .filter(({ id }) => id !== work.turn.id)
    .toSorted((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''));
  const when = sayRange(range, work);
  if (turns.length === 0)
    return done({ reply: `I found nothing that you wrote here ${when}.`, executionResult: { total: 0 } });
  const hits = turns.map(({ id, title, at: said, sessionId }): SearchHit => {
    const snippet = snippetOf(title, []);
    return { kind: 'turn', id, title: snippet, snippet, at: said, session_id: sessionId, score: 1 };
  });
  return told(
    work,
    hits,
    `You wrote ${count(hits.length, 'message')} ${when}:`,
    hits.map((hit) => `${timeOf(hit, work)}${quote(hit.snippet)}`),
  );
}

/** The hour, where it is all of one day. */
function timeOf({ at }: SearchHit, { timezone: zone, slots, reference }: Work): string {
  const { start, end } = slots.date_range ?? {};
  const [from, to, said] = [start, end, at ?? undefined].map((iso) => DateTime.fromISO(iso ?? '', { zone }));
  if (!said?.isValid) return '';
  const isOneDay = from && to && to.diff(from, 'days').days <= 1;
  return isOneDay ? `${said.toFormat('HH:mm')} ` : `${sayDate(said.toISODate() ?? '', zone, reference)}: `;
}

/** What was said before this, in whatever conversation. */
export function saidLast({ recalled: [last], timezone, reference }: Work): Step {
  if (!last) return done({ reply: 'I remember nothing that you wrote here before.' });
  const day = sayDate(DateTime.fromISO(last.at, { zone: timezone }).toISO() ?? last.at, timezone, reference);
  const snippet = snippetOf(last.message, []);
  return done({
    reply: `You wrote last, ${day}: ${quote(snippet)}`,
    executionResult: { total: 1, hits: [{ kind: 'turn', id: last.turn_id }] },
    shown: [{ kind: 'turn', id: last.turn_id, title: snippet }],
  });
}

/** Where one eats and drinks; any other word for a place is any place. */
const TO_EAT = /^(?:restaurant|bistro|pizzeria|caf[eé]|bar|pub)$/i;
const MEAL =
  /\b(?:breakfast|brunch|lunch|dinner|supper|coffee|tea|drinks?|beers?|pizza|sushi|meal|eat|date|party)\b/i;

/** "That restaurant we talked about": the places of what was planned, the newest first. */
export async function placesSpokenOf(work: Work): Promise<Step> {
  const { ports, recalled, slots } = work;
  const word = slots.query ?? 'place';
  const ids = recalled.flatMap(({ items }) =>
    items.flatMap(({ kind, id }) => (kind === 'event' ? [id] : [])),
  );
  const events = await Promise.all([...new Set(ids)].map((id) => ports.events.find(id)));
  const places = new Map<string, Event>();
  for (const event of events) {
    const place = event?.location;
    if (!event || !place || (TO_EAT.test(word) && !MEAL.test(event.title))) continue;
    if (!places.has(place.toLowerCase())) places.set(place.toLowerCase(), event);
  }
  const found = [...places.values()];
  if (found.length === 0)
    return done({
      reply: `I remember no ${word} that you planned anything at.`,
      executionResult: { total: 0 },
    });
  const hits = found.map((event): SearchHit => {
    const { id, title, start, location } = event;
    return { kind: 'event', id, title, snippet: location ?? '', at: start, session_id: null, score: 1 };
  });
  const head = hits.length === 1 ? 'This may be what you mean:' : 'One of these may be what you mean:';
  return told(
    work,
    hits,
    head,
    hits.map((hit) => sayHit({ ...hit, isOver: false }, work.timezone, work.reference)),
  );
}

function told(work: Work, hits: readonly SearchHit[], head: string, lines: readonly string[]): Step {
  const shown = hits.slice(0, SHOWN_MAX);
  const rest = hits.length - SPOKEN_MAX;
  return done({
    reply: [
      head,
      ...lines.slice(0, SPOKEN_MAX).map((line, index) => `${index + 1}. ${line}`),
      ...(rest > 0 ? [`… and ${rest} more.`] : []),
    ].join('\n'),
    cards: [{ kind: 'search', data: { query: work.words, hits: shown, total: hits.length } }],
    executionResult: { total: hits.length, hits: shown.map(({ kind, id }) => ({ kind, id })) },
    shown: shown.map(({ kind, id, title }) => ({ kind, id, title })),
  });
}
