import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { answers, asEvent, gate, type FakeAnswer } from '../../support/fake-llm-answers.ts';
import { ask, bench, HandClock, KEY, permit, PROMPT, type Bench } from './bench.ts';
import { conformsToLanguageModel } from './conformance.ts';

conformsToLanguageModel('the OpenAI client', async (script) => ({ ...(await bench(script)), key: KEY }));

describe('time', () => {
  it('ends a call whose answer does not begin', async () => {
    const { model, llm } = await bench({ always: answers.hangBeforeHeaders(), times: { firstByteMs: 300 } });
    expect((await ask(model)).error).toMatchObject({ kind: 'timeout', tries: 1, retryable: true });
    await eventually('the provider sees it', () => llm.calls[0]?.hungUp);
  });

  it('ends a call whose answer begins with headers only', async () => {
    const { model } = await bench({ always: answers.hangMidStream([]), times: { firstByteMs: 30 } });
    expect((await ask(model)).error).toMatchObject({ kind: 'timeout', tries: 1, received: '' });
  });

  it('ends a call whose answer falls silent, and keeps what came', async () => {
    const { model, llm } = await bench({
      always: answers.hangMidStream(['Dear ', 'grandmother']),
      times: { silenceMs: 30 },
    });
    const { error, shown } = await ask(model);
    expect(error).toMatchObject({ kind: 'timeout', tries: 1, received: 'Dear grandmother' });
    expect(shown).toEqual(['Dear ', 'grandmother']);
    await eventually('the provider sees it', () => llm.calls[0]?.hungUp);
  });

  it('ends the whole call, however lively its answer is', async () => {
    const chatter: FakeAnswer = async (call, response) => {
      const before = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
      await answers.text({ pieces: Array.from({ length: 1e6 }, () => 'on '), before })(call, response);
    };
    const { model } = await bench({ always: chatter, times: { wholeMs: 100 } });
    const { error, shown } = await ask(model);
    expect(error).toMatchObject({ kind: 'timeout', tries: 1 });
    expect(error?.received).toBe(shown.join(''));
  });

  it('ends a call with its reservation', async () => {
    const { model, clock, llm } = await bench({ always: answers.hangBeforeHeaders() });
    const soon = permit(100, new Date(clock.now().getTime() + 30));
    expect((await ask(model, { permit: soon })).error).toMatchObject({ kind: 'timeout', tries: 1 });
    expect((await ask(model, { permit: permit(100, clock.now()) })).error).toMatchObject({ tries: 0 });
    await eventually('only the first one was sent', () => llm.calls.length === 1);
  });

  it('does not end an answer whose text is whole', async () => {
    const { model } = await bench({
      always: answers.hangAfterFinish(['Dear ', 'all']),
      times: { silenceMs: 30 },
    });
    expect((await ask(model)).completion).toMatchObject({ text: 'Dear all', finishReason: 'stop', tries: 1 });
  });
});

describe('a request is repeated', () => {
  const waits = async (answer: FakeAnswer, times = {}): Promise<Bench['clock']['slept']> => {
    const { model, llm, clock } = await bench({ times });
    llm.behave({ next: [answer] });
    await ask(model);
    expect(llm.calls).toHaveLength(clock.slept.length + 1);
    return clock.slept;
  };

  it('after twice as long each time', async () => {
    const { model, clock } = await bench({ always: answers.refuse(503) });
    await ask(model);
    expect(clock.slept).toEqual([250, 500]);
  });

  it('after half as long where chance has it', async () => {
    const { model, clock } = await bench({ always: answers.refuse(503), random: () => 0 });
    await ask(model);
    expect(clock.slept).toEqual([125, 250]);
  });

  it('when the provider says', async () => {
    expect(await waits(answers.tooMany('7'))).toEqual([7000]);
    expect(await waits(answers.tooMany('0'))).toEqual([0]);
    const inSixSeconds = new Date(new HandClock().now().getTime() + 6000).toUTCString();
    expect(await waits(answers.tooMany(inSixSeconds))).toEqual([6000]);
    expect(await waits(answers.refuse(503, { headers: { 'retry-after-ms': '1500' } }))).toEqual([1500]);
  });

  it('as if nothing was said where that makes no sense', async () => {
    for (const said of ['-5', 'soon', 'NaN', '']) expect(await waits(answers.tooMany(said))).toEqual([250]);
  });

  it('not at all where the provider wants too much patience, or none', async () => {
    expect(await waits(answers.tooMany('10'))).toEqual([10_000]);
    expect(await waits(answers.tooMany('11'))).toEqual([]);
    expect(await waits(answers.refuse(500, { headers: { 'x-should-retry': 'false' } }))).toEqual([]);
  });

  it('never past the end of the call', async () => {
    expect(await waits(answers.tooMany('7'), { wholeMs: 7001 })).toEqual([7000]);
    expect(await waits(answers.tooMany('7'), { wholeMs: 7000 })).toEqual([]);
  });

  it('never after the caller stopped in between', async () => {
    const stop = new AbortController();
    const asleep = gate();
    const { model, llm } = await bench({
      always: answers.refuse(503),
      sleep: (_ms, signal) => {
        asleep.open();
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('awake')), { once: true });
        });
      },
    });
    const outcome = ask(model, { signal: stop.signal });
    await asleep.passed;
    stop.abort();
    expect((await outcome).error).toMatchObject({ kind: 'aborted', tries: 1 });
    expect(llm.calls).toHaveLength(1);
  });

  it('in an outage for about one call in five', async () => {
    const { model, llm } = await bench({ always: answers.refuse(503) });
    for (let call = 0; call < 4; call += 1) await ask(model);
    // The reserve of three and what four calls paid in.
    expect(llm.calls).toHaveLength(4 + 3);
    await ask(model);
    expect(llm.calls).toHaveLength(4 + 3 + 2);
  });

  it('with a line in the log that says nothing of the call', async () => {
    const { model, logged } = await bench({ always: answers.refuse(503) });
    await ask(model);
    expect(logged.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { kind: 'unavailable', tries: 1, wait_ms: 250 },
      { kind: 'unavailable', tries: 2, wait_ms: 500 },
      { kind: 'unavailable', tries: 3, status: 503 },
    ]);
    expect(logged.join('')).not.toMatch(new RegExp(`${KEY}|${PROMPT}`));
  });
});

