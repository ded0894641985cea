import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isForeign } from '../../workers/nlu/language/is-foreign.ts';
import { FOREIGN_NAMES, NAME_FRAMES, ODD_ENGLISH } from './foreign-names.ts';
import { parseText, understand } from './understand.ts';

const linesOf = (name: string): string[] =>
  readFileSync(new URL(`../suites/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');

const FOREIGN = linesOf('languages.tsv').map((line): [language: string, text: string] => {
  const [language = '', text = ''] = line.split('\t');
  return [language, text];
});
const ENGLISH = [
  ...FOREIGN_NAMES.flatMap((name) => NAME_FRAMES.map((frame) => frame(name))),
  ...ODD_ENGLISH,
  ...['slots.jsonl', 'multi-act.jsonl']
    .flatMap(linesOf)
    .map((line) => (JSON.parse(line) as { text: string }).text),
];

const isSentence = (text: string): boolean =>
  !/[a-z]/i.test(text) || (text.match(/[\p{L}\p{M}'-]+/gu) ?? []).length >= 4;
const shareOf = (rows: readonly [string, string][]): number =>
  rows.filter(([, text]) => isForeign(text)).length / rows.length;

describe('sentences of other languages', () => {
  const sentences = FOREIGN.filter(([, text]) => isSentence(text));

  test('are told from English', () => {
    expect(shareOf(sentences)).toBeGreaterThanOrEqual(0.98);
    // Shorter ones may be names.
    expect(shareOf(FOREIGN)).toBeGreaterThanOrEqual(0.95);
  });

  test.each([...new Set(FOREIGN.map(([language]) => language))])('of each: %s', (language) => {
    expect(shareOf(sentences.filter(([of]) => of === language))).toBeGreaterThanOrEqual(0.9);
  });
});

describe('English', () => {
  test('with foreign names, dishes, places and typos is taken for English', () => {
    const mistaken = ENGLISH.filter(isForeign);
    expect(ENGLISH.length).toBeGreaterThan(1_500);
    expect(mistaken.length / ENGLISH.length, mistaken.join('\n')).toBeLessThanOrEqual(0.005);
  });

  test.each([
    '',
    '   ',
    '🎉🎉🎉',
    '12:30',
    'a'.repeat(5_000),
    'e\u0301'.repeat(400),
    'Москва trip on friday',
  ])('is what "%s" counts as', (text) => expect(isForeign(text)).toBe(false));
});

describe('a request', () => {
  test.each([
    'acheter du lait demain',
    'Termin mit Anna am Freitag um 3',
    'ich muss am Donnerstag die Miete bezahlen',
    'kupić mleko jutro rano',
    'recuérdame llamar a mamá mañana',
  ])('in another language is not carried out: "%s"', async (text) => {
    const { acts } = await understand(text);
    expect(acts).toMatchObject([
      {
        action: 'out_of_scope',
        source: 'rule',
        params: { foreign: true },
        gate: { verdict: 'out_of_scope' },
      },
    ]);
  });

  test.each([
    ["add 'Brot kaufen' to my list", 'create_task', 'Brot kaufen'],
    ['add a task to buy "das gute Brot vom Bäcker"', 'create_task', 'buy "das gute Brot vom Bäcker"'],
    ['remind me to book Casa de la Luz on friday', 'set_reminder', 'book Casa de la Luz'],
    ['lunch with Les and Una on friday at noon', 'create_event', 'lunch with Les and Una'],
  ])('in English keeps its foreign words: "%s"', async (text, action, title) => {
    const { act, values } = await parseText(text);
    expect(act.action).toBe(action);
    expect(values.title).toBe(title);
  });
});
