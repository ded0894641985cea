import { afterAll, describe, expect, test } from 'vitest';
import { judgeContinuations } from '../../scripts/evaluate/continuations.ts';
import type { Guess, IntentClassifier } from '../../workers/nlu/intent-classifier.ts';
import { openUnderstander } from '../../workers/nlu/open-understander.ts';
import { Understander } from '../../workers/nlu/pipeline.ts';
import { NOW } from './clock.ts';
import { question } from './question.ts';

const { understander, close } = await openUnderstander({ PULSEPLAN_DATA_DIR: '.data' }, ({ message }) => {
  throw new Error(message);
});
afterAll(close);

test('second messages are told apart, and their slots read', async () => {
  const { kinds, kindsWithSlots, byKind, misses } = await judgeContinuations(understander);
  expect(kinds.right / kinds.count, misses.join('\n')).toBeGreaterThanOrEqual(0.95);
  expect(kindsWithSlots.right / kindsWithSlots.count, misses.join('\n')).toBeGreaterThanOrEqual(0.92);
  for (const { name, right, count } of byKind) expect(right / count, name).toBeGreaterThanOrEqual(0.85);
});

describe('the classifier', () => {
  /** Says the same of every text, and remembers what it was asked. */
  function stub(...guesses: Guess[]) {
    const asked: string[] = [];
    const classifier: IntentClassifier = {
      version: 'stub',
      floor: 0.5,
      margin: 0.1,
      outweighsFrom: () => 0.75,
      classify: (text) => {
        asked.push(text);
        return Promise.resolve(guesses);
      },
    };
    const own = new Understander({ classifier });
    const say = async (text: string, changes: Parameters<typeof question>[0]) => {
      asked.length = 0;
      const around = { timezone: 'America/New_York', now: new Date(NOW), answering: null, lastReceipt: null };
      const { continuation } = await own.understand({ ...around, text, questions: [question(changes)] });
      return { kind: continuation.kind, asked: asked.length };
    };
    return say;
  }

  test.each([
    ['title', 'physics'],
    ['title', 'read chapter 4'],
    ['due_date', 'friday'],
    ['due_date', 'skip'],
    ['due_date', 'never mind'],
    ['due_date', 'purple'],
    ['priority', 'yes'],
    ['location', 'the old mill'],
    ['body', 'tell her I am late'],
  ] as const)('is not asked about %s: "%s"', async (slot, text) => {
    const say = stub({ action: 'list_tasks', confidence: 0.99 });
    expect((await say(text, { slot })).asked).toBe(0);
  });

  test('decides where a text fits nothing', async () => {
    const text = 'the weekly numbers for everybody';
    const kindOf = async (guess: Guess) => (await stub(guess)(text, { slot: 'priority' })).kind;
    expect(await kindOf({ action: 'list_events', confidence: 0.9 })).toBe('none');
    expect(await kindOf({ action: 'list_events', confidence: 0.6 })).toBe('reask');
    expect(await kindOf({ action: 'out_of_scope', confidence: 0.8 })).toBe('none');
    expect(await kindOf({ action: 'cancel', confidence: 0.9 })).toBe('drop');
    expect(await kindOf({ action: 'create_task', confidence: 0.9 })).toBe('reask');
  });

  test('outweighs free words only where they are said to us', async () => {
    const events: Guess = { action: 'list_events', confidence: 0.95 };
    expect((await stub(events)('what do I have on friday', { slot: 'location' })).kind).toBe('none');
    expect((await stub(events)('the calendar shop', { slot: 'location' })).kind).toBe('answer');
    expect((await stub(events)('what do we have on friday?', { slot: 'body' })).kind).toBe('answer');
  });
});
