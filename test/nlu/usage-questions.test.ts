import { describe, expect, test } from 'vitest';
import type { ActParams } from '../../contracts/nlu.ts';
import { parseText, question, understand } from './understand.ts';

const ASKED: Record<NonNullable<ActParams['about']>, string[]> = {
  left: [
    'how many tokens do I have left?',
    'gimme my quota',
    'tokens?',
    'quota',
    'do i have enough tokens left',
    'how much of my quota did I use this month',
    "what's my limit",
  ],
  price: [
    'what does a draft cost?',
    'how much is an email?',
    'how many tokens does a draft use?',
    'is drafting free?',
    'do drafts cost money?',
    'how many emails can I still write?',
    'do I have enough for another email?',
    'what does it cost?',
    'how much does this cost?',
    'is it free?',
    'are templates free?',
    'does a template cost anything?',
    'how many drafts are left?',
    'how many drafts do I have left',
    'can I afford another draft',
    "what's the price of a draft",
    'how expensive is a draft?',
    'do I have to pay for drafts?',
  ],
  plan: [
    'what plan am I on',
    'am I premium?',
    "what's my plan",
    'what is the limit on the free plan?',
    'what happens when I run out?',
    'what if I run out of tokens?',
    'what happens if I hit the limit',
    'what does the free plan include',
    'is there a free plan?',
  ],
  today: [
    'what did I spend today?',
    'how many tokens did I use today?',
    'how many tokens did I use yesterday?',
    "today's usage",
    'usage today',
  ],
  reset: [
    'when does my quota reset',
    'when do I get new tokens?',
    'when will it reset?',
    'do tokens roll over?',
    'do unused tokens expire?',
  ],
  meaning: ['what is a token?', 'what are tokens?', 'what does token mean', 'explain tokens'],
  spent: [
    'what did I spend my tokens on?',
    'show me my usage history',
    'usage last month',
    'how much did I use this week',
    'why was I charged?',
    'how much did that cost?',
    'what did that draft cost',
    'did that cost anything?',
    'was that free?',
    'where did my tokens go?',
    'what was I charged for',
  ],
  refund: ['refund me', 'I want a refund', 'give me my tokens back'],
  cancel: [
    'stop charging me',
    'downgrade',
    'downgrade my plan',
    'cancel my subscription',
    'how do I cancel my subscription',
    'cancel premium',
    'unsubscribe',
  ],
  model: ['which model do you use?', 'what AI are you', 'are you chatgpt?', 'what model writes my drafts'],
};

describe.each(Object.entries(ASKED))('a question about usage: %s', (about, texts) => {
  test.each(texts)('%s', async (text) => {
    const [act] = (await understand(text)).acts;
    expect(act).toMatchObject({ action: 'show_usage', entities: [], gate: { verdict: 'pass' } });
    expect(act?.params?.about ?? 'left').toBe(about);
  });

  test.each(texts)('"%s" is no answer to an open question', async (text) => {
    expect((await understand(text, { questions: [question()] })).continuation.kind).toBe('none');
  });
});

describe('the wish for more', () => {
  test.each([
    'I need more tokens',
    'I need more drafts',
    'buy more drafts',
    'how much does premium cost per month?',
    'what does premium include?',
    'where can I get premium',
  ])('%s', async (text) => {
    expect((await understand(text)).acts[0]).toMatchObject({ action: 'upgrade', gate: { verdict: 'pass' } });
  });
});

describe('something else', () => {
  test.each([
    ["what's left in my budget this month?", 'list_tasks'],
    ['how many drafts do I have', 'search_email'],
    ['can I write another email?', 'draft_email'],
    ['draft an email to Bob about the price', 'draft_email'],
    ['draft an email to Ann to cancel my subscription', 'draft_email'],
    ['remember to cancel my netflix subscription', 'create_task'],
    ['i need to cancel my gym membership tomorrow', 'create_task'],
    ['ask for a refund tomorrow', 'create_task'],
    ['get a refund for the shoes', 'create_task'],
    ['buy tokens for the bus', 'create_task'],
    ['quota for sales by friday', 'create_task'],
    ['what is the plan for today', 'daily_briefing'],
    ['how much is the rent', 'out_of_scope'],
    ['/help', 'help'],
  ])('%s', async (text, action) => {
    const { act } = await parseText(text);
    expect(act.action).toBe(action);
    expect(act.params?.about).toBeUndefined();
  });
});
