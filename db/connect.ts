import createKnex, { type Knex } from 'knex';
import { types } from 'pg';

export type Db = Knex;

// int8 as number: counts here stay far below 2^53. `date` stays text: a calendar day has no zone.
types.setTypeParser(20, Number);
types.setTypeParser(1082, (day) => day);

const silent = (): void => undefined;

/**
 * A pool to Postgres.
 *
 * @param options.poolMax connections at most; all pools of all processes together must stay under the server's
 *   `max_connections`
 */
export function connect(url: string, options: { poolMax: number; name: string }): Db {
  return createKnex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: `pulseplan-${options.name}`,
      keepAlive: true,
      statement_timeout: 30_000,
    },
    pool: { min: 0, max: options.poolMax, idleTimeoutMillis: 30_000, propagateCreateError: false },
    // Before a client gives up waiting for its acknowledgement.
    acquireConnectionTimeout: 6_000,
    // Knex would write to the console, past the log; every error it writes there is thrown as well.
    log: { warn: silent, error: silent, debug: silent, deprecate: silent },
  });
}
