import { DROP_CHOICE } from '../../contracts/clarification.ts';
import type { SessionContext } from '../../contracts/context.ts';
import type { Target } from '../../contracts/slots.ts';
import { atPlace, lastOfKind, thoseOf } from '../../contracts/last-spoken.ts';
import { ask, done, type Step, type Work } from './outcome.ts';
import { BATCH_MAX } from './policy.ts';
import type { MatchGrade } from './ports.ts';
import { number, quote } from './sentences.ts';

export const CHOICES_MAX = 5;

/** A kind of things that words can mean: "it", "the second one", "the report", "all of them". */
export interface Findable<T> {
  kind: Exclude<Target['kind'], 'receipt' | 'any'>;
  /** "task", "event"; its plural is made with an s. */
  noun: string;
  /** @param start of a day of a series, where one is meant */
  find(id: string, start?: string): Promise<T | null>;
  /** The one made or changed last. */
  last(): Promise<T | null>;
  /** Those made last, the newest first, for "the last two" where no list was shown. */
  newest?(limit: number): Promise<T[]>;
  match(words: string, limit: number): Promise<{ items: T[]; grade: MatchGrade }>;
  /** What the act's filters select: for "all", and where nothing is named and `narrowed` is true. */
  select(limit: number): Promise<{ items: T[]; total: number }>;
  narrowed: boolean;
  /** Whether it is one of those that are meant usually; others only where no such one fits. */
  usual(item: T): boolean;
  /** What is offered where nothing was said of which. */
  offered(limit: number): Promise<T[]>;
  /** What each is called, no two alike. */
  labels(items: readonly T[]): string[];
  idOf(item: T): string;
  /** Of a day of a series. */
  startOf?(item: T): string | undefined;
  /** Whether words that several things fit mean each of them, as "my lunches" does. */
  each?(items: readonly T[]): boolean;
  /** Something is lost by the act: beginnings of words are not enough for it, nor is what was spoken of last. */
  careful: boolean;
  /** Most that are changed at once, where it is not `BATCH_MAX`. */
  most?: number;
  /** Where they were looked for, as in " on friday". */
  where?: string;
  /** What to say where there is none at all. */
  none: string;
}

type Found<T> = { items: T[] } | { step: Step };

/** The things that an act means, or what to say instead: a question when several fit, a refusal when none does. */
export async function resolveItems<T>(work: Work, things: Findable<T>, verb: string): Promise<Found<T>> {
  const { target } = work.slots;
  const { noun } = things;
  const one = async (id: string, start: string | undefined, gone: string): Promise<Found<T>> => {
    const item = await things.find(id, start);
    return item ? { items: [item] } : notFound(gone);
  };
  if (target?.id) return one(target.id, target.start, `That ${noun} is gone.`);
  if (target?.ids) {
    const found = await Promise.all(target.ids.map((id) => things.find(id)));
    const items = found.filter((item) => item !== null);
    return items.length > 0 ? among(work, things, items) : notFound(`Those ${noun}s are gone.`);
  }
  if (target?.reference === 'all' && meansThose(work.words)) {
    const those = thoseMeant(work.words, work.context).filter(({ kind }) => kind === things.kind);
    const items = await Promise.all(those.slice(0, BATCH_MAX).map(({ id, start }) => things.find(id, start)));
    const found = items.filter((item) => item !== null);
    if (found.length > 1) return among(work, things, found);
  }
  if (target?.reference === 'all' || (!target && things.narrowed)) return all(work, things, verb);
  // "The last one" is the last of a list where one was shown, and otherwise the one spoken of last.
  const place = target?.ordinal;
  const meant = place === undefined ? null : atPlace(work.context, place);
  if (meant) {
    // A list may hold several kinds, as what was found by a search does.
    if (meant.kind !== things.kind) return notFound(`${quote(meant.title)} is no ${noun}.`);
    return one(meant.id, meant.start, `That ${noun} is gone.`);
  }
  if (target?.reference === 'ordinal' && place !== undefined) {
    const isShown = thoseOf(work.context).length > 0;
    const newest = place < 0 && !isShown ? (await things.newest?.(-place))?.[-place - 1] : undefined;
    return newest
      ? { items: [newest] }
      : notFound(`I have not shown a list with that many ${noun}s. Say "show my ${noun}s" first.`);
  }
  const recent = lastOfKind(work.context, things.kind);
  // "It" is what was spoken of last: where that is of another kind, none is meant for sure.
  const isOfKind = recent === null || recent.kind === things.kind;
  if (target?.reference === 'last' && isOfKind) {
    const item = (recent && (await things.find(recent.id, recent.start))) ?? (await things.last());
    return item ? { items: [item] } : notFound(`You have no ${noun}s yet.`);
  }
  if (target?.query) return named(work, things, target.query, verb);
  const spoken = await spokenOf(work, things);
  if (spoken.length === 1 && !things.careful) return { items: spoken };
  if (spoken.length > 0) return { step: whichOne(things, `Which one do you want to ${verb}?`, spoken) };
  const offered = await things.offered(CHOICES_MAX);
  if (offered.length === 0) return notFound(things.none);
  return { step: whichOne(things, `Which ${noun} do you want to ${verb}?`, offered) };
}

