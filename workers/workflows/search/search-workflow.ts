import { DateTime } from 'luxon';
import { entityKind } from '../../../contracts/entities.ts';
import type { RecalledTurn } from '../../../contracts/memory.ts';
import type { SearchHit } from '../../../contracts/result.ts';
import type { DateRange } from '../../../contracts/slots.ts';
import { defineWorkflow } from '../define-workflow.ts';
import { ask, done, type Handler, type Work } from '../outcome.ts';
import { openShown } from '../open-shown.ts';
import type { FoundItem } from '../ports.ts';
import { count, quote } from '../sentences.ts';
import { placesSpokenOf, saidLast, saidThen } from './looking-back.ts';
import { fitOf, rank, type Ranked } from './rank.ts';
import { corrected } from './slips.ts';
import { snippetOf } from './snippet.ts';
import { aboutWhat, asksOnly, split, termsOf, type Terms } from './terms.ts';
import { sayHit } from './words.ts';

const KINDS: readonly FoundItem['kind'][] = ['task', 'event', 'draft', 'turn'];
/** Of each kind; whoever has more of them than this can narrow it down. */
const LOOKED_AT = 300;
const CARD_MAX = 20;
const SPOKEN_MAX = 8;
const WORDS_MAX = 20_000;
/** What has fewer of the words than this has nothing to do with them. */
const COVERAGE_MIN = 0.5;

type Hit = SearchHit & { isOver: boolean };

/** Looks through tasks, events, emails and what was said before; what is found can be acted on by its place. */
const search: Handler = async (work) => {
  const back = work.params?.looks_back;
  if (back === 'then') return saidThen(work);
  if (back === 'last') return saidLast(work);
  if (back === 'place') return placesSpokenOf(work);
  const opened = await openShown(work);
  if (opened) return done(opened);
  const { query = '', participants = [], date_range: range, list } = work.slots;
  const terms = termsOf(query, participants, work.words);
  const isNarrowed = range !== undefined || list !== undefined;
  if (participants.length === 0 && asksOnly(query) && !isNarrowed)
    return ask({ slot: 'query', question: 'What shall I look for?' });
  const inTime = await looked(work, terms, times(range, work.timezone));
  // What is looked for may be from another time than it was thought to be.
  const isMissing = inTime.isPartial || inTime.ranked.length === 0;
  const ever =
    range !== undefined && isMissing && terms.core.length > 0 ? await looked(work, terms, {}) : null;
  const isElsewhere = ever !== null && ever.ranked.length > 0 && !ever.isPartial;
  const found = isElsewhere ? ever : inTime;
  const worded = found.ranked.map((ranked) => hitOf(ranked, found.terms));
  const meant = worded.length === 0 || found.isPartial ? await alikeHits(work, terms, worded) : [];
  const hits = [...meant, ...worded];
  const shown = hits.slice(0, CARD_MAX);
  const name = nameOf(work, terms);
  return done({
    reply: replyOf(work, name, hits, { ...found, isElsewhere, isMeant: meant.length > 0 }),
    cards:
      shown.length === 0
        ? []
        : [
            {
              kind: 'search',
              data: {
                query: name || query,
                hits: shown.map(({ isOver: _over, ...hit }) => hit),
                total: hits.length,
              },
            },
          ],
    executionResult: { total: hits.length, hits: shown.map(({ kind, id }) => ({ kind, id })) },
    shown: shown.map(({ kind, id, title }) => ({ kind, id, title })),
  });
};

/** Things that earlier turns made, or what was said in them, where they are about the same in other words. */
async function alikeHits(work: Work, { only }: Terms, known: readonly Hit[]): Promise<Hit[]> {
  // What is on a list is found by its name.
  if (work.slots.list !== undefined) return [];
  const { from, to } = times(work.slots.date_range, work.timezone);
  const inTime = work.recalled.filter(({ at }) => {
    const said = new Date(at);
    return (!from || said >= from) && (!to || said < to);
  });
  const found = await Promise.all(inTime.map((turn) => alikeHit(work, turn)));
  const seen = new Set(known.map(({ id }) => id));
  const fits = ({ kind }: Hit): boolean => only.length === 0 || only.includes(kind);
  return found.filter((hit) => fits(hit) && !seen.has(hit.id) && seen.add(hit.id));
}

async function alikeHit(work: Work, turn: RecalledTurn): Promise<Hit> {
  const score = Math.round(Math.max(0, turn.similarity ?? 0) * 1000) / 1000;
  const common = { at: turn.at, session_id: turn.session_id, score, isOver: false };
  for (const { kind, id } of turn.items) {
    const known = entityKind.safeParse(kind);
    const item = known.success ? await work.ports.items.find(known.data, id) : null;
    if (item?.kind === 'task')
      return {
        ...common,
        kind: 'task',
        id,
        title: item.item.title,
        snippet: turn.message,
        at: item.item.due_date,
      };
    if (item?.kind === 'event')
      return {
        ...common,
        kind: 'event',
        id,
        title: item.item.title,
        snippet: turn.message,
        at: item.item.start,
      };
    if (item?.kind === 'draft')
      return { ...common, kind: 'draft', id, title: item.item.subject, snippet: turn.message };
  }
  const title = snippetOf(turn.message, []);
  return { ...common, kind: 'turn', id: turn.turn_id, title, snippet: title };
}

