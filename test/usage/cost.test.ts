import { expect, it } from 'vitest';
import { roundCost } from '../../usage/cost.ts';

it.each([
  [(180 * 0.03) / 1_000, 0.0054],
  [0.0015 + 0.0009, 0.0024],
  [0, 0],
  [0.000000000001, 0.000000000001],
  [0.0000000000004, 0],
  [99_999_999.5, 99_999_999.5],
])('%d USD is %d in the books', (usd, rounded) => expect(roundCost(usd)).toBe(rounded));
