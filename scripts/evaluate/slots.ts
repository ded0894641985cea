import { isDeepStrictEqual } from 'node:util';
import type { Entity } from '../../contracts/nlu.ts';
import type { Understander } from '../../workers/nlu/pipeline.ts';
import type { Share } from './intents.ts';
import { readMultiActs, readSlotCases, REFERENCE } from './suites.ts';

/** How well the stretches of one kind are found. */
export interface SpanScore {
  slot: string;
  wanted: number;
  found: number;
  right: number;
  f1: number;
}

export interface SlotsReport {
  spans: SpanScore[];
  /** Messages whose acts come out as wanted, in order; and those whose checked slots do as well. */
  acts: Share;
  actsWithSlots: Share;
  misses: string[];
}

/** The kinds of the suite and the slots that each stands for. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  when: ['due_date', 'start', 'end', 'remind_at', 'date_range', 'recurrence', 'when'],
  title: ['title'],
  person: ['participants', 'recipient'],
  location: ['location'],
  list: ['list'],
  duration: ['duration_minutes'],
  priority: ['priority'],
  tag: ['tags'],
  subject: ['subject'],
  body: ['body'],
  query: ['query'],
  target: ['target'],
};

/** Runs the suites of slots and of several acts in a message. */
export async function judgeSlots(understander: Understander): Promise<SlotsReport> {
  const misses: string[] = [];
  const scores = new Map(
    Object.keys(KINDS).map((slot) => [slot, { slot, wanted: 0, found: 0, right: 0, f1: 0 }]),
  );
  for (const { text, spans } of readSlotCases()) {
    const { acts } = await understander.parse({ text, ...REFERENCE }, new Date());
    const entities = acts.flatMap((act) => act.entities).filter((entity) => entity.text !== '');
    for (const [kind, score] of scores) {
      const wanted = spans.filter(({ slot }) => slot === kind).map((span) => bare(span.text));
      const found = foundIn(text, entities, kind).map(bare);
      const right = wanted.filter((words) => found.includes(words)).length;
      score.wanted += wanted.length;
      score.found += found.length;
      score.right += right;
      if (right < Math.max(wanted.length, found.length))
        misses.push(`slots ${kind}\t${text}\twanted ${wanted.join(' | ')}\tgot ${found.join(' | ')}`);
    }
  }
  const several = [];
  for (const { text, acts: wanted } of readMultiActs()) {
    const { acts } = await understander.parse({ text, ...REFERENCE }, new Date());
    const actions = acts.map(({ action }) => action);
    const right = isDeepStrictEqual(
      actions,
      wanted.map(({ action }) => action),
    );
    const slots =
      right &&
      wanted.every(({ slots: values }, index) =>
        Object.entries(values).every(([slot, value]) => {
          const entity = acts[index]?.entities.find((other) => other.slot === slot);
          return entity !== undefined && fits(entity.value, value);
        }),
      );
    several.push({ right, slots });
    if (!slots)
      misses.push(
        `acts${right ? ' slots' : ''}\t${text}\twanted ${wanted.map(({ action, slots: values }) => `${action} ${JSON.stringify(values)}`).join(', ')}\tgot ${acts.map(({ action, entities }) => `${action} ${JSON.stringify(Object.fromEntries(entities.map((e) => [e.slot, e.value])))}`).join(', ')}`,
      );
  }
  return {
    spans: [...scores.values()].map((score) => ({
      ...score,
      f1: score.wanted + score.found === 0 ? 1 : (2 * score.right) / (score.wanted + score.found),
    })),
    acts: {
      name: 'acts',
      right: several.filter(({ right }) => right).length,
      count: several.length,
    },
    actsWithSlots: {
      name: 'acts with slots',
      right: several.filter(({ slots }) => slots).length,
      count: several.length,
    },
    misses,
  };
}

/** What was found of a kind, each stretch once; several people of one slot are told apart by the words between them. */
function foundIn(text: string, entities: readonly Entity[], kind: string): string[] {
  const stretches = entities
    .filter(({ slot }) => KINDS[kind]?.includes(slot))
    .map(({ start, end }) => ({ start, end }))
    .filter(
      ({ start, end }, index, all) =>
        all.findIndex((other) => other.start === start && other.end === end) === index,
    );
  return stretches.flatMap(({ start, end }) => {
    const words = text.slice(start, end);
    return kind === 'person' ? words.split(/\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+/) : [words];
  });
}

/** Leading articles and prepositions are no part of what was meant. */
function bare(words: string): string {
  return words
    .toLowerCase()
    .replace(/^(?:(?:the|a|an|on|at|by|for|in|to|from|of|with|about)\s+)+/, '')
    .replace(/["'.,!?]+$/g, '')
    .replace(/^["']+/, '')
    .trim();
}

/** A target may know more than was asked for; words count without their case. */
export function fits(got: unknown, wanted: unknown): boolean {
  if (typeof got === 'string' && typeof wanted === 'string') {
    if (/^\d{4}-/.test(wanted)) return got === wanted;
    return bare(got) === bare(wanted);
  }
  if (Array.isArray(got) && Array.isArray(wanted))
    return got.length === wanted.length && wanted.every((item, index) => fits(got[index], item));
  if (typeof got === 'object' && got !== null && typeof wanted === 'object' && wanted !== null)
    return Object.entries(wanted).every(
      ([key, value]) => key === 'kind' || fits((got as Record<string, unknown>)[key], value),
    );
  return got === wanted;
}
