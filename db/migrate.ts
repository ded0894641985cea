import type { Knex } from 'knex';
import { connect } from './connect.ts';
import { installFunctions } from './functions/functions.ts';
import { foundation } from './migrations/0001-foundation.ts';
import { publication } from './migrations/0002-publication.ts';
import { writeKeys } from './migrations/0003-write-keys.ts';
import { notices } from './migrations/0004-notices.ts';
import { metering } from './migrations/0005-metering.ts';
import { subscriptions } from './migrations/0006-subscriptions.ts';
import { drafts } from './migrations/0007-drafts.ts';
import { usageRecords } from './migrations/0008-usage-records.ts';
import { acting } from './migrations/0009-acting.ts';
import { memory } from './migrations/0010-memory.ts';
import { installVectors } from './vector-extension.ts';
import { facts } from './migrations/0011-facts.ts';
import { sessionLife } from './migrations/0013-session-life.ts';
import { sealedCredentials } from './migrations/0014-sealed-credentials.ts';
import { forgottenFacts } from './migrations/0015-forgotten-facts.ts';
import { erasure } from './migrations/0012-erasure.ts';
import { erasureLease } from './migrations/0016-erasure-lease.ts';

interface Migration {
  name: string;
  up(knex: Knex): Promise<void>;
  down(knex: Knex): Promise<void>;
}

/** In the order in which they run; a new one is added at the end. */
const MIGRATIONS: readonly Migration[] = [
  foundation,
  publication,
  writeKeys,
  notices,
  metering,
  subscriptions,
  drafts,
  usageRecords,
  acting,
  memory,
  facts,
  sessionLife,
  sealedCredentials,
  forgottenFacts,
  erasure,
  erasureLease,
];

const source: Knex.MigrationSource<Migration> = {
  getMigrations: () => Promise.resolve([...MIGRATIONS]),
  getMigrationName: (migration) => migration.name,
  getMigration: (migration) => Promise.resolve(migration),
};

/**
 * Brings the schema up to date. Safe to call from several processes at once: knex holds a lock.
 *
 * @param ownerUrl connection of the role that owns the schema
 * @returns what whoever runs the database may want to change, in sentences
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const knex = connect(ownerUrl, { poolMax: 1, name: 'migrate', patient: true });
  try {
    await knex.migrate.latest({ migrationSource: source });
    await installFunctions(knex, MIGRATIONS.at(-1)?.name ?? '');
    const notice = await installVectors(knex);
    // A database made before the app role existed gets its rights here; on a fresh one this changes nothing.
    await knex.raw(`do $$ begin
      if exists (select from pg_roles where rolname = 'pulseplan_app') then
        grant select, insert, update, delete on all tables in schema public to pulseplan_app;
        grant usage, select on all sequences in schema public to pulseplan_app;
      end if;
    end $$`);
    await knex.raw('select make_usage_partitions(now())');
    return notice === null ? [] : [notice];
  } finally {
    await knex.destroy();
  }
}
