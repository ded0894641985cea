import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { eraseFromArchives } from '../../workers/metering/erase-from-archives.ts';

const [me, other, nobody] = [randomUUID(), randomUUID(), randomUUID()];
const NAME = 'llm_usage_2025-01.jsonl.gz';
const isAlive = (): Promise<void> => Promise.resolve();

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'pulseplan-archives-'));
  const rows = [me, other, me].map((user_id, n) => ({ id: n, user_id, session_id: 's', turn_id: 't' }));
  writeFileSync(join(dir, NAME), gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
});

const archived = z.object({ user_id: z.string() });
const users = (): string[] =>
  gunzipSync(readFileSync(join(dir, NAME)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => archived.parse(JSON.parse(line)).user_id);

/** Gives up the nth time that it is asked, like whoever finds the erasure in other hands. */
function losing(nth: number): () => Promise<void> {
  let left = nth;
  return () => (--left > 0 ? Promise.resolve() : Promise.reject(new Error('lost')));
}

it('hold another id in the place of who was erased, and everybody else as they were', async () => {
  expect(await eraseFromArchives(dir, me, nobody, isAlive)).toBe(2);
  expect(users()).toEqual([nobody, other, nobody]);
  expect(await eraseFromArchives(dir, me, nobody, isAlive)).toBe(0);
});

it('stay as they were when the erasure is somebody else’s by the time one is written', async () => {
  // Asked before it looks, and before it puts the new file in its place.
  for (const nth of [1, 2]) {
    await expect(eraseFromArchives(dir, me, nobody, losing(nth))).rejects.toThrow('lost');
    expect(users()).toEqual([me, other, me]);
    expect(readdirSync(dir)).toEqual([NAME]);
  }
});

it('are rid of what somebody left who died over them, and of what somebody late would put in their place', async () => {
  let held: Promise<void> | undefined;
  let release = (): void => undefined;
  let asked = 0;
  const late = eraseFromArchives(dir, me, nobody, () => {
    asked += 1;
    if (asked < 2) return Promise.resolve();
    held ??= new Promise((resolve) => (release = resolve));
    return held;
  });
  await expect.poll(() => asked).toBe(2);
  expect(readdirSync(dir)).toHaveLength(2);
  const anotherOne = randomUUID();
  expect(await eraseFromArchives(dir, me, anotherOne, isAlive)).toBe(2);
  expect(readdirSync(dir)).toEqual([NAME]);
  release();
  await expect(late).rejects.toThrow('ENOENT');
  expect(users()).toEqual([anotherOne, other, anotherOne]);
});