/** Those that words point at: of more than two that were made, "both" are the last two. */
export function thoseMeant(words: string, context: SessionContext): SessionContext['shown'] {
  const those = [...thoseOf(context)];
  const isMade = (context.made ?? []).length > 1;
  return isMade && those.length > 2 && /\bboth\b/i.test(words) ? those.slice(-2) : those;
}

/** Those that were just shown or made, rather than all there are. */
export const meansThose = (words: string): boolean => THOSE.test(words) && !EVERY.test(words);
const THOSE =
  /\b(?:all|both|each)\s+(?:of\s+)?(?:these|those|two|three|four|five)\b|\b(?:them|both)\b|\bthey(?:['’]re|\s+are)\b|^\W*(?:these|those)\b/i;
const EVERY = /\beverything\b|\b(?:all|both)\s+(?:of\s+)?(?:my|the|our)\b/i;

async function all<T>(work: Work, things: Findable<T>, verb: string): Promise<Found<T>> {
  const { most = BATCH_MAX } = things;
  const { items, total } = await things.select(most + 1);
  if (total === 0) return notFound(`There are no ${things.noun}s like that.`);
  if (total > most) return tooMany(things, verb, number(total));
  return among(work, things, items);
}

const tooMany = <T>({ noun, most = BATCH_MAX }: Findable<T>, verb: string, said: string): { step: Step } =>
  refuse(
    `That would ${verb} ${said} ${noun}s at once. I do up to ${number(most)} in one go: narrow it down, for example by a date.`,
  );

/** Those of many that are named, or all but those. */
async function among<T>({ params }: Work, things: Findable<T>, items: T[]): Promise<Found<T>> {
  const { only, except = [] } = params?.among ?? {};
  const named = new Set<string>();
  for (const name of only ?? except) {
    const { items: found, grade } = await things.match(name, (things.most ?? BATCH_MAX) + 1);
    // Where it is not sure which are meant, nothing goes.
    if (found.length === 0 || grade === 'part')
      return notFound(
        `I found no ${things.noun} ${quote(name)}${only ? '' : ' to leave out'}, so nothing was changed.`,
      );
    for (const item of found) named.add(things.idOf(item));
  }
  const meant = items.filter((item) => named.has(things.idOf(item)) === (only !== undefined));
  if (meant.length > 0) return { items: meant };
  return notFound(`There are no ${only ? '' : 'other '}${things.noun}s${only ? ' like that' : ''}.`);
}

/** "The one with Ann" is looked for as "Ann". */
export const plainQuery = (query: string): string =>
  query.replace(/^(?:(?:the|that|my)\s+)?one\s+(?:with|about|for|at|on|from|called|of)\s+(?=\S)/i, '');

async function named<T>(work: Work, things: Findable<T>, said: string, verb: string): Promise<Found<T>> {
  const query = plainQuery(said);
  const { items: matches, grade } = await things.match(query, CHOICES_MAX + 1);
  const candidates = usualOf(things, matches);
  if (candidates.length === 0) return notFound(`I found no ${things.noun} that matches ${quote(query)}.`);
  // Beginnings of words are enough for what can be seen at once, but not where something is lost.
  const sure = grade === 'whole' || (grade === 'start' && !things.careful);
  if (!sure) {
    const wording = `I found no ${things.noun} ${quote(query)}${things.where ?? ''}. Which of these do you want to ${verb}, if any?`;
    return { step: whichOne(things, wording, candidates, true) };
  }
  if (candidates.length === 1) return { items: candidates };
  if (things.each?.(candidates) !== true)
    return { step: whichOne(things, `Which one do you want to ${verb}?`, candidates) };
  const { most = BATCH_MAX } = things;
  const every = usualOf(things, (await things.match(query, most + 1)).items);
  return every.length > most
    ? tooMany(things, verb, `more than ${number(most)}`)
    : among(work, things, every);
}

function usualOf<T>(things: Findable<T>, items: T[]): T[] {
  const usual = items.filter((item) => things.usual(item));
  return usual.length > 0 ? usual : items;
}

/** What the last reply named: the one it was about, or those of the list it showed. */
async function spokenOf<T>({ context }: Work, things: Findable<T>): Promise<T[]> {
  const { last_receipt: last, last_reply: reply, shown } = context;
  const said = last?.kind === things.kind && reply.includes(quote(last.title));
  const meant = said
    ? [{ id: last.item_id, start: last.start }]
    : shown.filter(({ kind, title }) => kind === things.kind && reply.includes(title));
  const items = await Promise.all(meant.slice(0, CHOICES_MAX).map(({ id, start }) => things.find(id, start)));
  return items.filter((item) => item !== null).filter((item) => things.usual(item));
}

/** A few are named in the question as well, for those who hear it or see no buttons. */
function naming(question: string, labels: readonly string[]): string {
  const [last, ...others] = labels.toReversed();
  if (last === undefined || others.length === 0 || labels.length > NAMED_MAX) return question;
  if (labels.some((label) => label.length > NAMED_LENGTH)) return question;
  const all = `${others.toReversed().map(quote).join(', ')} or ${quote(last)}`;
  return question.replace(/\?$/, `: ${all}?`);
}
const [NAMED_MAX, NAMED_LENGTH] = [3, 80];

/** @param guess the things fit the words only loosely, so that none of them may be meant */
export function whichOne<T>(
  things: Pick<Findable<T>, 'kind' | 'labels' | 'idOf' | 'startOf'>,
  question: string,
  items: readonly T[],
  guess = false,
): Step {
  const shown = items.slice(0, CHOICES_MAX);
  const labels = things.labels(shown);
  const choices = shown.map((item, index) => {
    const [id, start] = [things.idOf(item), things.startOf?.(item)];
    return {
      // Days of one series have one id.
      choice_id: start === undefined ? id : `${index + 1}`,
      label: labels[index] ?? id,
      target: { kind: things.kind, id, ...(start !== undefined && { start }) },
    };
  });
  return ask({
    slot: 'target',
    kind: 'choice',
    question: guess ? question : naming(question, labels),
    guess,
    choices: [
      ...choices.map(({ choice_id, label }) => ({ choice_id, label })),
      ...(guess ? [{ choice_id: DROP_CHOICE, label: 'None of these' }] : []),
    ],
    choiceSlots: Object.fromEntries(choices.map(({ choice_id, target }) => [choice_id, { target }])),
  });
}

export function notFound(reply: string): { step: Step } {
  return { step: done({ reply, decision: 'REFUSE', refused: { code: 'not_found', message: reply } }) };
}
export function refuse(reply: string): { step: Step } {
  return {
    step: done({ reply, decision: 'REFUSE', refused: { code: 'feature_unavailable', message: reply } }),
  };
}
