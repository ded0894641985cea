import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { turnResult, type TurnResult } from '../../contracts/result.ts';
import {
  turnCost,
  usageStatus,
  usageSummary,
  type UsageStatus,
  type UsageSummary,
} from '../../contracts/usage.ts';
import { eventually } from '../support/eventually.ts';
import { answers, gate } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct, type Product } from '../support/product.ts';
import { Recorder } from '../support/recorder.ts';
import { tokenFor } from '../support/tokens.ts';
import { call } from '../support/wire.ts';

const NO_ROOM = 'Token limit reached. Upgrade to premium.';
const TEXT =
  'Subject: Your course\n\nDear professor,\n\nthank you for your course.\n\nKind regards\n[Your name]';

let product: Product;
let provider: FakeLlm;

beforeAll(async () => {
  provider = await startFakeLlm({ always: answers.text({ text: TEXT }) });
  product = await startProduct({ env: { OPENAI_BASE_URL: provider.url, OPENAI_API_KEY: 'test-key' } });
});
afterAll(() => provider.close());

/** Somebody who asks over REST. */
class Person {
  private constructor(
    readonly userId: string,
    readonly token: string,
  ) {}

  static async come(): Promise<Person> {
    const userId = randomUUID();
    return new Person(userId, await tokenFor(userId));
  }

  async say(query: string): Promise<{ status: number; result: TurnResult }> {
    const { status, body } = await call(product.url, 'POST', '/api/v1/agent/query', {
      token: this.token,
      body: { query, user_id: this.userId },
    });
    return { status, result: turnResult.parse(body) };
  }

  async usage(): Promise<UsageStatus> {
    const { body } = await call(product.url, 'GET', `/api/v1/users/usage?user_id=${this.userId}`, {
      token: this.token,
    });
    return usageStatus.parse(body);
  }

  async summary(): Promise<UsageSummary> {
    const { body } = await call(product.url, 'GET', '/api/v1/usage/summary', { token: this.token });
    return usageSummary.parse(body);
  }
}

describe('the founding outcomes', () => {
  it('a free user drafts twenty emails, is asked nothing, and has used exactly 10,000 tokens', async () => {
    const me = await Person.come();
    expect(await me.usage()).toMatchObject({
      tokens_used: 0,
      limit: 10_000,
      remaining: 10_000,
      subscription_tier: 'free',
    });
    for (let number = 1; number <= 20; number += 1) {
      const { status, result } = await me.say(`draft email to professor #${number}`);
      expect([status, result.status, result.clarification]).toEqual([200, 'completed', null]);
      expect([result.intent, result.action, result.workflow_type]).toEqual(['email', 'draft_email', 'email']);
      expect(result.usage).toMatchObject({ tokens_used: 500, lines: [{ operation: 'email_draft_llm' }] });
      expect(result.reply.startsWith(TEXT)).toBe(true);
      expect(await me.usage()).toMatchObject({ tokens_used: number * 500, remaining: 10_000 - number * 500 });
      // Only the first use of the month says what it costs.
      expect(result.reply.includes('500 of your 10,000 tokens')).toBe(number === 1);
    }

    const { status, result } = await me.say('draft another email');
    expect(status).toBe(402);
    expect(result).toMatchObject({
      status: 'refused',
      decision: 'REFUSE',
      error: NO_ROOM,
      error_code: 'quota_exceeded',
      tokens_needed: 500,
      tokens_remaining: 0,
      usage: { tokens_used: 0 },
    });
    expect(result.cards).toMatchObject([
      {
        kind: 'upgrade',
        data: {
          feature: 'email_draft_llm',
          message: NO_ROOM,
          tokens_needed: 500,
          tokens_remaining: 0,
          alternatives: [{ choice_id: 'template' }],
        },
      },
    ]);
    expect(result.clarification?.choices.map(({ choice_id }) => choice_id)).toContain('template');
    expect(await me.usage()).toMatchObject({ tokens_used: 10_000, remaining: 0 });
    expect((await me.say('buy milk tomorrow')).result.status).toBe('completed');

    const summary = await eventually('all charges to be in the books', async () => {
      const seen = await me.summary();
      return seen.operation_breakdown['email_draft_llm']?.calls === 20 && seen;
    });
    expect(summary).toMatchObject({
      tokens_used_today: 10_000,
      tokens_used_this_month: 10_000,
      quota_remaining: 0,
      subscription_tier: 'free',
    });
    expect(summary.top_operations[0]).toMatchObject({ operation: 'email_draft_llm', tokens_used: 10_000 });
  });

  it('what each turn cost is told, and nearly all of them cost nothing', async () => {
    const me = await Person.come();
    await me.say('buy milk tomorrow');
    await me.say('draft email to professor #1');
    await me.say('what is due this week?');
    const { body } = await call(product.url, 'GET', '/api/v1/usage/turns?limit=3', { token: me.token });
    const costs = z.object({ items: z.array(turnCost) }).parse(body);
    expect(costs.items.map(({ text, action, tokens_used }) => [text, action, tokens_used])).toEqual([
      ['what is due this week?', 'list_tasks', 0],
      ['draft email to professor #1', 'draft_email', 500],
      ['buy milk tomorrow', 'create_task', 0],
    ]);
    const other = await Person.come();
    const { body: none } = await call(product.url, 'GET', '/api/v1/usage/turns', { token: other.token });
    expect(none).toEqual({ items: [] });
  });

  it('premium passes where free is refused', async () => {
    const { body } = await call(product.url, 'POST', '/api/v1/auth/demo', { body: { tier: 'premium' } });
    const { token } = body as { token: string };
    const { body: drafted } = await call(product.url, 'POST', '/api/v1/agent/query', {
      token,
      body: { query: 'draft email to professor #21' },
    });
    expect(turnResult.parse(drafted)).toMatchObject({ status: 'completed', usage: { tokens_used: 500 } });
    const { body: usage } = await call(product.url, 'GET', '/api/v1/users/usage', { token });
    expect(usage).toMatchObject({
      tokens_used: 500,
      limit: null,
      remaining: null,
      subscription_tier: 'premium',
    });
  });

  it('nothing is charged when the provider fails, and a template is given', async () => {
    const me = await Person.come();
    provider.behave({ next: [answers.refuse(400)] });
    const { result } = await me.say('draft an email to my landlord about the heater');
    expect(result).toMatchObject({ status: 'completed', usage: { tokens_used: 0 } });
    expect(result.cards).toMatchObject([{ kind: 'email', data: { draft: { method: 'template' } } }]);
    expect(await me.usage()).toMatchObject({ tokens_used: 0 });
  });
});

