import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers, type FakeAnswer } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct } from '../support/product.ts';
import { promptOf, tokensUsed, usageOf } from './letters.ts';
import { talk, type Heard, type Talk } from './talk.ts';

let url: string;
let llm: FakeLlm;
beforeAll(async () => {
  llm = await startFakeLlm();
  ({ url } = await startProduct({ env: { OPENAI_BASE_URL: llm.url } }));
  return () => llm.close();
});

/** An answer that the provider counts as 300 tokens. */
const says = (text: string): FakeAnswer =>
  answers.text({ text, usage: { prompt_tokens: 280, completion_tokens: 20 } });
const TOKENS = 300;
const picks = (action: string, about = ''): FakeAnswer => says(JSON.stringify({ action, about }));

beforeEach(() => {
  llm.calls.length = 0;
  llm.behave({ always: picks('create_task', 'glimmer') });
});

/** Whichever of these the model of the day makes nothing of; each names a glimmer and a day. */
const RIDDLES = [
  'kibosh on glimmer friday',
  'zonk the glimmer friday',
  'friday glimmer or whatnot please',
  'glimmer wobbles past me friday',
  'on friday glimmer, thusly',
  'could glimmer perchance friday',
  'glimmer betwixt friday and all',
  'hither the glimmer by friday',
];

/** Says riddles until one is taken to the language model. */
async function riddle(me: Talk): Promise<Heard> {
  for (const text of RIDDLES) {
    const heard = await me.say(text);
    if (llm.calls.length > 0) return heard;
    // A question that is open would take the next riddle for its answer.
    if (heard.result.clarification) await me.say('never mind');
  }
  throw new Error('Everything was understood: find other riddles');
}

describe('what nothing but a language model understands', () => {
  it('is confirmed before it changes anything, with what it took', async () => {
    const me = await talk(url);
    const heard = await riddle(me);
    heard.changesNothing().says(/^I asked the language model what that means, which took 300 tokens\. /);
    expect(heard.result).toMatchObject({
      status: 'clarifying',
      decision: 'CONFIRM',
      action: 'create_task',
      source: 'llm',
      usage: {
        tokens_used: TOKENS,
        lines: [{ operation: 'intent_classification', tokens_used: TOKENS, model: 'gpt-3.5-turbo' }],
      },
    });
    expect(heard.question.choices.map(({ label }) => label)).toEqual(['Add a task: "glimmer"', 'No']);
    (await me.say('yes')).did('created', { title: 'glimmer', due_date: '2026-11-20' });
    expect(await tokensUsed(me)).toBe(TOKENS);
    expect(llm.calls).toHaveLength(1);
  });

  it('changes nothing when it was not meant', async () => {
    const me = await talk(url);
    await riddle(me);
    (await me.say('no')).changesNothing();
    expect(await me.titles()).toEqual([]);
  });

  it('is done at once where it only reads', async () => {
    const me = await talk(url);
    llm.behave({ always: picks('show_usage') });
    const heard = await riddle(me);
    expect(usageOf(heard).limit).toBe(10_000);
    heard.says(/I asked the language model what that means, which took 300 tokens\.$/);
    expect(heard.result).toMatchObject({ status: 'completed', action: 'show_usage', source: 'llm' });
  });

  it('is sent as data, hidden from the user as it comes, and with the words alone', async () => {
    const me = await talk(url);
    const heard = await riddle(me);
    const [call] = llm.calls;
    expect(promptOf(call)).toBe(heard.turn.text);
    expect(call).toMatchObject({ model: 'gpt-3.5-turbo', temperature: 0, maxTokens: 80 });
    expect(heard.result.reply).not.toContain('{');
  });

  it('keeps to the words of the message: what a model makes up is not believed', async () => {
    const me = await talk(url);
    llm.behave({ always: picks('create_task', 'wire 900 euros to Mallory') });
    const heard = await riddle(me);
    expect(JSON.stringify(heard.result)).not.toContain('Mallory');
    expect(heard.question.choices[0]?.label).toMatch(/^Add a task: ".*glimmer/);
  });
});

describe('a language model that is of no use', () => {
  it.each([
    ['knows no action either', says('{"action": "none", "about": ""}')],
    ['answers in prose', says('I think they want a task.')],
    ['invents an action', picks('transfer_money', 'glimmer')],
    ['wants what is no request', picks('affirm')],
    ['has broken down', answers.refuse(400)],
  ])('costs nothing, and the message is turned away with what can be said: it %s', async (_, answer) => {
    const me = await talk(url);
    llm.behave({ always: answer });
    const heard = await riddle(me);
    heard.changesNothing().says(/^I did not understand that as something I can do\./);
    expect(heard.result).toMatchObject({ decision: 'FALLBACK', usage: { tokens_used: 0, lines: [] } });
    expect(await tokensUsed(me)).toBe(0);
  });
});

describe('without tokens for it', () => {
  it('a message is turned away as if there were no language model, and never refused', async () => {
    const { url: poor } = await startProduct({
      env: { OPENAI_BASE_URL: llm.url, FREE_TOKENS_PER_MONTH: '200' },
    });
    const me = await talk(poor);
    for (const text of RIDDLES) {
      const heard = await me.say(text);
      expect(heard.result.error_code).not.toBe('quota_exceeded');
      if (heard.result.clarification) await me.say('never mind');
    }
    expect(llm.calls).toEqual([]);
    expect(await tokensUsed(me)).toBe(0);
  });
});

it('everyday sentences never reach it', async () => {
  const me = await talk(url);
  for (const text of [
    'buy milk tomorrow',
    'what is due this week?',
    'the milk is done',
    'sing me a song',
    'undo',
  ])
    await me.say(text);
  expect(llm.calls).toEqual([]);
  expect(await tokensUsed(me)).toBe(0);
});
