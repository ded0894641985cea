import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { newDraft } from '../../workers/nlu/draft.ts';
import { timesIn } from '../../workers/nlu/extract/times.ts';
import { NOW, ZONE, readAs } from './understand.ts';

interface Phrase {
  set: string;
  kind: string;
  reference: string;
  zone: string;
  text: string;
  value: unknown;
  grain: string;
}

/** Rows of a suite by its file name; null where the file is not there. */
function rowsOf(name: string): string[][] | null {
  const path = fileURLToPath(new URL(`../suites/${name}`, import.meta.url));
  if (!existsSync(path)) return null;
  const [, ...rows] = readFileSync(path, 'utf8').trimEnd().split('\n');
  return rows.map((row) => row.split('\t'));
}

const phrases = rowsOf('dates.tsv')?.map(
  ([set = '', kind = '', reference = '', zone = '', text = '', value = '', grain = '']): Phrase => ({
    set,
    kind,
    reference,
    zone,
    text,
    value: JSON.parse(value),
    grain,
  }),
);
const titles = rowsOf('no-times.tsv')?.map(([text = '']) => text);

/** What the phrase was read as where that is not what the suite says, else null. */
async function missOf({ kind, reference, zone, text, value, grain }: Phrase): Promise<string | null> {
  const entity = await readAs('when', text, { timezone: zone, now: reference });
  const got = JSON.stringify(entity?.value);
  if (got === JSON.stringify(value) && entity?.grain === grain) return null;
  return `${kind} | ${reference} ${zone} | ${text} | ${JSON.stringify(value)} ${grain} | ${got} ${entity?.grain ?? ''}`;
}

async function missesIn(set: readonly Phrase[]): Promise<string[]> {
  const found: string[] = [];
  for (const phrase of set) {
    const miss = await missOf(phrase);
    if (miss !== null) found.push(miss);
  }
  return found;
}

describe.skipIf(phrases === undefined)('phrases of time by an independent author', () => {
  const all = phrases ?? [];
  const cases: [string, readonly Phrase[], number][] = [
    ['core', all.filter(({ set }) => set === 'core'), 0.97],
    ['all', all, 0.93],
  ];
  test.each(cases)('%s', async (_name, set, least) => {
    const misses = await missesIn(set);
    const share = (set.length - misses.length) / set.length;
    expect(share, misses.join('\n')).toBeGreaterThanOrEqual(least);
  });
});

test.skipIf(titles === undefined)('words that are no times are not taken for some', () => {
  const all = titles ?? [];
  const alarms = all.filter((text) => {
    const draft = newDraft(text, ZONE, new Date(NOW));
    return timesIn(draft, { start: 0, end: text.length }).length > 0;
  });
  expect(alarms.length / all.length, alarms.join('\n')).toBeLessThanOrEqual(0.02);
});
