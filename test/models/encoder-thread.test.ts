import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { EncoderHost } from '../../models/encoder/encoder-host.ts';
import { encoderModel } from '../../models/encoder/encoder-model.ts';
import { Encoder, type EncoderEvent, type EncoderOptions } from '../../models/encoder/encoder.ts';
import { EmptyText, EncoderUnavailable, NoSuchHead } from '../../models/encoder/errors.ts';
import type { Head } from '../../models/encoder/head.ts';
import { normaliseText } from '../../models/encoder/normalise-text.ts';
import { SentenceModel } from '../../models/encoder/sentence-model.ts';
import { makeTestDir } from '../support/run-dir.ts';
import { SENTENCES } from './sentences.ts';

const model = encoderModel('local', '');
const faulty = fileURLToPath(new URL('faulty-thread.mjs', import.meta.url));
const faultDir = makeTestDir(inject('runDir'));
const brokenStart = join(faultDir, 'broken-start');

const open: Encoder[] = [];
afterEach(async () => {
  rmSync(brokenStart, { force: true });
  await Promise.all(open.splice(0).map((encoder) => encoder.close()));
});

async function start(options: Partial<EncoderOptions> = {}): Promise<Encoder> {
  const encoder = await Encoder.start({ model, ...options });
  open.push(encoder);
  return encoder;
}

/** Threads that can be made to fail, and what was told of it. */
async function startFaulty(options: Partial<EncoderOptions> = {}) {
  vi.stubEnv('FAULT_DIR', faultDir);
  vi.stubEnv('FAULT_AT_START', brokenStart);
  const events: EncoderEvent[] = [];
  const encoder = await start({ entry: faulty, onEvent: (event) => events.push(event), ...options });
  return { encoder, events };
}

/** More than the model reads. */
const LONGEST = 'we have to move the meeting once more '.repeat(100);

const lengthOf = (vector: Float32Array): number => Math.hypot(...vector);

describe('the thread of the encoder', () => {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await Encoder.start({ model });
  });
  afterAll(() => encoder.close());

  it('gives what the model gives in place, in the order of the texts', async () => {
    const inPlace = await SentenceModel.load(model);
    const encoded = await encoder.encode(SENTENCES);
    expect(encoded).toHaveLength(SENTENCES.length);
    for (const [index, text] of SENTENCES.entries()) {
      const wanted = await inPlace.encode(normaliseText(text));
      expect(encoded[index], text).toEqual(wanted);
    }
    expect([encoder.model, encoder.dimension, encoder.heads]).toEqual(['local', 512, []]);
    expect(await encoder.encode([])).toEqual([]);
    await inPlace.close();
  });

  it('answers 200 requests at once, each with its own vectors', async () => {
    const texts = Array.from(
      { length: 200 },
      (_, number) => `call number ${number} at ${number % 24} o'clock`,
    );
    const together = await Promise.all(texts.map((text) => encoder.encode([text])));
    const listed = await encoder.encode(texts);
    expect(together.flat()).toEqual(listed);
    expect(new Set(listed.map(({ emb }) => emb.join())).size).toBe(200);
  });

  it('leaves the event loop free', async () => {
    const before = performance.eventLoopUtilization();
    await encoder.encode(Array.from({ length: 100 }, () => LONGEST));
    const { active, utilization } = performance.eventLoopUtilization(before);
    // Run here, it would be busy all the time.
    expect(utilization, `${active} ms`).toBeLessThan(0.3);
  });

  it.each([
    ['emoji', '😀🎉👩‍👩‍👧‍👦'],
    ['4,000 characters', 'plan '.repeat(800)],
    ['4,000 characters of another script', '予定'.repeat(2_000)],
    ['one word of 4,000 letters', 'a'.repeat(4_000)],
    ['signs that grow when normalised', 'ﷺ'.repeat(4_000)],
    ['lone surrogates', 'call \uD83D bob \uDE00'],
    ['NUL', 'call\u0000bob'],
    ['right to left', '\u202Eذكرني بالاجتماع غدا\u202C'],
    ['many combining marks', `e${'\u0301'.repeat(2_000)}`],
    ['digits only', '1234567890'],
  ])('makes a vector of %s', async (_, text) => {
    const startedAt = performance.now();
    const [encoded] = await encoder.encode([text]);
    expect(performance.now() - startedAt).toBeLessThan(500);
    expect(lengthOf(encoded!.emb)).toBeCloseTo(1, 4);
    expect(lengthOf(encoded!.hid)).toBeCloseTo(1, 4);
  });

  it('makes a vector of any string, and none of nothing', async () => {
    const strings = fc.string({
      unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    });
    const property = fc.asyncProperty(strings, async (text) => {
      const encoded = await encoder.encode([text]).catch((error: unknown) => error);
      if (encoded instanceof EmptyText) return;
      const [{ emb, hid }] = encoded as [{ emb: Float32Array; hid: Float32Array }];
      expect([...emb, ...hid].every(Number.isFinite)).toBe(true);
    });
    await fc.assert(property, { numRuns: 300 });
    await expect(encoder.encode(['fine', ' \n'])).rejects.toThrow(EmptyText);
    await expect(encoder.encode(['fine'])).resolves.toHaveLength(1);
  });
});

