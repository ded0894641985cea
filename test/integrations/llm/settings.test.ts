import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { createLanguageModel } from '../../../integrations/llm/create-language-model.ts';
import { answers } from '../../support/fake-llm-answers.ts';
import { ask, bench, HandClock, KEY, REQUEST } from './bench.ts';

describe('settings', () => {
  const log = pino({ level: 'silent' });

  it('without a key and an address give no model', () => {
    expect(createLanguageModel({ log, clock: new HandClock() })).toBeNull();
    expect(createLanguageModel({ apiKey: ' ', baseUrl: '', log, clock: new HandClock() })).toBeNull();
  });

  it('with a key send it, and without one send none', async () => {
    const { model, llm } = await bench();
    await ask(model);
    const keyless = createLanguageModel({ baseUrl: llm.url, log, clock: new HandClock() });
    await ask(keyless!);
    expect(llm.calls.map((call) => call.headers.authorization)).toEqual([`Bearer ${KEY}`, undefined]);
  });

  it('are taken from nowhere else', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-of-the-shell');
    vi.stubEnv('OPENAI_PROJECT_ID', 'project-of-the-shell');
    vi.stubEnv('OPENAI_ADMIN_KEY', 'key-of-the-shell');
    vi.stubEnv('OPENAI_API_KEY', 'key-of-the-shell');
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/of-the-shell');
    const { llm } = await bench();
    const keyless = createLanguageModel({ baseUrl: llm.url, log, clock: new HandClock() });
    expect((await ask(keyless!)).error).toBeNull();
    expect(JSON.stringify(llm.calls)).not.toContain('of-the-shell');
  });

  it('take an address that ends in a slash', async () => {
    const { llm } = await bench();
    const model = createLanguageModel({ baseUrl: `${llm.url}/`, log, clock: new HandClock() });
    expect((await ask(model!)).completion).toMatchObject({ tries: 1 });
  });

  it.each([
    ['a key of two lines', { apiKey: 'sk-one\nsk-two' }],
    ['a key with a letter that no header takes', { apiKey: 'sk-żółw' }],
    ['an address with a password', { baseUrl: 'http://user:secret@127.0.0.1:1/v1' }],
    ['an address that is none', { baseUrl: 'localhost' }],
  ])('with %s call nobody and repeat nothing of it', async (_what, wrong) => {
    const { model, llm } = await bench(wrong);
    const { error } = await ask(model);
    expect(error).toMatchObject({ kind: 'not_configured', retryable: false, tries: 0 });
    expect(String(error)).not.toMatch(/sk-|secret|localhost/);
    expect(llm.calls).toEqual([]);
  });

  it('name what to check where the key is refused', async () => {
    const { model } = await bench({ always: answers.refuse(401) });
    expect((await ask(model)).error?.message).toBe(
      'The language-model provider does not accept the key. Check OPENAI_API_KEY.',
    );
  });

  it('speak to each model in its own way', async () => {
    const { model, llm } = await bench();
    for (const name of ['gpt-4', 'o1-mini', 'o3', 'o4-mini', 'gpt-5-nano', 'claude-3', 'llama-o1'])
      await ask(model, { request: { ...REQUEST, model: name, temperature: 0.2 } });
    const [plain, reasoning] = [
      { maxTokens: 200, maxCompletionTokens: undefined, temperature: 0.2 },
      { maxTokens: undefined, maxCompletionTokens: 200, temperature: undefined },
    ];
    const expected = [plain, reasoning, reasoning, reasoning, reasoning, plain, plain];
    expect(
      llm.calls.map(({ maxTokens, maxCompletionTokens, temperature }) => ({
        maxTokens,
        maxCompletionTokens,
        temperature,
      })),
    ).toEqual(expected);
  });
});
