/**
 * The door of every npm script: `node scripts/run.mjs <command> [args...]`. Runs on a bare clone, so it uses
 * nothing but Node; it brings packages and build up to date and then runs the command in this process.
 * Only the command writes to stdout.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { COMMAND_LINES, faultOfArguments, usageOf } from './command-lines.mjs';
import { productCommands } from './commands.mjs';

const OLDEST_NODE = [20, 20];
const ROOT_DIR = dirname(dirname(fileURLToPath(import.meta.url)));
/** Whoever called a command wrongly; the same number as that of most programs. */
const USAGE_EXIT_CODE = 2;

/** Commands that are about the sources rather than part of the product; the others come out of the build. */
const SOURCE_COMMANDS = {
  build: { built: true },
  chaos: { built: true, entry: 'chaos.mjs' },
  check: { built: false, entry: 'check.mjs' },
  dialogues: { built: true, entry: 'dialogues.mjs' },
  film: { built: true, entry: 'film.mjs' },
  test: { built: true, entry: 'test.mjs' },
};

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(
    `PulsePlan needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node} (${process.execPath}).`,
  );
}

/** From here on a fault is the command's own and keeps its stack; before, the message is for the person. */
let commandRuns = false;

async function run(command, args) {
  requireNode();
  const source = Object.hasOwn(SOURCE_COMMANDS, command ?? '') ? SOURCE_COMMANDS[command] : undefined;
  if (command === undefined || (source === undefined && !productCommands(ROOT_DIR).includes(command))) {
    const known = [...productCommands(ROOT_DIR), ...Object.keys(SOURCE_COMMANDS)].sort().join(', ');
    throw new Error(
      `${command === undefined ? 'No command given' : `Unknown command "${command}"`}. There are: ${known}.`,
    );
  }

  const wrong = faultOfArguments(command, args);
  if (wrong !== undefined) {
    process.stderr.write(`${wrong}\n`);
    process.exit(USAGE_EXIT_CODE);
  }
  if (args.includes('--help') && !COMMAND_LINES[command].ownHelp) {
    process.stdout.write(`${usageOf(command)}\n`);
    return;
  }

  const { ensureInstalled } = await import('./install.mjs');
  await ensureInstalled(ROOT_DIR);

  let buildDir;
  if (source === undefined || source.built) {
    const { ensureBuilt, markInUse } = await import('./build.mjs');
    ({ nodeDir: buildDir } = await ensureBuilt(ROOT_DIR));
    markInUse(buildDir);
  }

  if (source !== undefined && source.entry === undefined) return;
  const entry =
    source === undefined
      ? join(buildDir, 'scripts', `${command}.js`)
      : join(ROOT_DIR, 'scripts', source.entry);
  if (!existsSync(entry)) throw new Error(`The build has no ${command} command (${entry} is missing).`);
  // After packages and build, which have to come out the same whatever is set there.
  if (COMMAND_LINES[command].envFile) readEnvFile();
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, entry, ...args];
  commandRuns = true;
  await import(pathToFileURL(entry).href);
}

/** What is set already wins over the file. PULSEPLAN_ENV_FILE names another file; empty, it means none. */
function readEnvFile() {
  const path = process.env.PULSEPLAN_ENV_FILE ?? join(ROOT_DIR, '.env');
  if (path !== '' && existsSync(path)) process.loadEnvFile(path);
}

const [command, ...args] = process.argv.slice(2);
try {
  await run(command, args);
} catch (error) {
  const isFault = commandRuns || !(error instanceof Error);
  process.stderr.write(`${isFault ? (error?.stack ?? String(error)) : error.message}\n`);
  if (command === 'test' && !commandRuns) process.stdout.write('0 passed, 1 failed, 0 skipped\n');
  process.exit(1);
}
