import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct } from '../support/product.ts';
import { promptOf, tokensUsed } from './letters.ts';
import { talk } from './talk.ts';

let url: string;
let poor: string;
let llm: FakeLlm;
beforeAll(async () => {
  llm = await startFakeLlm();
  const env = { OPENAI_BASE_URL: llm.url };
  [{ url }, { url: poor }] = await Promise.all([
    startProduct({ env }),
    startProduct({ env: { ...env, FREE_TOKENS_PER_MONTH: '100' } }),
  ]);
  return () => llm.close();
});
beforeEach(() => {
  llm.calls.length = 0;
  llm.behave({ always: answers.text({ text: 'Study session' }) });
});

describe('a vague title', () => {
  it.each(['skip', 'you choose'])(
    'is worded fuller after "%s", with its price the first time',
    async (left) => {
      const me = await talk(url);
      (await me.say('create a task to study')).asks({ slot: 'title', words: /What do you want to study\?/ });
      expect(llm.calls).toHaveLength(0);
      const heard = (await me.say(left)).did('created', { title: 'Study session' });
      heard.says(
        'Added "Study session". I worded "study" a little fuller. This used 150 of your 10,000 tokens.',
      );
      expect(heard.result.usage).toMatchObject({
        tokens_used: 150,
        lines: [{ operation: 'title_enrichment', tokens_used: 150 }],
      });
      expect(promptOf(llm.calls[0])).toContain('"title":"study"');
      expect(await tokensUsed(me)).toBe(150);
    },
  );

  it.each([
    ['has a fact that was not said', 'Study physics for Monday'],
    ['is long', 'study '.repeat(40)],
    ['is empty', ' "" '],
    ['has markup', '<b>study</b>'],
  ])('stays as it was said where the answer %s, and nothing is charged', async (_what, text) => {
    llm.behave({ always: answers.text({ text }) });
    const me = await talk(url);
    await me.say('create a task to study');
    (await me.say('skip')).did('created', { title: 'study' }).says(/I kept it as it was said/);
    expect(await tokensUsed(me)).toBe(0);
  });

  it('stays as it was said where the model can’t be reached', async () => {
    llm.behave({ always: answers.refuse(401) });
    const me = await talk(url);
    await me.say('create a task to study');
    (await me.say('skip')).did('created', { title: 'study' });
    expect(await tokensUsed(me)).toBe(0);
  });

  it('stays as it was said without tokens, and no model is asked', async () => {
    const me = await talk(poor);
    await me.say('create a task to study');
    (await me.say('skip')).did('created', { title: 'study' }).says(/I kept it as it was said/);
    expect(llm.calls).toHaveLength(0);
  });

  it('is asked about first, and an answer costs nothing', async () => {
    const me = await talk(url);
    await me.say('create a task to study');
    (await me.say('physics')).did('created', { title: 'study physics' });
    expect(llm.calls).toHaveLength(0);
  });
});
