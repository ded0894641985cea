import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { runProgram } from './run-program.ts';
import { ServicesError } from './services-error.ts';

/** A server that can be started; see `redisEnvironment`. */
export interface RedisBinary {
  path: string;
  /** Folders of shared libraries that were unpacked beside it. */
  libraryDirs: readonly string[];
}

/** Where a server is looked for and unpacked to. */
export interface RedisBinaryOptions {
  /** Where an unpacked server is kept. */
  binDir: string;
  /** Where a copy of it is left, so that the next data folder needs no download. */
  cacheDir: string;
  /** For PATH and for the proxy settings of the package manager. */
  env: NodeJS.ProcessEnv;
  onEvent: (line: string) => void;
}

const SERVER_NAMES = ['redis-server', 'valkey-server'];
/** The same program as the server: it chooses by the name it is started under. In a package that starts no service. */
const SERVER_IN_DISGUISE = 'redis-check-rdb';
const PACKAGE = 'redis-tools';
/** Used if the package manager cannot work out what is missing. */
const KNOWN_PACKAGES = [PACKAGE, 'libjemalloc2', 'liblzf1', 'libatomic1'];
const INSTALL_LINE = 'sudo apt-get install redis-server';

/**
 * A Redis or Valkey server: the one of the machine, one in `binDir`, a copy of the one in `cacheDir`, or Debian's
 * package unpacked into `binDir`. Needs no root, and neither installs nor starts a service.
 *
 * @throws ServicesError `redis_missing`, whose message is the line to type
 */
export async function findRedis(options: RedisBinaryOptions): Promise<RedisBinary> {
  const installed = SERVER_NAMES.map((name) => onPath(name, options.env)).find((path) => path !== undefined);
  if (installed !== undefined) return { path: installed, libraryDirs: [] };
  const name = `redis-${process.arch}`;
  const [unpackedDir, cachedDir] = [join(options.binDir, name), join(options.cacheDir, name)];
  const kept = await workingIn(unpackedDir, options.env);
  if (kept !== undefined) return kept;
  if ((await workingIn(cachedDir, options.env)) !== undefined) copyInto(cachedDir, unpackedDir);
  else await unpack(unpackedDir, options);
  const unpacked = await workingIn(unpackedDir, options.env);
  if (unpacked === undefined) throw missing();
  if (!existsSync(cachedDir)) keepCopy(unpackedDir, cachedDir);
  return unpacked;
}

/** Environment for starting the server. */
export function redisEnvironment(binary: RedisBinary, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (binary.libraryDirs.length === 0) return env;
  const paths = [...binary.libraryDirs, env['LD_LIBRARY_PATH']].filter(
    (path) => path !== undefined && path !== '',
  );
  return { ...env, LD_LIBRARY_PATH: paths.join(delimiter) };
}

function missing(): ServicesError {
  return new ServicesError('redis_missing', INSTALL_LINE);
}

