import { NoSuchHead } from '../encoder/errors.ts';
import type { Head } from '../encoder/head.ts';

/**
 * Loads a classifier by its manifest.
 *
 * @throws NoSuchHead when there is none
 */
export function loadHead(manifestPath: string): Promise<Head> {
  return Promise.reject(new NoSuchHead(manifestPath));
}
