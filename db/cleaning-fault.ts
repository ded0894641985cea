/**
 * Why files may still hold what was erased, where Postgres itself refused nothing:
 *
 * - `seen`: a transaction is open that may read it
 * - `too_large`: a table is not written anew, so as not to lock it for long
 * - `kept`: files of the log are kept for somebody (a slot, an archive, a setting)
 * - `recycled`: files of the log are used again with what is in them
 */
export class CleaningFault extends Error {
  override readonly name = 'CleaningFault';
  constructor(readonly code: 'seen' | 'too_large' | 'kept' | 'recycled') {
    super(`Files could not be cleaned: ${code}`);
  }
}