describe('an odd answer', () => {
  it.each([
    [
      'has all of the email in its subject',
      `Subject: Dear Ann, ${'the rent is due. '.repeat(20)}`,
      'the rent',
    ],
    ['has a subject of hundreds of words', `Subject: ${'word '.repeat(300)}\n\nThe end`, 'word word'],
    [
      'has control characters in it',
      'Subject: Rent\n\nDear Ann,\u0007 the \u0000rent is due.',
      'Ann, the rent',
    ],
  ])('that %s is a draft all the same, since it was read', async (_what, text, kept) => {
    provider.behave({ next: [answers.text({ text })] });
    const userId = randomUUID();
    const recorder = new Recorder(await tokenFor(userId));
    await recorder.connect(product.url);
    const turnId = randomUUID();
    await recorder.emit('turn.submit', { turn_id: turnId, text: 'draft an email to Ann about rent' });
    const result = await recorder.result(turnId);
    expect(result).toMatchObject({ status: 'completed', usage: { tokens_used: 500 } });
    expect(result.cards).toMatchObject([{ kind: 'email', data: { draft: { method: 'llm' } } }]);
    expect(JSON.stringify(result.cards)).toContain(kept);
    const said = recorder.frames.flatMap((frame) => (frame.type === 'reply.delta' ? [frame.text] : []));
    expect(said.join('')).toBe(result.reply);
    recorder.socket?.disconnect();
  });
});

describe('a long request', () => {
  it.each([
    ['a draft', 'draft an email to Ann about ', 500],
    ['a task', 'buy ', 0],
  ])(
    'for %s is carried out, also where its reason ends in the middle of an emoji',
    async (_what, head, cost) => {
      const me = await Person.come();
      const { result } = await me.say(`${head.padEnd(299, 'x')}😀 and more`);
      expect(result).toMatchObject({ status: 'completed', error: null });
      expect(await me.usage()).toMatchObject({ tokens_used: cost });
    },
  );
});

describe('cancelling a draft', () => {
  async function begin(hold: Promise<void>, from: number) {
    const userId = randomUUID();
    const recorder = new Recorder(await tokenFor(userId));
    await recorder.connect(product.url);
    const turnId = randomUUID();
    provider.behave({
      next: [answers.text({ text: TEXT, before: (index) => (index >= from ? hold : undefined) })],
    });
    const asked = provider.calls.length;
    await recorder.emit('turn.submit', { turn_id: turnId, text: 'draft email to professor Lang' });
    await eventually('the provider to be asked', () => provider.calls.length > asked);
    return { userId, recorder, turnId, call: provider.calls.at(-1) };
  }
  const usageOf = async (userId: string): Promise<UsageStatus> => {
    const { body } = await call(product.url, 'GET', '/api/v1/users/usage', { token: await tokenFor(userId) });
    return usageStatus.parse(body);
  };

  it('before the first word costs nothing, and hangs up on the provider', async () => {
    const hold = gate();
    const { userId, recorder, turnId, call: asked } = await begin(hold.passed, 0);
    const ack = await recorder.emit('turn.cancel', { turn_id: turnId });
    expect(ack).toMatchObject({ ok: true, state: 'cancelled' });
    expect((await recorder.result(turnId)).status).toBe('cancelled');
    await eventually('the provider to be left', () => asked?.hungUp);
    hold.open();
    expect(await usageOf(userId)).toMatchObject({ tokens_used: 0 });
    recorder.socket?.disconnect();
  });

  it('in the middle of the text costs what was given', async () => {
    const hold = gate();
    const { userId, recorder, turnId } = await begin(hold.passed, 3);
    await eventually('the first words to be seen', () =>
      recorder.frames.some((frame) => frame.type === 'reply.delta'),
    );
    await recorder.emit('turn.cancel', { turn_id: turnId });
    const result = await recorder.result(turnId);
    expect(result).toMatchObject({ status: 'cancelled', usage: { tokens_used: 500 } });
    expect(result.reply).toMatch(/^Subject: Your [\s\S]*Stopped there\. Nothing was kept; the 500 tokens/);
    await eventually('the charge', async () => (await usageOf(userId)).tokens_used === 500);
    hold.open();
    recorder.socket?.disconnect();
  });
});