function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const dirs = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  return dirs.map((dir) => join(dir, name)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function describeUnpacked(dir: string): RedisBinary | undefined {
  const path = join(dir, SERVER_NAMES[0] ?? '');
  if (!existsSync(path)) return undefined;
  return { path, libraryDirs: ['usr/lib', 'lib'].flatMap((lib) => libraryDirs(join(dir, lib))) };
}

/** Debian keeps libraries one level down, in a folder named after the architecture. */
function libraryDirs(libDir: string): string[] {
  if (!existsSync(libDir)) return [];
  return readdirSync(libDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(libDir, entry.name));
}

async function workingIn(dir: string, env: NodeJS.ProcessEnv): Promise<RedisBinary | undefined> {
  const binary = describeUnpacked(dir);
  return binary !== undefined && (await works(binary, env)) ? binary : undefined;
}

async function works(binary: RedisBinary, env: NodeJS.ProcessEnv): Promise<boolean> {
  const { ok, output } = await runProgram(binary.path, ['--version'], {
    env: redisEnvironment(binary, env),
    timeoutMs: 10_000,
  });
  return ok && /server/i.test(output);
}

async function unpack(unpackedDir: string, options: RedisBinaryOptions): Promise<void> {
  const workDir = emptyDirBeside(unpackedDir);
  try {
    const installedTool = onPath(SERVER_IN_DISGUISE, options.env);
    if (installedTool === undefined) {
      options.onEvent(
        `No Redis on this machine; unpacking Debian's package into ${dirname(unpackedDir)} (once)`,
      );
      await unpackPackages(workDir, options);
    }
    symlinkSync(
      installedTool ?? join('usr', 'bin', SERVER_IN_DISGUISE),
      join(workDir, SERVER_NAMES[0] ?? ''),
    );
    moveIntoPlace(workDir, unpackedDir);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

function copyInto(from: string, to: string): void {
  const workDir = emptyDirBeside(to);
  try {
    cpSync(from, workDir, { recursive: true, verbatimSymlinks: true });
    moveIntoPlace(workDir, to);
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

/** A checkout that belongs to somebody else keeps no copy; the next data folder then unpacks its own. */
function keepCopy(from: string, to: string): void {
  try {
    copyInto(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
  }
}

/** What is made there is renamed when it is complete, so that of two starts at once either result is whole. */
function emptyDirBeside(dir: string): string {
  const workDir = `${dir}.${process.pid}`;
  rmSync(workDir, { recursive: true, force: true });
  mkdirSync(workDir, { recursive: true });
  return workDir;
}

function moveIntoPlace(workDir: string, unpackedDir: string): void {
  const broken = `${unpackedDir}.old.${process.pid}`;
  if (existsSync(unpackedDir)) renameSync(unpackedDir, broken);
  rmSync(broken, { recursive: true, force: true });
  try {
    renameSync(workDir, unpackedDir);
  } catch (error) {
    if (!existsSync(unpackedDir)) throw error;
  }
}

async function unpackPackages(targetDir: string, options: RedisBinaryOptions): Promise<void> {
  const downloadDir = join(targetDir, 'download');
  mkdirSync(downloadDir);
  if (!(await download(downloadDir, options))) throw missing();
  for (const name of readdirSync(downloadDir).filter((file) => file.endsWith('.deb'))) {
    const { ok } = await runProgram('dpkg-deb', ['-x', join(downloadDir, name), targetDir], {
      env: options.env,
    });
    if (!ok) throw missing();
  }
  rmSync(downloadDir, { recursive: true });
}

/** With the package lists of the machine, and if those are absent or out of date with fresh ones of our own. */
async function download(downloadDir: string, options: RedisBinaryOptions): Promise<boolean> {
  const apt = (args: readonly string[], timeoutMs: number) =>
    runProgram('apt-get', ['-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=1', ...args], {
      env: { ...options.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' },
      cwd: downloadDir,
      timeoutMs,
    });
  const fetchWith = async (settings: readonly string[]) => {
    const packages = await missingPackages((args) => apt([...settings, ...args], 30_000));
    return (await apt([...settings, 'download', ...packages], 120_000)).ok;
  };
  if (await fetchWith([])) return true;
  options.onEvent('Fetching package lists');
  const own = privateAptSettings(join(downloadDir, 'apt'));
  // One source of several that cannot be reached makes the update fail; what matters is the download after it.
  await apt([...own, 'update'], 180_000);
  return fetchWith(own);
}

/** The package and those of its dependencies that the machine does not have. */
async function missingPackages(
  apt: (args: readonly string[]) => Promise<{ ok: boolean; output: string }>,
): Promise<readonly string[]> {
  const { ok, output } = await apt(['install', '--simulate', '--no-install-recommends', PACKAGE]);
  const names = [...output.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? '');
  return ok && names.includes(PACKAGE) ? names : KNOWN_PACKAGES;
}

function privateAptSettings(dir: string): readonly string[] {
  for (const sub of ['lists/partial', 'cache/archives/partial'])
    mkdirSync(join(dir, sub), { recursive: true });
  const settings = [`Dir::State::lists=${join(dir, 'lists')}`, `Dir::Cache=${join(dir, 'cache')}`];
  return [...settings, 'Debug::NoLocking=1'].flatMap((setting) => ['-o', setting]);
}
