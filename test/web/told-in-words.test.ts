import { describe, expect, test } from 'vitest';
import type { Fact } from '../../contracts/entities.ts';
import type { Act } from '../../contracts/nlu.ts';
import type { Card, Receipt } from '../../contracts/result.ts';
import { USER_TABLES } from '../../sessions/erasure/manifest.ts';
import { sayReceipt } from '../../web/chat/receipt-words.ts';
import { shownReply } from '../../web/chat/shown-reply.ts';
import { understoodOf, type UnderstoodAct } from '../../web/client/index.ts';
import { emptyTurn, type Turn } from '../../web/client/turn-view.ts';
import { endOf } from '../../web/memory/end-of-fact.ts';
import { isSecret, sayOpenly } from '../../web/memory/secrets.ts';
import { erasedThings } from '../../web/sign-in/erased-things.ts';
import { idOf, resultOf } from './session-log.ts';

const NOW = new Date('2026-11-22T14:20:00Z');
const AT = '2026-11-22T14:10:00.000Z';

const factOf = (n: number, change: Partial<Fact> = {}): Fact => ({
  id: idOf(6, n),
  subject: 'me',
  attribute: 'dentist',
  value: 'Dr. Weber',
  value_kind: 'person',
  said: 'my dentist is Dr. Weber',
  turn_id: null,
  session_id: null,
  valid_from: AT,
  valid_until: null,
  version: 1,
  created_at: AT,
  ...change,
});
type Told = NonNullable<NonNullable<Act['params']>['fact']>;
const actOf = (text: string, fact: Told | null, entities: Act['entities'] = []): Act => ({
  intent: 'preferences',
  action: 'set_preference',
  confidence: 0.97,
  source: 'rule',
  span: { start: 0, end: text.length },
  gate: { verdict: 'pass', missing: [], alternatives: [] },
  entities,
  ...(fact && { params: { fact } }),
});
const turnOf = (text: string, change: Partial<Turn>): Turn => ({
  ...emptyTurn(idOf(1, 1), text, AT),
  phase: 'done',
  ...change,
});
const understood = (text: string, fact: Told | null, entities: Act['entities'] = []): UnderstoodAct[] =>
  understoodOf(turnOf(text, { acts: [actOf(text, fact, entities)] }), NOW);
const brief = (acts: readonly UnderstoodAct[]): string[] =>
  acts.map(({ label, pieces }) => [label, ...pieces.map((one) => `${one.label}: ${one.value}`)].join(' | '));

describe('what was told is understood as', () => {
  test.each<[string, Told, string]>([
    [
      'my dentist is Dr. Kim',
      { move: 'save', subject: 'me', attribute: 'dentist', value: 'Dr. Kim' },
      'Remember | dentist: Dr. Kim',
    ],
    [
      'Ann is vegetarian',
      { move: 'save', subject: 'Ann', attribute: 'diet', value: 'vegetarian' },
      "Remember | Ann's diet: vegetarian",
    ],
    ['what do you know about me?', { move: 'list', subject: 'me' }, 'Look up | about: you'],
    ['who is my dentist?', { move: 'find', attribute: 'dentist' }, 'Look up | which: your dentist'],
    ['forget my dentist', { move: 'forget', attribute: 'dentist' }, 'Forget | which: your dentist'],
    [
      'Dr. Kim is not my dentist any more',
      { move: 'save', attribute: 'dentist', value: 'Dr. Kim', is_over: true },
      'No more | dentist: Dr. Kim',
    ],
  ])('%s', (text, fact, words) => {
    expect(brief(understood(text, fact))).toEqual([words]);
  });

  test('the words that its value came from', () => {
    const [act] = understood('my dentist is Dr. Kim', {
      move: 'save',
      attribute: 'dentist',
      value: 'Dr. Kim',
    });
    expect(act?.pieces[0]?.words).toEqual({ text: 'Dr. Kim', start: 14, end: 21 });
  });

  test('a setting by its name and the words, and an answer about a fact as nothing', () => {
    const value = { key: 'working_days', value: { days: ['friday'] } };
    const entity = { slot: 'preference' as const, value, text: 'fridays', start: 16, end: 23, readings: [] };
    expect(brief(understood('I never work on fridays', null, [entity]))).toEqual([
      'Setting | working days: fridays',
    ]);
    expect(understood('Replace', null)).toEqual([]);
  });
});

