import { describe, expect, it } from 'vitest';
import { FencedError } from '../../contracts/records.ts';
import { expireCalls } from '../../db/metering.ts';
import { answers, gate } from '../support/fake-llm-answers.ts';
import { eventually } from '../support/eventually.ts';
import { Books, draftStep } from './books.ts';

describe('a turn that gave its user nothing', () => {
  it.each(['failed', 'refused', 'cancelled'] as const)(
    'gives back what it was charged when %s',
    async (how) => {
      const books = await Books.open();
      const place = await books.turn();
      await books.draft(place);
      await books.end(place, how);
      expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
      const events = await books.events();
      expect(events.reduce((sum, event) => sum + event.tokens_used, 0)).toBe(0);
      expect(events.find(({ kind }) => kind === 'refund')).toMatchObject({
        period: '2026-11-01',
        tokens_used: -500,
        reason: how === 'failed' ? 'turn_failed' : how,
      });
    },
  );

  it('keeps the charge of a turn that was done', async () => {
    const books = await Books.open();
    const place = await books.turn();
    await books.draft(place);
    await books.end(place, 'completed');
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
  });

  it('is cancelled before anything was seen: the call costs nothing, also when it answers later', async () => {
    const books = await Books.open();
    const place = await books.turn();
    const hold = gate();
    books.provider.behave({ next: [answers.text({ before: () => hold.passed })] });
    const drafting = books.draft(place);
    drafting.catch(() => undefined);
    await eventually('the call to be made', () => books.provider.calls.length === 1);
    await books.end(place, 'cancelled');
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
    hold.open();
    await expect(drafting).rejects.toBeInstanceOf(FencedError);
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
    expect(await books.events()).toMatchObject([{ tokens_used: 0, metadata: { success: true } }]);
  });

  it('is cancelled after text was seen: what was given is charged', async () => {
    const books = await Books.open();
    const place = await books.turn();
    const hold = gate();
    const controller = new AbortController();
    books.provider.behave({
      next: [answers.text({ before: (index) => (index === 1 ? hold.passed : undefined) })],
    });
    const drafting = books.meter.withMeter(draftStep(place), (call) =>
      call.complete({ signal: controller.signal, onText: () => void call.shown() }),
    );
    drafting.catch(() => undefined);
    await eventually('the first words to be seen', async () => {
      const row = await books.db('llm_calls').first<{ shown_at: Date | null } | undefined>('shown_at');
      return row?.shown_at;
    });
    await books.end(place, 'cancelled');
    // With the end of the turn, whatever becomes of who made the call.
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
    expect(await books.events()).toEqual([]);
    controller.abort();
    await expect(drafting).rejects.toMatchObject({ kind: 'aborted' });
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
    expect(await books.events()).toMatchObject([
      { tokens_used: 500, metadata: { success: false, error_type: 'aborted', estimated: true } },
    ]);
    hold.open();
  });
});

describe('a draft that was read, corrected, and cancelled', () => {
  it('is charged once', async () => {
    const books = await Books.open();
    const place = await books.turn();
    await books.meter.withMeter(draftStep(place), async (call) => {
      await call.complete({ signal: AbortSignal.timeout(5_000) });
      await call.shown();
    });
    await books.draft(place, {
      prompt: { messages: [{ role: 'user', content: 'To Bob.' }], maxOutputTokens: 300 },
    });
    await books.end(place, 'cancelled');
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
  });
});

describe('a turn that was corrected while it drafted', () => {
  it('gives back what its first attempt was charged, if the second wants nothing of it', async () => {
    const books = await Books.open();
    const place = await books.turn();
    await books.draft(place);
    await books.end(place, 'completed', { calls: [] });
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
    expect((await books.events()).find(({ kind }) => kind === 'refund')).toMatchObject({ reason: 'unused' });
  });

  it('is not charged for what was stopped in its favour, though some of it was seen', async () => {
    const books = await Books.open();
    const place = await books.turn();
    const controller = new AbortController();
    books.provider.behave({ next: [answers.hangMidStream(['Dear '])] });
    const stopped = books.meter.withMeter(draftStep(place), (call) =>
      call.complete({
        signal: controller.signal,
        onText: () => void call.shown().then(() => controller.abort()),
      }),
    );
    await expect(stopped).rejects.toMatchObject({ kind: 'aborted' });
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
  });
});

describe('a call whose maker died', () => {
  it('is taken over by the next attempt, and charged once', async () => {
    const books = await Books.open();
    const place = await books.turn();
    books.provider.behave({ next: [answers.hangBeforeHeaders()] });
    const lost = books.draft(place);
    lost.catch(() => undefined);
    await eventually('the call to be made', () => books.provider.calls.length === 1);
    await books.db('conversation_turns').where({ id: place.turnId }).update({ fence: 2 });
    expect(await books.draft({ ...place, fence: 2 })).toBe(500);
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
    await expect(lost).rejects.toMatchObject({ kind: 'timeout' });
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
  });

  it('ends with its reservation, reported and not charged', async () => {
    const books = await Books.open();
    const place = await books.turn();
    const hold = gate();
    books.provider.behave({ next: [answers.text({ before: () => hold.passed })] });
    const late = books.draft(place);
    late.catch(() => undefined);
    await eventually('the call to be made', () => books.provider.calls.length === 1);
    expect(await expireCalls(books.db, books.clock.now(), 100)).toBe(0);
    books.clock.pass(91_000);
    expect(await expireCalls(books.db, books.clock.now(), 100)).toBe(1);
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
    hold.open();
    await expect(late).rejects.toBeInstanceOf(FencedError);
    expect(await books.quota(place.userId)).toEqual({ used: 0, reserved: 0 });
    expect(await books.events()).toMatchObject([{ tokens_used: 0, metadata: { error_type: 'expired' } }]);
  });
});

describe('a cancelled call that was seen, and whose maker died', () => {
  it('is in the books with its charge when it expires', async () => {
    const books = await Books.open();
    const place = await books.turn();
    books.provider.behave({ next: [answers.hangMidStream(['Dear '])] });
    let shown: Promise<void> | undefined;
    const lost = books.meter.withMeter(draftStep(place), (call) =>
      call.complete({
        signal: AbortSignal.timeout(10_000),
        onText: () => void (shown = call.shown()),
      }),
    );
    lost.catch(() => undefined);
    await eventually('the first words to be seen', () => shown !== undefined);
    await shown;
    await books.end(place, 'cancelled');
    await books.db('llm_calls').update({ expires_at: books.clock.now() });
    expect(await expireCalls(books.db, new Date(books.clock.now().getTime() + 1), 10)).toBe(1);
    expect(await books.events()).toMatchObject([{ tokens_used: 500 }]);
    await expect(lost).rejects.toMatchObject({ kind: 'timeout' });
    expect(await books.quota(place.userId)).toEqual({ used: 500, reserved: 0 });
    expect(await books.events()).toHaveLength(1);
  });
});
