import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import type {
  ChatRequest,
  LanguageModel,
  LanguageModelFailure,
  ProviderUsage,
} from '../../../integrations/llm/language-model.ts';
import { eventually } from '../../support/eventually.ts';
import type { FakeLlm } from '../../support/fake-llm.ts';
import { answers, gate, type FakeAnswer } from '../../support/fake-llm-answers.ts';
import { ask, permit, PROMPT, REQUEST } from './bench.ts';

/** What the suite needs: a model and the provider behind it. It waits for nothing between its tries. */
type Subject = (script: {
  always: FakeAnswer;
}) => Promise<{ model: LanguageModel; llm: FakeLlm; key: string }>;

const PIECES = ['Dear ', 'grandmother', ', żółw 🐢', '\n\n', 'thank you.'];
const TEXT = PIECES.join('');

/** What every provider may do, and what a call says of it. */
const FAILURES: [what: string, answer: FakeAnswer, kind: LanguageModelFailure, tries: number][] = [
  ['has too many calls', answers.tooMany(), 'rate_limited', 3],
  ['fails inside', answers.refuse(500), 'unavailable', 3],
  ['is overloaded', answers.refuse(503), 'unavailable', 3],
  ['gives up waiting', answers.refuse(408), 'unavailable', 3],
  ['has a conflict', answers.refuse(409), 'unavailable', 3],
  ['hangs up before it answers', answers.cutBeforeHeaders(), 'unavailable', 3],
  ['hangs up before any text', answers.endMidStream(['']), 'unavailable', 3],
  ['streams an error before any text', answers.errorEvent(), 'unavailable', 3],
  ['streams a status before any text', answers.errorEvent([], 429), 'rate_limited', 3],
  ['streams that it has too many calls', answers.errorEvent([], 'rate_limit_exceeded'), 'rate_limited', 3],
  ['names an event an error', answers.bytes([Buffer.from('event: error\ndata: {}\n\n')]), 'unavailable', 3],
  ['answers with an error in JSON', answers.bytes([Buffer.from('{"error":{"code":502}}')]), 'unavailable', 3],
  ['streams that it does not know the key', answers.errorEvent([], 401), 'refused_by_provider', 1],
  [
    'streams that it wants to be paid',
    answers.errorEvent([], 'insufficient_quota'),
    'refused_by_provider',
    1,
  ],
  ['finds the request wrong', answers.refuse(400), 'refused_by_provider', 1],
  ['does not know the key', answers.refuse(401), 'refused_by_provider', 1],
  ['does not allow the model', answers.refuse(403), 'refused_by_provider', 1],
  ['does not know the model', answers.refuse(404), 'refused_by_provider', 1],
  ['finds the request too long', answers.refuse(413), 'refused_by_provider', 1],
  ['wants to be paid', answers.refuse(429, { code: 'insufficient_quota' }), 'refused_by_provider', 1],
  ['sends the caller elsewhere', answers.redirect('http://127.0.0.1:1/v1'), 'refused_by_provider', 1],
  ['shows a page', answers.html(), 'bad_answer', 1],
  ['sends garbage', answers.garbage(), 'bad_answer', 1],
  ['sends nothing', answers.bytes([]), 'bad_answer', 1],
  ['says it is done before it began', answers.bytes([Buffer.from('data: [DONE]\n\n')]), 'bad_answer', 1],
  ['sends no JSON', answers.invalidChunk(), 'bad_answer', 1],
  ['sends other JSON', answers.bytes([Buffer.from('{"pong":true}')]), 'bad_answer', 1],
  ['sends half a JSON answer', answers.bytes([Buffer.from('{"choices":[{"mess')]), 'bad_answer', 1],
];

