import { describe, expect, test } from 'vitest';
import type { Draft } from '../../contracts/entities.ts';
import type { Card } from '../../contracts/result.ts';
import type { UsageItem } from '../../contracts/usage.ts';
import { cardLines, isTold } from '../../scripts/chat/cards.ts';
import { shownReply } from '../../web/chat/shown-reply.ts';
import { daysOf, monthBefore, monthOfItems, sayMonth } from '../../web/client/month-usage.ts';
import { emptyTurn, type Turn } from '../../web/client/turn-view.ts';
import {
  operationName,
  sayCharge,
  sayException,
  sayMoment,
  sayPrice,
  sayQuota,
  sayTokens,
} from '../../web/client/usage-words.ts';
import { chartDays, dayTicks, seriesOf } from '../../web/usage/series.ts';
import { sayPlan } from '../../web/usage/use-plan.ts';
import { idOf, resultOf } from './session-log.ts';

const AT = '2026-11-22T14:20:59.000Z';
/** On this device's clock. */
const localTime = (...parts: [number, number, number, number?, number?]): string =>
  new Date(...parts).toISOString();
const NOW = new Date(2026, 10, 22, 14, 20);

const itemOf = (n: number, change: Partial<UsageItem> = {}): UsageItem => ({
  id: idOf(7, n),
  timestamp: localTime(2026, 9, 5, 12),
  operation: 'email_draft_llm',
  model: 'gpt-4',
  tokens_used: 500,
  cost_usd: 0.015,
  session_id: null,
  turn_id: null,
  intent: 'email',
  success: true,
  reason: null,
  ...change,
});

describe('usage in words', () => {
  test('names operations as people would, and those it does not know by their words', () => {
    expect(operationName('email_draft_llm')).toBe('Email drafts');
    expect(operationName('mood_reading')).toBe('Mood reading');
  });

  test('tells numbers, quotas and plans', () => {
    expect(sayTokens(1)).toBe('1 token');
    expect(sayTokens(10_000)).toBe('10,000 tokens');
    expect(sayQuota({ tokens_used: 500, limit: 10_000 })).toBe('500 of 10,000');
    expect(sayQuota({ tokens_used: 500, limit: null })).toBe('Premium');
    expect(sayPrice({ email_draft_llm: 1_500 }, 'email_draft_llm')).toBe('1,500 of your monthly tokens');
    expect(sayPrice({ email_draft_llm: 0 }, 'email_draft_llm')).toBe('no tokens');
    expect(sayPrice(undefined, 'email_draft_llm')).toBe('some of your monthly tokens');
    const friday = localTime(2026, 11, 4);
    expect(sayPlan(null, 'premium', NOW)).toBe('Premium');
    expect(sayPlan({ tier: 'premium', status: 'active', expires_at: friday }, 'free', NOW)).toBe(
      'Premium · active until Friday 4 December',
    );
    expect(sayPlan({ tier: 'free', status: 'expired', expires_at: friday }, 'free', NOW)).toBe(
      'Free plan · premium ended on Friday 4 December',
    );
    expect(sayPlan({ tier: 'free', status: 'none', expires_at: null }, 'free', NOW)).toBe('Free plan');
  });

  test('tells a moment by its day, with the time and the year where they are not plain', () => {
    expect(sayMoment(localTime(2026, 11, 1), NOW)).toBe('Tuesday 1 December');
    expect(sayMoment(localTime(2026, 11, 1, 1, 30), NOW)).toBe('Tuesday 1 December, 01:30');
    expect(sayMoment(localTime(2027, 0, 1), NOW)).toBe('Friday 1 January 2027');
  });

  test.each([
    [{}, '500', null],
    [{ tokens_used: 0 }, '0', null],
    [{ tokens_used: 0, success: false }, 'not charged', 'It failed'],
    [{ tokens_used: 500, success: false }, '500', 'You stopped it'],
    [{ tokens_used: -1_500, reason: 'turn_failed' }, '−1,500', 'Given back: the request failed'],
    [{ tokens_used: -500, reason: 'bad_weather' }, '−500', 'Given back: bad weather'],
  ] as const)('tells what the line %o cost and why', (change, charge, exception) => {
    expect(sayCharge(itemOf(1, change))).toBe(charge);
    expect(sayException(itemOf(1, change))).toBe(exception);
  });
});

describe('a month', () => {
  test('has its days and the month before it', () => {
    expect(daysOf('2028-02')).toEqual({ start: '2028-02-01', end: '2028-02-29' });
    expect(monthBefore('2026-01')).toBe('2025-12');
    expect(sayMonth('2026-11')).toBe('November 2026');
  });

  test('is added up from its lines, and a line beyond its midnights counts at its edge', () => {
    const usage = monthOfItems('2026-10', [
      itemOf(1),
      itemOf(2, { tokens_used: -500, reason: 'cancelled' }),
      itemOf(3, { timestamp: localTime(2026, 10, 1, 0, 30), operation: 'advanced_search', tokens_used: 400 }),
      itemOf(4, { timestamp: localTime(2026, 8, 30, 23), tokens_used: 500 }),
    ]);
    expect(usage.total).toBe(900);
    expect(
      usage.operations.map(({ operation, tokens_used, calls }) => [operation, tokens_used, calls]),
    ).toEqual([
      ['email_draft_llm', 500, 2],
      ['advanced_search', 400, 1],
    ]);
    expect(usage.days).toEqual([
      { date: '2026-10-01', operations: { email_draft_llm: 500 } },
      { date: '2026-10-05', operations: { email_draft_llm: 0 } },
      { date: '2026-10-31', operations: { advanced_search: 400 } },
    ]);
  });

  test('has a colour for the five greatest at most, and the rest is added up', () => {
    const items = Array.from({ length: 7 }, (_, n) =>
      itemOf(n, { operation: `kind_${n}`, tokens_used: 100 * (n + 1) }),
    );
    const usage = monthOfItems('2026-10', items);
    const series = seriesOf(usage);
    expect(series.map(({ name }) => name)).toEqual(['Kind 6', 'Kind 5', 'Kind 4', 'Kind 3', 'Other']);
    const days = chartDays(usage, series);
    expect(days).toHaveLength(31);
    expect(days[4]?.tokens).toEqual({ kind_6: 700, kind_5: 600, kind_4: 500, kind_3: 400, other: 600 });
    expect(Object.keys(days[5]?.tokens ?? {})).toEqual([]);
    expect(dayTicks(days.length)).toEqual([1, 5, 10, 15, 20, 25, 31]);
  });
});

