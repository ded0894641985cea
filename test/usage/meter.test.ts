import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FencedError } from '../../contracts/records.ts';
import { recordUsage } from '../../db/usage-records.ts';
import { QuotaExceeded } from '../../usage/quota-exceeded.ts';
import { answers } from '../support/fake-llm-answers.ts';
import { Books, draftStep } from './books.ts';

describe('the meter', () => {
  it('charges a feature its flat cost, whatever the provider counts', async () => {
    const books = await Books.open();
    const place = await books.turn();
    books.provider.behave({ always: answers.text({ usage: { prompt_tokens: 40, completion_tokens: 60 } }) });
    expect(await books.draft(place)).toBe(500);
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
    expect(await books.events()).toMatchObject([
      {
        period: '2026-11-01',
        kind: 'usage',
        operation: 'email_draft_llm',
        model: 'gpt-4',
        tokens_used: 500,
        cost_usd: '0.003',
        intent: 'email',
        metadata: { function: 'draft_email', success: true, prompt_tokens: 40, completion_tokens: 60 },
      },
    ]);
    expect(books.delivered).toEqual(await books.events());
  });

  it('charges any other call the tokens it used, and never more than it reserved', async () => {
    const books = await Books.open();
    const place = await books.turn();
    const step = { operation: 'conversation_turn', model: 'gpt-3.5-turbo' } as const;
    books.provider.behave({ next: [answers.text({ usage: { prompt_tokens: 9, completion_tokens: 12 } })] });
    expect(await books.draft(place, step)).toBe(21);
    const other = { ...place, ordinal: 1 };
    books.provider.behave({
      next: [answers.text({ usage: { prompt_tokens: 9, completion_tokens: 9_000_000 } })],
    });
    const charged = await books.draft(other, step);
    const worst = await books.db('llm_calls').where({ ordinal: 1 }).first<{ reserved_tokens: number }>();
    expect(charged).toBe(worst.reserved_tokens);
    expect(charged).toBeLessThan(400);
  });

  it.each([
    ['missing', null],
    ['negative', { prompt_tokens: -5, completion_tokens: 10 }],
    ['huge', { prompt_tokens: 1e15, completion_tokens: 1 }],
    ['no number', { prompt_tokens: 'NaN', completion_tokens: 'many' }],
  ])('estimates usage that is %s', async (_name, usage) => {
    const books = await Books.open();
    const place = await books.turn();
    books.provider.behave({ next: [answers.text({ text: 'Dear Ann, thank you.', usage })] });
    const charged = await books.draft(place, { operation: 'conversation_turn', model: 'gpt-3.5-turbo' });
    expect(charged).toBeGreaterThan(5);
    expect(charged).toBeLessThan(100);
    expect((await books.events())[0]?.metadata.estimated).toBe(true);
  });

  it('buys an answer once: the next attempt is given the same one', async () => {
    const books = await Books.open();
    const place = await books.turn();
    const said = await books.meter.withMeter(draftStep(place), (call) =>
      call.complete({ signal: AbortSignal.timeout(5_000) }),
    );
    const pieces: string[] = [];
    const again = await books.meter.withMeter(draftStep(place), (call) =>
      call.complete({ signal: AbortSignal.timeout(5_000), onText: (piece) => void pieces.push(piece) }),
    );
    expect(again.value).toBe(said.value);
    expect(pieces.join('')).toBe(said.value);
    expect(again.line).toEqual(said.line);
    expect(again.line.tokens_used).toBe(500);
    expect(again.line.cost_usd).toBeGreaterThan(0);
    expect(books.provider.calls).toHaveLength(1);
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
    const events = await books.events();
    expect(events).toHaveLength(1);
    await recordUsage(books.db, events);
    const third = await books.meter.withMeter(draftStep(place), (call) =>
      call.complete({ signal: AbortSignal.timeout(5_000) }),
    );
    expect(third.line).toEqual(said.line);
  });

  it('gives back what was charged for another question at the same place', async () => {
    const books = await Books.open();
    const place = await books.turn();
    await books.draft(place);
    await books.draft(place, {
      prompt: { messages: [{ role: 'user', content: 'To Bob.' }], maxOutputTokens: 300 },
    });
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
    const events = await books.events();
    expect(events.map(({ kind, tokens_used }) => `${kind} ${tokens_used}`).toSorted()).toEqual([
      'refund -500',
      'usage 500',
      'usage 500',
    ]);
    expect(events.find(({ kind }) => kind === 'refund')).toMatchObject({
      reason: 'superseded',
      cost_usd: '0',
    });
  });

  it.each([
    ['an error of the provider', answers.refuse(500), 'unavailable'],
    ['a refusal', answers.refuse(400), 'refused_by_provider'],
    ['too many requests', answers.tooMany('0'), 'rate_limited'],
    ['a provider that says nothing', answers.hangBeforeHeaders(), 'timeout'],
    ['an answer that stops in the middle', answers.hangMidStream(['Dear ']), 'timeout'],
  ])('takes nothing for %s', async (_name, answer, kind) => {
    const books = await Books.open();
    const place = await books.turn();
    books.provider.behave({ always: answer });
    await expect(books.draft(place)).rejects.toMatchObject({ name: 'LanguageModelError', kind });
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
    expect(await books.events()).toMatchObject([
      { tokens_used: 0, metadata: { success: false, error_type: kind } },
    ]);
  });

  it('takes nothing for an answer that is not accepted, and writes down what it cost', async () => {
    const books = await Books.open();
    const place = await books.turn();
    books.provider.behave({ always: answers.text({ usage: { prompt_tokens: 50, completion_tokens: 50 } }) });
    const refused = books.meter.withMeter(draftStep(place), async (call) => {
      await call.complete({ signal: AbortSignal.timeout(5_000) });
      throw Object.assign(new Error('not what was wanted'), { kind: 'bad_answer' });
    });
    await expect(refused).rejects.toThrow('not what was wanted');
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
    expect(await books.events()).toMatchObject([
      { tokens_used: 0, cost_usd: '0.003', metadata: { success: false, error_type: 'bad_answer' } },
    ]);
  });

  it('tells what an answer cost to twelve places, also where it is used again', async () => {
    const books = await Books.open();
    const place = await books.turn();
    books.provider.behave({ always: answers.text({ usage: { prompt_tokens: 150, completion_tokens: 30 } }) });
    const costOf = async (): Promise<number> =>
      (
        await books.meter.withMeter(draftStep(place), (call) =>
          call.complete({ signal: AbortSignal.timeout(5_000) }),
        )
      ).line.cost_usd;
    expect(await costOf()).toBe(0.0054);
    expect(await costOf()).toBe(0.0054);
    expect(books.provider.calls).toHaveLength(1);
  });

  it('refuses in the fixed words, reserves nothing, and calls nobody', async () => {
    const books = await Books.open({ free_tokens: 700 });
    const place = await books.turn();
    await books.draft(place);
    const few = books.draft({ ...place, ordinal: 1 });
    await expect(few).rejects.toThrow('Insufficient tokens. Need 500, have 200.');
    await expect(few).rejects.toBeInstanceOf(QuotaExceeded);
    const spent = await Books.open({ free_tokens: 500 });
    const other = await spent.turn();
    await spent.draft(other);
    await expect(spent.draft({ ...other, ordinal: 1 })).rejects.toThrow(
      'Token limit reached. Upgrade to premium.',
    );
    expect(books.provider.calls).toHaveLength(1);
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
  });

  it('lets premium pass at no limit, and counts all the same', async () => {
    const books = await Books.open({ free_tokens: 100 });
    const place = await books.turn();
    await books.db('users').where({ id: place.userId }).update({ tier: 'premium' });
    expect(await books.draft(place)).toBe(500);
    expect(await books.accounts.status(place.userId, books.clock.now())).toMatchObject({
      tokens_used: 500,
      limit: null,
      remaining: null,
      subscription_tier: 'premium',
    });
  });

  it('does not send premium to premium, where premium has a limit', async () => {
    const books = await Books.open({ premium_tokens: 500 });
    const place = await books.turn();
    await books.db('users').where({ id: place.userId }).update({ tier: 'premium' });
    await books.draft(place);
    await expect(books.draft({ ...place, ordinal: 1 })).rejects.toThrow(/^Token limit reached\.$/);
  });

  it('calls no model that has no price, and says so', async () => {
    const books = await Books.open();
    const place = await books.turn();
    await expect(books.draft(place, { model: 'mystery-1' })).rejects.toMatchObject({
      code: 'feature_unavailable',
      message: expect.stringContaining('No price is set for the model "mystery-1"') as string,
    });
    expect(books.provider.calls).toHaveLength(0);
    expect(await books.events()).toHaveLength(0);
  });

  it('reserves nothing for an attempt that has been replaced, or a turn that has ended', async () => {
    const books = await Books.open();
    const place = await books.turn();
    await expect(books.draft({ ...place, fence: 2 })).rejects.toBeInstanceOf(FencedError);
    await books.end(place, 'cancelled');
    await expect(books.draft(place)).rejects.toBeInstanceOf(FencedError);
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
  });

  it('meters what no turn asked for', async () => {
    const books = await Books.open();
    const { userId } = await books.turn();
    const job = randomUUID();
    const place = {
      userId,
      sessionId: null,
      turnId: null,
      fence: null,
      scopeId: job,
      step: 0,
      ordinal: 0,
      intent: null,
    };
    expect(await books.draft(place)).toBe(500);
    expect(await books.events()).toMatchObject([{ turn_id: null, session_id: null, tokens_used: 500 }]);
  });

  it('charges a feature that calls no model', async () => {
    const books = await Books.open({}, { withModel: false });
    const place = await books.turn();
    const step = { operation: 'schedule_optimization', model: null, prompt: null } as const;
    const { value, line } = await books.meter.withMeter({ ...draftStep(place), ...step }, () =>
      Promise.resolve('planned'),
    );
    expect([value, line.tokens_used, line.cost_usd]).toEqual(['planned', 300, 0]);
    expect(await books.quota(place.userId)).toEqual({ used: 300, reserved: 0 });
  });
});

describe('many at once', () => {
  it('never get over the limit: 200 turns on what is left for three', async () => {
    const books = await Books.open({ free_tokens: 10_000 });
    const userId = randomUUID();
    const places = await Promise.all(Array.from({ length: 200 }, () => books.turn(userId)));
    await books.db('usage_quotas').insert({
      user_id: userId,
      period: '2026-11-01',
      monthly_token_limit: 10_000,
      tokens_used_this_month: 8_300,
      last_reset_at: new Date('2026-11-01T00:00:00Z'),
      subscription_tier: 'free',
      updated_at: books.clock.now(),
    });
    const ends = await Promise.allSettled(places.map((place) => books.draft(place)));
    const refused = ends.filter((end) => end.status === 'rejected');
    expect(ends.length - refused.length).toBe(3);
    for (const { reason } of refused) expect(reason).toBeInstanceOf(QuotaExceeded);
    expect(await books.quota(userId)).toEqual({ used: 9_800, reserved: 0 });
    expect(await books.db('llm_calls').where({ state: 'reserved' })).toEqual([]);
    expect(await books.events(userId)).toHaveLength(3);
  });
});
