import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EMPTY_CONTEXT } from '../../contracts/context.ts';
import { PulseError } from '../../contracts/errors.ts';
import { QuotaExceeded } from '../../usage/quota-exceeded.ts';
import { draftEmail } from '../../workers/workflows/email/draft.ts';
import type { Step, Work } from '../../workers/workflows/outcome.ts';
import type { OperationVerdict, WordingModel } from '../../workers/workflows/ports.ts';

const NOW = new Date('2026-11-18T09:00:00Z');
const RESETS = new Date('2026-12-01T00:00:00Z');
const FEATURE = 'email_draft_llm';
const ALLOWED: OperationVerdict = {
  allowed: true,
  operation: FEATURE,
  tier: 'free',
  cost: 500,
  used: 0,
  limit: 10_000,
  resetsAt: RESETS,
};
type Reason = Extract<OperationVerdict, { allowed: false }>['reason'];
const refusedFor = (reason: Reason): OperationVerdict => ({
  allowed: false,
  operation: FEATURE,
  tier: 'free',
  reason,
  code: 'feature_unavailable',
  message: 'No.',
  instead: 'a draft from a template',
  needed: 500,
  remaining: 10_000,
  limit: 10_000,
  resetsAt: RESETS,
});

const unread = (): Promise<never> => Promise.reject(new Error('A draft does not read this'));

function workWith(model: WordingModel): Work {
  const status = {
    tokens_used: 0,
    limit: 10_000,
    remaining: 10_000,
    period: '2026-11',
    resets_at: RESETS.toISOString(),
    subscription_tier: 'free' as const,
  };
  const settings = {
    timezone: 'UTC',
    week_start: 'monday' as const,
    working_hours: { start: '09:00', end: '17:00' },
    work_days: ['monday' as const],
    briefing_time: null,
    email_style: 'neutral' as const,
    quiet_hours: null,
    event_minutes: 60,
    task_minutes: 60,
    next_weekday: 'coming' as const,
    memory: 'on' as const,
  };
  return {
    action: 'draft_email',
    slots: { recipient: ['Ann'] },
    missing: [],
    skipped: [],
    confirmed: null,
    choice: null,
    chosen: [],
    answered: {},
    step: 0,
    words: 'draft an email to Ann',
    timezone: 'UTC',
    reference: NOW,
    turn: { id: randomUUID(), sessionId: randomUUID() },
    receivedAt: NOW,
    now: NOW,
    context: EMPTY_CONTEXT,
    recalled: [],
    remembers: true,
    ports: {
      userId: randomUUID(),
      tasks: { list: unread, find: unread, last: unread, match: unread, groups: unread },
      events: {
        namesakes: unread,
        within: unread,
        around: unread,
        find: unread,
        last: unread,
        ofSeries: unread,
        blocksOf: unread,
        blocksGone: unread,
        match: unread,
        version: unread,
      },
      reminders: { list: unread, find: unread, match: unread },
      contacts: { match: unread, list: unread },
      facts: { list: () => Promise.resolve([]) },
      items: { find: unread },
      after: unread,
      drafts: { list: unread, find: unread, match: unread, said: unread },
      search: { find: unread, words: unread },
      settings: { read: () => Promise.resolve(settings), stored: unread },
      receipts: {
        find: unread,
        undoable: unread,
        recent: unread,
        last: unread,
        completed: unread,
        dueWords: unread,
        since: unread,
        rows: unread,
        charged: unread,
      },
      usage: { status: () => Promise.resolve(status), terms: unread, month: unread },
    },
    model,
    say: { progress: () => undefined },
    newId: randomUUID,
  };
}

const failing = (error: Error): Promise<Step> =>
  draftEmail(
    workWith({ check: () => Promise.resolve(ALLOWED), word: () => Promise.reject(error), charge: unread }),
  );

const outcomeOf = (step: Step) => {
  if (!('done' in step)) throw new Error(`A question was asked: ${step.ask.question}`);
  return step.done;
};

describe('a language model that may not be used', () => {
  it.each([
    ['no_model', 'No language model is set up here, so this is from a template.'],
    ['no_price', 'No price is set for the language model here, so this is from a template.'],
    ['flag', 'Drafts by the language model are switched off here at the moment, so this is from a template.'],
    ['off', 'Drafts by the language model are switched off here at the moment, so this is from a template.'],
    ['plan', 'Drafts by the language model are part of premium, so this is from a template.'],
  ] as const)('%s: a template, and why', async (reason, words) => {
    const model = { check: () => Promise.resolve(refusedFor(reason)), word: unread, charge: unread };
    const { reply, executionResult } = outcomeOf(await draftEmail(workWith(model)));
    expect(reply.split('\n\n')[0]).toBe(words);
    expect(executionResult).toMatchObject({ method: 'template', gated: reason });
    expect(executionResult).not.toHaveProperty('tokens_used');
  });
});

describe('between the look at the quota and the call', () => {
  it('another call has taken the tokens: refused with what is there by then', async () => {
    const step = await failing(new QuotaExceeded(FEATURE, 500, -100, 'free'));
    const message = 'Token limit reached. Upgrade to premium.';
    expect(step).toMatchObject({
      ask: {
        slot: 'email_type',
        refused: { code: 'quota_exceeded', message, tokens: { needed: 500, remaining: 0 } },
        cards: [{ kind: 'upgrade', data: { message, tokens_remaining: 0, limit: 10_000 } }],
      },
    });
  });

  it('the price has been taken away: a template', async () => {
    const step = await failing(new PulseError('feature_unavailable', 'No price is set.'));
    expect(outcomeOf(step).executionResult).toMatchObject({ method: 'template' });
  });

  it('the turn has ended: nothing stands in', async () => {
    await expect(failing(new PulseError('already_answered', 'Gone.'))).rejects.toThrow('Gone.');
    await expect(failing(new Error('disk full'))).rejects.toThrow('disk full');
  });
});
