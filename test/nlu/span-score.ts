import { readFileSync } from 'node:fs';
import type { Action } from '../../contracts/intents.ts';
import type { Entity } from '../../contracts/nlu.ts';
import { newDraft } from '../../workers/nlu/draft.ts';
import { extractFor } from '../../workers/nlu/extract/extract-for.ts';

/** A sentence with the stretches that matter in it. Kinds are coarser than slots: a date is a date in every slot. */
export interface SpanRow {
  text: string;
  action: Action;
  spans: { slot: string; text: string }[];
}

const KINDS: Readonly<Record<string, string>> = {
  title: 'title',
  due_date: 'when',
  start: 'when',
  end: 'when',
  date_range: 'when',
  remind_at: 'when',
  recurrence: 'when',
  when: 'when',
  participants: 'person',
  recipient: 'person',
  location: 'location',
  list: 'list',
  duration_minutes: 'duration',
  priority: 'priority',
  tags: 'tag',
  subject: 'subject',
  body: 'body',
  query: 'target',
  target: 'target',
  person: 'person',
  duration: 'duration',
  tag: 'tag',
};

/** Rows of a suite file, one JSON object a line. */
export function readRows(path: string): SpanRow[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as SpanRow);
}

/** Articles, prepositions and marks at the ends of a span are nobody's mistake. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(
      /^(?:[\s"'#.,:(]+|(?:the|an?|my|at|on|in|by|for|from|to|of|before|after|until|since|between|with)\s+)+/,
      '',
    )
    .replace(/[\s"'.,!?:)]+$/, '');

interface Said {
  kind: string;
  texts: string[];
}

function saidIn(row: SpanRow, entities: readonly Entity[]): Said[] {
  const found = new Map<string, Said>();
  for (const { slot, text, value, start, end } of entities) {
    if (end <= start && slot !== 'target') continue;
    // What a setting is set to is a time or a length like any other.
    const kind = slot === 'preference' ? (row.spans[0]?.slot ?? 'when') : KINDS[slot];
    if (kind === undefined || slot === 'all_day' || slot === 'email_type') continue;
    const query =
      typeof value === 'object' && value !== null && 'query' in value ? String(value.query) : undefined;
    const words = typeof value === 'string' && kind === 'title' ? value : undefined;
    const texts = [text, query, words].filter((one) => one !== undefined).map(plain);
    if (end > start) found.set(`${kind} ${plain(text)}`, { kind, texts });
  }
  return [...found.values()];
}

export interface Score {
  hit: number;
  missed: number;
  wrong: number;
  f1: number;
}

/** Exact spans found, missed and made up, for each kind; `report` hears of every sentence that is not perfect. */
export function scoreRows(
  rows: readonly SpanRow[],
  place: { timezone: string; now: string },
  report?: (row: SpanRow, missed: string[], wrong: string[]) => void,
): Map<string, Score> {
  const scores = new Map<string, Score>();
  const count = (kind: string, field: 'hit' | 'missed' | 'wrong'): void => {
    const score = scores.get(kind) ?? { hit: 0, missed: 0, wrong: 0, f1: 0 };
    score[field] += 1;
    scores.set(kind, score);
  };
  for (const row of rows) {
    const { entities } = extractFor(newDraft(row.text, place.timezone, new Date(place.now)), row.action);
    const left = saidIn(row, entities);
    const missed: string[] = [];
    for (const { slot, text } of row.spans) {
      const kind = KINDS[slot] ?? slot;
      const at = left.findIndex((said) => said.kind === kind && said.texts.includes(plain(text)));
      if (at >= 0) left.splice(at, 1);
      else missed.push(`${kind}=${text}`);
      count(kind, at >= 0 ? 'hit' : 'missed');
    }
    for (const { kind } of left) count(kind, 'wrong');
    if (report && (missed.length > 0 || left.length > 0))
      report(
        row,
        missed,
        left.map(({ kind, texts }) => `${kind}=${texts[0]}`),
      );
  }
  for (const score of scores.values())
    score.f1 = (2 * score.hit) / (2 * score.hit + score.missed + score.wrong);
  return scores;
}
