import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { answers, gate } from '../support/fake-llm-answers.ts';
import { startFakeLlm, type FakeLlm } from '../support/fake-llm.ts';
import { startProduct } from '../support/product.ts';
import { draftOf, letter, promptOf, tokensUsed } from './letters.ts';
import { talk, type Talk } from './talk.ts';

let url: string;
let llm: FakeLlm;
beforeAll(async () => {
  llm = await startFakeLlm();
  ({ url } = await startProduct({ env: { OPENAI_BASE_URL: llm.url } }));
  return () => llm.close();
});
beforeEach(() => {
  llm.calls.length = 0;
  llm.behave({ always: answers.text({ text: letter }) });
});

describe('a correction while the draft is being made', () => {
  /** A draft that the provider was asked for and that waits for its first word. */
  async function begin(me: Talk, words: string) {
    const held = gate();
    llm.behave({ next: [answers.text({ text: letter, before: () => held.passed })] });
    const turnId = me.session.submit(words);
    await eventually('the provider is asked', () => llm.calls.length === 1);
    return { turnId, held };
  }

  it.each([
    ['no, to Bob', 'To: Bob', 'To'],
    ['I meant to Bob', 'To: Bob', 'To'],
    ['actually, make it to Bob', 'To: Bob', 'To'],
    ['no, about the exam', 'Subject: the exam', 'Subject'],
  ])('"%s" begins it again with what holds, and one draft is charged', async (words, line, name) => {
    const me = await talk(url);
    const { turnId, held } = await begin(me, 'draft an email to Tim about tea');
    const correction = me.session.submit(words);
    const told = await me.heard(correction);
    expect(told.result).toMatchObject({
      action: 'draft_email',
      workflow_type: 'email',
      amended_turn_id: turnId,
      usage: { tokens_used: 0 },
    });
    const heard = await me.heard(turnId);
    held.open();
    expect(draftOf(heard).recipients).toEqual([name === 'To' ? 'Bob' : 'Tim']);
    expect(llm.calls).toHaveLength(2);
    const lines = promptOf(llm.calls[1]).split('\n');
    expect(lines).toContain(line);
    expect(lines).toContain(`Said after the request, in place of what it says: ${name}`);
    expect(heard.result.usage.tokens_used).toBe(500);
    expect(await tokensUsed(me)).toBe(500);
    expect((await me.say('show my drafts')).result.execution_result).toMatchObject({ total: 1 });
    expect(await me.titles()).toEqual([]);
  });

  it('holds for a draft that went on with an answer, too', async () => {
    const me = await talk(url);
    await me.say('draft an email about tea');
    const { turnId, held } = await begin(me, 'Tim');
    await me.heard(me.session.submit('no, to Bob'));
    expect(draftOf(await me.heard(turnId)).recipients).toEqual(['Bob']);
    held.open();
    expect(await tokensUsed(me)).toBe(500);
  });

  it('comes too late after it: no task, no other draft', async () => {
    const me = await talk(url);
    await me.say('draft an email to Tim about tea');
    for (const words of ['no, to Bob', 'I meant to Bob', 'actually, make it to Bob']) await me.say(words);
    expect(llm.calls).toHaveLength(1);
    expect(await tokensUsed(me)).toBe(500);
    expect(await me.titles()).toEqual([]);
  });
});

describe('the free way', () => {
  it.each([
    'compose a message to Dr. Meier concerning my application with a template',
    'write a sick note to my teacher, template',
    'write an email to Ann about tea without using tokens',
    'draft a free email to Bob about tea',
  ])('is taken where it was asked for: "%s"', async (words) => {
    const me = await talk(url);
    const heard = await me.say(words);
    expect(draftOf(heard).method).toBe('template');
    expect(JSON.stringify(draftOf(heard))).not.toMatch(/with a template|using tokens/);
    expect(llm.calls).toHaveLength(0);
  });

  it.each([['Bob, with a template'], ['template please', 'Bob']])(
    'is taken where it was said to "Who is it for?": %s',
    async (...words) => {
      const me = await talk(url);
      const heard = await me.sayAll('draft an email about tea', ...words);
      expect(draftOf(heard)).toMatchObject({ method: 'template', recipients: ['Bob'] });
      expect(llm.calls).toHaveLength(0);
    },
  );
});

describe('"Who is it for?"', () => {
  it.each(['cancel lunch with Tom', 'buy milk tomorrow', "what's due today"])(
    '"%s" is something else, and is not charged as a draft',
    async (words) => {
      const me = await talk(url);
      (await me.say('draft an email about tea')).asks({ slot: 'recipient' });
      await me.say(words);
      expect(llm.calls).toHaveLength(0);
      expect(me.open).toHaveLength(1);
      expect(draftOf(await me.say('professor Lang')).recipients).toEqual(['professor Lang']);
    },
  );

  it.each(['did you draft an email?', "don't draft an email"])('"%s" asks for none', async (words) => {
    const me = await talk(url);
    (await me.say(words)).changesNothing();
    expect(me.open).toHaveLength(0);
    expect(llm.calls).toHaveLength(0);
    expect(await me.titles()).toEqual([]);
  });
});

it('a suggestion keeps an address whole', async () => {
  (await (await talk(url)).say('zz example.com 42')).says('say "add zz example.com 42"');
});
