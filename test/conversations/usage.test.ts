import { DateTime } from 'luxon';
import { beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
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
    expect(heard.result.reply).toBe(
      `You have used 500 of your 700 tokens this month; 200 are left. They start anew on ${nextMonth()}. Everyday requests and drafts from templates cost nothing.`,
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
    heard.says(/^You are on premium: no limit\. You have used 1,000 this month\./);
    expect(usageOf(heard)).toMatchObject({ limit: null, remaining: null, tokens_used: 1_000 });
  });
});

const FREE = 'Everyday requests and drafts from templates cost nothing.';
const COSTS = 'A draft of an email by the language model costs 500 tokens.';

/** The day on which the months of tokens begin. */
function nextMonth(): string {
  const day = DateTime.utc().startOf('month').plus({ months: 1 }).setLocale('en');
  return day.toFormat(day.month === 1 ? 'cccc d LLLL yyyy' : 'cccc d LLLL');
}

describe('a question about usage', () => {
  it('is told the price, how many drafts are left, and what is free', async () => {
    const me = await talk(url);
    const asked = await me.say('what does a draft cost?');
    expect(asked.result.reply).toBe(`${COSTS} You have 700 left, enough for 1 draft. ${FREE}`);
    asked.changesNothing();
    await me.say('draft email to professor #1');
    const poor = await me.say('do I have enough for another email?');
    expect(poor.result.reply).toBe(
      `${COSTS} You have 200 left, not enough for one. They start anew on ${nextMonth()}. ${FREE}`,
    );
  });

  it('is told the plan, and what happens when nothing is left', async () => {
    const me = await talk(url);
    expect((await me.say('what happens when I run out?')).result.reply).toBe(
      `You are on the free plan: 700 tokens a month. 700 of them are left. When they run out, your drafts are from templates until they start anew on ${nextMonth()}; all else goes on as before. Premium has no limit.`,
    );
  });

  it('is told what was used today, and what for, as soon as it is used', async () => {
    const me = await talk(url);
    (await me.say('what did I spend today?')).says(/^You have used no tokens today\. The usage page shows/);
    (await me.say('what did I spend my tokens on?')).says(/^You have used no tokens this month\./);
    await me.say('draft email to professor #1');
    (await me.say('how many tokens did I use today?')).says(/^You have used 500 tokens today\./);
    const told = await eventually('the books have the draft', async () => {
      const heard = await me.say('why was I charged?');
      return /moment ago/.test(heard.result.reply) ? undefined : heard;
    });
    expect(told.result.reply).toBe(
      `You have used 500 tokens this month:\n• email drafts by the language model: 500\nThe usage page shows each use. ${FREE}`,
    );
  });

  it.each([
    ['when does my quota reset', /^You have 700 tokens a month\. They start anew on .+ not carried over\.$/],
    ['what is a token?', /counted in\. A draft .+ costs 500 tokens\. The free plan has 700 tokens a month\./],
    ['refund me', /^What gave you nothing costs nothing: .+App Store/],
    ['cancel my subscription', /^You are on the free plan: you pay nothing, so there is nothing to cancel\./],
    ['which model do you use?', /^Drafts of emails are worded by the language model gpt-4\. All else/],
  ])('"%s"', async (words, reply) => {
    const heard = await (await talk(url)).say(words);
    heard.says(reply).changesNothing();
    expect(usageOf(heard)).toMatchObject({ limit: 700 });
  });

  it.each([
    ['what does a draft cost?', `You are on premium: no limit. ${COSTS} ${FREE}`],
    [
      'what plan am I on',
      'You are on premium: no limit. You have used 0 this month. The free plan has 700 tokens a month.',
    ],
  ])('"%s" on premium', async (words, reply) => {
    expect((await (await talk(url, { tier: 'premium' })).say(words)).result.reply).toBe(reply);
  });
});

describe('a premium plan with a limit', () => {
  it('is told with it', async () => {
    const { url: limited } = await startProduct({ env: { PREMIUM_TOKENS_PER_MONTH: '50000' } });
    const me = await talk(limited, { tier: 'premium' });
    (await me.say('what plan am I on')).says(/^You are on premium: 50,000 tokens a month\. 50,000 of them/);
    (await me.say('show my usage')).says(/^You are on premium\. You have used 0 of your 50,000 tokens/);
    (await me.say('upgrade')).says(/^You are on premium already: 50,000 tokens a month\./);
    const free = await talk(limited);
    (await free.say('how much does premium cost?')).says(/^Premium has 50,000 tokens a month for drafts/);
    // No language model is set up there.
    (await free.say('what does a draft cost?')).says(
      /^No language model is set up here, so your drafts are from templates\./,
    );
  });
});

describe('help', () => {
  it.each(['help', '/help', 'what can you do?'])('"%s" names drafts and tokens', async (words) => {
    const heard = await (await talk(url)).say(words);
    heard.says(/draft an email to .+• show my drafts\n• how many tokens do I have left\?.+templates.+free/s);
  });
});

describe('a draft that is taken back', () => {
  it('keeps its tokens, and says so', async () => {
    const me = await talk(url);
    const drafted = await me.say('draft email to professor #1');
    (await me.undo(drafted)).says(/^Undone: .+\. The 500 tokens it took stay used\.$/);
    await me.say('undo that undo');
    // It was paid for once.
    expect((await me.say('undo')).result.reply).not.toMatch(/token/);
    expect(await tokensUsed(me)).toBe(500);
  });

  it('says nothing of tokens where it took none', async () => {
    const me = await talk(url);
    const heard = await me.sayAll('draft an email to Ann with a template', 'undo');
    heard.says(/^Undone: .+\.$/);
    expect(heard.result.reply).not.toMatch(/token/);
  });
});

describe('an upgrade', () => {
  it.each(['upgrade to premium', 'how much does premium cost per month?', 'I need more drafts'])(
    '"%s" is told what it gives and how to get it',
    async (words) => {
      const heard = await (await talk(url)).say(words);
      expect(heard.result.reply).toBe(
        `Premium has no token limit for drafts by the language model. Subscribe in the PulsePlan app, through the App Store, which shows the price. ${FREE}`,
      );
      heard.changesNothing();
      expect(offerOf(heard)).toMatchObject({
        feature: null,
        tokens_needed: 0,
        tokens_remaining: 700,
        limit: 700,
        alternatives: [],
      });
    },
  );

  it('is not needed twice', async () => {
    const heard = await (await talk(url, { tier: 'premium' })).say('upgrade to premium');
    heard.says(/^You are on premium already: no token limit\. The App Store shows its price\.$/);
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
