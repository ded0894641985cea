import { expect, test } from 'vitest';
import type { IntentClassifier } from '../../workers/nlu/intent-classifier.ts';
import { Understander } from '../../workers/nlu/pipeline.ts';

test('every classifier has been asked before the first turn, and one that fails holds up nobody', async () => {
  const asked: string[] = [];
  const named = (version: string, classify: IntentClassifier['classify']) => ({
    version,
    floor: 0.3,
    margin: 0.1,
    outweighsFrom: () => 1,
    classify: (text: string) => {
      asked.push(version);
      return classify(text);
    },
  });
  const faults: unknown[] = [];
  const understander = new Understander({
    classifier: named('current', () => Promise.resolve([])),
    previousClassifier: named('previous', () => Promise.reject(new Error('no thread'))),
    onClassifierFault: (error) => faults.push(error),
  });
  await understander.warmUp();
  expect(new Set(asked)).toEqual(new Set(['current', 'previous']));
  expect(faults.length).toBeGreaterThan(0);
});
