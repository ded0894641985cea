import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { EntityKind } from '../../contracts/entities.ts';
import { accountsSql } from './accounts.ts';
import { applyEffectsSql, effectSettingSql, installEffectKindSql } from './effects.ts';
import { meteringSql } from './metering.ts';
import { tierOfSql } from './tiers.ts';
import { usageRecordsSql } from './usage-records.ts';
import { usageRollupSql } from './usage-rollup.ts';
import { admitTurnSql, commitTurnSql, openSessionSql } from './turns.ts';

/** Kinds of items that effects can change, each with its table; settings stand with their user. */
export const EFFECT_KINDS: Readonly<Record<Exclude<EntityKind, 'setting'>, string>> = {
  task: 'tasks',
  event: 'events',
  reminder: 'reminders',
  draft: 'drafts',
  contact: 'contacts',
  fact: 'facts',
  delivery: 'deliveries',
};

const FUNCTIONS = [
  tierOfSql,
  ...accountsSql,
  openSessionSql,
  admitTurnSql,
  effectSettingSql,
  installEffectKindSql,
  applyEffectsSql,
  ...meteringSql,
  commitTurnSql,
  ...usageRecordsSql,
  ...usageRollupSql,
];

/**
 * Puts the database's functions in place. They are not migrated one change after the other: what stands here is what
 * the database has, made again when it, or a table that it is generated from, has changed.
 *
 * @param schema names the state of the tables
 */
export async function installFunctions(knex: Knex, schema: string): Promise<void> {
  const version = createHash('sha256')
    .update(JSON.stringify([FUNCTIONS, EFFECT_KINDS, schema]))
    .digest('hex');
  await knex.transaction(async (trx) => {
    // Several processes may come at once.
    await trx.raw('lock table installed_functions in exclusive mode');
    const installed = await trx('installed_functions')
      .where({ version })
      .first<{ version: string } | undefined>();
    if (installed) return;
    for (const sql of FUNCTIONS) await trx.raw(sql);
    for (const [kind, table] of Object.entries(EFFECT_KINDS))
      await trx.raw('call install_effect_kind(?, ?)', [kind, table]);
    await trx('installed_functions').delete();
    await trx('installed_functions').insert({ version });
  });
}
