import { expect, test } from 'vitest';
import type { EffectWrite } from '../../contracts/records.ts';
import { classOf, undoUntil } from '../../workers/workflows/effect-classes.ts';

const NOW = new Date('2026-11-18T09:00:00.000Z');
const effect = (kind: string, op: EffectWrite['op'], fields: Record<string, unknown> = {}): EffectWrite => ({
  kind,
  op,
  id: '00000000-0000-4000-8000-000000000001',
  version: null,
  fields,
  reason: 'test',
});
const ORDERED = effect('delivery', 'create', { not_before: '2026-11-18T09:00:20.000Z' });

test.each([
  ['what is kept here', [effect('task', 'delete'), effect('event', 'update')], '2026-11-19T09:00:00.000Z'],
  ['what is ordered outside', [effect('draft', 'update'), ORDERED], '2026-11-18T09:00:20.000Z'],
  ['what is stopped there', [effect('draft', 'update'), effect('delivery', 'delete')], null],
  ['a stop beside an order', [ORDERED, effect('delivery', 'delete')], null],
])('%s can be taken back until', (_what, effects, until) => {
  expect(undoUntil(effects, NOW)).toBe(until);
});

test('every kind has a class, and what is none has not', () => {
  for (const kind of ['task', 'event', 'reminder', 'draft', 'contact', 'fact', 'setting'])
    expect(classOf(effect(kind, 'create'))).toBe('reversible');
  expect(classOf(ORDERED)).toBe('compensable');
  expect(() => classOf(effect('nothing', 'create'))).toThrow();
});
