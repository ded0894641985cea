import { spawn } from 'node:child_process';

/** `ok` is false for another exit code than 0, for a program that is missing and for one that took too long. */
export interface ProgramResult {
  ok: boolean;
  /** stdout and stderr together, in the order they came. */
  output: string;
}

/** Runs a program to its end. A program that is not there counts as one that failed. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; cwd?: string; timeoutMs?: number },
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      env: options.env,
      cwd: options.cwd,
      timeout: options.timeoutMs,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer) => (output += chunk.toString('utf8'));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}
