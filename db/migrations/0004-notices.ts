import type { Knex } from 'knex';

/** Notices that wait for a device of their user. */
export const notices = {
  name: '0004-notices',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      create table notices (
        id uuid primary key,
        user_id uuid not null references users (id),
        kind text not null,
        text text not null,
        data jsonb not null default '{}',
        created_at timestamptz not null,
        seen_at timestamptz
      );
      create index notices_unseen on notices (user_id, created_at) where seen_at is null;
    `);
  },
  async down(): Promise<void> {
    throw new Error('The foundation is not taken down: drop the database instead.');
  },
};