describe('a thread that is lost', () => {
  it.each(['end', 'throw', 'hang'])('is replaced, and every request is answered (%s)', async (fault) => {
    const { encoder, events } = await startFaulty({ deadlineMs: 500 });
    const texts = SENTENCES.slice(0, 60);
    const before = await encoder.encode(texts);
    const pending = texts.flatMap((text, index) =>
      index === 20 ? [text, `fault ${fault} once ${fault}`] : [text],
    );
    const answers = await Promise.all(pending.map((text) => encoder.encode([text])));
    expect(answers.flat().toSpliced(21, 1)).toEqual(before);
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ level: 'warn' });
  });

  it('is replaced while nobody waits', async () => {
    const { encoder, events } = await startFaulty();
    await encoder.encode(['fault later once idle']);
    await vi.waitFor(() => expect(events).toHaveLength(1));
    await expect(encoder.encode(['hello'])).resolves.toHaveLength(1);
    expect(events).toHaveLength(1);
  });

  it('takes only the text with it that ends every thread', async () => {
    const { encoder, events } = await startFaulty();
    const texts = ['one', 'two', 'fault end', 'three', 'four', 'five', 'six'];
    const outcomes = await Promise.allSettled(texts.map((text) => encoder.encode([text])));
    expect(outcomes.map(({ status }) => status)).toEqual(
      texts.map((text) => (text === 'fault end' ? 'rejected' : 'fulfilled')),
    );
    expect(outcomes[2]).toMatchObject({ reason: expect.any(EncoderUnavailable) as unknown });
    expect(events.every(({ level }) => level === 'warn')).toBe(true);
  });

  it('is replaced many times over', async () => {
    const { encoder, events } = await startFaulty();
    for (let round = 0; round < 12; round += 1) {
      const texts = [`fault end once round${round}`, 'after'];
      await expect(Promise.all(texts.map((text) => encoder.encode([text])))).resolves.toHaveLength(2);
    }
    expect(events).toHaveLength(12);
  });

  it('is no longer replaced when threads keep failing, until a moment has passed', async () => {
    const { encoder, events } = await startFaulty({ restMs: 500 });
    writeFileSync(brokenStart, '');
    const outcomes = await Promise.allSettled(
      ['fault end once last', 'two', 'three'].map((text) => encoder.encode([text])),
    );
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: expect.any(EncoderUnavailable) as unknown,
      });
    expect(events.at(-1)?.level).toBe('error');
    await expect(encoder.encode(['at once'])).rejects.toThrow(EncoderUnavailable);

    rmSync(brokenStart);
    await vi.waitFor(() => expect(encoder.encode(['later'])).resolves.toHaveLength(1), {
      timeout: 10_000,
      interval: 100,
    });
  });

  it('is left alone while it computes, and only then ended', async () => {
    const { encoder, events } = await startFaulty({ deadlineMs: 10 });
    const outcome = encoder.encode(Array.from({ length: 8 }, () => LONGEST));
    await expect(outcome).rejects.toThrow(EncoderUnavailable);
    expect(events.map(({ level }) => level)).toEqual(['warn', 'warn']);
  });

  it('is not taken for hung when it was the caller that was busy', async () => {
    const { encoder, events } = await startFaulty({ deadlineMs: 100 });
    const answer = encoder.encode(['hello']);
    const until = performance.now() + 800;
    while (performance.now() < until);
    await expect(answer).resolves.toHaveLength(1);
    expect(events).toEqual([]);
  });

  it('is not taken for hung by those who wait behind many', async () => {
    const many = (length: number) => Array.from({ length }, () => LONGEST);
    const { encoder: quick } = await startFaulty();
    const startedAt = performance.now();
    await quick.encode(many(50));
    const { encoder, events } = await startFaulty({ deadlineMs: performance.now() - startedAt });
    await encoder.encode(many(200));
    expect(events).toEqual([]);
  });
});

