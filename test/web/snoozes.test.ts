import { expect, test } from 'vitest';
import { snoozes } from '../../web/client/index.ts';

const MINUTE = 60_000;
const labels = (due?: string): string[] => snoozes(new Date(), due).map(({ label }) => label);
const after = (from: number, due?: string): number[] =>
  snoozes(new Date(), due)
    .slice(0, 2)
    .map(({ at }) => Math.round((Date.parse(at()) - from) / MINUTE));

test('what has come is put off from the press', () => {
  const due = new Date(Date.now() - 30 * MINUTE).toISOString();
  expect(after(Date.now(), due)).toEqual([10, 60]);
  expect(after(Date.now())).toEqual([10, 60]);
  expect(labels(due)).toEqual(['10 min', '1 h', 'Tomorrow']);
});

test('what comes today is put off until tomorrow', () => {
  const due = new Date(Date.now() + MINUTE).toISOString();
  expect(labels(due)).toEqual(['10 min', '1 h', 'Tomorrow']);
});

test('what is still to come is put off from when it was to come, and never comes earlier', () => {
  const due = new Date(Date.now() + 48 * 60 * MINUTE).toISOString();
  expect(after(Date.parse(due), due)).toEqual([10, 60]);
  expect(labels(due)).toEqual(['10 min', '1 h', '1 day']);
});