const DRAFT: Draft = {
  id: idOf(8, 1),
  recipients: ['anna@example.com'],
  subject: 'Our trip',
  body: 'Dear Anna,\n\nlet us go.\n\nMia',
  email_type: 'general',
  tone: 'neutral',
  method: 'llm',
  status: 'draft',
  addresses: [],
  send_at: null,
  sent_at: null,
  version: 1,
  created_at: AT,
  updated_at: AT,
};
const EMAIL: Card = { kind: 'email', data: { draft: DRAFT, change: 'created' } };
const UPGRADE: Card = {
  kind: 'upgrade',
  data: {
    feature: 'email_draft_llm',
    message: 'Insufficient tokens. Need 500, have 300.',
    tokens_needed: 500,
    tokens_remaining: 300,
    limit: 10_000,
    resets_at: localTime(2026, 11, 1),
    alternatives: [{ choice_id: 'template', label: 'Use a template' }],
  },
};
const turnWith = (reply: string, cards: Card[], change: Partial<Turn> = {}): Turn => ({
  ...emptyTurn(idOf(1, 1), 'words', AT),
  phase: 'done',
  cards,
  result: resultOf(idOf(1, 1), { reply, cards }),
  ...change,
});

describe('a reply beside its card', () => {
  test.each([
    ['Subject: Our trip\n\nDear Anna,\n\nlet us go.\n\nMia\n\nKept as a draft.', 'Kept as a draft.'],
    ['No model here.\n\nSubject: Our trip\r\n\r\nDear Anna,\r\n\r\nlet us go.\r\n\r\nMia', 'No model here.'],
    ['The subject: is it good?', 'The subject: is it good?'],
  ])('has no letter that the card has: %j', (reply, shown) => {
    expect(shownReply(turnWith(reply, [EMAIL]))).toBe(shown);
  });

  test('has no refusal and no question that the card has', () => {
    const question = {
      clarification_id: idOf(2, 1),
      slot: 'email_type' as const,
      kind: 'choice' as const,
      question: 'From a template instead?',
      choices: [{ choice_id: 'template', label: 'Use a template' }],
      expires_at: AT,
    };
    const reply = 'Insufficient tokens. Need 500, have 300. From a template instead?';
    expect(shownReply(turnWith(reply, [UPGRADE], { question }))).toBe('');
    const plain: Card = { ...UPGRADE, data: { ...UPGRADE.data, alternatives: [] } };
    expect(shownReply(turnWith(reply, [plain], { question }))).toBe('From a template instead?');
  });
});

describe('a card in the terminal', () => {
  test('is the letter, unless the reply was', () => {
    expect(cardLines(EMAIL, '')).toEqual([
      'To anna@example.com  (created)',
      'Our trip',
      '│ Dear Anna,',
      '│ ',
      '│ let us go.',
      '│ ',
      '│ Mia',
      'written by the language model',
    ]);
    expect(isTold(EMAIL, `Subject: Our trip\n\n${DRAFT.body}\n\nKept.`)).toBe(true);
    expect(isTold({ ...EMAIL, data: { draft: DRAFT, change: 'deleted' } }, DRAFT.body)).toBe(false);
  });

  test('of a draft that the reply lists is no letter', () => {
    const shown: Card = { kind: 'email', data: { draft: DRAFT, change: 'shown' } };
    expect(isTold(shown, '1. "Our trip" to anna@example.com')).toBe(true);
    expect(isTold(shown, '1. "Our trip"')).toBe(false);
    expect(cardLines(shown, '1. "Our trip"')).toEqual(['Our trip  To anna@example.com']);
    expect(isTold(shown, `"Our trip":\n\n${DRAFT.body}`)).toBe(true);
    expect(cardLines(shown, 'Here it is.')).toHaveLength(8);
  });

  test('tells usage and a refusal with its numbers', () => {
    const usage: Card = {
      kind: 'usage',
      data: {
        tokens_used: 500,
        limit: 10_000,
        remaining: 9_500,
        period: '2026-11',
        resets_at: localTime(2026, 11, 1),
        subscription_tier: 'free',
      },
    };
    expect(cardLines(usage, '')[0]).toMatch(
      /^500 of 10,000 tokens · 9,500 left · starts anew on Tuesday 1 December/,
    );
    const [numbers, free] = cardLines(UPGRADE, 'Insufficient tokens. Need 500, have 300.');
    expect(numbers).toMatch(/^needs 500 · 300 of 10,000 tokens left · starts anew on/);
    expect(free).toBe('without tokens: Use a template');
    expect(cardLines(UPGRADE, '')[0]).toBe('Insufficient tokens. Need 500, have 300.');
  });
});
