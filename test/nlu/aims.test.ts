import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkoutDir } from '../../core/checkout.ts';
import { loadConfig } from '../../core/config.ts';
import { readSentences } from '../../models/intent/training/sentences.ts';
import { judgeIntents, type IntentReport, type Share } from '../../scripts/evaluate/intents.ts';
import { judgeSlots, type SlotsReport } from '../../scripts/evaluate/slots.ts';
import { readOutOfScope, readRegisters, readUtterances } from '../../scripts/evaluate/suites.ts';
import { judgeTimes, type TimesReport } from '../../scripts/evaluate/times.ts';
import { openUnderstander } from '../../workers/nlu/open-understander.ts';

let intents: IntentReport;
let times: TimesReport;
let slots: SlotsReport;
beforeAll(async () => {
  const { understander, close } = await openUnderstander(loadConfig(process.env), () => undefined);
  intents = await judgeIntents(understander);
  times = await judgeTimes(understander);
  slots = await judgeSlots(understander);
  await close();
}, 120_000);

const of = ({ right, count }: Share): number => right / count;

describe('the understanding as a whole keeps its aims', () => {
  test('on requests', () => {
    expect(of(intents.accuracy)).toBeGreaterThanOrEqual(0.92);
    expect(of(intents.heldOut.accuracy)).toBeGreaterThanOrEqual(0.92);
    const weak = intents.labels.filter(({ recall }) => recall < 0.75);
    expect(weak).toEqual([]);
  });

  test('on what is out of scope', () => {
    expect(of(intents.outOfScope.recall)).toBeGreaterThanOrEqual(0.85);
    expect(of(intents.heldOut.recall)).toBeGreaterThanOrEqual(0.85);
    expect(of(intents.outOfScope.falseRefusals)).toBeLessThanOrEqual(0.03);
    expect(of(intents.heldOut.falseRefusals)).toBeLessThanOrEqual(0.03);
  });

  test('of being as sure as it is right, and of asking a language model rarely', () => {
    expect(intents.calibration.error).toBeLessThanOrEqual(0.05);
    expect(of(intents.reachesModel)).toBeLessThanOrEqual(0.1);
  });

  test('on dates and repetitions, open and held out', () => {
    for (const { core, all } of times.dates) {
      expect(of(core)).toBeGreaterThanOrEqual(0.9);
      expect(of(all)).toBeGreaterThanOrEqual(0.84);
    }
    for (const { pattern, whole } of times.recurrences) {
      expect(of(pattern)).toBeGreaterThanOrEqual(0.88);
      expect(of(whole)).toBeGreaterThanOrEqual(0.78);
    }
    expect(times.dates.map(({ heldOut }) => heldOut)).toEqual([false, true]);
  });

  test('on slots, with the action as the understanding takes it', () => {
    const f1 = new Map(slots.spans.map((score) => [score.slot, score.f1]));
    expect(f1.get('when')).toBeGreaterThanOrEqual(0.85);
    expect(f1.get('title')).toBeGreaterThanOrEqual(0.8);
    expect(f1.get('person')).toBeGreaterThanOrEqual(0.8);
  });

  test('on several acts in a message, what was reached', () => {
    expect(of(slots.acts)).toBeGreaterThanOrEqual(0.85);
    expect(of(slots.actsWithSlots)).toBeGreaterThanOrEqual(0.7);
  });
});

describe('the suites', () => {
  /** A sentence that has three of four words with one of the training in common is no new one. */
  const SAME_FROM = 0.75;
  const wordsOf = (text: string): Set<string> =>
    new Set(
      text
        .toLowerCase()
        .replaceAll(/['’]/g, '')
        .match(/[\p{L}\p{N}]+/gu),
    );

  test('hold no sentence that was trained on, nor one of nearly the same words', () => {
    const trained = readSentences(join(checkoutDir(), 'models/intent/data')).map(({ text }) => wordsOf(text));
    const holders = new Map<string, number[]>();
    for (const [index, words] of trained.entries())
      for (const word of words) {
        const known = holders.get(word);
        if (known) known.push(index);
        else holders.set(word, [index]);
      }
    const alike = (text: string): boolean => {
      const words = wordsOf(text);
      const shared = new Uint16Array(trained.length);
      for (const word of words) for (const index of holders.get(word) ?? []) shared[index]! += 1;
      return trained.some((other, index) => {
        const both = shared[index] ?? 0;
        return both / (words.size + other.size - both) >= SAME_FROM;
      });
    };
    const texts = [...readRegisters(), ...readOutOfScope(), ...readUtterances()].map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(2_500);
    expect(texts.filter(alike)).toEqual([]);
  });
});
