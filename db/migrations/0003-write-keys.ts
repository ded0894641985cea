import type { Knex } from 'knex';

/** Keys that callers give to writes which they may repeat, each with the change that it stands for. */
export const writeKeys = {
  name: '0003-write-keys',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      create table write_keys (
        user_id uuid not null,
        key uuid not null,
        change_id uuid not null,
        body_hash text not null,
        created_at timestamptz not null,
        primary key (user_id, key)
      );
      create index write_keys_by_age on write_keys (created_at);
    `);
  },
  async down(knex: Knex): Promise<void> {
    await knex.raw('drop table write_keys');
  },
};
