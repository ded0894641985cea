/** `node test/support/run-ts.mjs <file.ts> [args...]`: a TypeScript program as a process of its own, without a build. */
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file, ...args] = process.argv.slice(2);
const path = resolve(file);
process.argv = [process.execPath, path, ...args];
await runnerImport(path, { configFile: false, logLevel: 'error' });
