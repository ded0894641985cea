/**
 * What the file that is running has opened. One process runs many files and evaluates each module once, so a module
 * that opens things for tests leaves them here rather than with an `afterAll` of its own, which only the first file
 * to import it would get.
 */
const closers: (() => unknown)[] = [];

/** Has something closed after the calling file; what was opened last is closed first. */
export function closeAfterFile(close: () => unknown): void {
  closers.push(close);
}

/** All are closed, whatever becomes of each. @throws the first fault */
export async function closeAll(): Promise<void> {
  const faults: unknown[] = [];
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    try {
      await close();
    } catch (error) {
      faults.push(error);
    }
  }
  if (faults.length > 0) throw faults[0];
}
