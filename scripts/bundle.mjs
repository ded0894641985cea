/** `node scripts/bundle.mjs node|web <output folder>`: bundles one of the two targets; build.mjs decides when. */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { productCommands } from './commands.mjs';

/** Files that are started by path (worker threads, helper processes) and so need an output file of their own. */
const EXTRA_ENTRIES = [
  'models/encoder/encoder-thread.ts',
  'scripts/bench/baselines/gateway.ts',
  'scripts/bench/baselines/worker.ts',
  'scripts/bench/load.ts',
  'scripts/bench/memory/forgetful-worker.ts',
  'scripts/bench/profile-hook.ts',
  'scripts/bench/unmetered-worker.ts',
];

const ROOT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));

/** Entries keep their path: scripts/start.ts becomes <output folder>/scripts/start.js. */
function nodeEntries() {
  const commands = productCommands(ROOT_DIR).map((name) => join('scripts', `${name}.ts`));
  const extra = EXTRA_ENTRIES.filter((path) => existsSync(join(ROOT_DIR, path)));
  return Object.fromEntries(
    [...commands, ...extra].map((path) => [path.slice(0, -extname(path).length), join(ROOT_DIR, path)]),
  );
}

async function bundleNode(outDir) {
  const input = nodeEntries();
  if (Object.keys(input).length === 0) {
    mkdirSync(outDir, { recursive: true });
    return;
  }
  await build({
    root: ROOT_DIR,
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { target: 'node', external: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  });
}

async function bundleWeb(outDir) {
  const root = join(ROOT_DIR, 'web');
  await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    envDir: false,
    logLevel: 'warn',
    build: { outDir, emptyOutDir: true },
  });
}

const [target, outDir] = process.argv.slice(2);
try {
  await (target === 'web' ? bundleWeb : bundleNode)(outDir);
} catch (error) {
  // The bundler's message names file and line; its own stack helps nobody.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
