import { DateTime } from 'luxon';
import { beforeAll, describe, expect, it } from 'vitest';
import { answers } from '../support/fake-llm-answers.ts';
import { startFakeLlm } from '../support/fake-llm.ts';
import { startProduct } from '../support/product.ts';
import { call, person } from '../support/wire.ts';
import { draftOf, letter, offerOf, tokensUsed, usageOf } from './letters.ts';
import { talk } from './talk.ts';

let url: string;
beforeAll(async () => {
  const llm = await startFakeLlm({ always: answers.text({ text: letter }) });
  ({ url } = await startProduct({ env: { OPENAI_BASE_URL: llm.url, FREE_TOKENS_PER_MONTH: '700' } }));
  return () => llm.close();
});

describe('what is used', () => {
  it('is told in words and as a card, with the day on which it begins anew', async () => {
    const me = await talk(url);
    const first = await me.say('show my usage');
    first.says(/^You have used 0 of your 700 tokens this month; 700 are left\. They start anew on /);
    await me.say('draft email to professor #1');
    const heard = await me.say('how many tokens do I have left?');
    const day = DateTime.utc().startOf('month').plus({ months: 1 }).setLocale('en');
    const on = day.toFormat(day.month === 1 ? 'cccc d LLLL yyyy' : 'cccc d LLLL');
    expect(heard.result.reply).toBe(
      `You have used 500 of your 700 tokens this month; 200 are left. They start anew on ${on}. Everyday requests and drafts from templates cost nothing.`,
    );
    expect(usageOf(heard)).toMatchObject({
      tokens_used: 500,
      limit: 700,
      remaining: 200,
      subscription_tier: 'free',
    });
    expect(heard.result).toMatchObject({ workflow_type: null, usage: { tokens_used: 0 } });
  });

  it('has no limit on premium', async () => {
    const me = await talk(url, { tier: 'premium' });
    await me.sayAll('draft email to professor #1', 'draft email to professor #2');
    const heard = await me.say('show my usage');
    heard.says(/^You are on premium: no token limit\. You have used 1,000 this month\./);
    expect(usageOf(heard)).toMatchObject({ limit: null, remaining: null, tokens_used: 1_000 });
  });
});

describe('an upgrade', () => {
  it('is told what it gives and how to get it', async () => {
    const heard = await (await talk(url)).say('upgrade to premium');
    heard.says(/no monthly token limit.+App Store/).changesNothing();
    expect(offerOf(heard)).toMatchObject({
      feature: null,
      tokens_needed: 0,
      tokens_remaining: 700,
      limit: 700,
      alternatives: [],
    });
  });

  it('is not needed twice', async () => {
    const heard = await (await talk(url, { tier: 'premium' })).say('upgrade to premium');
    heard.says(/^You are on premium already\.$/);
  });
});

describe('a quota with something left, but too little', () => {
  it('is refused with both numbers', async () => {
    const me = await talk(url);
    await me.say('draft email to professor #1');
    const refused = await me.say('draft email to professor #2');
    const message = 'Insufficient tokens. Need 500, have 200.';
    refused
      .refused('quota_exceeded')
      .says(`${message} Do you want it from a template instead? That is free.`);
    expect(refused.result).toMatchObject({ error: message, tokens_needed: 500, tokens_remaining: 200 });
    expect(offerOf(refused)).toMatchObject({ message, tokens_needed: 500, tokens_remaining: 200 });
    expect(draftOf(await me.tap(refused, 'Use a template')).method).toBe('template');
  });

  it.each(['use a template', 'template', 'yes please', 'ok', 'the first one', 'you choose'])(
    '"%s" takes the template',
    async (words) => {
      const me = await talk(url);
      await me.sayAll('draft email to professor #1', 'draft an email to Ann');
      expect(draftOf(await me.say(words))).toMatchObject({ method: 'template', recipients: ['Ann'] });
      expect(await tokensUsed(me)).toBe(500);
    },
  );

  it.each(['no', 'never mind', 'no thanks'])('"%s" leaves it', async (words) => {
    const me = await talk(url);
    await me.sayAll('draft email to professor #1', 'draft an email to Ann');
    (await me.say(words)).says(/^All right, I dropped that question/);
    expect(me.open).toEqual([]);
  });

  it('is a 402 over REST, with the whole result', async () => {
    const { token } = await person();
    const query = (words: string) =>
      call(url, 'POST', '/api/v1/agent/query', { token, body: { query: words } });
    expect((await query('draft email to professor #1')).status).toBe(200);
    expect(await query('draft email to professor #2')).toMatchObject({
      status: 402,
      body: {
        status: 'refused',
        decision: 'REFUSE',
        error: 'Insufficient tokens. Need 500, have 200.',
        error_code: 'quota_exceeded',
        tokens_needed: 500,
        tokens_remaining: 200,
      },
    });
    expect((await query('buy milk tomorrow')).status).toBe(200);
  });
});
