import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { say, step } from './progress.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PACKAGES = ['chromium', 'fonts-liberation'];
const TIMEOUT_MS = 300_000;

/** @returns {string | undefined} path of a Chromium on this machine */
export function findChromium() {
  const dirs = (process.env.PATH ?? '').split(delimiter).filter((dir) => dir !== '');
  return NAMES.flatMap((name) => dirs.map((dir) => join(dir, name))).find(isExecutable);
}

/** The browser tests need one; without it they are skipped, and this says why. */
export async function ensureChromium() {
  if (findChromium() !== undefined) return;
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    say(
      `No Chromium on this machine: browser tests are skipped (sudo apt-get install ${PACKAGES.join(' ')}).`,
    );
    return;
  }
  await step('Installing Chromium for the browser tests', () => Promise.resolve(install()));
  if (findChromium() === undefined) say('Chromium could not be installed: browser tests are skipped.');
}

function install() {
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      timeout: TIMEOUT_MS,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  const packages = ['install', '-y', '--no-install-recommends', ...PACKAGES];
  // Lists that are missing or out of date make the first attempt fail; one source that is down must not stop the second.
  if (apt(...packages)) return;
  apt('update');
  apt(...packages);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
