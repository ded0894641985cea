import { describe, expect, it } from 'vitest';
import { pino } from 'pino';
import { FailureLog } from '../../../integrations/llm/failure-log.ts';
import { answers, type FakeAnswer } from '../../support/fake-llm-answers.ts';
import { ask, bench, HandClock, KEY, PROMPT } from './bench.ts';

const WARN = 40;
const INFO = 30;
const read = (logged: readonly string[]): unknown[] => logged.map((line) => JSON.parse(line) as unknown);
const CALL_FAILED = 'A call of the language model failed';

describe('a call that fails', () => {
  it.each<[what: string, answer: FakeAnswer, line: object]>([
    ['a wrong key', answers.refuse(401), { kind: 'refused_by_provider', status: 401, tries: 1 }],
    [
      'an account without credit',
      answers.refuse(429, { code: 'insufficient_quota' }),
      { kind: 'refused_by_provider', status: 429 },
    ],
    ['an answer that breaks off', answers.endMidStream(['Dear ']), { kind: 'cut_off', status: null }],
    ['garbage', answers.garbage(), { kind: 'bad_answer', status: null }],
    ['a refusal in the stream', answers.errorEvent([], 403), { kind: 'refused_by_provider', status: 403 }],
  ])('is a warning with kind and status, and nothing of the call: %s', async (_what, always, line) => {
    const { model, logged, llm } = await bench({ always });
    await ask(model);
    expect(read(logged)).toEqual([
      expect.objectContaining({ level: WARN, msg: CALL_FAILED, left_out: 0, ...line }),
    ]);
    expect(logged.join('')).not.toMatch(new RegExp(`${KEY}|${PROMPT}|${llm.url}|Dear`));
  });

  it('is a warning where no answer comes', async () => {
    const { model, logged } = await bench({
      always: answers.hangBeforeHeaders(),
      times: { firstByteMs: 100 },
    });
    await ask(model);
    expect(read(logged)).toMatchObject([{ level: WARN, msg: CALL_FAILED, kind: 'timeout', status: null }]);
  });

  it('names what to check where the key is refused', async () => {
    const { model, logged } = await bench({ always: answers.refuse(401) });
    await ask(model);
    expect(logged.join('')).toContain('Check OPENAI_API_KEY.');
  });

  it('is not told where the caller stopped it, or nothing failed', async () => {
    const { model, logged } = await bench();
    await ask(model);
    await ask(model, { signal: AbortSignal.abort() });
    expect(logged).toEqual([]);
  });
});

it('one line of each kind comes in 30 seconds, with a count of those left out', () => {
  const lines: string[] = [];
  const clock = new HandClock();
  const log = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
  const failures = new FailureLog({ log, clock });
  for (let n = 0; n < 4; n += 1) failures.note('timeout', {});
  failures.note('cut_off', {});
  clock.pass(29_999);
  failures.note('timeout', {});
  clock.pass(1);
  failures.note('timeout', {});
  failures.note('timeout', {});
  clock.pass(30_000);
  failures.note('cut_off', {});
  failures.note('timeout', {});
  expect(read(lines)).toMatchObject([
    { kind: 'timeout', left_out: 0 },
    { kind: 'cut_off', left_out: 0 },
    { kind: 'timeout', left_out: 4 },
    { kind: 'cut_off', left_out: 0 },
    { kind: 'timeout', left_out: 1 },
  ]);
});

it('a provider that is left alone, and that answers again, is told once each', async () => {
  const { model, logged, clock, llm } = await bench({ always: answers.garbage() });
  for (let n = 0; n < 7; n += 1) await ask(model);
  clock.pass(15_000);
  await ask(model);
  llm.behave({ always: answers.text({ text: 'Dear Ann' }) });
  clock.pass(15_000);
  for (let n = 0; n < 2; n += 1) expect((await ask(model)).error).toBeNull();
  expect(read(logged)).toMatchObject([
    { level: WARN, kind: 'bad_answer' },
    { level: WARN, failures: 5, left_alone_ms: 15_000 },
    { level: WARN, kind: 'circuit_open', status: null, tries: 0 },
    { level: INFO, msg: 'The language model answers again' },
  ]);
});
