import { findChromium } from '../../scripts/chromium.mjs';

/** Path of a Chromium for playwright-core; without one browser tests are skipped (`describe.skipIf`). */
export function chromiumPath(): string | undefined {
  return findChromium();
}

/** Without the sandbox, which root may not use. */
export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
