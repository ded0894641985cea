import createKnex, { type Knex } from 'knex';
import { types, type Client } from 'pg';
import { PreparedStatements, type Statement } from './prepared.ts';

export type Db = Knex;

// int8 as number: counts here stay far below 2^53. `date` stays text: a calendar day has no zone.
types.setTypeParser(20, Number);
types.setTypeParser(1082, (day) => day);

const silent = (): void => undefined;

/** A connection of the pool, free or new, comes within this time or the caller is told that there is none. */
const ACQUIRE_MS = 3_000;
const PATIENT_ACQUIRE_MS = 15_000;
/** The server ends a statement that takes longer. Statements here take milliseconds; what waits, waits for a lock. */
const STATEMENT_MS = 4_000;
/** Beyond the server's own limit: a server that says nothing by then is stopped, or out of reach. */
const SILENCE_MS = 5_000;

/**
 * A pool to Postgres. Every query is answered or fails in bounded time: where the server is silent, the connection is
 * given up, and whether the statement was done is not known. Whatever writes here may be asked for again: admissions by
 * the turn's id, commits by the fence, changes by the receipt's id.
 *
 * @param options.poolMax connections at most; all pools of all processes together must stay under the server's
 *   `max_connections`
 * @param options.patient no limits of time, for migrations and tools
 */
export function connect(url: string, options: { poolMax: number; name: string; patient?: boolean }): Db {
  const { poolMax, name, patient = false } = options;
  return createKnex({
    client: 'pg',
    connection: {
      connectionString: url,
      application_name: `pulseplan-${name}`,
      keepAlive: true,
      ...(patient ? {} : { statement_timeout: STATEMENT_MS, connectionTimeoutMillis: SILENCE_MS }),
    },
    pool: {
      min: 0,
      max: poolMax,
      idleTimeoutMillis: 30_000,
      propagateCreateError: false,
      afterCreate: (connection: Client, done: (error: Error | null, connection: Client) => void) => {
        if (!patient) {
          giveUpInSilence(connection);
          prepareWhatRecurs(connection);
        }
        done(null, connection);
      },
    },
    acquireConnectionTimeout: patient ? PATIENT_ACQUIRE_MS : ACQUIRE_MS,
    // Knex would write to the console, past the log; every error it writes there is thrown as well.
    log: { warn: silent, error: silent, debug: silent, deprecate: silent },
  });
}

type Query = (config: Statement, answered: (error: Error | null, result: unknown) => void) => void;

const queryOf = (connection: Client): Query => connection.query.bind(connection) as unknown as Query;

/**
 * Closes a connection whose server does not answer a query in time. The query then fails like any other on a broken
 * connection, and the pool lets go of it: an answer that came later must not be taken for that of another query, nor a
 * transaction that nobody ended go on under the next one.
 */
function giveUpInSilence(connection: Client): void {
  const send = queryOf(connection);
  const bounded: Query = (config, answered) => {
    const timer = setTimeout(() => {
      // A process that was held up itself finds the answer waiting on its next look at the network.
      setImmediate(() => {
        if (!done) streamOf(connection)?.destroy();
      });
    }, SILENCE_MS);
    let done = false;
    send(config, (error, result) => {
      done = true;
      clearTimeout(timer);
      answered(error, result);
    });
  };
  Object.assign(connection, { query: bounded });
}

/** Has the server keep the statements that this connection says again and again. */
function prepareWhatRecurs(connection: Client): void {
  const send = queryOf(connection);
  const prepared = new PreparedStatements();
  const query: Query = (config, answered) => {
    const statement = prepared.named(config);
    send(statement, (error, result) => {
      if (error && prepared.outdated(statement, error)) send(config, answered);
      else answered(error, result);
    });
  };
  Object.assign(connection, { query });
}

/** The socket below, which pg's types hide. */
function streamOf(connection: object): { destroy(): void } | null {
  const inner: unknown = Reflect.get(connection, 'connection');
  const stream: unknown = typeof inner === 'object' && inner !== null ? Reflect.get(inner, 'stream') : null;
  return typeof stream === 'object' && stream !== null && 'destroy' in stream
    ? (stream as { destroy(): void })
    : null;
}
