import { afterAll, describe, expect, inject, it } from 'vitest';
import { encoderModel, LOCAL_MODEL } from '../../models/encoder/encoder-model.ts';
import { Encoder } from '../../models/encoder/encoder.ts';
import { EncoderUnavailable } from '../../models/encoder/errors.ts';
import { backgroundDir, readBackground } from '../../models/recall/artefact.ts';
import { fitBackground, unit, without } from '../../models/recall/background.ts';
import { readDistractors, readPairs } from '../../models/recall/measure-recall.ts';
import { HubVectors } from '../../models/recall/hub-vectors.ts';
import { RecallVectors } from '../../models/recall/recall-vectors.ts';
import { judgeRecall } from '../../scripts/evaluate/recall.ts';
import { makeTestDir } from '../support/run-dir.ts';
import { COMPARED, likeness, sought } from '../../sessions/memory/memory.ts';
import { cosine, meanVector, signBits, storedVector } from '../../sessions/memory/vectors.ts';

const workDir = makeTestDir(inject('runDir'));
const encoder = await Encoder.start({ model: encoderModel(LOCAL_MODEL, '') });
afterAll(() => encoder.close());

describe('recall by other words', () => {
  it('is measured on texts that stand there once, with one right answer each', () => {
    const pairs = readPairs();
    const texts = [...pairs.map(({ earlier }) => earlier), ...readDistractors()];
    expect(pairs.length).toBeGreaterThanOrEqual(60);
    expect(texts.length - pairs.length).toBeGreaterThanOrEqual(300);
    expect(new Set(texts.map((text) => text.toLowerCase())).size).toBe(texts.length);
    expect(pairs.filter(({ query }) => query.trim() === '')).toEqual([]);
  });

  it('finds the right one first in four of five, and among three where some words are the same', async () => {
    const { all, bands } = await judgeRecall(encoder);
    expect(all.at1).toBeGreaterThanOrEqual(80);
    const [near, middle] = [bands.near, bands.middle];
    expect((near.at3 + middle.at3) / 2).toBeGreaterThanOrEqual(97);
    expect(all.at3).toBeGreaterThanOrEqual(90);
  });
});

it('what is compared exactly holds the best three of all texts for every query', async () => {
  const vectors = RecallVectors.open(encoder);
  const kept = async (text: string) => {
    const vector = storedVector([await vectors.vectorOf(text)]);
    return { text, vector, bits: signBits(vector) };
  };
  const pairs = readPairs();
  const texts: Awaited<ReturnType<typeof kept>>[] = [];
  for (const text of [...pairs.map(({ earlier }) => earlier), ...readDistractors()])
    texts.push(await kept(text));
  expect(texts.length).toBeGreaterThan(6 * COMPARED);
  for (const { query } of pairs) {
    const asked = await kept(query);
    const apart = (bits: string): number => bits.split('').filter((bit, at) => bit !== asked.bits[at]).length;
    const near = texts
      .map((one) => ({ ...one, apart: apart(one.bits) }))
      .toSorted((a, b) => a.apart - b.apart)
      .slice(0, COMPARED);
    const best = (some: readonly { text: string; vector: Int8Array }[]): string[] =>
      some
        .map(({ text, vector }) => ({ text, near: likeness(sought(query, asked.vector), text, vector) }))
        .toSorted((a, b) => b.near - a.near)
        .slice(0, 3)
        .map(({ text }) => text);
    expect(best(near), query).toEqual(best(texts));
  }
});

describe('vectors that are kept', () => {
  it('compare as those they were made of', async () => {
    const vectors = RecallVectors.open(encoder);
    const texts = ['lunch with Ana on friday', 'eat with Ana at the end of the week', 'renew the passport'];
    const found = await Promise.all(texts.map((text) => vectors.vectorOf(text)));
    const exact = (a: Float32Array, b: Float32Array): number =>
      unit(a).reduce((sum, x, at) => sum + x * (unit(b)[at] ?? 0), 0);
    const kept = found.map((vector) => storedVector([vector]));
    const [a, b, c] = [found[0], found[1], found[2]];
    const [x, y, z] = [kept[0], kept[1], kept[2]];
    if (!a || !b || !c || !x || !y || !z) throw new Error('A vector is missing');
    expect(cosine(x, y)).toBeCloseTo(exact(a, b), 2);
    expect(cosine(x, z)).toBeCloseTo(exact(a, c), 2);
    expect(cosine(x, y)).toBeGreaterThan(cosine(x, z));
    expect(x).toHaveLength(vectors.dimension);
    expect(signBits(x)).toMatch(/^[01]{1024}$/);
  });

  it('are nothing to compare with one of another length, or with none', () => {
    const one = storedVector([Float32Array.from([0.5, -0.25, 0])]);
    expect([...one]).toEqual([127, -63, 0]);
    expect(cosine(one, storedVector([Float32Array.from([1, 1])]))).toBe(0);
    expect(cosine(one, storedVector([new Float32Array(3)]))).toBe(0);
    expect(cosine(one, one)).toBeCloseTo(1, 9);
  });

  it('have a mean between them', () => {
    const [a, b] = [storedVector([Float32Array.from([1, 0])]), storedVector([Float32Array.from([0, 2])])];
    const mean = meanVector([a, b]);
    expect(cosine(mean, a)).toBeCloseTo(Math.SQRT1_2, 2);
    expect(cosine(mean, a)).toBeCloseTo(cosine(mean, b), 6);
    expect(meanVector([])).toHaveLength(0);
  });
});

describe("a hub's model", () => {
  it('is fetched when it is first needed, and is down as long as it is not there', async () => {
    const told: string[] = [];
    const vectors = new HubVectors({
      // Nobody listens there.
      model: { kind: 'hub', name: 'someone/some-model', cacheDir: workDir, hubUrl: 'http://127.0.0.1:9/' },
      onEvent: ({ message }) => told.push(message),
    });
    await expect(vectors.vectorOf('hello')).rejects.toThrow(EncoderUnavailable);
    await expect
      .poll(() => told.join(' '), { timeout: 20_000 })
      .toMatch(/someone\/some-model could not be loaded/);
    await expect(vectors.vectorOf('hello')).rejects.toThrow(EncoderUnavailable);
    expect(vectors.dimension).toBe(0);
    await vectors.close();
  });
});

describe('what all sentences have in common', () => {
  it('is taken out, and nothing else', () => {
    const noisy = Array.from({ length: 400 }, (_, at) =>
      Float32Array.from([
        10 + Math.sin(at) * 5,
        Math.sin(at * 7) * 3,
        Math.cos(at * 3) * 2,
        Math.sin(at * 11),
      ]),
    );
    const background = fitBackground(noisy);
    expect(background.mean[0]).toBeCloseTo(10, 0);
    const [first] = noisy;
    if (!first) throw new Error('There is no vector');
    const rest = without(first, background);
    for (const direction of background.common)
      expect(rest.reduce((sum, x, at) => sum + x * (direction[at] ?? 0), 0)).toBeCloseTo(0, 4);
    expect(fitBackground(noisy)).toEqual(background);
  });

  it('is whole in the repository, and said to be damaged where it is not', () => {
    const { background } = readBackground(backgroundDir());
    expect(background.mean).toHaveLength(encoder.dimension);
    expect(background.common).toHaveLength(3);
    expect(() => readBackground('/nowhere')).toThrow();
  });
});
