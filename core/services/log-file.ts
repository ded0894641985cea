import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { isErrno } from './private-file.ts';

const MAX_BYTES = 5_000_000;
const TAIL_LINES = 12;

/**
 * A file for the output of a store. Not a pipe: the store has to outlive a launcher that is killed, and would
 * die of its next log line.
 */
export class LogFile {
  constructor(private readonly path: string) {}

  /** Calls back with an open descriptor and closes it; a child that was started with it has its own. */
  open<T>(use: (descriptor: number) => T): T {
    this.rotate();
    const descriptor = openSync(this.path, 'a', 0o600);
    try {
      return use(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  /** 0 for a file that is not there. */
  sizeBytes(): number {
    try {
      return statSync(this.path).size;
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return 0;
      throw error;
    }
  }

  /** What was written since the file had this size, shortened to its last lines. */
  tail(sinceBytes: number): string {
    if (this.sizeBytes() === 0) return '';
    const written = readFileSync(this.path).subarray(sinceBytes).toString('utf8').trimEnd();
    return written.split('\n').slice(-TAIL_LINES).join('\n');
  }

  private rotate(): void {
    if (this.sizeBytes() > MAX_BYTES) renameSync(this.path, `${this.path}.1`);
  }
}