describe('start and end', () => {
  it('says what is wrong with the files of a model', async () => {
    const missing = { kind: 'folder', name: 'local', dir: join(faultDir, 'no-model') } as const;
    await expect(Encoder.start({ model: missing })).rejects.toThrow(/no-model/);
  });

  it('says when there is no such head, at the start and later', async () => {
    const manifest = join(faultDir, 'no-head', 'manifest.json');
    await expect(Encoder.start({ model, heads: [manifest] })).rejects.toThrow(/no-head/);
    const encoder = await start();
    await expect(encoder.classify('intent', 'hello')).rejects.toThrow(NoSuchHead);
  });

  it('says when no thread ever starts', async () => {
    vi.stubEnv('FAULT_AT_START', brokenStart);
    writeFileSync(brokenStart, '');
    await expect(Encoder.start({ model, entry: faulty })).rejects.toThrow(EncoderUnavailable);
  });

  it('refuses what is pending when it is closed, and everything after', async () => {
    const encoder = await start();
    const pending = Promise.allSettled(SENTENCES.map((text) => encoder.encode([text])));
    await encoder.close();
    expect((await pending).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0);
    await expect(encoder.encode(['hello'])).rejects.toThrow(EncoderUnavailable);
    await expect(encoder.close()).resolves.toBeUndefined();
  });

  it('lets the process exit as it wants to, in the middle of a computation', async () => {
    for (const delayMs of [15, 25, 40]) {
      const child = spawn(process.execPath, [
        'test/support/run-ts.mjs',
        'test/models/busy-exit.ts',
        String(delayMs),
      ]);
      expect(await once(child, 'exit')).toEqual([5, null]);
    }
  });

  it('ends a thread that hangs', async () => {
    const { encoder } = await startFaulty({ deadlineMs: 60_000 });
    const answer = encoder.encode(['fault hang once stuck']).catch((error: unknown) => error);
    await vi.waitUntil(() => existsSync(join(faultDir, 'stuck')), { timeout: 10_000, interval: 5 });
    await encoder.close();
    expect(await answer).toBeInstanceOf(EncoderUnavailable);
  });
});

describe('heads', () => {
  /** Tells what it was given. */
  class EchoHead implements Head {
    constructor(readonly id: string) {}
    run(text: string, hid: Float32Array): Promise<Float32Array> {
      return Promise.resolve(Float32Array.of(text.length, hid[0] ?? 0));
    }
  }
  const settings = { model, heads: ['a/first', 'a/second'] };
  const loadHead = (path: string) => Promise.resolve(new EchoHead(path.slice(2)));

  it('go on from the vector of the text', async () => {
    const host = await EncoderHost.load(settings, loadHead);
    expect(host.heads).toEqual(['first', 'second']);
    const [encoded, classified] = [
      await host.answer({ id: 1, kind: 'encode', texts: ['buy milk'] }),
      await host.answer({ id: 2, kind: 'classify', head: 'second', text: 'buy milk' }),
    ];
    const hid = encoded.kind === 'encoded' ? encoded.hid : new Float32Array();
    expect(classified).toEqual({ kind: 'classified', id: 2, scores: Float32Array.of(8, hid[0] ?? 0) });
    expect(await host.answer({ id: 3, kind: 'classify', head: 'third', text: 'x' })).toMatchObject({
      kind: 'refused',
      id: 3,
    });
    await host.close();
  });

  it('need ids of their own', async () => {
    const same = () => Promise.resolve(new EchoHead('same'));
    await expect(EncoderHost.load(settings, same)).rejects.toThrow(/same id/);
  });
});
