import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { answers } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct } from '../support/product.ts';
import { letter, promptOf } from './letters.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
let llm: FakeLlm;
/** The same, with a plan that has tokens for a letter and for nothing else. */
let scarceUrl: string;
beforeAll(async () => {
  llm = await startFakeLlm();
  const env = { OPENAI_BASE_URL: llm.url };
  ({ url } = await startProduct({ env }));
  ({ url: scarceUrl } = await startProduct({ env: { ...env, FREE_TOKENS_PER_MONTH: '550' } }));
  return () => llm.close();
}, 60_000);
beforeEach(() => {
  llm.calls.length = 0;
  llm.behave({ always: answers.text({ text: letter }) });
});

const ASKED = 'draft an email to Tom about the retreat as we discussed';

async function planner(at = url): Promise<Talk> {
  const me = await talk(at, { tier: 'free' });
  await me.say('add a task to book the old mill for the retreat with 30 people');
  return me.elsewhere();
}

describe('a letter about what was discussed', () => {
  it('is given what was said in another conversation, and says what that costs', async () => {
    const me = await planner();
    const heard = await me.say(ASKED);
    heard.says(/I gave it one earlier message of yours \(100 tokens\)/);
    expect(promptOf(llm.calls[0])).toMatch(
      /^What the user said earlier, by day: 2026-11-18: .*the old mill/m,
    );
    expect(heard.result.usage.tokens_used).toBe(600);
    expect(heard.result.usage.lines.map(({ operation }) => operation).toSorted()).toEqual([
      'conversation_context',
      'email_draft_llm',
    ]);
  });

  it('goes without where the words do not ask for it', async () => {
    const me = await planner();
    const heard = await me.say('draft an email to Tom about the retreat');
    expect(promptOf(llm.calls[0])).not.toMatch(/old mill/);
    expect(heard.result.usage.tokens_used).toBe(500);
  });

  it('goes without where tokens are left for the letter alone, and says so', async () => {
    const me = await planner(scarceUrl);
    const heard = await me.say(ASKED);
    heard.says(/I left out what was said before/);
    expect(promptOf(llm.calls[0])).not.toMatch(/old mill/);
    expect(heard.result.usage.tokens_used).toBe(500);
  });
});
