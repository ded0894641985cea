import type { Knex } from 'knex';

/** What was forgotten is looked for by two: to be left out of what is found, and to be removed for good. */
export const forgottenFacts = {
  name: '0015-forgotten-facts',
  async up(knex: Knex): Promise<void> {
    await knex.raw(`
      create index facts_forgotten on facts (user_id, deleted_at) include (turn_id) where deleted_at is not null;
    `);
  },
  async down(): Promise<void> {
    throw new Error('The foundation is not taken down: drop the database instead.');
  },
};
