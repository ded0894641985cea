export type ServicesErrorCode =
  | 'already_running'
  | 'redis_missing'
  | 'postgres_missing'
  | 'data_unreadable'
  | 'start_failed'
  | 'store_unreachable';

/** A fault of the private stores that a person has to act on; the message is written for that person. */
export class ServicesError extends Error {
  override readonly name = 'ServicesError';
  constructor(
    readonly code: ServicesErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
