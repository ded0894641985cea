import type { Knex } from 'knex';

/**
 * Ends that have not reached their outbox get a small table of their own. A mark on the result itself rewrote its
 * whole row, with every index, a second time for each turn.
 */
export const publication = {
  name: '0002-publication',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      create table unpublished_turns (
        user_id uuid not null,
        turn_id uuid not null,
        finished_at timestamptz not null,
        primary key (user_id, turn_id)
      ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
      insert into unpublished_turns (user_id, turn_id, finished_at)
        select user_id, turn_id, finished_at from turn_results where published_at is null;
      drop index turn_results_unpublished;
      alter table turn_results drop column published_at;
      -- A session's results are found through its turns.
      drop index turn_results_of_session;
      create table installed_functions (version text primary key);
    `);
  },
  async down(): Promise<void> {
    throw new Error('The foundation is not taken down: drop the database instead.');
  },
};
