/** Network faults that pass by themselves. */
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN']);
/** Postgres: connection faults, too few resources, a stop or start of the server, a statement that took too long. */
const STATE = /^(?:08...|53...|57P0.|57014|25006)$/;
const NAME = new Set(['KnexTimeoutError', 'MaxRetriesPerRequestError']);
/** Behind the statement, which knex puts in front with its values left out. */
const MESSAGE =
  /(?:^| - )(?:Connection terminated|Connection ended|Connection is closed|timeout expired|Client has encountered|LOADING |READONLY )/;

/**
 * Whether an error says that a store could not be asked, or did not answer. Whether it did what it was asked is not
 * known then, but for a connection that was never made.
 */
export function isStoreFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return NETWORK.has(code) || STATE.test(code) || NAME.has(error.name) || MESSAGE.test(error.message);
}