describe('a receipt says', () => {
  const effect = (kind: string, op: Receipt['effects'][number]['op'], n: number, title: string) => ({
    kind,
    op,
    id: idOf(6, n),
    title,
    reason: '',
    undo: null,
  });
  const card = (fact: Fact): Card => ({ kind: 'fact', data: { fact, change: 'created' } });
  const kim = factOf(2, { value: 'Dr. Kim' });
  const known = new Map([factOf(1), kim].map((fact) => [fact.id, fact]));
  const say = (effects: Receipt['effects'], cards: Card[] = [], acts: UnderstoodAct[] = []): string =>
    sayReceipt(
      { receipt_id: idOf(3, 1), effects },
      { cards, understood: acts, factOf: (id) => known.get(id) },
    );

  test('what became what', () => {
    const replaced = [
      effect('fact', 'create', 2, 'your dentist'),
      effect('fact', 'update', 1, 'your dentist'),
    ];
    expect(say(replaced, [card(kim)])).toBe('Dentist: Dr. Weber → Dr. Kim');
    expect(say(replaced.slice(0, 1), [card(kim)])).toBe('Dentist: Dr. Kim');
    // Without the card that has its value.
    expect(say(replaced)).toBe('Remembered your dentist');
  });
  test('no secret', () => {
    const secret = factOf(2, { attribute: 'wifi password', value: 'hunter2' });
    expect(say([effect('fact', 'create', 2, 'your wifi password')], [card(secret)])).toBe(
      'Remembered your wifi password',
    );
  });
  test('what was forgotten, set and made', () => {
    const forgotten = [
      effect('fact', 'delete', 1, 'your dentist'),
      effect('fact', 'delete', 2, 'your dentist'),
    ];
    expect(say(forgotten)).toBe('Forgot your dentist');
    expect(say([...forgotten, effect('fact', 'delete', 3, 'your gym')])).toBe(
      'Forgot your dentist and 1 more',
    );
    const entity = {
      slot: 'preference' as const,
      value: { key: 'working_days', value: {} },
      text: 'fridays',
      start: 16,
      end: 23,
      readings: [],
    };
    const set = understood('I never work on fridays', null, [entity]);
    expect(say([effect('setting', 'update', 9, 'your settings')], [], set)).toBe('Changed your working days');
    expect(say([effect('setting', 'update', 9, 'your settings')])).toBe('Changed your settings');
    expect(say([effect('task', 'create', 1, 'buy milk'), effect('task', 'create', 2, 'eggs')])).toBe(
      'Created “buy milk” and 1 more',
    );
  });
});

test('what a card lists is not said above it once more, and settings are', () => {
  const facts = [factOf(1), factOf(2, { subject: 'Ann', attribute: 'diet', value: 'vegetarian' })];
  const cards: Card[] = [{ kind: 'facts', data: { facts, total: 2, title: 'What I know about you' } }];
  const lines = [
    'This is what I know about you:',
    '• Your dentist is Dr. Weber, told on Sunday',
    '• Ann is vegetarian, told on Sunday',
  ];
  const shown = (more: string[]): string => {
    const reply = [...lines, ...more].join('\n');
    return shownReply(
      turnOf('what do you know about me?', { cards, result: resultOf(idOf(1, 1), { reply, cards }) }),
    );
  };
  expect(shown([])).toBe('');
  expect(shown(['• You work from Monday to Thursday, as set'])).toBe(
    'This is what I know about you:\n• You work from Monday to Thursday, as set',
  );
});

test('what was told says what became of it', () => {
  const old = factOf(1, { valid_until: '2026-11-22T14:15:00.000Z' });
  const next = factOf(2, { value: 'Dr. Kim', valid_from: '2026-11-22T14:15:00.000Z' });
  const end = (fact: Fact, facts: Fact[] = [], gone = false) => endOf(fact, gone, facts, NOW);
  expect(end(next, [old, next])).toBeNull();
  expect(end(old, [old, next])).toBe('Replaced by Dr. Kim');
  expect(end(old, [old, { ...next, attribute: 'doctor' }])).toBe('Over');
  expect(end(old, [], true)).toBe('Forgotten');
  expect(end(factOf(3, { valid_until: '2090-03-01T00:00:00.000Z' }))).toBeNull();
});

test.each([
  ['wifi password', true],
  ['bank pin', true],
  ['door code', true],
  ['alarm code', true],
  ['zip code', false],
  ['postal code', false],
  ['dress code', false],
  ['dentist', false],
  ['shopping list', false],
])('%s is a secret: %s', (attribute, secret) => {
  expect(isSecret({ attribute })).toBe(secret);
  const said = sayOpenly(factOf(1, { attribute, value: 'zyxquark' }));
  expect(said.includes('zyxquark')).toBe(!secret);
});

test('every store of an erasure has a plain name', () => {
  const names = [...USER_TABLES.map(({ table }) => table), 'redis', 'usage archives'];
  const things = erasedThings(names.map((name) => ({ name, deleted: 1, pseudonymised: 2 })));
  expect(things.reduce((sum, { deleted }) => sum + deleted, 0)).toBe(names.length);
  const own = new Set(names.filter((name) => !['tasks', 'events', 'reminders'].includes(name)));
  expect(things.filter(({ name }) => own.has(name) || own.has(name.replaceAll(' ', '_')))).toEqual([]);
  expect(erasedThings([{ name: 'tasks', deleted: 0, pseudonymised: 0 }])).toEqual([]);
});
