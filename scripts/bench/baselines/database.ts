import createKnex, { type Knex } from 'knex';

/** The five inserts of a turn's end go to tables of about the shape of the product's. */
const STEPS = ['item', 'receipt', 'effect', 'result', 'event'] as const;

/** A pool of ten, as a process of the product has. */
export function connect(url: string): Knex {
  return createKnex({ client: 'pg', connection: url, pool: { min: 0, max: 10 } });
}

/** Once for each run, in an empty database. */
export async function createTables(db: Knex): Promise<void> {
  await db.raw(`
    create table turns (id uuid primary key, session_id uuid not null, message text not null,
      received_at timestamptz not null default now());
    create index on turns (session_id, received_at);`);
  for (const step of STEPS) {
    await db.raw(`
      create table step_${step} (turn_id uuid primary key, session_id uuid not null, body jsonb not null,
        created_at timestamptz not null default now());
      create index on step_${step} (session_id, created_at);`);
  }
}

/** The one durable insert before the acknowledgement. */
export async function insertTurn(
  db: Knex,
  turn: { id: string; session_id: string; message: string },
): Promise<void> {
  await db('turns').insert(turn);
}

/** BEGIN, five inserts one after the other, COMMIT: seven trips. */
export async function endTurn(db: Knex, turn: { turn_id: string; session_id: string }): Promise<void> {
  await db.transaction(async (trx) => {
    for (const step of STEPS) {
      await trx(`step_${step}`).insert({ ...turn, body: JSON.stringify({ ...turn, step }) });
    }
  });
}