describe('a provider that fails again and again', () => {
  const failFiveTimes = async (answer: FakeAnswer, times = {}): Promise<Bench> => {
    const made = await bench({ always: answer, times });
    for (let call = 0; call < 5; call += 1) {
      expect(made.model.circuitState).toBe('closed');
      await ask(made.model);
    }
    made.llm.calls.splice(0);
    return made;
  };

  it.each([
    ['is down', answers.refuse(503)],
    ['has too many calls', answers.tooMany()],
    ['hangs', answers.hangBeforeHeaders()],
    ['sends garbage', answers.garbage()],
    ['breaks off', answers.endMidStream(['Dear '])],
  ])('since it %s is left alone, then tried with one request', async (_what, answer) => {
    const { model, llm, clock } = await failFiveTimes(answer, { firstByteMs: 150 });
    expect(model.circuitState).toBe('open');
    expect((await ask(model)).error).toMatchObject({ kind: 'circuit_open', retryable: true, tries: 0 });
    expect(llm.calls).toEqual([]);
    clock.pass(15_000);
    expect(model.circuitState).toBe('half_open');
    expect((await ask(model)).error).toMatchObject({ tries: 1 });
    expect(llm.calls).toHaveLength(1);
    expect(model.circuitState).toBe('open');
  });

  it('is not asked twice on trial', async () => {
    const { model, llm, clock } = await failFiveTimes(answers.garbage());
    clock.pass(15_000);
    llm.behave({ always: answers.refuse(503) });
    expect((await ask(model)).error).toMatchObject({ kind: 'unavailable', tries: 1 });
    expect(clock.slept).toEqual([]);
  });

  it('is tried by one caller at a time, and used again once it answers', async () => {
    const { model, llm, clock } = await failFiveTimes(answers.refuse(503));
    clock.pass(15_000);
    const held = gate();
    llm.behave({ always: answers.text({ text: 'Back', before: () => held.passed }) });
    const probe = ask(model);
    await eventually('the probe has arrived', () => llm.calls.length === 1);
    expect((await ask(model)).error).toMatchObject({ kind: 'circuit_open' });
    held.open();
    expect((await probe).completion).toMatchObject({ text: 'Back' });
    expect(model.circuitState).toBe('closed');
    expect((await ask(model)).completion).toMatchObject({ text: 'Back' });
  });

  it('can be tried by another caller when the first one stops', async () => {
    const { model, llm, clock } = await failFiveTimes(answers.refuse(503));
    clock.pass(15_000);
    const stop = new AbortController();
    llm.behave({ next: [answers.hangMidStream(['a'])], always: answers.text() });
    await ask(model, { signal: stop.signal, onText: () => stop.abort() });
    expect(model.circuitState).toBe('half_open');
    expect((await ask(model)).error).toBeNull();
    expect(model.circuitState).toBe('closed');
  });

  it('is not meant where it only refuses, or the caller stops', async () => {
    const { model, llm } = await bench({ always: answers.refuse(400) });
    for (let call = 0; call < 6; call += 1) await ask(model);
    expect(llm.calls).toHaveLength(6);
    llm.behave({ always: answers.hangMidStream(['a']) });
    for (let call = 0; call < 6; call += 1) {
      const stop = new AbortController();
      await ask(model, { signal: stop.signal, onText: () => stop.abort() });
    }
    expect(llm.calls).toHaveLength(12);
    expect(model.circuitState).toBe('closed');
  });
});

describe('a connection', () => {
  it('is used again after an answer', async () => {
    const text = asEvent({ delta: { content: 'a' }, finish_reason: 'stop' });
    // The end of the response comes after the end of the answer.
    const chunks = [`${text}data: [DONE]\n\n`, '\n', '\n'].map((chunk) => Buffer.from(chunk));
    const { model, llm } = await bench({ always: answers.bytes(chunks) });
    await eventually('two calls came the same way', async () => {
      await ask(model);
      return new Set(llm.calls.map((call) => call.connection)).size < llm.calls.length;
    });
  });
});

describe('what a provider sends', () => {
  it('is not printed where it makes no sense', async () => {
    const printed = ['log', 'info', 'debug', 'warn', 'error'].map((name) =>
      vi.spyOn(console, name as 'log').mockImplementation(() => undefined),
    );
    const nonsense = `data: {"words": "${PROMPT}\n\nevent: thread.message\ndata: {"words\n\n`;
    const { model, logged } = await bench({ always: answers.bytes([Buffer.from(nonsense)]) });
    expect((await ask(model)).error).toMatchObject({ kind: 'bad_answer' });
    expect(printed.flatMap((spy) => spy.mock.calls)).toEqual([]);
    expect(logged.join('')).toContain('bad_answer');
    expect(logged.join('')).not.toMatch(new RegExp(`words|thread|${PROMPT}`));
  });
});
