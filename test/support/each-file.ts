/** Vitest evaluates this before every file: what is registered here ends last. */
import { afterAll, vi } from 'vitest';
import { closeAll } from './after-file.ts';

afterAll(async () => {
  // The next file runs in the same process, and would read them before its first test begins.
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await closeAll();
});
