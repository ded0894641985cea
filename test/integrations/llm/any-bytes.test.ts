import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { AnswerReader } from '../../../integrations/llm/answer-reader.ts';
import { TryFault } from '../../../integrations/llm/try-fault.ts';
import { answers, asEvent } from '../../support/fake-llm-answers.ts';
import { ask, bench } from './bench.ts';

const LINE_ENDS = ['\n', '\r\n', '\r'] as const;
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\n';

/** A text as it comes in pieces, with what servers put between them, and in which line ends. */
const stream = fc.record({
  pieces: fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 8,
  }),
  lineEnd: fc.constantFrom(...LINE_ENDS),
  between: fc.constantFrom('', ': still here\n\n', 'id: 1\nretry: 10\n\n', '\n\n', 'data\n: \n'),
  isDone: fc.boolean(),
});
type Stream = typeof stream extends fc.Arbitrary<infer S> ? S : never;

function bytesOf({ pieces, lineEnd, between, isDone }: Stream): Buffer {
  // A lone "data" is an empty event, which no server of this protocol sends: it gets a comment instead.
  const comment = between.startsWith('data') ? ': a line\n' : between;
  const events = pieces.map((content) => asEvent({ delta: { content } })).join(comment);
  const end = asEvent({ delta: {}, finish_reason: 'stop' }) + USAGE + (isDone ? 'data: [DONE]\n\n' : '');
  return Buffer.from((comment + events + end).replaceAll('\n', lineEnd));
}

/** Cuts at these places; a place beyond the end counts from the beginning again. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b);
  return [0, ...sorted].map((place, index) => bytes.subarray(place, sorted[index] ?? bytes.length));
}

/** Reads as the model does: to the end, or until the provider says that nothing follows. */
function read(chunks: readonly Uint8Array[]): {
  reader: AnswerReader;
  shown: string;
  fault: TryFault | null;
} {
  let shown = '';
  const reader = new AnswerReader((piece) => (shown += piece));
  try {
    if (!chunks.some((chunk) => reader.push(chunk))) reader.end();
    return { reader, shown, fault: null };
  } catch (error) {
    if (!(error instanceof TryFault)) throw error;
    return { reader, shown, fault: error };
  }
}

const places = fc.array(fc.nat({ max: 5000 }), { maxLength: 40 });

describe('an answer', () => {
  test('is the same however it is cut', () => {
    fc.assert(
      fc.property(stream, places, (made, cuts) => {
        const { reader, shown, fault } = read(cut(bytesOf(made), cuts));
        expect(fault).toBeNull();
        expect(shown).toBe(made.pieces.join(''));
        expect(reader).toMatchObject({
          text: shown,
          finishReason: 'stop',
          usage: { promptTokens: 1, completionTokens: 2 },
        });
      }),
      { numRuns: 500 },
    );
  });

  test('is the same when every byte comes alone', () => {
    fc.assert(
      fc.property(stream, (made) => {
        const bytes = bytesOf(made);
        expect(read([...bytes].map((byte) => Uint8Array.of(byte))).shown).toBe(made.pieces.join(''));
      }),
    );
  });

  test('that breaks off anywhere is never taken for whole', () => {
    fc.assert(
      fc.property(stream, fc.nat(), places, (made, length, cuts) => {
        const bytes = bytesOf(made);
        const { reader, shown, fault } = read(cut(bytes.subarray(0, length % bytes.length), cuts));
        const text = made.pieces.join('');
        expect(text.startsWith(shown)).toBe(true);
        expect(reader.text).toBe(shown);
        if (fault === null) expect(shown).toBe(text);
        else if (shown !== '') expect(fault.kind).toBe('unavailable');
      }),
      { numRuns: 500 },
    );
  });

  test('with damaged bytes is an answer or a typed fault', () => {
    fc.assert(
      fc.property(
        stream,
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1 }),
        places,
        (...all) => {
          const [made, damage, cuts] = all;
          const bytes = bytesOf(made);
          for (const [at, byte] of damage) bytes[at % bytes.length] = byte;
          const { reader, shown, fault } = read(cut(bytes, cuts));
          expect(reader.text).toBe(shown);
          if (fault === null) expect(reader.finishReason).not.toBeNull();
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps a name of an event whose line end was cut in two', () => {
    const chunks = ['event: error\r', '\ndata: {"error":{"code":429}}\r', '\n\r', '\n'];
    expect(read(chunks.map((chunk) => Buffer.from(chunk))).fault).toMatchObject({ kind: 'rate_limited' });
    const twice = ['data: {"choices":\r', '\ndata: [{"delta":{"content":"a"}}]}\r', '\n\r\n'];
    expect(read(twice.map((chunk) => Buffer.from(chunk))).shown).toBe('a');
  });

  it('of more bytes than any answer has is refused', () => {
    const flood = Buffer.from(`: ${'x'.repeat(1024 * 1024 - 3)}\n`);
    const whole = Buffer.from(asEvent({ delta: { content: 'a' }, finish_reason: 'stop' }));
    expect(read([whole, ...Array.from({ length: 7 }, () => flood)]).fault).toBeNull();
    expect(read([whole, ...Array.from({ length: 8 }, () => flood)]).fault).toMatchObject({
      kind: 'bad_answer',
    });
  });

  it('counts with the last number that was stated', () => {
    const count = (stated: unknown): string => `data: {"choices":[],"usage":${JSON.stringify(stated)}}\n\n`;
    const text = asEvent({ delta: { content: 'a' }, finish_reason: 'stop' });
    const one = { prompt_tokens: 5, completion_tokens: 1 };
    const usageOf = (...stated: unknown[]): unknown =>
      read([Buffer.from(text + stated.map(count).join(''))]).reader.usage;
    expect(usageOf(one, { ...one, completion_tokens: 2 })).toEqual({ promptTokens: 5, completionTokens: 2 });
    expect(usageOf(one, null)).toEqual({ promptTokens: 5, completionTokens: 1 });
    expect(usageOf(one, { ...one, completion_tokens: -2 })).toBeNull();
  });

  it('is that of the first choice', () => {
    const body = asEvent({ delta: { content: 'a' } }) + asEvent({ index: 1, delta: { content: 'b' } });
    const end = asEvent({ delta: {}, message: { content: 'a' }, finish_reason: 'stop' });
    expect(read([Buffer.from(body + end)]).shown).toBe('a');
  });
});

test('any bytes over the wire end a call in an answer or a typed error', { timeout: 60_000 }, async () => {
  const { model, llm } = await bench({ times: { coolDownMs: 0 } });
  const soup = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 6 });
  const broken = fc.tuple(stream, fc.nat(), places).map(([made, length, cuts]) => {
    const bytes = bytesOf(made);
    return cut(bytes.subarray(0, length % bytes.length), cuts.slice(0, 6));
  });
  const types = fc.constantFrom('text/event-stream', 'application/json', 'text/html', 'x/y', 'text/plain');
  await fc.assert(
    fc.asyncProperty(fc.oneof(soup, broken), types, async (chunks, type) => {
      llm.behave({ always: answers.bytes(chunks, type) });
      const { completion, error, shown } = await ask(model);
      expect(completion?.text ?? error?.received).toBe(shown.join(''));
      if (error !== null)
        expect(['unavailable', 'bad_answer', 'cut_off', 'circuit_open']).toContain(error.kind);
    }),
    { numRuns: 300 },
  );
});