/** Looks through tasks, events, emails and what was said. */
export const searchWorkflow = defineWorkflow('search', { search });

interface Looked {
  ranked: Ranked[];
  terms: Terms;
  /** Words that were taken for others. */
  slips: { said: string; meant: string }[];
  /** Nothing has all of the words. */
  isPartial: boolean;
}

async function looked(
  work: Work,
  terms: Terms,
  time: { from?: Date | undefined; to?: Date | undefined },
): Promise<Looked> {
  const { ports, timezone: zone, reference, slots } = work;
  const find = (core: readonly string[]): Promise<FoundItem[]> =>
    ports.search.find(
      { terms: core, ...time, list: slots.list, kinds: KINDS },
      { zone, reference },
      LOOKED_AT,
    );
  const items = await find(terms.core);
  const unknown = terms.core.filter((term) => !items.some((item) => has(item, term)));
  const known = unknown.length === 0 ? [] : await ports.search.words(WORDS_MAX);
  const slips = unknown.flatMap((said) => {
    const meant = corrected(said, known);
    return meant === null ? [] : [{ said, meant }];
  });
  if (slips.length === 0) return { ...kept(items, terms), terms, slips };
  const meant = terms.core.map((term) => slips.find(({ said }) => said === term)?.meant ?? term);
  const again = { ...terms, core: meant };
  return { ...kept(await find(meant), again), terms: again, slips };
}

const has = ({ title, body }: FoundItem, term: string): boolean =>
  split(`${title} ${body}`).some((word) => fitOf(term, word) > 0);

/** What has all of the words, or else most of them; of the kind that was named, where there is such. */
function kept(items: readonly FoundItem[], terms: Terms): Pick<Looked, 'ranked' | 'isPartial'> {
  const all = rank(items, terms);
  const whole = all.filter(({ coverage }) => coverage === 1);
  const fitting = whole.length > 0 ? whole : all.filter(({ coverage }) => coverage >= COVERAGE_MIN);
  const named = withoutEchoes(fitting, terms).filter(({ item }) => terms.only.includes(item.kind));
  const ranked = named.length > 0 ? named : withoutEchoes(fitting, terms);
  return { ranked, isPartial: whole.length === 0 && fitting.length > 0 };
}

/** The words that made a thing need not be shown beside it, unless it is asked what was said. */
function withoutEchoes(all: readonly Ranked[], { first }: Terms): Ranked[] {
  const found = new Set(all.map(({ item }) => item.id));
  return all.filter(({ item }) => first.includes('turn') || !item.madeIds.some((id) => found.has(id)));
}

function times(
  range: DateRange | undefined,
  zone: string,
): { from?: Date | undefined; to?: Date | undefined } {
  const at = (value: string | undefined): Date | undefined =>
    value === undefined ? undefined : DateTime.fromISO(value, { zone }).toJSDate();
  return { from: at(range?.start), to: at(range?.end) };
}

function hitOf({ item, score }: Ranked, { core }: Terms): Hit {
  const { kind, id, title, body, at, sessionId, isOver } = item;
  const inTitle = core.some((term) => split(title).some((word) => fitOf(term, word) > 0));
  const snippet = snippetOf(inTitle || body === '' ? title : body, core);
  return {
    kind,
    id,
    title: kind === 'turn' ? snippet : title,
    snippet,
    at,
    session_id: sessionId,
    score,
    isOver,
  };
}

/** What was looked for, as it is told. */
function nameOf({ slots }: Work, { core }: Terms): string {
  return (slots.query && aboutWhat(slots.query)) ?? slots.participants?.join(' and ') ?? core.join(' ');
}

function replyOf(
  work: Work,
  name: string,
  hits: readonly Hit[],
  { slips, isPartial, isElsewhere, isMeant }: Looked & { isElsewhere: boolean; isMeant: boolean },
): string {
  const { list, date_range: range } = work.slots;
  // What the words were taken for is said before.
  const about = name === '' || slips.length > 0 ? '' : ` for ${quote(name)}`;
  const where = `${list === undefined ? '' : ` on the list ${quote(list)}`}${range === undefined ? '' : ' in that time'}`;
  if (hits.length === 0)
    return `I found nothing${about}${where}. I looked through your tasks, events, emails and what you wrote here.`;
  const fixed = slips.map(
    ({ said, meant }) => `Nothing has ${quote(said)}, so I looked for ${quote(meant)}.`,
  );
  const head = isMeant
    ? `Nothing has ${isPartial ? 'all of ' : ''}those words. This may be what you mean${where}:`
    : isElsewhere
      ? `I found nothing${about}${where}, but this from another time:`
      : isPartial
        ? `Nothing has all of that. The closest I found${about}${where}:`
        : `I found ${count(hits.length, 'thing')}${about}${where}:`;
  const lines = hits
    .slice(0, SPOKEN_MAX)
    .map((hit, index) => `${index + 1}. ${sayHit(hit, work.timezone, work.reference)}`);
  const rest = hits.length - SPOKEN_MAX;
  return [...fixed, head, ...lines, ...(rest > 0 ? [`… and ${rest} more.`] : [])].join('\n');
}