/** What a provider may state as its count, and what is made of it. */
const COUNTS: [what: string, stated: unknown, usage: ProviderUsage | null][] = [
  ['a count', { prompt_tokens: 21, completion_tokens: 9 }, { promptTokens: 21, completionTokens: 9 }],
  [
    'a count of nothing',
    { prompt_tokens: 0, completion_tokens: 0 },
    { promptTokens: 0, completionTokens: 0 },
  ],
  ['nothing', null, null],
  ['half a count', { prompt_tokens: 21 }, null],
  ['a negative count', { prompt_tokens: 21, completion_tokens: -9 }, null],
  ['a fantastic count', { prompt_tokens: 21, completion_tokens: 10_000_000 }, null],
  ['a count past all numbers', { prompt_tokens: 1e300, completion_tokens: 9 }, null],
  ['a broken count', { prompt_tokens: 21.5, completion_tokens: 9 }, null],
  ['a count in words', { prompt_tokens: '21', completion_tokens: 'NaN' }, null],
  ['a count of another kind', 'NaN', null],
];

/** The same suite for everything that calls a language model. */
export function conformsToLanguageModel(name: string, start: Subject): void {
  describe(`${name}: an answer`, () => {
    it('comes in pieces and in order, each before the next is sent', async () => {
      const shown = PIECES.map(() => gate());
      const { model } = await start({
        always: answers.text({ pieces: PIECES, before: (index) => shown[index - 1]?.passed }),
      });
      let seen = 0;
      const outcome = await ask(model, { onText: () => shown[seen++]?.open() });
      expect(outcome.shown).toEqual(PIECES);
      expect(outcome.completion).toMatchObject({ text: TEXT, finishReason: 'stop', tries: 1 });
    });

    it('may come without anybody who reads along', async () => {
      const { model } = await start({ always: answers.text({ pieces: PIECES }) });
      const { signal } = new AbortController();
      expect(await model.complete(permit(), REQUEST, { signal })).toMatchObject({ text: TEXT });
    });

    it('may come whole from a server that does not stream', async () => {
      const usage = { prompt_tokens: 3, completion_tokens: 4 };
      const { model } = await start({ always: answers.plainJson({ text: TEXT, usage }) });
      const outcome = await ask(model);
      expect(outcome.shown).toEqual([TEXT]);
      const counted = { promptTokens: 3, completionTokens: 4 };
      expect(outcome.completion).toEqual({ text: TEXT, finishReason: 'stop', usage: counted, tries: 1 });
    });

    it.each([
      ['stop', 'stop'],
      ['length', 'length'],
      ['content_filter', 'other'],
    ])('that ended with %s says %s', async (finish, finishReason) => {
      const { model } = await start({ always: answers.text({ text: TEXT, finish }) });
      expect((await ask(model)).completion).toMatchObject({ text: TEXT, finishReason });
    });

    it.each(COUNTS)('with %s behind it keeps only what is usable', async (_what, stated, usage) => {
      const { model, llm } = await start({ always: answers.text({ text: TEXT, usage: stated }) });
      expect((await ask(model)).completion).toMatchObject({ text: TEXT, usage });
      expect(llm.calls).toMatchObject([{ stream: true, includeUsage: true }]);
    });

    it('asks for no more output than the permit allows', async () => {
      const { model, llm } = await start({ always: answers.text() });
      await ask(model, { permit: permit(50) });
      await ask(model, { permit: permit(500) });
      expect(llm.calls.map((call) => call.maxTokens)).toEqual([50, 200]);
    });

    it('is to the model and the messages of the request', async () => {
      const { model, llm } = await start({ always: answers.text() });
      const request: ChatRequest = { ...REQUEST, temperature: 0.2 };
      await ask(model, { request });
      const { messages, temperature } = request;
      expect(llm.calls).toMatchObject([{ model: 'gpt-3.5-turbo', messages, temperature }]);
    });

    it('is paid with one permit once', async () => {
      const { model, llm } = await start({ always: answers.text() });
      const spent = permit();
      await ask(model, { permit: spent });
      await expect(ask(model, { permit: spent })).rejects.toThrow('A call permit holds for one call');
      expect(llm.calls).toHaveLength(1);
    });
  });

  describe(`${name}: a provider that`, () => {
    it.each(FAILURES)('%s', async (_what, answer, kind, tries) => {
      const { model, llm, key } = await start({ always: answer });
      const { error, shown } = await ask(model);
      expect(error).toMatchObject({ kind, tries, received: '', usage: null });
      expect(shown).toEqual([]);
      expect(llm.calls).toHaveLength(tries);
      expect(`${String(error)} ${JSON.stringify(error)} ${error?.stack}`).not.toMatch(
        new RegExp(`${key}|${PROMPT}|127\\.0\\.0\\.1|\\[object`),
      );
    });

    it('recovers in time gives its answer', async () => {
      const { model, llm } = await start({ always: answers.text({ text: TEXT }) });
      llm.behave({ next: [answers.refuse(503), answers.cutBeforeHeaders()] });
      const { completion, shown } = await ask(model);
      expect(completion).toMatchObject({ text: TEXT, tries: 3 });
      expect(shown.join('')).toBe(TEXT);
    });

    it.each([
      ['cuts the connection', (when: Promise<void>) => answers.cutMidStream(PIECES, when), 'cut_off'],
      ['ends the stream', () => answers.endMidStream(PIECES), 'cut_off'],
      ['streams an error', () => answers.errorEvent(PIECES, 'overloaded'), 'cut_off'],
      ['sends no JSON', () => answers.invalidChunk(PIECES), 'bad_answer'],
    ] as const)('%s after some text is not asked again', async (_what, answer, kind) => {
      const all = gate();
      const { model, llm } = await start({ always: answer(all.passed) });
      let seen = 0;
      const outcome = await ask(model, { onText: () => ++seen === PIECES.length && all.open() });
      expect(outcome.error).toMatchObject({ kind, tries: 1, received: TEXT, retryable: true });
      expect(outcome.shown).toEqual(PIECES);
      expect(llm.calls).toHaveLength(1);
    });
  });

  describe(`${name}: a caller who stops`, () => {
    it('before the call makes none', async () => {
      const { model, llm } = await start({ always: answers.text() });
      const { error } = await ask(model, { signal: AbortSignal.abort() });
      expect(error).toMatchObject({ kind: 'aborted', retryable: false, tries: 0 });
      expect(llm.calls).toEqual([]);
    });

    it('before the answer is answered at once, and the provider sees it', async () => {
      const { model, llm } = await start({ always: answers.hangBeforeHeaders() });
      const stop = new AbortController();
      const outcome = ask(model, { signal: stop.signal });
      await eventually('the request has arrived', () => llm.calls.length === 1);
      stop.abort();
      expect((await outcome).error).toMatchObject({ kind: 'aborted', tries: 1, received: '' });
      await eventually('the provider sees it', () => llm.calls[0]?.hungUp);
    });

    it('within the answer gets no further piece, and the provider sees it', async () => {
      const { model, llm } = await start({ always: answers.hangMidStream(PIECES) });
      const stop = new AbortController();
      const { error, shown } = await ask(model, {
        signal: stop.signal,
        onText: (piece) => piece === PIECES[1] && stop.abort(),
      });
      expect(shown).toEqual(PIECES.slice(0, 2));
      expect(error).toMatchObject({ kind: 'aborted', tries: 1 });
      expect(error?.received.startsWith(shown.join(''))).toBe(true);
      await eventually('the provider sees it', () => llm.calls[0]?.hungUp);
    });

    it('at the last piece has stopped all the same', async () => {
      const { model } = await start({ always: answers.text({ pieces: PIECES }) });
      const stop = new AbortController();
      const { error } = await ask(model, {
        signal: stop.signal,
        onText: (piece) => piece === PIECES.at(-1) && stop.abort(),
      });
      expect(error).toMatchObject({ kind: 'aborted', received: TEXT });
    });

    it('or does not, leaves nothing behind on the signal', async () => {
      const { model, llm } = await start({ always: answers.text() });
      llm.behave({ next: [answers.refuse(503)] });
      const { signal } = new AbortController();
      await ask(model, { signal });
      expect(getEventListeners(signal, 'abort')).toEqual([]);
    });

    it('by an exception gets it back, and the provider sees it', async () => {
      const { model, llm } = await start({ always: answers.hangMidStream(PIECES) });
      const fault = new Error('the page has gone');
      const onText = (): never => {
        throw fault;
      };
      await expect(ask(model, { onText })).rejects.toBe(fault);
      await eventually('the provider sees it', () => llm.calls[0]?.hungUp);
      expect(llm.calls).toHaveLength(1);
    });
  });
}
