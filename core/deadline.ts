import { PulseError } from '../contracts/errors.ts';

/** How long somebody who waits at an edge of the product waits for one answer of Redis. */
export const REDIS_ANSWER_MS = 3_000;

/**
 * Waits for work only so long. The work itself goes on, since what was sent to a store can't be called back: only what
 * may be done twice, or late, is waited for like this.
 *
 * @param undo lets go of what comes after the deadline (a subscription, say)
 * @throws PulseError `dependency_unavailable` when the time is over
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, undo?: (late: T) => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      if (undo) work.then(undo, () => undefined);
      reject(storeIsSilent());
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The refusal of whatever needs a store that does not answer. */
export const storeIsSilent = (): PulseError =>
  new PulseError('dependency_unavailable', 'A store does not answer right now. Try again in a moment.');
