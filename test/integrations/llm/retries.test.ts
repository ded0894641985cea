import { describe, expect, it } from 'vitest';
import { RetryBudget, readRetryAfter, waitBeforeRetry } from '../../../integrations/llm/retries.ts';
import { HandClock } from './bench.ts';

function takeAll(budget: RetryBudget): number {
  for (let taken = 0; ; taken += 1) if (!budget.take()) return taken;
}

describe('the repeats of a process', () => {
  it('begin with a small reserve', () => {
    expect(takeAll(new RetryBudget())).toBe(3);
  });

  it('are a fifth of its calls', () => {
    const budget = new RetryBudget();
    takeAll(budget);
    for (let call = 0; call < 4; call += 1) budget.noteCall();
    expect(takeAll(budget)).toBe(0);
    budget.noteCall();
    expect(takeAll(budget)).toBe(1);
  });

  it('can not be saved up by a good day', () => {
    const budget = new RetryBudget();
    for (let call = 0; call < 10_000; call += 1) budget.noteCall();
    expect(takeAll(budget)).toBe(10);
  });
});

it('a wait doubles and leaves half of itself to chance', () => {
  expect([1, 2, 3].map((tried) => waitBeforeRetry(tried, null, 1))).toEqual([250, 500, 1000]);
  expect([1, 2, 3].map((tried) => waitBeforeRetry(tried, null, 0))).toEqual([125, 250, 500]);
});

it.each([
  [{ 'retry-after': '2' }, 2000],
  [{ 'retry-after': ' 0.5 ' }, 500],
  [{ 'retry-after': '2', 'retry-after-ms': '30' }, 30],
  [{ 'retry-after': 'Sun, 22 Nov 2026 12:00:05 GMT' }, 5000],
  [{ 'retry-after': 'Sun, 22 Nov 2020 12:00:05 GMT' }, 0],
  [{ 'retry-after': '-5' }, null],
  [{ 'retry-after': 'Infinity' }, null],
  [{ 'retry-after': 'soon' }, null],
  [{}, null],
])('what %o asks for is %s ms', (headers, ms) => {
  expect(readRetryAfter(new Headers(headers as Record<string, string>), new HandClock().now())).toBe(ms);
});
