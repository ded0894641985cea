import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { say, step } from './progress.mjs';

const BUNDLER = join(dirname(fileURLToPath(import.meta.url)), 'bundle.mjs');
const BUILD_SCRIPTS = ['scripts/build.mjs', 'scripts/bundle.mjs', 'scripts/commands.mjs'];

const NODE_DIRS = [
  'contracts',
  'core',
  'server',
  'sessions',
  'workers',
  'usage',
  'integrations',
  'db',
  'models',
  'scripts',
];
const WEB_DIRS = ['contracts', 'web'];
const SOURCE_EXTENSIONS = new Set([
  '.ts',
  '.tsx',
  '.json',
  '.sql',
  '.lua',
  '.txt',
  '.md',
  '.css',
  '.html',
  '.svg',
]);

/**
 * A target is built into dist/<name>-<hash of its inputs>: a build that exists is fresh, a new one never touches
 * the files of a running process, and there is no moment at which half of it is visible. `dist/<name>` is a link
 * to the current one.
 */
const TARGETS = {
  node: {
    label: 'the server side',
    inputs: (rootDir) => [
      ...NODE_DIRS.flatMap((dir) => sourceFiles(join(rootDir, dir))),
      ...['package.json', 'package-lock.json', 'tsconfig.json', ...BUILD_SCRIPTS].map((file) =>
        join(rootDir, file),
      ),
    ],
    exists: () => true,
  },
  web: {
    label: 'the web pages',
    inputs: (rootDir) => [
      ...WEB_DIRS.flatMap((dir) => sourceFiles(join(rootDir, dir), () => true)),
      ...['package-lock.json', ...BUILD_SCRIPTS].map((file) => join(rootDir, file)),
    ],
    exists: (rootDir) => existsSync(join(rootDir, 'web', 'index.html')),
  },
};

/**
 * Brings both builds up to date and tells where they are.
 *
 * @param {string} rootDir
 * @returns {Promise<{ nodeDir: string, webDir: string | undefined }>}
 */
export async function ensureBuilt(rootDir) {
  const wanted = wantedBuilds(rootDir);
  if (!wanted.every(isCurrent)) {
    await withLock(
      join(rootDir, 'dist', '.build.lock'),
      async () => {
        const missing = wanted.filter((build) => !existsSync(build.dir));
        if (missing.length > 0) {
          await step(`Building ${missing.map((build) => TARGETS[build.name].label).join(' and ')}`, () =>
            Promise.all(missing.map((build) => buildInChild(rootDir, build))),
          );
        }
        for (const build of wanted) {
          pointTo(build);
          removeOldBuilds(build);
        }
      },
      () => say('Another command is building; waiting for it…'),
    );
  }
  const dirOf = (name) => wanted.find((build) => build.name === name)?.dir;
  return { nodeDir: dirOf('node'), webDir: dirOf('web') };
}

/** Keeps a build from being cleaned away while this process may still load chunks of it. */
export function markInUse(buildDir) {
  const usersDir = join(buildDir, '.users');
  const mark = join(usersDir, String(process.pid));
  try {
    mkdirSync(usersDir, { recursive: true });
    writeFileSync(mark, '');
  } catch {
    return; // a checkout that this user may only read is not cleaned by it either
  }
  process.once('exit', () => rmSync(mark, { force: true }));
}

function wantedBuilds(rootDir) {
  return Object.entries(TARGETS)
    .filter(([, target]) => target.exists(rootDir))
    .map(([name, target]) => ({
      name,
      dir: join(rootDir, 'dist', `${name}-${hashFiles(rootDir, target.inputs(rootDir))}`),
      link: join(rootDir, 'dist', name),
    }));
}

function isCurrent(build) {
  try {
    return realpathSync(build.link) === realpathSync(build.dir);
  } catch {
    return false;
  }
}

function sourceFiles(dir, wants = (path) => SOURCE_EXTENSIONS.has(extname(path))) {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return sourceFiles(path, wants);
    return entry.isFile() && wants(path) ? [path] : [];
  });
}

function hashFiles(rootDir, paths) {
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    hash.update(`${relative(rootDir, path)}\0`);
    hash.update(readFileSync(path));
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 12);
}

/** The bundler sets NODE_ENV and keeps threads and memory; none of that may reach the command that runs next. */
function buildInChild(rootDir, build) {
  const temporaryDir = join(rootDir, 'dist', `.${build.name}-${process.pid}`);
  rmSync(temporaryDir, { recursive: true, force: true });
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BUNDLER, build.name, temporaryDir], {
      cwd: rootDir,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) {
        renameSync(temporaryDir, build.dir);
        resolve();
      } else {
        rmSync(temporaryDir, { recursive: true, force: true });
        reject(new Error(`Building ${TARGETS[build.name].label} failed:\n${output.trim()}`));
      }
    });
  });
}

function pointTo(build) {
  const aside = `${build.link}.${process.pid}`;
  rmSync(aside, { recursive: true, force: true });
  symlinkSync(basename(build.dir), aside);
  renameSync(aside, build.link);
}

/** The build before this one stays: a command that has just found it may not have marked it yet. */
function removeOldBuilds(build) {
  const distDir = dirname(build.dir);
  const pattern = new RegExp(`^${build.name}-[0-9a-f]{12}$`);
  const others = readdirSync(distDir)
    .filter((name) => pattern.test(name) && name !== basename(build.dir))
    .map((name) => join(distDir, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const dir of others.slice(1)) {
    if (!isInUse(dir)) rmSync(dir, { recursive: true, force: true });
  }
}

function isInUse(buildDir) {
  const usersDir = join(buildDir, '.users');
  if (!existsSync(usersDir)) return false;
  return readdirSync(usersDir).some((pid) => {
    try {
      process.kill(Number(pid), 0);
      return true;
    } catch (error) {
      return error.code === 'EPERM';
    }
  });
}
